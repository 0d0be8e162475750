//! Reads of recorded answers.

use super::project::{Project, changed, market, recorded, run};
use crate::error::{Kind, Refusal, Subject};
use crate::model::{
    FacetChoice, ListingQuery, Market, Money, ProductId, ProductKey, ProductRef, Sort, VariantId, VariantRef,
};
use crate::port::Port;
use serde_json::json;

fn trench() -> ProductKey {
    ProductKey::Slug("harbour-trench-coat".into())
}

fn gbp(amount: i64) -> Money {
    Money::new(amount, crate::model::Currency::GBP)
}

#[test]
fn a_product_is_read_whole() {
    let product = run(Project::new().port().product(&market(), &trench())).unwrap();
    assert_eq!(product.name, "Harbour trench coat");
    assert_eq!(product.brand.as_deref(), Some("Larkspur & Finch"));
    assert_eq!(product.summary, "The long, double-breasted trench that started it all.");
    assert_eq!(product.tags, ["bestseller", "sale"]);
    assert_eq!(product.categories[0].slug, "trench-coats");
    let options: Vec<_> = product.options.iter().map(|o| (o.id.as_str(), o.values.len())).collect();
    assert_eq!(options, [("size", 1), ("colour", 3)]);
    assert_eq!(product.options[1].values[0].swatch.as_deref(), Some("#c9b08a"));
    assert_eq!(product.attributes[0].id, "material", "without the prefix of a fact");
    assert_eq!(product.rating.map(|r| (r.average_tenths, r.count)), Some((44, 8)), "4.375, half up");
    let first = &product.variants[0];
    assert_eq!(
        (first.sku.as_str(), first.price.current, first.stock.quantity),
        ("LF-1001-S-SAND", gbp(18_500), Some(12))
    );
    assert_eq!(first.price.was, Some(gbp(23_000)), "the value before the product discount");
    assert_eq!(product.looks[0].as_str(), "look-rainy-city");
}

#[test]
fn words_follow_the_market_and_pictures_say_what_they_show_in_its_language() {
    let german = Market::parse("de-DE/GBP").unwrap();
    let product = run(Project::new().port().product(&german, &trench())).unwrap();
    assert_eq!(product.name, "Trenchcoat Harbour");
    assert_eq!(product.images[0].alt, "Trenchcoat Harbour in Sand");
    let without = changed("product", |page| {
        page["results"][0]["masterVariant"]["assets"] = json!([]);
    });
    let project = Project::new().instead("GET /shop/product-projections", 200, without);
    let product = run(project.port().product(&german, &trench())).unwrap();
    assert_eq!(product.images[0].alt, "Harbour trench coat in sand", "the one label there is");
}

#[test]
fn one_broken_part_leaves_the_rest() {
    let broken = changed("product", |page| {
        let variant = &mut page["results"][0]["masterVariant"];
        let good = variant["images"][0].clone();
        variant["images"] = json!([null, { "url": 7 }, good]);
        variant["assets"] = json!(null);
        page["results"][0]["variants"][0]["price"] = json!(null);
        page["results"][0]["categories"][0]["obj"] = json!(null);
        page["results"][0]["newField"] = json!({ "of": "a later version" });
    });
    let project = Project::new().instead("GET /shop/product-projections", 200, broken);
    let product = run(project.port().product(&market(), &trench())).unwrap();
    assert_eq!(product.images.len(), 1);
    assert_eq!(product.variants.len(), 2, "one has no price in this market and cannot be bought");
    assert!(product.categories.is_empty());
}

#[test]
fn stock_is_a_number_a_word_or_endless() {
    let level = |availability: serde_json::Value| {
        let page = changed("product", |page| {
            page["results"][0]["masterVariant"]["availability"] = availability;
        });
        let project = Project::new().instead("GET /shop/product-projections", 200, page);
        let stock = run(project.port().product(&market(), &trench())).unwrap().variants[0].stock;
        (serde_json::to_value(stock.level).unwrap(), stock.quantity)
    };
    assert_eq!(
        level(json!({ "availableQuantity": -2, "isOnStock": false })),
        (json!("out_of_stock"), Some(0))
    );
    assert_eq!(level(json!({ "isOnStock": true })), (json!("in_stock"), None));
    assert_eq!(level(json!({ "channels": {} })), (json!("out_of_stock"), Some(0)));
    assert_eq!(level(json!(null)), (json!("in_stock"), None));
}

#[test]
fn what_visitors_type_stays_a_variable() {
    for hostile in ["x\" or id is defined or \"", "a:slug&limit=500", "ö/../carts"] {
        let project = Project::new();
        let _ = run(project.port().product(&market(), &ProductKey::Slug(hostile.into())));
        let query = project.query("GET /shop/product-projections");
        assert_eq!(query["where"], "slug(`en-GB`=:slug or `en`=:slug)");
        assert_eq!((query["var.slug"].as_str(), query["limit"].as_str()), (hostile, "1"));
    }
    for id in ["no-such-id", "../carts", "1 or 1=1", ""] {
        let project = Project::new();
        let error = run(project.port().product(&market(), &ProductKey::Id(ProductId::new(id)))).unwrap_err();
        assert_eq!(error.kind, Kind::NotFound(Subject::Product), "{id}");
        assert!(!project.paths().iter().any(|path| path.contains("product-projections")), "{id}");
    }
}

#[test]
fn a_list_asks_for_what_was_chosen_and_shows_what_is_left_to_choose() {
    let project = Project::new();
    let choice = |facet: &str, value: &str| FacetChoice { facet: facet.into(), value: value.into() };
    let query = ListingQuery {
        category: Some("trench-coats".into()),
        search: Some("coat \"} or".into()),
        facets: vec![choice("colour", "navy"), choice("colour", "moss"), choice("price", "10000-20000")],
        sort: Some(Sort::PriceAscending),
        page: 2,
        page_size: 1,
    };
    let list = run(project.port().listing(&market(), &query)).unwrap();
    assert_eq!((list.total, list.items.len(), list.page), (4, 1, 2));
    let body = project.sent("POST /shop/products/search");
    assert_eq!((&body["offset"], &body["limit"]), (&json!(1), &json!(1)));
    assert_eq!(body["sort"][0]["order"], "asc");
    let chosen = &body["postFilter"]["and"];
    assert_eq!(chosen[0]["exact"]["field"], "variants.attributes.colour.key");
    assert_eq!(chosen[0]["exact"]["values"], json!(["navy", "moss"]));
    assert_eq!(
        chosen[1]["or"][0]["and"][1]["range"],
        json!({
        "field": "variants.prices.currentCentAmount", "gte": 10_000, "lt": 20_000 })
    );
    let facet = |name: &str| {
        let all = body["facets"].as_array().unwrap();
        all.iter().map(|f| &f["distinct"]).find(|f| f["name"] == name).unwrap().clone()
    };
    assert_eq!(facet("size")["filter"]["and"].as_array().unwrap().len(), 2);
    assert_eq!(facet("colour")["filter"]["and"].as_array().unwrap().len(), 1, "itself left free");
    let names: Vec<&str> = list.facets.iter().map(|facet| facet.id.as_str()).collect();
    assert_eq!(names, ["brand", "colour", "price", "sale"]);
    assert!(list.facets[1].values.iter().all(|value| value.selected), "chosen, though nothing is left of it");
}

#[test]
fn a_list_of_found_products_has_their_cards_in_the_order_of_the_search() {
    let id = |page: &str| {
        let page: serde_json::Value = serde_json::from_str(&recorded(page)).unwrap();
        page["results"][0]["id"].clone()
    };
    let found = changed("search", |found| found["results"] = json!([{ "id": "x" }, { "id": id("product") }]));
    let project = Project::new().instead("POST /shop/products/search", 200, found);
    let query = ListingQuery { page: 1, page_size: 24, ..ListingQuery::default() };
    let list = run(project.port().listing(&market(), &query)).unwrap();
    assert_eq!(list.items[0].slug, "harbour-trench-coat");
    assert_eq!((list.items[0].price.current, list.items[0].price_varies), (gbp(18_500), false));
    let asked = &project.query("GET /shop/product-projections")["where"];
    assert_eq!(*asked, format!("id in ({})", id("product")), "and nothing that is no identifier");
}

#[test]
fn unknown_values_categories_and_pages_are_refused() {
    let ask = |query: ListingQuery| run(Project::new().port().listing(&market(), &query)).unwrap_err().kind;
    let base = || ListingQuery { page: 1, page_size: 24, ..ListingQuery::default() };
    let facet = FacetChoice { facet: "colour".into(), value: "no-such".into() };
    let invalid = |field: &str| Kind::Refused(Refusal::Invalid { field: field.into() });
    assert_eq!(ask(ListingQuery { facets: vec![facet], ..base() }), invalid("facet.colour"));
    assert_eq!(ask(ListingQuery { page: u32::MAX, ..base() }), invalid("page"));
    let category = Some("no-such".into());
    assert_eq!(ask(ListingQuery { category, ..base() }), Kind::NotFound(Subject::Category));
}

#[test]
fn words_that_nothing_has_are_asked_for_once_more_with_a_letter_wrong() {
    let nothing = r#"{"total":0,"results":[],"facets":[]}"#;
    let project = Project::new().instead("POST /shop/products/search", 200, nothing).with(
        "POST /shop/products/search",
        200,
        recorded("search"),
    );
    let query =
        ListingQuery { search: Some("trensh".into()), page: 1, page_size: 24, ..ListingQuery::default() };
    assert_eq!(run(project.port().listing(&market(), &query)).unwrap().total, 4);
    assert_eq!(project.count("POST /shop/products/search"), 2);
    assert!(project.sent("POST /shop/products/search").to_string().contains("\"fuzzy\""));
}

#[test]
fn the_tree_stands_in_the_merchants_order_and_a_circle_ends() {
    let tree = run(Project::new().port().categories(&market())).unwrap();
    assert_eq!(tree[0].slug, "fashion");
    let children: Vec<&str> = tree[0].children.iter().map(|c| c.slug.as_str()).collect();
    assert_eq!(children, ["trench-coats", "knitwear"]);
    assert_eq!(tree[0].image.as_ref().map(|image| (image.width, image.height)), Some((1200, 900)));
    let circle = changed("categories", |page| {
        let own = page["results"][0]["id"].clone();
        page["results"][0]["parent"] = json!({ "typeId": "category", "id": own });
    });
    let project = Project::new().instead("GET /shop/categories", 200, circle);
    assert!(run(project.port().categories(&market())).unwrap().is_empty());
}

#[test]
fn stores_have_hours_and_words_and_a_warehouse_is_none() {
    let more = changed("channels", |page| {
        page["results"][1]["geoLocation"] = json!(null);
    });
    let project = Project::new().instead("GET /shop/channels", 200, more);
    let stores = run(project.port().stores(&Market::parse("ar-GB/GBP").unwrap())).unwrap();
    assert_eq!(stores.len(), 1);
    assert_eq!((stores[0].slug.as_str(), stores[0].address.city.as_str()), ("covent-garden", "لندن"));
    assert_eq!(stores[0].hours[0].days, [1, 2, 3, 4, 5, 6]);
    assert_eq!((stores[0].latitude_e6, stores[0].longitude_e6), (51_511_800, -123_300));
    let variant = VariantRef {
        id: VariantId::new("v"),
        sku: "no\"such".into(),
        product: ProductRef { id: ProductId::new("p"), slug: "s".into() },
    };
    let project = Project::new().instead("GET /shop/inventory", 200, r#"{"results":[]}"#);
    let error = run(project.port().store_stock(&market(), &variant)).unwrap_err();
    assert_eq!(error.kind, Kind::NotFound(Subject::Product));
    assert_eq!(project.query("GET /shop/inventory")["var.sku"], "no\"such");
}

#[test]
fn reviews_of_a_product_from_another_backend_are_found_by_its_slug() {
    let project = Project::new();
    let foreign = ProductRef { id: ProductId::new("gid://p/1"), slug: "harbour-trench-coat".into() };
    let reviews = run(project.port().reviews(&market(), &foreign, 1)).unwrap();
    assert_eq!(project.count("GET /shop/reviews"), 2);
    assert_eq!(reviews.distribution, [0, 0, 1, 3, 4]);
    assert_eq!(reviews.items[0].date.to_string(), "2026-08-17", "the day it was written, not loaded");
    assert!(project.query("GET /shop/reviews")["var.product"].len() == 36);
}
