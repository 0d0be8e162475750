//! Who asks: market, session, consent and what is known of them. Reading it cannot fail.

mod bought;
mod consent;
mod id;
mod markets;
mod profile;
mod session;
mod tcf;

pub use bought::Bought;
pub(crate) use consent::Signal;
pub use consent::{Consents, Purpose};
pub use id::VisitorId;
pub use markets::{MarketChoice, Markets};
pub use profile::{Change, Mark, Profile};
pub use session::{Carrier, SESSION_COOKIE, SESSION_HEADER, Session};
