//! Customers: signing in, what the shop then tells of them, and signing out.
//!
//! - [`sign_in`]: an e-mail address and a password become a session that opens the customer.
//! - [`customer`]: the customer of a session, and what is learned of them.
//! - [`sign_out`]: the session without what is the customer's.
//!
//! The customer's token lies in the sealed session alone: in no store, no log and no debug print. A head offers none of
//! it where [`crate::shop::Shop::can`] says that the backend has no customers.

mod customer;
mod sign_in;
mod sign_out;

pub(crate) use customer::{asked, due};
