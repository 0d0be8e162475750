//! The merchandiser's rules: audiences, offers and slots, and the decision for one visitor at one moment.
//!
//! `publish` (feature `publish`) reads and checks `personalise.toml`; [`Rules`] is what a head loads.

mod benefit;
mod compact;
mod decide;
mod eligible;
mod explain;
mod model;
#[cfg(feature = "publish")]
mod publish;
mod reason;
mod scenario;
mod schedule;

pub use benefit::Benefit;
pub use compact::{CompactError, MAX_COMPACT};
pub use decide::Decision;
pub use eligible::{Past, PastKind, Visit};
pub use explain::{Explained, Explanation};
pub use model::{Audience, Offer, OncePer, Rules, Slot, Target, Variant};
#[cfg(feature = "publish")]
pub use publish::{
    CHANNELS, EVENTS, Finding, MAX_FILE, MAX_FINDINGS, MAX_RULES, PURPOSES, Published, Severity, publish,
};
pub use reason::Reason;
pub use scenario::{Answered, Experience, Scenario, Shown};
pub use schedule::Schedule;
