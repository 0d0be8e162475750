//! What is decided for a visitor: the merchandiser's rules, held against what is known of this request.
//!
//! - [`topic`]: what the page is about. [`facts`]: everything that a decision depends on, and the decision.
//! - [`choices`]: what a head reads of it; reading decides who else may see the answer.
//! - [`known`]: the visitor's profile, read at most once for a request and written after its answer.
//! - [`learned`]: what a profile tells. [`look_up`]: a real visitor, for the operator.
//! - [`request`]: deciding for a request; [`share`]: whether others may be given the answer.
//! - [`consent`]: agreeing to be known, and being forgotten. [`country`]: where a visitor seems to be.
//! - [`words`]: what an offer gives, in words. [`grant`]: an offer that is shown once and taken.
//! - [`recommend`]: products beside those of a page.
//! - [`candidates`]: which of the products that came are shown; [`beside`] tells the operator why others are not.
//! - [`event`]: what was shown to whom, for those who count.
//! - [`settle`]: an offer that won is put into the cart, and taken out when it no longer does.
//!
//! Nothing here goes to the network but the visitor's own cart, and only where a rule asks for it.

mod beside;
mod candidates;
mod choices;
mod consent;
mod country;
pub(crate) mod event;
mod facts;
mod grant;
mod known;
mod learned;
mod look_up;
mod order;
mod recommend;
mod request;
mod settle;
mod share;
mod topic;
mod words;

pub use beside::{Beside, Page, Weighed};
pub use choices::{Choices, Given};
pub(crate) use facts::{Facts, Scene};
pub(crate) use known::{Asking, Known};
pub use look_up::{LookedUp, NoVisitor, Standing, look_up};
pub use recommend::Recommended;
pub(crate) use share::Foreseen;
pub use topic::Topic;

/// The visitor of a request who agreed to be known, once somebody looked.
pub(crate) type Visitor = std::rc::Rc<std::cell::OnceCell<Option<std::rc::Rc<Known>>>>;
