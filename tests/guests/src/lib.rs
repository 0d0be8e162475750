//! What the programs share.

pub mod counting;
