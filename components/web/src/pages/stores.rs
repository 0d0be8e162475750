//! The stores.

use crate::pages::{chrome, print, slot};
use crate::structured;
use crate::view::{Meta, Place};
use futures::try_join;
use kit::{Answer, Ask, Failure};
use serde::Serialize;

#[derive(Serialize)]
struct Page {
    stores: Vec<Place>,
}

/// All stores on one page.
pub(crate) async fn answer(ask: &Ask) -> Result<Answer, Failure> {
    let stores = ask.slots.required(slot::STORES, ask.shop.stores());
    let (chrome, stores) = try_join!(chrome(ask), stores)?;
    let meta = Meta {
        title: ask.locale.text("stores").to_owned(),
        description: ask.locale.text("stores-intro").to_owned(),
        structured: structured::stores(ask, &stores),
        ..Meta::default()
    };
    let page = Page { stores: stores.iter().map(|store| Place::of(&ask.locale, store, ask.now)).collect() };
    print(ask, "stores.html", &chrome, meta, page)
}
