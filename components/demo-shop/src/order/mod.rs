//! Orders: how a cart becomes one, what is kept of it, and its way to the visitor.

mod check;
mod place;
mod progress;
mod stored;

pub(crate) use check::{checked_address, checked_store};
pub(crate) use place::check_out;
pub(crate) use stored::read;
