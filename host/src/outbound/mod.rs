//! Requests that components send.

mod address;
mod allow;
mod client;
mod gate;

pub(crate) use address::is_private;
pub(crate) use allow::Entry;
pub(crate) use client::Clients;
pub(crate) use gate::{Gate, Outbound};
