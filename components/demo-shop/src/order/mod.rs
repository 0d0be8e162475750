//! Orders: how a cart becomes one, what is kept of it, and its way to the visitor.

mod check;
mod past;
mod place;
mod progress;
mod stored;

pub(crate) use check::{checked_address, checked_store};
pub(crate) use past::order as past;
pub(crate) use place::check_out;
pub(crate) use stored::read;
