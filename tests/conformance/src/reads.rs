//! What can be read: every product, every list, everything that stands around them.

use crate::observe::Notes;
use commerce::{
    Capability, Category, ContentQuery, Error, FacetChoice, Listing, ListingQuery, Market, Port, ProductCard,
    ProductId, ProductKey, Sort,
};
use serde_json::json;
use std::collections::BTreeMap;

/// Reads everything in a market. `slugs` are the products to look at one by one.
pub async fn read(notes: &mut Notes, port: &dyn Port, market: &Market, slugs: &[String]) {
    let at = market.id();
    for slug in slugs {
        let key = ProductKey::Slug(slug.clone());
        notes.answer(Capability::Product, format!("{at}.product.{slug}"), &port.product(market, &key).await);
    }
    categories(notes, port, market).await;
    listings(notes, port, market).await;
    searches(notes, port, market).await;
    around(notes, port, market, slugs).await;
    let unknown = ProductKey::Slug("no-such-product".into());
    let nothing = port.product(market, &unknown).await;
    notes.answer(Capability::Product, format!("{at}.product-unknown"), &nothing);
    for id in ["no-such-id", "../1", "1 or 1=1", "\"}{"] {
        let nothing = port.product(market, &ProductKey::Id(ProductId::new(id))).await;
        notes.answer(Capability::Product, format!("{at}.product-hostile-id"), &nothing);
    }
}

async fn categories(notes: &mut Notes, port: &dyn Port, market: &Market) {
    let tree = port.categories(market).await;
    notes.answer(Capability::Categories, format!("{}.categories", market.id()), &tree);
}

/// Slugs of the tree, parents before children.
fn flat(tree: &[Category]) -> Vec<String> {
    tree.iter().flat_map(|c| [vec![c.slug.clone()], flat(&c.children)].concat()).collect()
}

async fn listings(notes: &mut Notes, port: &dyn Port, market: &Market) {
    let at = market.id();
    let ask = async |query: ListingQuery| port.listing(market, &query).await;
    let base = |category: &str| ListingQuery {
        category: Some(category.to_owned()),
        page: 1,
        page_size: 50,
        ..ListingQuery::default()
    };
    let tree = port.categories(market).await.unwrap_or_default();
    for slug in flat(&tree) {
        let list = ask(base(&slug)).await;
        notes.answer(
            Capability::Listing,
            format!("{at}.listing.{slug}.category"),
            &list.as_ref().map(|l| &l.category).map_err(Clone::clone),
        );
        notes.answer(
            Capability::Listing,
            format!("{at}.listing.{slug}.total"),
            &list.as_ref().map(|l| l.total).map_err(Clone::clone),
        );
        notes.answer(
            Capability::Listing,
            format!("{at}.listing.{slug}.cards"),
            &list.as_ref().map(|l| cards(&l.items)).map_err(Clone::clone),
        );
        notes.answer(
            Capability::Listing,
            format!("{at}.listing.{slug}.facets"),
            &list.as_ref().map(|l| &l.facets).map_err(Clone::clone),
        );
    }
    notes.answer(
        Capability::Listing,
        format!("{at}.listing-unknown"),
        &ask(base("no-such-category")).await.map(|_| ()),
    );
    for sort in Sort::ALL {
        let list = ask(ListingQuery { sort: Some(sort), ..base("fashion") }).await;
        let order = list.map(|list| order(&list, sort));
        notes.answer(Capability::Listing, format!("{at}.listing-sort.{}", sort.as_str()), &order);
    }
    let mut seen = Vec::new();
    for page in 1..=20 {
        let Ok(list) = ask(ListingQuery { page, page_size: 7, ..base("fashion") }).await else { break };
        if list.items.is_empty() {
            break;
        }
        seen.extend(list.items.into_iter().map(|card| card.slug));
    }
    let pages = seen.len();
    seen.sort();
    seen.dedup();
    notes.fact(
        Capability::Listing,
        format!("{at}.listing-pages"),
        json!({ "shown": pages, "different": seen.len() }),
    );
    let choose = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(f, v)| FacetChoice { facet: (*f).into(), value: (*v).into() }).collect::<Vec<_>>()
    };
    for (name, pairs) in [
        ("one", &[("colour", "navy")][..]),
        ("any-value", &[("colour", "navy"), ("colour", "moss")]),
        ("all-facets", &[("colour", "navy"), ("size", "m")]),
        ("nothing", &[("colour", "no-such-colour")]),
    ] {
        let list = ask(ListingQuery { facets: choose(pairs), ..base("fashion") }).await;
        notes.answer(
            Capability::Listing,
            format!("{at}.listing-facet.{name}"),
            &list.map(|l| slugs_of(&l.items)),
        );
    }
}

/// Cards by slug: the natural order of a list is the backend's own.
fn cards(items: &[ProductCard]) -> BTreeMap<String, ProductCard> {
    items.iter().map(|card| (card.slug.clone(), card.clone())).collect()
}

fn slugs_of(items: &[ProductCard]) -> Vec<String> {
    let mut slugs: Vec<String> = items.iter().map(|card| card.slug.clone()).collect();
    slugs.sort();
    slugs
}

/// What a sort promises; among equals every order is right.
fn order(list: &Listing, sort: Sort) -> serde_json::Value {
    if !list.sorts.contains(&sort) {
        return json!("not offered");
    }
    match sort {
        Sort::PriceAscending | Sort::PriceDescending => {
            json!(list.items.iter().map(|card| card.price.current.amount).collect::<Vec<_>>())
        }
        Sort::Rating => {
            json!(list.items.iter().map(|card| card.rating.map(|r| r.average_tenths)).collect::<Vec<_>>())
        }
        Sort::Name => json!(list.items.iter().map(|card| &card.name).collect::<Vec<_>>()),
        Sort::Relevance | Sort::Newest => json!("its own order"),
    }
}

async fn searches(notes: &mut Notes, port: &dyn Port, market: &Market) {
    let at = market.id();
    let words = match market.language() {
        "de" => ["Trenchcoat", "Becher", "Sofakissenxyz"],
        "ar" => ["معطف", "كوب", "سسسسسس"],
        _ => ["trench", "mug", "xyzzy"],
    };
    for word in words {
        let query =
            ListingQuery { search: Some(word.to_owned()), page: 1, page_size: 50, ..ListingQuery::default() };
        let found = port.listing(market, &query).await;
        notes.answer(
            Capability::Search,
            format!("{at}.search.{word}.slugs"),
            &found.as_ref().map(|l| slugs_of(&l.items)).map_err(Error::clone),
        );
        notes.answer(
            Capability::Search,
            format!("{at}.search.{word}.total"),
            &found.as_ref().map(|l| l.total).map_err(Error::clone),
        );
    }
    for hostile in ["\" OR \"\"=\"", "{}()[]:*~\\", "'; drop table product; --"] {
        let query =
            ListingQuery { search: Some(hostile.into()), page: 1, page_size: 5, ..ListingQuery::default() };
        let found = port.listing(market, &query).await.map(|list| list.total);
        notes.answer(Capability::Search, format!("{at}.search-hostile"), &found);
    }
}

async fn around(notes: &mut Notes, port: &dyn Port, market: &Market, slugs: &[String]) {
    let at = market.id();
    for slug in slugs.iter().take(5) {
        let Ok(product) = port.product(market, &ProductKey::Slug(slug.clone())).await else { continue };
        let again = port.product(market, &ProductKey::Id(product.id.clone())).await;
        let same = again.map(|again| again == product);
        notes.answer(Capability::Product, format!("{at}.product-by-id.{slug}"), &same);
        let reference = product.reference();
        let related = port.related(market, &reference).await.map(|cards| slugs_of(&cards));
        notes.answer(Capability::Related, format!("{at}.related.{slug}"), &related);
        notes.answer(
            Capability::Reviews,
            format!("{at}.reviews.{slug}"),
            &port.reviews(market, &reference, 1).await,
        );
        if let Some(variant) = product.variants.first() {
            let variant = product.variant_reference(variant);
            let stock = port.store_stock(market, &variant).await;
            notes.answer(Capability::StoreStock, format!("{at}.store-stock.{}", variant.sku), &stock);
        }
    }
    let slots =
        ["home_hero", "home_promo", "home_rail", "offer_of_the_day", "delivery_promise", "category_note"];
    let ids = vec![commerce::ContentId::new("look-rainy-city"), commerce::ContentId::new("look-evening-out")];
    let query = ContentQuery { slots: slots.map(str::to_owned).to_vec(), ids };
    notes.answer(Capability::Content, format!("{at}.content"), &port.content(market, &query).await);
    notes.answer(Capability::Stores, format!("{at}.stores"), &port.stores(market).await);
}
