//! What is said to each wish.

mod add;
mod answered;
mod beside;
mod cart;
mod choose;
mod goods;
mod order;
mod own;
mod product;
mod small;
mod stock;
mod stores;

pub(crate) use own::{given, question};
