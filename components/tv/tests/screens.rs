//! Every screen, held against `schema/screen.schema.json`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod support;

use http::Method;
use serde_json::{Value, json};
use support::*;

#[test]
fn the_schema_is_strict() {
    let screen = get(&shop(), "/tv/screens/home", 200);
    for (pointer, value) in [
        ("/more", json!(1)),
        ("/kind", json!("lobby")),
        ("/rails/1/items/0/action/kind", json!("buy")),
        ("/rails/1/items/0/image/width", json!(1921)),
        ("/hero/image/height", json!(1081)),
        ("/cart", json!({"count": 1, "total": "£1", "rows": []})),
    ] {
        let mut broken = screen.clone();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        broken.pointer_mut(parent).unwrap()[name] = value;
        assert!(!faults(&broken).is_empty(), "{pointer} should be refused");
    }
}

#[test]
fn home_has_a_hero_small_rows_first_and_the_rest_lazy() {
    let world = shop();
    let screen = get(&world, "/tv/screens/home", 200);
    assert_eq!(screen["hero"]["title"], "Title of hero");
    assert_eq!(screen["hero"]["image"]["width"], 1920);
    assert_eq!(screen["focus"]["initial"], "hero/open");
    assert_eq!(
        screen["focus"]["order"],
        json!(["hero", "today", "rail", "departments", "looks", "category-fashion"])
    );
    let lazy = &screen["rails"][4];
    assert_eq!(
        (lazy["items"].as_array().unwrap().len(), lazy["next"].as_str()),
        (0, Some("/tv/screens/category/fashion?market=en-gb"))
    );
    let item = &screen["rails"][1]["items"][0];
    assert_eq!(item["image"], json!({"url": "/media/p0?w=480", "alt": "p0", "width": 480, "height": 600}));
    assert_eq!((item["price"].as_str(), item["was"].as_str()), (Some("from £125.00"), Some("£150.00")));
    assert_eq!(item["action"], json!({"kind": "open", "screen": "/tv/screens/product/p0?market=en-gb"}));
    assert_eq!(
        screen["deep_link"],
        json!({"tv": "/tv/#/home?market=en-gb", "web": "http://shop.test:3000/en-gb/"})
    );
    // The lazy row continues in a screen with a row of the same id.
    let next = get(&world, lazy["next"].as_str().unwrap(), 200);
    assert!(next["rails"].as_array().unwrap().iter().any(|rail| rail["id"] == lazy["id"]));
}

#[test]
fn home_is_the_same_for_everyone_of_whom_nothing_is_known_and_says_so() {
    let world = shop();
    let stranger = request(Method::GET, "/tv/screens/home?market=en-gb", "");
    let mut with_cart = stranger.clone();
    with_cart.headers_mut().insert("cookie", cookie("cart-1").parse().unwrap());
    let own = send(&world, with_cart);
    let response = send(&world, stranger);
    assert!(response.headers()["cache-control"].to_str().unwrap().starts_with("public"));
    assert_eq!(response.body(), own.body());
    // A cache in front cannot tell who has agreed to what.
    assert_eq!(own.headers()["cache-control"], "private, no-store");
    assert_eq!(response.headers()["headwater-slots"], "categories=fresh, content=fresh");
    assert!(!world.sent.borrow().iter().any(|request| request.uri().path().contains("carts")));
}

#[test]
fn ids_are_stable() {
    let world = shop();
    for path in ["home", "category/fashion", "product/coat", "search?q=coat", "cart"] {
        let path = format!("/tv/screens/{path}");
        let (first, second) = (get(&world, &path, 200), get(&world, &path, 200));
        assert_eq!(
            (ids(&first), &first["id"], &first["focus"]),
            (ids(&second), &second["id"], &second["focus"])
        );
        let mut unique = ids(&first);
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), ids(&first).len(), "{path}: an id comes twice");
    }
}

#[test]
fn a_category_has_pages_orders_and_facets() {
    let world = shop();
    let screen = get(&world, "/tv/screens/category/fashion?sort=newest&facet.colour=navy", 200);
    let query = world.sent.borrow()[0].uri().query().unwrap().to_owned();
    assert!(query.ends_with("category=fashion&facet.colour=navy&sort=newest&page=1&pageSize=10"), "{query}");
    assert_eq!(screen["hero"]["kicker"], "24 products");
    assert_eq!(screen["hero"]["text"], "All of Fashion");
    let rails = screen["rails"].as_array().unwrap();
    let names: Vec<&str> = rails.iter().map(|rail| rail["id"].as_str().unwrap()).collect();
    assert_eq!(names, ["below", "order", "category-fashion"]);
    let next = rails[2]["next"].as_str().unwrap();
    assert_eq!(next, "/tv/screens/category/fashion?sort=newest&facet.colour=navy&page=2&market=en-gb");
    // Choosing what is chosen takes it back.
    let chip =
        rails[1]["items"].as_array().unwrap().iter().find(|item| item["id"] == "facet.colour.navy").unwrap();
    assert_eq!(chip["action"]["screen"], "/tv/screens/category/fashion?sort=newest&market=en-gb");

    let refine = get(&world, "/tv/screens/category/fashion?refine=1", 200);
    let row = &refine["rails"][1];
    assert_eq!(
        (row["id"].as_str(), row["items"][0]["selected"].as_bool()),
        (Some("facet.colour"), Some(true))
    );
    assert_eq!(refine["rails"][0]["items"][0]["title"], "Show 24 products");
}

#[test]
fn a_product_is_bought_in_the_chosen_size() {
    let world = shop();
    let screen = get(&world, "/tv/screens/product/coat", 200);
    let sizes = &screen["rails"][0];
    assert_eq!(sizes["items"][0]["sold_out"], true, "S is sold out");
    assert_eq!(sizes["items"][1]["selected"], true, "the first that can be had is chosen");
    assert_eq!(screen["hero"]["notes"], json!(["Only 2 left", "★ 4.3 · 12 reviews"]));
    assert_eq!(screen["hero"]["image"]["width"], 480, "960×1200 is taller than a TV");
    let large = sizes["items"][2]["action"]["screen"].as_str().unwrap();
    assert_eq!(large, "/tv/screens/product/coat?option.size=l&market=en-gb");
    let screen = get(&world, large, 200);
    let add = &screen["hero"]["actions"][0]["action"];
    assert_eq!(
        *add,
        json!({"kind": "post", "to": "/tv/screens/cart/lines?market=en-gb", "body": {"variant": "v-l", "quantity": 1}})
    );
    let gone = get(&world, "/tv/screens/product/coat?option.size=s", 200);
    assert!(gone["hero"]["actions"].as_array().unwrap().is_empty(), "what is sold out has no button");
    let odd = get(&world, "/tv/screens/product/coat?option.size=zebra&option.x=y", 200);
    assert_eq!(odd["rails"][0]["items"][1]["selected"], true, "an unknown choice is none");
}

#[test]
fn search_begins_with_keys_and_suggests_by_the_beginning_of_a_word() {
    let world = shop();
    let empty = get(&world, "/tv/screens/search", 200);
    assert_eq!(empty["focus"]["initial"], "keyboard/0");
    assert!(!world.sent.borrow().iter().any(|request| request.uri().path() == "/v1/listing"));
    assert_eq!(ids(&empty), ["\"suggestions\"/\"fashion\"", "\"suggestions\"/\"coats\""]);
    let found = get(&world, "/tv/screens/search?q=nice+COA", 200);
    assert_eq!(ids(&found)[0], "\"suggestions\"/\"coats\"", "`Trench coats` has a word that begins so");
    assert_eq!(found["rails"][1]["next"], "/tv/screens/search?q=nice+COA&page=2&market=en-gb");
    assert_eq!(found["keyboard"]["text"], "nice COA");
    let nothing = get(&world, "/tv/screens/search?q=zzz", 200);
    assert!(nothing["rails"].as_array().unwrap().iter().all(|rail| rail["id"] != "suggestions"));
}

#[test]
fn languages_have_their_words_keys_and_direction() {
    let world = shop();
    let arabic = get(&world, "/tv/screens/search?market=ar-gb", 200);
    assert_eq!((arabic["direction"].as_str(), arabic["language"].as_str()), (Some("rtl"), Some("ar-GB")));
    assert_eq!(arabic["keyboard"]["rows"][0][0], "ا");
    let mut german = request(Method::GET, "/tv/screens/cart", "");
    german.headers_mut().insert("accept-language", "de".parse().unwrap());
    let german = screen_of(&send(&world, german), 200);
    assert_eq!(german["hero"]["title"], "Ihr Warenkorb ist leer");
    assert_eq!(german["cart"]["total"], "0,00\u{a0}€");
    assert_eq!(kit::locale::missing_keys(tv::head::TEXTS), Vec::<String>::new());
}

#[test]
fn what_is_optional_is_left_out_and_what_is_required_is_not() {
    let world = shop();
    world.answer("/v1/content", 500, "");
    let screen = get(&world, "/tv/screens/home", 200);
    assert_eq!(screen["hero"]["title"], "Fashion", "a department stands in");
    let response = send(&world, request(Method::GET, "/tv/screens/home", ""));
    assert_eq!(response.headers()["headwater-slots"], "categories=fresh, content=omitted");

    world.answer("/v1/categories", 500, "");
    let error: Value = get(&world, "/tv/screens/home", 502);
    assert_eq!(
        (error["kind"].as_str(), error["error"]["code"].as_str()),
        (Some("error"), Some("upstream-failed"))
    );
    assert_eq!(error["hero"]["actions"][0]["action"]["kind"], "retry");
    assert_eq!(
        get(&world, "/tv/screens/category/fashion", 200)["title"],
        "fashion",
        "its name is not needed"
    );
}

#[test]
fn routes_and_templates_hold_together() {
    assert_eq!(tv::head::ROUTES.1, Vec::<String>::new());
    assert_eq!(tv::page::TEMPLATES.1, Vec::<String>::new());
}
