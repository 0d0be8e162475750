//! What adapters share on the way to the wire and back; pure.
//!
//! - [`Root`]: the checked address of a backend, and paths below it that no value can leave.
//! - [`json`] and [`graphql`]: calls and their decoded answers.
//! - [`Checked`]: whether a decoded part of the model holds together.
//! - [`markup`]: HTML that a backend sends for text.

pub(crate) mod checked;
pub(crate) mod graphql;
pub(crate) mod json;
pub(crate) mod markup;
mod operation;
mod place;
mod root;

pub(crate) use checked::Checked;
pub(crate) use root::Root;
