//! What an operator publishes, as it is in force: compiled, in the key-value store, changed while heads run. There are
//! two kinds ([`Shelf`]), each for itself: the merchandiser's rules, and what stands where in the pages of a site that
//! exists already.
//!
//! The key `rules` of the store `default` holds a [`Pointer`]: which rules are in force, and which were before. Their
//! bytes lie under keys that name their digest and are never changed, so that whoever reads a pointer reads the
//! bytes that it means: `rules/HEX` has the compact form of [`Rules`], `rules/goes-with/HEX` what goes with what. It is
//! the same with `placements` and `placements/HEX`.
//!
//! - [`current`]: the rules by which a request is answered, at most [`Times::check`] old; [`in_force`] the same of any
//!   [`Content`].
//! - [`publish`], [`point_to_table`], [`roll_back`]: change what is in force; [`shown`] tells what is.
//!
//! Without a pointer there are no rules, and nothing is personalised. What is of another version of Headwater's compact
//! form is not read: publish it again after an update.

mod books;
mod digest;
mod load;
mod pointer;
mod shelf;
mod times;
mod write;

pub(crate) use books::Books;
pub use digest::Digest;
pub use pointer::{Pointer, Version};
pub use shelf::{Content, Shelf};
pub use times::Times;
pub use write::{MAX_TABLE, Refused, keep_table, point_to_table, publish, roll_back, shown};

use crate::ask::Ask;
use crate::edge::Edge;
use personalise::rules::Rules;
use std::rc::Rc;

/// Rules in force and what they need, as an instance holds them for all its requests; or other [`Content`].
#[derive(Debug)]
pub struct Rulebook<T = Rules> {
    /// The rules.
    pub rules: Rc<T>,
    /// Of their compact form.
    pub digest: [u8; 8],
    /// What goes with what, in the form of its own.
    pub goes_with: Option<Rc<[u8]>>,
    /// Of `goes_with`.
    pub goes_with_digest: Option<[u8; 8]>,
}

/// The rules by which a request is to be answered; `None` where there are none. Ask once a request, so that one
/// answer goes by one set of rules.
///
/// The store is asked at most once in `rules_check_ms` and keeps nobody waiting for more than 100 ms: after that, and
/// when it fails or what it holds cannot be read, the rules that were in use stay, and the operator is told.
pub async fn current(edge: &Rc<dyn Edge>) -> Option<Rc<Rulebook>> {
    in_force(edge).await
}

/// What is in force of a kind, as [`current`] gives rules. For an answer, ask [`Ask::published`].
pub async fn in_force<T: Content>(edge: &Rc<dyn Edge>) -> Option<Rc<Rulebook<T>>> {
    let interval = Times::check_of(edge).await;
    edge.instance().books::<T>().look(edge, interval).await
}

impl Ask {
    /// What is in force of a kind. The answer is given to others only while that stays in force: the head must say so
    /// by [`crate::Head::edition`].
    pub async fn published<T: Content>(&self) -> Option<Rc<Rulebook<T>>> {
        let book = in_force::<T>(&self.edge).await;
        self.reads.edition(book.as_ref().map(|book| book.digest));
        book
    }
}
