//! Publishing: `personalise.toml` is read, checked and compiled, and everything wrong with it is told at once.

mod arms;
mod audiences;
mod benefits;
mod checks;
mod claims;
mod clashes;
mod codes;
mod cycles;
mod dead;
pub(crate) mod desk;
mod expected;
mod experiments;
mod file;
mod finding;
mod offers;
mod passed_over;
mod reads;
mod recommends;
mod requires;
mod schedules;
mod shares;
mod slots;
mod targets;
mod unused;
mod zones;

pub use codes::Code;
pub use desk::MAX_FINDINGS;
pub use file::{MAX_FILE, MAX_RULES, Published, publish};
pub use finding::{Finding, Severity};
pub use offers::{CHANNELS, EVENTS};
pub use recommends::PLACES;
pub use targets::PURPOSES;

#[cfg(test)]
mod tests;
