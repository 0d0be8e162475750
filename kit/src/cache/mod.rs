//! Public answers that are kept for other visitors, and how they are given up.
//!
//! - [`purge`]: what was purged and when; an answer born before that is never used again.

pub mod purge;
