//! A site that exists already, in front of which a head stands.
//!
//! A request goes on to it (`request`), its answer comes back (`response`); a page that it shows to everyone is kept
//! as a copy (`page`), by its own word and with nothing of a visitor in it. What is done to a page is not decided here:
//! see [`crate::rewrite`].

mod fetch;
mod page;
mod request;
mod response;

pub use fetch::{Begun, Fetched, Site};
pub use page::SitePage;
