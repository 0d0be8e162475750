//! The stores.

use super::framing::Framing;
use crate::pages::{slot, text};
use crate::structured;
use crate::view::{Frame, Meta, Place, Sheet};
use kit::{Answer, Ask, Failure};
use serde::Serialize;
use std::rc::Rc;

#[derive(Serialize)]
struct Page {
    stores: Vec<Place>,
}

/// All stores on one page, which begins when they are there.
pub(crate) async fn answer(ask: &Rc<Ask>) -> Result<Answer, Failure> {
    let framing = Framing::asked(ask);
    let parts = framing.parts();
    let stores = parts.beside(ask.slots.required(slot::STORES, ask.shop.stores())).await?;
    let asked = ask.clone();
    let print = move || {
        let (ask, locale) = (&*asked, &*asked.locale);
        let meta = Meta {
            title: locale.text("stores").to_owned(),
            description: locale.text("stores-intro").to_owned(),
            structured: structured::stores(ask, &stores),
            ..Meta::default()
        };
        let page = Page { stores: stores.iter().map(|store| Place::of(locale, store, ask.now)).collect() };
        let frame = Frame::of(ask, &framing.there(), meta);
        text("stores.html", &Sheet { t: locale.texts(), frame, page })
    };
    parts.page(ask, print).await
}
