//! Records as the model, for one market.

mod category;
mod content;
mod picture;
mod product;
mod review;
mod store;

pub(crate) use category::{reference as category_ref, tree};
pub(crate) use content::blocks;
pub(crate) use picture::image;
pub(crate) use product::{card, choices_in_words, main_image, product, related};
pub(crate) use review::reviews;
pub(crate) use store::{CLICK_AND_COLLECT, store, store_stock, stores};
