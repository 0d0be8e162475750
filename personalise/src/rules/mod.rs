//! The merchandiser's rules: audiences, offers, slots, experiments and recommendations, and the decision for one visitor at one moment.
//!
//! `publish` (feature `publish`) reads and checks `personalise.toml`; [`Rules`] is what a head loads.

mod arrange;
mod assign;
mod benefit;
mod compact;
#[cfg(feature = "publish")]
mod conditions;
mod content;
mod decide;
mod eligible;
mod experiment;
mod explain;
mod key;
mod model;
mod participation;
#[cfg(feature = "publish")]
pub(crate) mod publish;
mod reads;
mod reason;
mod recommend;
mod scenario;
mod schedule;
mod zone;

pub use arrange::{Candidate, LeftOut, MAX_CANDIDATES, arrange, left_out_by};
pub use benefit::Benefit;
pub use compact::{CompactError, MAX_COMPACT};
pub use decide::Decision;
pub use eligible::{Past, PastKind, Visit};
pub use experiment::{Arm, Experiment, Requirement, VISITOR};
pub use explain::{Explained, Explanation};
pub use model::{Audience, Offer, OncePer, Rules, Slot, Target, Variant};
pub use participation::Participation;
#[cfg(feature = "publish")]
pub use publish::{
    CHANNELS, Code, EVENTS, Finding, MAX_FILE, MAX_FINDINGS, MAX_RULES, PLACES, PURPOSES, Published,
    Severity, publish,
};
pub use reason::Reason;
pub use recommend::{Model, Pin, Pinned, Recommend};
pub use scenario::{Answered, Experience, Scenario, Shown};
pub use schedule::Schedule;
pub use zone::{Change, Summer, Zone};
