//! Carts: what is kept of them, what can be done to them, and what they come to.

mod change;
mod promotion;
mod show;
mod stored;
mod sum;
mod turn;

pub(crate) use change::{change, check, wanted};
pub(crate) use promotion::label;
pub(crate) use show::{MOST_PIECES, existing, show};
pub(crate) use stored::{StoredCart, StoredLine, create, forget, is_cart_id, load, save};
pub(crate) use sum::sum;
pub(crate) use turn::alone;

#[cfg(test)]
mod once_tests;
#[cfg(test)]
mod tests;
