//! What goes with what: for each product the few that are bought with it, learned from orders and read in place.
//!
//! - [`GoesWith`]: the table, as a head reads it.
//! - `train` (feature `publish`): the table, as it is learned from orders.
//!
//! # The form of the table
//! All numbers are unsigned and little-endian. A table has at most [`MAX_BYTES`] bytes.
//!
//! | at | bytes | what |
//! |---|---|---|
//! | 0 | 4 | the mark `HWGW` |
//! | 4 | 2 | the version of the form: 1 |
//! | 6 | 2 | *n*, how many products the table names |
//! | 8 | 4 | *m*, how many neighbours there are in all |
//! | 12 | 4 | how many bytes the table has |
//! | 16 | 8 | the checksum: FNV-1a of 64 bits (RFC 9923) over all bytes but these eight |
//! | 24 | 4(*n*+1) | where each product's slug begins in the text; then the length of the text |
//! | … | 4(*n*+1) | which neighbour is each product's first; then *m* |
//! | … | 4*m* | the neighbours: the number of the product (2), its score (2); each product's strongest first |
//! | … | | the text: the slugs in UTF-8, ascending by their bytes, with nothing between |
//!
//! A score is a whole number of 65,535ths. The same orders always give the same bytes, so that a digest of them tells
//! whether anything has changed.

mod layout;
mod open_error;
mod table;
#[cfg(feature = "publish")]
pub mod train;

pub use layout::{MAX_BYTES, MAX_NEIGHBOURS, MAX_SLUG};
pub use open_error::OpenError;
pub use table::{GoesWith, Neighbours};

#[cfg(test)]
mod tests;
