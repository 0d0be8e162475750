//! Answers that a real Strapi 5.54.0 gave of our own content (`tests/backends/strapi/record.mjs`), replayed; and answers
//! that no server should give.

use super::*;
use crate::adapters::{Backend, open};
use crate::model::{ContentId, ContentKind, Link};
use crate::upstream::Call;
use bytes::Bytes;
use futures::executor::block_on;
use std::cell::RefCell;
use std::rc::Rc;

macro_rules! recorded {
    ($name:literal) => {
        include_str!(concat!("../../../../fixtures/recorded/strapi/", $name, ".json"))
    };
}

/// Answers everything alike and keeps what was asked.
struct Replay(u16, String, Rc<RefCell<Vec<http::Request<Bytes>>>>);

impl Upstream for Replay {
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
        crate::upstream::assert_repeat(&call);
        self.2.borrow_mut().push(call.request);
        let response = http::Response::builder().status(self.0).body(Bytes::from(self.1.clone()));
        Box::pin(std::future::ready(Ok(response.unwrap())))
    }
}

struct Asked {
    blocks: Result<Vec<ContentBlock>, Error>,
    requests: Vec<http::Request<Bytes>>,
}

fn ask_in(market: &str, query: &ContentQuery, status: u16, body: &str) -> Asked {
    let settings =
        Settings { url: "http://cms.test".into(), token: "hush".into(), ..Settings::named("second") };
    let requests = Rc::default();
    let replay = Replay(status, body.to_owned(), Rc::clone(&requests));
    let strapi = Strapi::new(&settings, Box::new(replay)).unwrap();
    let blocks = block_on(strapi.content(&Market::parse(market).unwrap(), query));
    Asked { blocks, requests: requests.take() }
}

fn query() -> ContentQuery {
    ContentQuery { slots: vec!["home_hero".into()], ids: vec![ContentId::new("look-rainy-city")] }
}

fn ask(status: u16, body: &str) -> Result<Vec<ContentBlock>, Error> {
    ask_in("en-GB/GBP", &query(), status, body).blocks
}

/// The blocks of entries, and nothing of what surrounds them.
fn entries(entries: serde_json::Value) -> Result<Vec<ContentBlock>, Error> {
    ask(200, &serde_json::json!({"data": entries, "meta": {}}).to_string())
}

#[test]
fn what_is_asked_is_published_and_in_the_markets_language() {
    let asked = ask_in("de-DE/EUR", &query(), 200, recorded!("content-nl"));
    let [request] = asked.requests.as_slice() else { panic!("one call") };
    let uri = request.uri();
    assert_eq!(uri.path(), "/api/blocks");
    let pairs: Vec<_> = url::form_urlencoded::parse(uri.query().unwrap().as_bytes()).into_owned().collect();
    let has = |name: &str, value: &str| pairs.contains(&(name.into(), value.into()));
    assert!(has("filters[$or][0][slot][$in][0]", "home_hero"), "{pairs:?}");
    assert!(has("filters[$or][1][key][$in][0]", "look-rainy-city"), "{pairs:?}");
    assert!(has("locale", "de") && has("status", "published") && has("pagination[pageSize]", "100"));
    assert_eq!(request.headers()["authorization"], "Bearer hush");
    assert!(request.headers()["authorization"].is_sensitive());
    let ids = ContentQuery { slots: Vec::new(), ids: vec![ContentId::new("a&b=c")] };
    let asked = ask_in("de-DE/EUR", &ids, 200, recorded!("content-nl"));
    let uri = asked.requests[0].uri().to_string();
    assert!(uri.contains("filters%5B%24or%5D%5B0%5D%5Bkey%5D%5B%24in%5D%5B0%5D=a%26b%3Dc&"), "{uri}");
    assert!(
        ask_in("de-DE/EUR", &ContentQuery::default(), 500, "").requests.is_empty(),
        "nothing is no question"
    );
}

#[test]
fn blocks_are_those_of_the_demo_shop() {
    let blocks = ask(200, recorded!("content")).unwrap();
    let ids: Vec<_> = blocks.iter().map(|block| block.id.as_str()).collect();
    assert_eq!(
        ids,
        ["hero-default", "hero-rain", "hero-welcome", "look-rainy-city"],
        "in the editors' order"
    );
    let hero = &blocks[0];
    assert_eq!((hero.slot.as_str(), hero.kind), ("home_hero", ContentKind::Hero));
    assert_eq!(hero.title, "The year turns. Dress for it.");
    assert!(hero.body.starts_with("New coats, deep knits"), "{}", hero.body);
    assert_eq!(hero.link, Some(Link::Category("fashion".into())));
    assert_eq!(hero.link_label, "See the autumn edit");
    let picture = hero.image.as_ref().unwrap();
    assert!(picture.url.starts_with("http://cms.test/uploads/"), "{}", picture.url);
    assert!(picture.alt.starts_with("A coat and scarf"), "{}", picture.alt);
    let widths: Vec<_> = picture.renditions.iter().map(|rendition| rendition.width).collect();
    assert!(
        widths.is_sorted() && widths.len() >= 3 && widths.iter().all(|w| *w < picture.width),
        "{widths:?}"
    );
    let look = &blocks[3];
    let slugs: Vec<_> = look.products.iter().map(|card| card.slug.as_str()).collect();
    assert_eq!((look.kind, slugs.len(), slugs[0]), (ContentKind::Look, 4, "harbour-trench-coat"));
    assert!(
        look.products
            .iter()
            .all(|card| card.only_variant.is_none() && card.stock == crate::StockLevel::OutOfStock)
    );
}

#[test]
fn each_market_reads_its_own_language_and_nobody_a_draft() {
    let arabic = ask_in("ar-GB/GBP", &query(), 200, recorded!("content-ar")).blocks.unwrap();
    assert_eq!(arabic[0].title, "تبدّل الفصل، فليتبدّل ما نلبس.");
    assert_eq!(ask(200, recorded!("content-ar")), Ok(Vec::new()), "what another language says is not shown");
    assert_eq!(ask(200, recorded!("content-nl")), Ok(Vec::new()));
    assert!(recorded!("drafts").contains("Nobody may read this yet"), "the record has the draft");
    assert_eq!(ask(200, recorded!("drafts")), Ok(Vec::new()), "even if the server gave drafts");
}

#[test]
fn what_strapi_refuses_says_what_to_do() {
    for (status, body, kind, cure) in [
        (404, recorded!("no-collection"), Kind::Internal, "no collection with the plural API name `blocks`"),
        (400, recorded!("no-field"), Kind::Internal, "the fields of docs/content.md"),
        (403, recorded!("no-token"), Kind::Unauthorized, "`find` the collection `blocks`"),
        (401, recorded!("bad-token"), Kind::Unauthorized, "the API token is unknown"),
        (503, "busy", Kind::Overloaded { retry_after: None }, "busy"),
        (200, "<html>", Kind::BadAnswer, "not JSON"),
        (200, r#"{"data": null}"#, Kind::BadAnswer, "no list `data`"),
        (200, r#"{"data": {"id": 1}}"#, Kind::BadAnswer, "no list `data`"),
        (200, r#"{"data": [{"title": "x"}, 7]}"#, Kind::BadAnswer, "`key` is empty"),
    ] {
        let error = ask(status, body).unwrap_err();
        assert_eq!(error.kind, kind, "{error}");
        assert!(error.detail.contains(cure), "{error}");
    }
}

#[test]
fn strapi_4_nests_and_is_understood() {
    let blocks = entries(serde_json::json!([{"id": 3, "attributes": {
        "key": "a", "slot": "home_hero", "kind": "look", "title": "A", "locale": "en", "publishedAt": "2026-11-21T09:40:00.000Z",
        "image": {"data": {"id": 1, "attributes": {"url": "https://cdn.test/a.png", "width": 10, "height": 20}}},
        "products": {"data": [{"id": 9, "attributes": {"slug": "coat"}}]}
    }}]))
    .unwrap();
    assert_eq!(blocks[0].image.as_ref().unwrap().url, "https://cdn.test/a.png");
    assert_eq!(blocks[0].products[0].slug, "coat");
}

#[test]
fn what_is_wrong_costs_no_more_than_itself_and_nothing_hostile_comes_through() {
    let good = serde_json::json!({"key": "good", "slot": "home_hero", "kind": "hero", "title": "Good"});
    let with = |name: &str, value: serde_json::Value| {
        let mut entry = good.clone();
        entry[name] = value;
        entry
    };
    let shown = |name: &str, value: serde_json::Value| {
        let mut blocks = entries(serde_json::json!([with(name, value), good.clone()])).unwrap();
        if blocks.len() == 2 { Some(blocks.remove(0)) } else { None }
    };
    for address in
        ["javascript:alert(1)", "data:text/html,x", "http://", "file:///etc/passwd", "http://[", ""]
    {
        let image = serde_json::json!({"url": address, "width": 5, "height": 5});
        let image = shown("image", image).unwrap().image;
        assert!(image.is_none_or(|image| image.url.starts_with("http://cms.test/")), "{address}");
    }
    for size in [serde_json::json!(0), serde_json::json!(-1), serde_json::json!("5"), serde_json::json!(1e99)]
    {
        let image = serde_json::json!({"url": "/a.png", "width": size, "height": 5});
        assert_eq!(shown("image", image).unwrap().image, None, "a picture without a size");
    }
    let script =
        shown("body", "<p>Hi</p><script>steal()</script><img src=x onerror=steal()>".into()).unwrap();
    assert_eq!(script.body, "Hi");
    assert_eq!(shown("linkTo", "javascript:alert(1)".into()).unwrap().link, None);
    assert_eq!(shown("kind", "surprise".into()).unwrap().kind, ContentKind::Other);
    assert_eq!(shown("body", "x".repeat(3_000_000).into()).unwrap().body.len(), 20_000);
    assert_eq!(shown("title", "x".repeat(3_000_000).into()).unwrap().title.len(), 500);
    assert_eq!(shown("products", vec!["coat"; 1000].into()).unwrap().products.len(), 48);
    assert_eq!(
        shown("products", serde_json::json!([7, null, {"slug": 7}, " ", "coat "])).unwrap().products.len(),
        1
    );
    // Better not shown than shown at a wrong time.
    assert_eq!(shown("until", "tomorrow".into()), None);
    assert_eq!(shown("weekday", serde_json::json!(8)), None);
    assert_eq!(shown("weekday", serde_json::json!(7)).unwrap().weekday, Some(7));
    let times = shown("from", "2026-11-21T09:40:00.000Z".into()).unwrap();
    assert_eq!(times.from.unwrap().to_string(), "2026-11-21T09:40:00Z");
    for value in [serde_json::json!(7), serde_json::json!(null), serde_json::json!({"a": [1]})] {
        for name in
            ["title", "body", "linkTo", "linkValue", "linkLabel", "image", "products", "kind", "locale"]
        {
            assert!(shown(name, value.clone()).is_some(), "{name}: {value}");
        }
        assert_eq!(shown("slot", value.clone()), None);
    }
}

#[test]
fn settings_that_cannot_work_are_refused_with_their_cure() {
    let upstream = |_| -> Box<dyn Upstream> { Box::new(Replay(200, String::new(), Rc::default())) };
    let cms = Settings { url: "http://cms.test".into(), ..Settings::named("shop") };
    let alone = Backend { adapter: "strapi".into(), settings: cms.clone() };
    let error = open(&[alone], "", &upstream).err().unwrap();
    assert!(error.detail.contains("set shop_adapter to what sells, second_adapter to strapi"), "{error}");
    for project in ["blocks/../x", "a?b", "ä"] {
        let settings = Settings { project: project.into(), ..cms.clone() };
        let error = Strapi::new(&settings, upstream("shop")).err().unwrap();
        assert!(error.detail.contains("shop_project"), "{error}");
    }
}
