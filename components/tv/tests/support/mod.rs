//! A shop in memory, and screens held against their schema.
#![allow(dead_code, reason = "each test file uses a part of it")]

use bytes::Bytes;
use commerce::{
    Cart, CartId, CartLine, Category, CategoryId, Choice, ContentBlock, Currency, Facet, FacetValue, Image,
    LineId, Listing, Money, OptionValue, Price, Product, ProductCard, ProductId, ProductOption, Rating,
    Rendition, Sort, Stock, StockLevel, Variant, VariantId,
};
use http::{Method, Request, Response};
use kit::rehearsal::World;
use kit::seal::Seal;
use kit::visitor::Session;
use serde_json::{Value, json};
use std::rc::Rc;
use std::sync::LazyLock;
use tv::head::Tv;

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(include_str!("../../schema/screen.schema.json")).unwrap();
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap()
});

/// What the schema says against a screen.
pub(crate) fn faults(screen: &Value) -> Vec<String> {
    SCHEMA.iter_errors(screen).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

/// A request of a page of ours.
pub(crate) fn request(method: Method, path: &str, body: &str) -> Request<Bytes> {
    let mut request = Request::builder().method(method.clone()).uri(path).header("host", "shop.test:3000");
    if method == Method::POST {
        request = request.header("sec-fetch-site", "same-origin").header("content-type", "application/json");
    }
    request.body(Bytes::from(body.to_owned())).unwrap()
}

/// Any request.
pub(crate) fn send(world: &Rc<World>, request: Request<Bytes>) -> Response<Bytes> {
    world.run(kit::handle::<Tv>(world.clone(), request))
}

/// A screen with this status, which holds to the schema and the limit.
pub(crate) fn screen_of(response: &Response<Bytes>, status: u16) -> Value {
    let text = String::from_utf8_lossy(response.body());
    assert_eq!(response.status().as_u16(), status, "{text}");
    assert!(response.body().len() <= tv::screen::LIMIT, "{} bytes", response.body().len());
    let screen: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(faults(&screen), Vec::<String>::new(), "{screen:#}");
    let place = screen["focus"]["initial"].as_str().unwrap();
    assert!(place.is_empty() || exists(&screen, place), "nothing to focus at {place}");
    screen
}

fn exists(screen: &Value, place: &str) -> bool {
    let (row, item) = place.split_once('/').unwrap();
    let rows: &[Value] = match row {
        "keyboard" => return screen["keyboard"].is_object(),
        "hero" => &[json!({"id": "hero", "items": screen["hero"]["actions"]})],
        _ => screen["rails"].as_array().unwrap(),
    };
    rows.iter().any(|r| r["id"] == row && r["items"].as_array().unwrap().iter().any(|i| i["id"] == item))
}

/// A screen that is fetched.
pub(crate) fn get(world: &Rc<World>, path: &str, status: u16) -> Value {
    screen_of(&send(world, request(Method::GET, path, "")), status)
}

/// The cookie of a visitor with a cart.
pub(crate) fn cookie(cart: &str) -> String {
    let session = Session { cart: Some(CartId::new(cart)), ..Session::default() };
    format!("hw_session={}", session.close(&Seal::new("key of the test"), [9; 16]))
}

/// All ids of a screen, row by row.
pub(crate) fn ids(screen: &Value) -> Vec<String> {
    let rows = screen["rails"].as_array().unwrap();
    let items = |row: &Value| {
        let items = row["items"].as_array().unwrap().iter();
        items.map(|item| format!("{}/{}", row["id"], item["id"])).collect::<Vec<_>>()
    };
    rows.iter().flat_map(items).collect()
}

pub(crate) fn image(name: &str, width: u32, height: u32) -> Image {
    let sized =
        |w: u32| Rendition { url: format!("/media/{name}?w={w}"), width: w, height: w * height / width };
    Image {
        url: format!("/media/{name}"),
        alt: name.to_owned(),
        width,
        height,
        renditions: [width / 4, width / 2].map(sized).into(),
    }
}

pub(crate) fn pounds(pence: i64) -> Money {
    Money::new(pence, Currency::GBP)
}

pub(crate) fn card(slug: &str, name: &str) -> ProductCard {
    ProductCard {
        id: ProductId::new(slug),
        slug: slug.to_owned(),
        name: name.to_owned(),
        summary: String::new(),
        brand: Some("Finch".to_owned()),
        image: Some(image(slug, 960, 1200)),
        price: Price { current: pounds(12_500), was: Some(pounds(15_000)) },
        price_varies: true,
        stock: StockLevel::InStock,
        only_variant: None,
        rating: None,
        tags: vec!["new".to_owned()],
        swatches: Vec::new(),
    }
}

pub(crate) fn category(slug: &str, name: &str, children: Vec<Category>) -> Category {
    Category {
        id: CategoryId::new(slug),
        slug: slug.to_owned(),
        name: name.to_owned(),
        description: format!("All of {name}"),
        image: Some(image(slug, 1200, 900)),
        children,
    }
}

pub(crate) fn block(id: &str, slot: &str, kind: &str, products: Vec<ProductCard>) -> ContentBlock {
    let image = image(id, 1920, 1080);
    serde_json::from_value(json!({
        "id": id, "slot": slot, "kind": kind, "title": format!("Title of {id}"), "body": "A sentence.",
        "link": {"to": "category", "value": "coats"}, "linkLabel": "Look", "image": image, "products": products,
    }))
    .unwrap()
}

pub(crate) fn product() -> Product {
    let value =
        |id: &str| OptionValue { id: id.to_owned(), name: id.to_uppercase(), swatch: Some("#34426b".into()) };
    let variant = |size: &str, stock| Variant {
        id: VariantId::new(format!("v-{size}")),
        sku: size.to_owned(),
        choices: vec![Choice { option: "size".into(), value: size.into() }],
        price: Price { current: pounds(18_500), was: None },
        stock: Stock::of(stock),
    };
    Product {
        id: ProductId::new("p-1"),
        slug: "coat".into(),
        name: "Harbour coat".into(),
        summary: "A coat.".into(),
        description: String::new(),
        brand: Some("Finch".into()),
        categories: Vec::new(),
        images: vec![image("coat", 960, 1200)],
        options: vec![ProductOption {
            id: "size".into(),
            name: "Size".into(),
            values: ["s", "m", "l"].map(value).into(),
        }],
        variants: vec![variant("s", 0), variant("m", 2), variant("l", 9)],
        attributes: Vec::new(),
        tags: Vec::new(),
        rating: Some(Rating { average_tenths: 43, count: 12 }),
        looks: Vec::new(),
    }
}

pub(crate) fn listing(items: Vec<ProductCard>, total: u32, page: u32) -> Listing {
    let value = |id: &str, selected| FacetValue {
        id: id.into(),
        name: id.to_uppercase(),
        count: 3,
        selected,
        swatch: Some("#34426b".into()),
    };
    Listing {
        category: None,
        items,
        total,
        page,
        page_size: 10,
        facets: vec![Facet {
            id: "colour".into(),
            name: "Colour".into(),
            values: vec![value("navy", true), value("sand", false)],
        }],
        sort: Sort::Relevance,
        sorts: Sort::ALL.into(),
    }
}

pub(crate) fn cart(quantity: u32) -> Cart {
    let line = CartLine {
        id: LineId::new("line/1"),
        product: ProductId::new("p-1"),
        slug: "coat".into(),
        variant: VariantId::new("v-m"),
        name: "Harbour coat".into(),
        choices: "M".into(),
        image: Some(image("coat", 960, 1200)),
        quantity,
        price: Price { current: pounds(18_500), was: None },
        total: pounds(18_500 * i64::from(quantity)),
        available: Some(2),
    };
    Cart {
        id: CartId::new("cart-1"),
        version: None,
        lines: if quantity == 0 { Vec::new() } else { vec![line] },
        quantity,
        subtotal: pounds(18_500 * i64::from(quantity)),
        discounts: Vec::new(),
        codes: Vec::new(),
        delivery: None,
        delivery_price: None,
        total: pounds(18_500 * i64::from(quantity)),
    }
}

/// A world with a small shop in it.
pub(crate) fn shop() -> Rc<World> {
    let world = World::new();
    let cards: Vec<ProductCard> = (0..10).map(|n| card(&format!("p{n}"), &format!("Product {n}"))).collect();
    let tree = vec![category("fashion", "Fashion", vec![category("coats", "Trench coats", Vec::new())])];
    let blocks = vec![
        block("hero", "home_hero", "hero", Vec::new()),
        block("offer", "offer_of_the_day", "offer", cards[..1].to_vec()),
        block("rail", "home_rail", "rail", cards.clone()),
        block("rainy", "look", "look", cards[..2].to_vec()),
    ];
    tell(&world, "/v1/categories", &tree);
    tell(&world, "/v1/content", &blocks);
    tell(&world, "/v1/listing", &listing(cards.clone(), 24, 1));
    tell(&world, "/v1/products/coat", &product());
    tell(&world, "/v1/products/by-id/p-1/related", &cards);
    tell(&world, "/v1/carts", &cart(0));
    tell(&world, "/v1/carts/cart-1", &cart(1));
    tell(&world, "/v1/carts/cart-1/changes", &cart(2));
    world
}

/// Rules that ask who the visitor is, and give nobody anything.
pub(crate) const ASKING: &str = "[attributes]\n\"visitor.visits\" = \"int\"\n[slot.nowhere]\n\
    show = [{ when = 'visitor.visits > 1', content = 'a' }, { content = 'b' }]\n";

/// Puts rules in force, written as a merchandiser writes them.
pub(crate) fn rules(world: &World, file: &str) {
    let published = personalise::rules::publish(file, kit::Edge::now(world));
    let compact = published.rules.unwrap_or_else(|| panic!("{:?}", published.findings)).to_compact().unwrap();
    world.run(kit::rulebook::publish(world, kit::rulebook::Shelf::Rules, &compact, None)).unwrap();
}

/// What a browser keeps of an answer; the former cookie where there is nothing new.
pub(crate) fn kept(response: &Response<Bytes>, former: &str) -> String {
    let set = response.headers().get("set-cookie").map(|set| set.to_str().unwrap());
    set.map_or(former, |set| set.split(';').next().unwrap()).to_owned()
}

/// The shop answers a path with a value.
pub(crate) fn tell(world: &World, path: &str, value: &impl serde::Serialize) {
    world.answer(path, 200, serde_json::to_string(value).unwrap());
}

/// The shop says no.
pub(crate) fn refuse(world: &World, path: &str, status: u16, code: &str) {
    world.answer(path, status, json!({"code": code, "status": status, "title": code}).to_string());
}
