//! One file a page: what it asks of the shop, and what it does when the shop says no.

pub(crate) mod add;
pub(crate) mod cart;
pub(crate) mod checkout;
pub(crate) mod crawl;
pub(crate) mod entry;
pub(crate) mod failure;
pub(crate) mod framing;
pub(crate) mod home;
pub(crate) mod leaving;
pub(crate) mod listing;
pub(crate) mod order;
pub(crate) mod privacy;
pub(crate) mod product;
pub(crate) mod search;
pub(crate) mod stores;

use crate::view::{Chrome, Frame, Meta, Sheet};
use commerce::{ContentBlock, ContentQuery};
use futures::try_join;
use kit::seams::{self, Part};
use kit::template::Templates;
use kit::visibility::{Private, Public};
use kit::{Answer, Ask, Failure};
use serde::Serialize;
use std::rc::Rc;
use std::sync::LazyLock;

/// The parts of pages. What can be left out may take half of the 800 ms, so that a page with a slow part is still
/// quick.
pub(crate) mod slot {
    use kit::Slot;

    const HALF: u32 = 55;

    pub(crate) const PRODUCT: Slot = Slot::new("product");
    pub(crate) const LISTING: Slot = Slot::new("listing");
    pub(crate) const STORES: Slot = Slot::new("stores").undated();
    pub(crate) const CART: Slot = Slot::new("cart");
    pub(crate) const CHECKOUT: Slot = Slot::new("checkout");
    pub(crate) const ORDER: Slot = Slot::new("order");
    pub(crate) const BADGE: Slot = Slot::new("badge").share(HALF);
    pub(crate) const CATEGORIES: Slot = Slot::new("categories").share(HALF).undated();
    pub(crate) const CONTENT: Slot = Slot::new("content").share(HALF);
    pub(crate) const PICKUP: Slot = Slot::new("stores").share(HALF).undated();
    pub(crate) const RECOMMENDATIONS: Slot = Slot::new("recommendations").share(HALF);
    pub(crate) const RELATED: Slot = Slot::new("related").share(HALF);
    pub(crate) const REVIEWS: Slot = Slot::new("reviews").share(HALF).undated();
    pub(crate) const STOCK: Slot = Slot::new("stock").share(HALF);
}

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../templates/", $name)))),*]
    };
}

const SOURCES: &[(&str, &str)] = templates![
    "layout.html",
    "home.html",
    "listing.html",
    "product.html",
    "cart.html",
    "checkout.html",
    "order.html",
    "find-order.html",
    "stores.html",
    "privacy.html",
    "failure.html",
    "sitemap.html",
    "parts/icons.html",
    "parts/header.html",
    "parts/footer.html",
    "parts/card.html",
    "parts/price.html",
    "parts/stars.html",
    "parts/picture.html",
    "parts/crumbs.html",
    "parts/notice.html",
    "parts/rail.html",
    "parts/filters.html",
    "parts/pages.html",
    "parts/buy.html",
    "parts/reviews.html",
    "parts/line.html",
    "parts/totals.html",
    "parts/ribbon.html",
    "parts/consent.html",
    "parts/farewell.html",
];

static TEMPLATES: LazyLock<(Templates, Vec<String>)> = LazyLock::new(|| Templates::new(SOURCES));

/// What stands around a page: the departments, and the basket of a visitor who has one.
pub(crate) async fn chrome(ask: &Ask) -> Result<Chrome, Failure> {
    let basket = async {
        // Without a session nothing private is read, and the page may be kept for everyone.
        match ask.cart_id() {
            Some(_) => Ok(ask.slots.optional(slot::BADGE, ask.cart()).await?.and_then(Private::into_open)),
            None => Ok(None),
        }
    };
    // Without departments there is still the way home, to the search, the stores and the basket.
    let categories = ask.slots.or_default(slot::CATEGORIES, ask.shop.categories());
    let (categories, cart) = try_join!(categories, basket)?;
    Ok(Chrome { categories, cart, choices: None })
}

/// What editors wrote for a page, on its way.
pub(crate) type Content = Part<Option<Public<Vec<ContentBlock>>>>;

/// Asks for what editors wrote; a page does without.
pub(crate) fn content(ask: &Rc<Ask>, query: ContentQuery) -> Content {
    let ask = ask.clone();
    Part::new(async move { ask.slots.optional(slot::CONTENT, ask.shop.content(&query)).await.ok().flatten() })
}

/// Its blocks, as far as they are there.
pub(crate) fn blocks(content: &Option<Rc<Option<Public<Vec<ContentBlock>>>>>) -> &[ContentBlock] {
    match content.as_deref() {
        Some(Some(blocks)) => blocks,
        _ => &[],
    }
}

/// Prints a page.
pub(crate) fn print<P: Serialize>(
    ask: &Ask,
    name: &str,
    chrome: &Chrome,
    meta: Meta,
    page: P,
) -> Result<Answer, Failure> {
    let sheet = Sheet { t: ask.locale.texts(), frame: Frame::of(ask, chrome, meta), page };
    text(name, &sheet).map(|page| Answer::html(seams::whole(&page)))
}

/// A page's text, with its seams.
pub(crate) fn text<P: Serialize>(name: &str, sheet: &Sheet<'_, P>) -> Result<String, Failure> {
    TEMPLATES.0.print(name, sheet)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn every_template_parses() {
        assert_eq!(super::TEMPLATES.1, Vec::<String>::new());
    }

    /// Templates read texts as `t["key"]`; a key that no language has would be an error page.
    #[test]
    fn every_text_that_a_template_names_is_there() {
        let texts = <crate::head::Web as kit::Head>::texts();
        let english = texts.iter().find(|(language, _)| *language == "en").unwrap().1;
        let shared = include_str!("../../../../templates/texts/en.ftl");
        let known: BTreeSet<&str> =
            english.lines().chain(shared.lines()).filter_map(|line| Some(line.split_once(" =")?.0)).collect();
        for (name, source) in super::SOURCES {
            for part in source.split("t[\"").skip(1) {
                let key = part.split('"').next().unwrap();
                assert!(known.contains(key), "{name}: {key}");
            }
        }
    }
}
