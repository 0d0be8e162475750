//! Who asks: market, session, consent and what is known of them. Reading it cannot fail.

mod bought;
mod consent;
mod fields;
mod id;
mod markets;
mod pass;
mod profile;
mod session;
mod tcf;
mod told;

pub use bought::Bought;
pub(crate) use consent::Signal;
pub use consent::{Consents, Purpose};
pub use fields::{Field, OWN};
pub use id::VisitorId;
pub use markets::{MarketChoice, Markets};
pub use pass::Pass;
pub use profile::{Change, Mark, Profile};
pub use session::{Carrier, SESSION_COOKIE, SESSION_HEADER, Session};
pub use told::{Acquaintance, Orders};
