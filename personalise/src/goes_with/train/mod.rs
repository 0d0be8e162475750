//! Learning from orders what goes with what. Native: it takes memory and time, and runs when a table is published.
//!
//! 1. [`Orders`] takes order events, as CSV or NDJSON.
//! 2. [`train`] counts which two products were in one order, keeps the pairs that are no chance, and writes the table.
//!
//! # What is learned
//! An order of *s* different products holds *s*(*s* − 1) ordered pairs (*a*, *b*); each weighs *w*/(*s* − 1), so that
//! every product has one vote, *w*, however large the order is. *w* is 1, less for old orders when
//! [`Training::half_life`] is set and for those of a shopper with very many. With *k* the weight of (*a*, *b*), *n* the
//! sum of *k* over all partners of a product, and *N* the sum of all *n*:
//!
//! - **A pair is kept** when at least [`Training::least_shoppers`] different shoppers bought it in one order, and it is
//!   in more orders than chance explains: Dunning's log-likelihood ratio is at least [`Training::significance`]. The
//!   ratio is of the table *k*, *n*(a) − *k*, *n*(b) − *k*, *N* − 2*n*(a) − 2*n*(b) + 2*k*: pairs of both, of one and
//!   another product, and of two others; all times shoppers/*k*, so that what was seen is as much as there were shoppers
//!   who decided without each other. (T. Dunning, *Accurate Methods for the Statistics of Surprise and
//!   Coincidence*, Computational Linguistics 19(1), 1993.)
//! - **Its score** is the cosine *k*/√(*n*(a)·*n*(b)) (B. Sarwar et al., *Item-Based Collaborative Filtering
//!   Recommendation Algorithms*, WWW 2001), shrunk by *k*/(*k* + [`SHRINKAGE`]) towards 0 for pairs that were seen
//!   little (R. Bell and Y. Koren, *Improved Neighborhood-based Collaborative Filtering*, KDD Cup 2007).
//! - **A product keeps** its [`Training::neighbours`] of the highest scores; of equals, those whose slug is first.
//!
//! Nothing is drawn by chance, weights are whole numbers and products are ordered by slug: the same orders give the
//! same bytes, in whatever order their lines come.

mod basket;
mod count;
mod csv;
mod fault;
mod keep;
mod learn;
mod line;
mod ndjson;
mod orders;
mod read;
mod significance;
mod time;
mod write;

pub use fault::{ReadError, TrainError};
pub use learn::{Pair, Trained, Training, train};
pub use orders::Orders;
pub use read::{BadLine, Reading};
pub use significance::SHRINKAGE;

#[cfg(test)]
mod tests;
