//! Facets, pages and orders on the real catalogue, counted a second way.

use crate::catalogue::catalogue;
use crate::catalogue::record::ProductRecord;
use crate::world::World;
use serde_json::Value;
use std::collections::BTreeMap;

fn facet<'a>(listing: &'a Value, id: &str) -> Option<&'a Value> {
    listing["facets"].as_array().unwrap().iter().find(|facet| facet["id"] == id)
}

fn counts(listing: &Value, id: &str) -> BTreeMap<String, u64> {
    let values =
        facet(listing, id).map(|facet| facet["values"].as_array().unwrap().as_slice()).unwrap_or_default();
    values.iter().map(|v| (v["id"].as_str().unwrap().to_owned(), v["count"].as_u64().unwrap())).collect()
}

fn slugs(listing: &Value) -> Vec<&str> {
    listing["items"].as_array().unwrap().iter().map(|item| item["slug"].as_str().unwrap()).collect()
}

fn in_category(product: &&ProductRecord, id: &str) -> bool {
    product.categories.iter().any(|category| category == id)
}

#[test]
fn a_department_holds_what_lies_below_it() {
    let (status, all) = World::new().get("/v1/listing?category=fashion&pageSize=100");
    let leaves = ["trench-coats", "knitwear", "dresses", "shirts", "scarves", "shoes", "bags"];
    let expected =
        catalogue().products().iter().filter(|p| leaves.iter().any(|leaf| in_category(p, leaf))).count();
    assert_eq!((status, all["total"].as_u64()), (200, Some(expected as u64)));
    assert_eq!(all["category"]["slug"], "fashion");
}

#[test]
fn counts_leave_their_own_facet_free_and_keep_the_others() {
    let world = World::new();
    let (_, open) = world.get("/v1/listing?category=knitwear");
    let (_, one) = world.get("/v1/listing?category=knitwear&facet.colour=oat");
    let knit = || catalogue().products().iter().filter(|p| in_category(p, "knitwear"));
    let with = |p: &ProductRecord, option: &str, value: &str| {
        p.variants.iter().any(|v| v.options.get(option).is_some_and(|own| own == value))
    };
    assert_eq!(counts(&open, "colour"), counts(&one, "colour"), "its own facet is free");
    let oat = knit().filter(|p| with(p, "colour", "oat")).count() as u64;
    assert!(oat > 0 && oat < knit().count() as u64, "the test needs a colour that narrows");
    assert_eq!(one["total"], oat);
    assert_eq!(counts(&open, "colour")["oat"], oat);
    // Size M in oat must be one variant, not two.
    let medium = knit().filter(|p| {
        p.variants.iter().any(|v| {
            v.options.get("colour").is_some_and(|c| c == "oat")
                && v.options.get("size").is_some_and(|s| s == "m")
        })
    });
    assert_eq!(counts(&one, "size").get("m").copied().unwrap_or_default(), medium.count() as u64);
    let (_, both) = world.get("/v1/listing?category=knitwear&facet.colour=oat&facet.colour=navy");
    assert_eq!(
        both["total"],
        knit().filter(|p| with(p, "colour", "oat") || with(p, "colour", "navy")).count() as u64
    );
    let chosen = facet(&one, "colour").unwrap()["values"].as_array().unwrap();
    assert!(chosen.iter().all(|v| v["selected"] == (v["id"] == "oat") && v["swatch"].as_str().is_some()));
}

#[test]
fn every_value_leaves_as_many_as_it_counts() {
    let world = World::new();
    for (locale, currency) in [("en-GB", "GBP"), ("de-DE", "EUR"), ("ar-GB", "JPY")] {
        let (_, open) = world.get_in("/v1/listing?category=fashion", locale, currency);
        let facets = open["facets"].as_array().unwrap();
        let ids: Vec<&str> = facets.iter().map(|f| f["id"].as_str().unwrap()).collect();
        assert_eq!(ids, ["brand", "size", "colour", "price", "rating", "availability", "sale"], "{locale}");
        for id in ids {
            for (value, count) in counts(&open, id) {
                let (_, one) = world.get_in(
                    &format!("/v1/listing?category=fashion&facet.{id}={value}"),
                    locale,
                    currency,
                );
                assert_eq!(one["total"], count, "{currency} {id}={value}");
            }
        }
    }
}

#[test]
fn sizes_and_prices_stand_in_their_natural_order() {
    let (_, listing) = World::new().get_in("/v1/listing?category=fashion", "de-DE", "JPY");
    let ids = |id| {
        let values = facet(&listing, id).unwrap()["values"].as_array().unwrap();
        values.iter().map(|v| v["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let sizes = ids("size");
    let place = |size: &str| sizes.iter().position(|s| s == size).unwrap();
    assert!(place("xs") < place("s") && place("s") < place("m") && place("m") < place("xl"));
    assert!(place("uk8") < place("uk10") && place("uk-3") < place("uk-9"));
    assert_eq!(ids("price"), ["0-5000", "5000-10000", "10000-20000", "20000-40000", "40000-100000"]);
    let names: Vec<&str> = facet(&listing, "price").unwrap()["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v["name"].as_str().unwrap())
        .collect();
    assert!(names.contains(&"5.000\u{a0}¥ bis 10.000\u{a0}¥"), "{names:?}");
    let names: Vec<&str> = facet(&listing, "size").unwrap()["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v["name"].as_str().unwrap())
        .collect();
    assert!(
        names.iter().enumerate().all(|(at, name)| !names[..at].contains(name)),
        "two values of one name: {names:?}"
    );
}

#[test]
fn a_facet_that_narrows_nothing_is_left_out_unless_chosen() {
    let world = World::new();
    let (_, listing) = world.get("/v1/listing?q=corvane-nine-mini&category=phones");
    assert_eq!(listing["total"], 1);
    assert!(facet(&listing, "brand").is_none() && facet(&listing, "availability").is_none());
    let (_, chosen) =
        world.get("/v1/listing?q=corvane-nine-mini&category=phones&facet.brand=saltmarsh-pottery");
    assert_eq!((chosen["total"].as_u64(), counts(&chosen, "brand")["saltmarsh-pottery"]), (Some(0), 0));
    let (_, size) = world.get("/v1/listing?category=phones&facet.size=s");
    assert_eq!(
        counts(&size, "size"),
        BTreeMap::from([("s".to_owned(), 0)]),
        "what is chosen can be taken back"
    );
}

#[test]
fn orders_and_pages_fit_together() {
    let world = World::new();
    let (_, all) = world.get("/v1/listing?sort=price_ascending&pageSize=100");
    let prices: Vec<i64> = all["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["price"]["current"]["amount"].as_i64().unwrap())
        .collect();
    assert!(prices.is_sorted() && prices.len() > 60);
    let mut paged = Vec::new();
    for page in 1..=(prices.len().div_ceil(7)) {
        let (_, listing) = world.get(&format!("/v1/listing?sort=price_ascending&pageSize=7&page={page}"));
        paged.extend(slugs(&listing).into_iter().map(str::to_owned));
    }
    assert_eq!(paged, slugs(&all));
    let (status, beyond) = world.get("/v1/listing?page=4294967295&pageSize=100");
    assert_eq!((status, slugs(&beyond).len(), beyond["total"].as_u64()), (200, 0, Some(prices.len() as u64)));
    let (_, newest) = world.get("/v1/listing?sort=newest");
    assert!(newest["items"][0]["tags"].as_array().unwrap().iter().any(|tag| tag == "new"));
    let (_, rated) = world.get("/v1/listing?sort=rating&pageSize=100");
    let tenths: Vec<u64> = rated["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["rating"]["averageTenths"].as_u64().unwrap_or_default())
        .collect();
    assert!(tenths.is_sorted_by(|a, b| a >= b) && tenths[0] > 0);
    let (_, named) = world.get_in("/v1/listing?sort=name&pageSize=100", "de-DE", "EUR");
    let names: Vec<String> = named["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| crate::search::fold(i["name"].as_str().unwrap()))
        .collect();
    assert!(names.is_sorted());
}
