//! The copies of the shop's answers, through a head in a rehearsed world.

#![expect(clippy::unwrap_used, reason = "what a test builds itself is right, or the test stops there")]

mod writes;
