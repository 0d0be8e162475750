//! The adapter against recorded answers of `tests/backends/commercetools`, without a network.

mod faults;
mod project;
mod reads;
mod writes;
