//! The merchandiser's rules, as they are in force: compiled, in the key-value store, changed while heads run.
//!
//! The key `rules` of the store `default` holds a [`Pointer`]: which rules are in force, and which were before. Their
//! bytes lie under keys that name their digest and are never changed, so that whoever reads a pointer reads the
//! bytes that it means: `rules/HEX` has the compact form of [`Rules`], `rules/goes-with/HEX` what goes with what.
//!
//! - [`current`]: the rules by which a request is answered, at most [`Times::check`] old.
//! - [`publish`], [`point_to_table`], [`roll_back`]: change what is in force; [`shown`] tells what is.
//!
//! Without a pointer there are no rules, and nothing is personalised. Rules of another version of Headwater's compact
//! form are not read: publish them again after an update.

mod books;
mod digest;
mod load;
mod pointer;
mod times;
mod write;

pub(crate) use books::Books;
pub use digest::Digest;
pub use pointer::{Pointer, Version};
pub use times::Times;
pub use write::{MAX_TABLE, Refused, keep_table, point_to_table, publish, roll_back, shown};

use crate::edge::Edge;
use personalise::rules::Rules;
use std::rc::Rc;

/// The key of the pointer in the store `default`.
pub const KEY: &str = "rules";

/// Rules in force and what they need, as an instance holds them for all its requests.
#[derive(Debug)]
pub struct Rulebook {
    /// The rules.
    pub rules: Rc<Rules>,
    /// Of the rules' compact form.
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
    let interval = Times::check_of(edge).await;
    edge.instance().books.look(edge, interval).await
}
