//! What can be read.

use super::{Replay, kind, market, wait};
use crate::error::{Kind, Refusal, Subject};
use crate::model::{
    Choice, ContentId, ContentQuery, Currency, FacetChoice, Link, ListingQuery, Money, ProductId, ProductKey,
    ProductRef, Rating, Sort, Stock, StockLevel, VariantId, VariantRef,
};
use crate::port::Port;

fn hamper() -> ProductRef {
    ProductRef { id: ProductId::new("p-4001"), slug: "larder-hamper".into() }
}

fn candles(page: u32) -> ListingQuery {
    ListingQuery { category: Some("candles".into()), page, page_size: 2, ..ListingQuery::default() }
}

#[test]
fn a_product_speaks_the_market_and_is_chosen_in_the_shops_own_words() {
    let replay = Replay::default().then("Product", "product").then("Options", "options");
    let key = ProductKey::Slug("harbour-trench-coat".into());
    let product = wait(replay.shop().product(&market("de-DE/EUR"), &key)).unwrap();
    assert_eq!(product.name, "Trenchcoat Harbour");
    assert_eq!(product.summary, "Der lange Zweireiher, mit dem alles begann.");
    let colour = &product.options[1];
    assert_eq!((colour.id.as_str(), colour.name.as_str()), ("colour", "Farbe"));
    assert_eq!((colour.values[1].id.as_str(), colour.values[1].name.as_str()), ("navy", "Marine"));
    let variant = &product.variants[0];
    let chosen = |option: &str, value: &str| Choice { option: option.into(), value: value.into() };
    assert_eq!(variant.choices, [chosen("size", "s"), chosen("colour", "sand")]);
    assert_eq!(variant.price.current, Money::new(21_900, Currency::EUR));
    assert_eq!(variant.price.was, Some(Money::new(26_900, Currency::EUR)));
    assert_eq!(variant.stock, Stock::of(12));
    let slugs: Vec<_> = product.categories.iter().map(|c| c.slug.as_str()).collect();
    assert_eq!(slugs, ["trench-coats"], "neither the department above it nor what the menu does not show");
    assert_eq!(product.rating, Some(Rating { average_tenths: 44, count: 8 }));
    assert_eq!(product.attributes[0].id, "material");
    assert_eq!(product.looks, [ContentId::new("look-rainy-city")]);
    assert_eq!((product.images[0].width, product.images[0].renditions.len()), (960, 3));
    assert_eq!(replay.variables(0)["language"], "DE");
}

#[test]
fn a_product_without_options_has_nothing_to_choose() {
    let replay =
        Replay::default().then("Product", "product_without_options").then("Options", "options_of_none");
    let key = ProductKey::Slug("larder-hamper".into());
    let product = wait(replay.shop().product(&market("en-GB/GBP"), &key)).unwrap();
    assert!(product.options.is_empty() && product.variants[0].choices.is_empty());
    let slugs: Vec<_> = product.categories.iter().map(|c| c.slug.as_str()).collect();
    assert_eq!(slugs, ["gifts"]);
}

#[test]
fn without_the_inventory_scope_stock_is_a_word() {
    let replay =
        Replay::default().then("Product", "product_without_scope").then("Options", "options_of_none");
    let key = ProductKey::Slug("larder-hamper".into());
    let product = wait(replay.shop().product(&market("en-GB/GBP"), &key)).unwrap();
    assert_eq!(product.variants[0].stock, Stock::word(StockLevel::InStock));
}

#[test]
fn the_tree_is_the_menu_without_its_other_pages() {
    let replay = Replay::default().then("Menu", "menu");
    let tree = wait(replay.shop().categories(&market("de-DE/EUR"))).unwrap();
    assert_eq!(tree.len(), 1);
    assert_eq!((tree[0].slug.as_str(), tree[0].name.as_str()), ("fashion", "Mode"));
    assert_eq!(tree[0].children[0].slug, "trench-coats");
    assert!(tree[0].image.is_some());
}

#[test]
fn the_first_page_comes_with_its_count() {
    let replay = Replay::default().then("Collection", "collection");
    let list = wait(replay.shop().listing(&market("en-GB/GBP"), &candles(1))).unwrap();
    assert_eq!((list.total, list.items.len(), list.pages()), (4, 2, 2));
    assert_eq!(list.category.unwrap().slug, "candles");
    assert!(!list.sorts.contains(&Sort::Rating));
    assert!(list.facets.iter().all(|facet| facet.id != "price"), "a range has no values to count");
    assert_eq!(replay.documents(), ["Collection"]);
}

#[test]
fn a_later_page_is_reached_by_cursors() {
    let replay = Replay::default()
        .then("CollectionCursors", "collection_cursors")
        .then("Collection", "collection_second_page");
    let list = wait(replay.shop().listing(&market("en-GB/GBP"), &candles(2))).unwrap();
    assert_eq!((list.total, list.items.len(), list.page), (4, 2, 2));
    assert!(replay.variables(1)["after"].is_string());
    assert_eq!(replay.variables(1)["counting"], false);
}

#[test]
fn past_the_last_page_there_is_nothing() {
    let replay = Replay::default()
        .then("CollectionCursors", "collection_cursors")
        .then("Collection", "collection_second_page");
    let list = wait(replay.shop().listing(&market("en-GB/GBP"), &candles(9))).unwrap();
    assert_eq!((list.total, list.items.len()), (4, 0));
}

/// 250 cursors of a collection's or a search's walk, the last of which may not be the end.
fn walked(field: &str, from: usize, more: bool) -> String {
    let edges: Vec<_> =
        (from..from + 250).map(|at| serde_json::json!({ "cursor": format!("c{at}") })).collect();
    let walk = serde_json::json!({ "edges": edges, "pageInfo": { "hasNextPage": more } });
    let data = match field {
        "search" => serde_json::json!({ "search": walk }),
        _ => serde_json::json!({ "collection": { "products": walk } }),
    };
    serde_json::json!({ "data": data }).to_string()
}

#[test]
fn a_long_list_is_walked_and_no_further_than_stated() {
    let mut replay = Replay::default().then("Collection", "collection_second_page");
    for round in 0..4 {
        replay = replay.says("CollectionCursors", 200, walked("collection", round * 250, true));
    }
    let list = wait(replay.shop().listing(&market("en-GB/GBP"), &candles(150))).unwrap();
    assert_eq!((list.total, list.items.len()), (1_000, 2), "more than a thousand are not counted");
    assert_eq!(replay.documents().len(), 5);
    assert_eq!(replay.variables(1)["after"], "c249", "on from where the last round ended");
    assert_eq!(replay.variables(4)["after"], "c297", "the page begins after the 298 before it");
}

#[test]
fn a_search_is_walked_only_as_far_as_its_page() {
    let replay =
        Replay::default().says("SearchCursors", 200, walked("search", 0, true)).then("Search", "search");
    let query =
        ListingQuery { search: Some("trench".into()), page: 3, page_size: 1, ..ListingQuery::default() };
    let list = wait(replay.shop().listing(&market("en-GB/GBP"), &query)).unwrap();
    assert_eq!((list.items.len(), list.page), (1, 3));
    assert_eq!(replay.variables(1)["after"], "c1");
}

#[test]
fn a_facet_is_chosen_by_the_input_that_shopify_gives() {
    let choose = |value: &str| FacetChoice { facet: "brand".into(), value: value.into() };
    let replay =
        Replay::default().then("CollectionFilters", "collection_filters").then("Collection", "collection");
    let query = ListingQuery { facets: vec![choose("ember-row")], ..candles(1) };
    let list = wait(replay.shop().listing(&market("en-GB/GBP"), &query)).unwrap();
    assert_eq!(replay.variables(1)["filters"][0]["productVendor"], "Ember Row");
    assert!(list.facets.iter().any(|f| f.id == "brand" && f.values.iter().any(|v| v.selected)));
    for hostile in ["", "no-such", "\"}]){shop{name}}"] {
        let replay = Replay::default().then("CollectionFilters", "collection_filters");
        let query = ListingQuery { facets: vec![choose(hostile)], ..candles(1) };
        let refused = kind(replay.shop().listing(&market("en-GB/GBP"), &query));
        assert_eq!(refused, Kind::Refused(Refusal::Invalid { field: "facet.brand".into() }), "{hostile}");
    }
}

#[test]
fn shopify_counts_what_a_search_finds() {
    let replay = Replay::default().then("Search", "search");
    let query =
        ListingQuery { search: Some("trench".into()), page: 1, page_size: 1, ..ListingQuery::default() };
    let list = wait(replay.shop().listing(&market("en-GB/GBP"), &query)).unwrap();
    assert_eq!((list.total > 1, list.items.len(), list.category), (true, 1, None));
    let both = ListingQuery { category: Some("fashion".into()), ..query };
    let refused = kind(Replay::default().shop().listing(&market("en-GB/GBP"), &both));
    assert_eq!(refused, Kind::Refused(Refusal::Invalid { field: "category".into() }));
}

#[test]
fn what_goes_with_a_product_is_the_merchants_choice() {
    let replay = Replay::default().then("Related", "related");
    let related = wait(replay.shop().related(&market("en-GB/GBP"), &hamper())).unwrap();
    assert_eq!(related.len(), 1);
    assert_eq!(replay.variables(0)["handle"], "larder-hamper");
}

#[test]
fn reviews_are_counted_and_parted_into_pages() {
    let reviews = |language: &str, page| {
        let replay = Replay::default().then("Reviews", "reviews");
        wait(replay.shop().reviews(&market(language), &hamper(), page)).unwrap()
    };
    let english = reviews("en-GB/GBP", 1);
    assert_eq!((english.items.len(), english.distribution.iter().sum::<u32>()), (4, 4));
    assert!(english.items.is_sorted_by(|a, b| a.date >= b.date));
    assert!(reviews("en-GB/GBP", 2).items.is_empty());
}

#[test]
fn stores_and_their_stock() {
    let replay = Replay::default().then("Stores", "stores");
    let stores = wait(replay.shop().stores(&market("de-DE/EUR"))).unwrap();
    let store = &stores[0];
    assert_eq!((store.slug.as_str(), store.latitude_e6, store.hours.len()), ("covent-garden", 51_511_800, 2));
    assert_eq!((store.timezone.as_str(), store.services.len()), ("Europe/London", 5));
    assert!(store.image.is_some());

    let foreign = VariantRef { id: VariantId::new("v-4001"), sku: "LF-4001".into(), product: hamper() };
    let replay = Replay::default().then("VariantOfSku", "variant_of_sku").then("StoreStock", "store_stock");
    let stocks = wait(replay.shop().store_stock(&market("en-GB/GBP"), &foreign)).unwrap();
    assert_eq!(stocks[0].stock, Stock::of(0));
    assert_eq!(stocks[1].stock, Stock::of(5));
    let replay = Replay::default().then("VariantOfSku", "variant_of_sku");
    let other = VariantRef { sku: "LF-9999".into(), ..foreign };
    let missing = kind(replay.shop().store_stock(&market("en-GB/GBP"), &other));
    assert_eq!(missing, Kind::NotFound(Subject::Product));
}

#[test]
fn content_is_found_by_slot() {
    let replay = Replay::default().then("ContentList", "content_list").then("Content", "content");
    let query = ContentQuery { slots: vec!["home_hero".into()], ids: Vec::new() };
    let blocks = wait(replay.shop().content(&market("de-DE/EUR"), &query)).unwrap();
    assert_eq!(blocks[0].id, ContentId::new("hero-default"));
    assert_eq!(blocks[0].link, Some(Link::Category("fashion".into())));
    assert!(blocks.iter().any(|block| !block.products.is_empty()));
    let replay = Replay::default().then("ContentList", "content_list");
    let query = ContentQuery { slots: vec!["no_such_slot".into()], ids: Vec::new() };
    assert!(wait(replay.shop().content(&market("de-DE/EUR"), &query)).unwrap().is_empty());
}
