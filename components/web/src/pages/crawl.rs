//! What crawlers and browsers ask for unasked.

use crate::links::Links;
use crate::pages::{chrome, print, slot};
use crate::view::Meta;
use commerce::{Category, ListingQuery};
use futures::try_join;
use http::{HeaderValue, header};
use kit::answer::Keep;
use kit::{Answer, Ask, Failure};
use serde::Serialize;

/// The shop's mark.
pub(crate) fn favicon() -> Answer {
    Answer::see_other("/media/favicon.svg")
}

/// What crawlers may read: everything but what belongs to one visitor.
pub(crate) fn robots(ask: &Ask) -> Answer {
    let site = ask.site();
    let mut text = "User-agent: *\n".to_owned();
    for market in ask.markets.iter() {
        let links = Links::to(&market.id());
        for page in ["cart", "checkout", "order", "search", "account"] {
            text.push_str(&format!("Disallow: {}\n", links.page(page)));
        }
    }
    for market in ask.markets.iter() {
        text.push_str(&format!("Sitemap: {site}{}\n", Links::to(&market.id()).page("sitemap.xml")));
    }
    Answer { keep: Keep::Hour, ..Answer::new("text/plain; charset=utf-8", text) }
}

#[derive(Serialize)]
struct Page {
    addresses: Vec<String>,
}

/// Every page of a market (<https://www.sitemaps.org/protocol.html>); the first 100 products, which is what
/// one question gives.
pub(crate) async fn sitemap(ask: &Ask) -> Result<Answer, Failure> {
    let query = ListingQuery { page: 1, page_size: 100, ..ListingQuery::default() };
    let listing = ask.slots.required(slot::LISTING, ask.shop.listing(&query));
    let (chrome, listing) = try_join!(chrome(ask), listing)?;
    let (links, site) = (Links::of(ask), ask.site());
    let mut paths = vec![links.home(), links.page("stores")];
    for category in chrome.categories.iter() {
        add(&mut paths, &links, category);
    }
    paths.extend(listing.items.iter().map(|card| links.product(&card.slug)));
    let addresses = paths.iter().map(|path| format!("{site}{path}")).collect();
    let mut answer = print(ask, "sitemap.html", &chrome, Meta::default(), Page { addresses })?;
    answer.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/xml; charset=utf-8"));
    Ok(answer)
}

fn add(paths: &mut Vec<String>, links: &Links, category: &Category) {
    paths.push(links.category(&category.slug));
    for child in &category.children {
        add(paths, links, child);
    }
}
