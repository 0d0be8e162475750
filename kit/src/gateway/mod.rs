//! Behind a gateway: what it tells of a request, and who is believed.
//!
//! - `trusted`: whose word counts about where a request came from.
//! - [`context`]: the trace and the id that a request carries on to the backends.

pub mod context;
mod trusted;

pub(crate) use trusted::settle;
