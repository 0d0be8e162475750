//! Every page of every head with the calls that it makes, and what becomes of the page when one fails.
//!
//! - [`case`]: a page, its visitor, its calls.
//! - [`web`], [`tv`], [`watch`], [`chat`], [`front`]: the pages.
//! - [`visit`]: asks for a page as its visitor would.
//! - [`expect`]: whether an answer is the one that is due.
//! - [`run`]: one way to fail against every call of every page.
//! - [`stale`]: the same where old copies stand in.

pub mod case;
pub mod chat;
pub mod expect;
pub mod front;
pub mod run;
pub mod stale;
pub mod tv;
pub mod visit;
pub mod watch;
pub mod web;

pub use case::{Asked, Case, Form, Head, Leaves, Part, Who};

/// Every page.
pub fn cases() -> impl Iterator<Item = &'static Case> {
    [web::CASES, tv::CASES, watch::CASES, chat::CASES, front::CASES].into_iter().flatten()
}
