//! The desk in a rehearsed world.

use super::*;
use base64::Engine as _;
use kit::rehearsal::World;
use personalise::rules::publish;
use serde_json::{Value, json};
use std::time::Duration;

// printf 'headwater-deskkey of the test' | sha256sum
const PROOF: &str = "Bearer 17305a34c79e80815479c0cabcbbc649e0486d9f40c1a86f0af03856576bafdd";

const FIRST: &str = r#"
    [attributes]
    "visitor.visits" = "int"
    [audience.new]
    when = 'visitor.visits == 1'
    [slot.home_hero]
    show = [{ audience = "new", content = "hero-welcome" }, { content = "hero-default" }]
"#;

fn compact(file: &str) -> Vec<u8> {
    publish(file, jiff::Timestamp::UNIX_EPOCH).rules.unwrap().to_compact().unwrap()
}

fn second() -> Vec<u8> {
    compact(&FIRST.replace("hero-default", "hero-rain"))
}

fn ask(world: &Rc<World>, method: &str, path: &str, body: impl Into<Bytes>) -> (u16, Value) {
    ask_with(world, PROOF, method, path, body)
}

fn ask_with(
    world: &Rc<World>,
    proof: &str,
    method: &str,
    path: &str,
    body: impl Into<Bytes>,
) -> (u16, Value) {
    let request = Request::builder().method(method).uri(path).header("authorization", proof);
    let answer = world.run(answer(world.clone(), &request.body(body.into()).unwrap()));
    assert_eq!(answer.headers()["cache-control"], "no-store");
    (answer.status().as_u16(), serde_json::from_slice(answer.body()).unwrap())
}

#[test]
fn rules_are_put_in_force_shown_and_taken_back() {
    let world = World::new();
    let nothing = json!({"digest": null, "former": null, "seenWithinMs": 1050});
    assert_eq!(ask(&world, "GET", "/_headwater/rules", ""), (200, nothing));
    let (status, first) = ask(&world, "POST", "/_headwater/rules", compact(FIRST));
    assert_eq!((status, &first["former"], &first["goesWith"]), (200, &Value::Null, &Value::Null));
    world.variables.borrow_mut().insert("rules_check_ms".into(), "200".into());
    let (_, told) = ask(&world, "POST", "/_headwater/rules", second());
    assert_eq!((&told["former"]["digest"], &told["seenWithinMs"]), (&first["digest"], &json!(250)));
    assert_eq!(ask(&world, "GET", "/_headwater/rules", ""), (200, told.clone()));
    let (status, back) = ask(&world, "POST", "/_headwater/rules/rollback", "");
    assert_eq!(
        (status, &back["digest"], &back["former"]["digest"]),
        (200, &first["digest"], &told["digest"])
    );
    let lines = world.lines.borrow().join("\n");
    assert!(
        lines.contains("rules are put in force: ") && lines.contains("rules are taken back: "),
        "{lines}"
    );
}

#[test]
fn to_anybody_else_there_is_no_such_address() {
    let world = World::new();
    ask(&world, "POST", "/_headwater/rules", compact(FIRST));
    let kept = world.store.borrow().clone();
    // The proof that `headwater purge` gives opens something else.
    let purge = "Bearer c737d85102cfaccfc7146ad1ae75b1e3146eefd1a8537551b641665d6d3119aa";
    let asked = [
        ("GET", "rules"),
        ("POST", "rules"),
        ("POST", "rules/rollback"),
        ("PUT", "goes-with"),
        ("GET", "explain"),
        ("POST", "explain"),
        ("POST", "codes"),
        ("DELETE", "rules"),
    ];
    let absent = json!({
        "code": "not_found", "status": 404, "title": "Not Found", "detail": "there is no such address",
    });
    for (method, below) in asked {
        for proof in ["", "Bearer ", "Bearer 00", purge, &PROOF.to_lowercase()] {
            let told = ask_with(&world, proof, method, &format!("/_headwater/{below}"), second());
            assert_eq!(told, (404, absent.clone()), "{method} {below} {proof}");
        }
    }
    for path in ["/_headwater/", "/_headwater/rules/", "/_headwater/rulesx", "/rules", "/x/_headwater/rules"]
    {
        assert_eq!(ask(&world, "GET", path, ""), (404, absent.clone()), "{path}");
    }
    world.variables.borrow_mut().insert("session_key".into(), String::new());
    // printf 'headwater-desk' | sha256sum
    let empty = "Bearer 1da8528236a1604d30e13e1ce99e308726dd6cdb1b9eb623c6de0deaf954b009";
    assert_eq!(ask_with(&world, empty, "GET", "/_headwater/rules", "").0, 404, "an empty key opens nothing");
    assert_eq!(*world.store.borrow(), kept);
}

#[test]
fn what_is_wrong_is_told_with_its_cure_and_changes_nothing() {
    let world = World::new();
    for (method, path, body, status, cure) in [
        (
            "POST",
            "/_headwater/rules",
            &b"[slot.x]"[..],
            400,
            "no compiled rules of this version; publish them again",
        ),
        ("POST", "/_headwater/rules", &[7; (1 << 20) + 1], 413, "use fewer rules"),
        ("POST", "/_headwater/rules", &[7; 3 << 20], 413, "use fewer"),
        ("POST", "/_headwater/rules?goes_with=../x", b"", 400, "16 digits of hexadecimal"),
        ("POST", "/_headwater/rules/rollback", b"", 409, "publish rules instead"),
        ("PUT", "/_headwater/goes-with", b"", 400, "1 to 1048576 bytes"),
        ("PUT", "/_headwater/goes-with", b"table", 409, "publish rules first"),
        ("PUT", "/_headwater/rules", b"", 405, "GET, POST"),
        ("GET", "/_headwater/explain", b"", 409, "headwater publish"),
        ("GET", "/_headwater/explain?session=abc", b"", 400, "in the body of a POST"),
        ("GET", "/_headwater/explain?at=noon", b"", 400, "2026-11-27T09:00:00Z"),
        ("GET", "/_headwater/codes", b"", 405, "POST"),
        ("POST", "/_headwater/codes", b"{}", 400, "send {\"codes\""),
        ("POST", "/_headwater/codes", b"{\"codes\": [{\"code\": \"X\"}]}", 502, "allowed_outbound_hosts"),
        ("POST", "/_headwater/explain", b"{", 400, "send {\"visit\""),
        ("POST", "/_headwater/explain", b"{\"draft\": \"!\"}", 400, "in base64"),
        ("POST", "/_headwater/explain", b"{\"draft\": \"SFdydWxlczk=\"}", 400, "no compiled rules"),
    ] {
        let (told, problem) = ask(&world, method, path, body.to_vec());
        let detail = problem["detail"].as_str().unwrap();
        assert!(told == status && detail.contains(cure), "{method} {path}: {told} {detail}");
    }
    assert!(!world.store.borrow().contains_key("rules"));
    world.variables.borrow_mut().insert("rules_check_ms".into(), "soon".into());
    let (status, problem) = ask(&world, "GET", "/_headwater/rules", "");
    assert!(
        status == 500 && problem["detail"].as_str().unwrap().contains("rules_check_ms must be"),
        "{problem}"
    );
}

#[test]
fn a_store_that_fails_or_hangs_is_told_of() {
    for (fails, takes) in [(true, 0), (false, 60)] {
        let world = World::new();
        world.store_fails.set(fails);
        world.store_takes.set(Duration::from_secs(takes));
        for (method, path) in
            [("GET", "rules"), ("POST", "rules"), ("POST", "rules/rollback"), ("PUT", "goes-with")]
        {
            let begun = world.elapsed();
            let (status, problem) = ask(&world, method, &format!("/_headwater/{path}"), compact(FIRST));
            assert!(
                status == 503 && problem["detail"].as_str().unwrap().contains("do it again"),
                "{problem}"
            );
            assert!(world.elapsed() - begun <= Duration::from_secs(10));
        }
    }
}

#[test]
fn a_table_is_kept_and_given_to_rules() {
    let world = World::new();
    let (status, kept) = ask(&world, "PUT", "/_headwater/goes-with?live=false", "table");
    assert_eq!(status, 200);
    let table = kept["goesWith"].as_str().unwrap().to_owned();
    let path = format!("/_headwater/rules?goes_with={table}");
    let (status, told) = ask(&world, "POST", &path, compact(FIRST));
    assert_eq!((status, &told["goesWith"], &told["former"]), (200, &json!(table), &Value::Null));
    let (_, other) = ask(&world, "PUT", "/_headwater/goes-with", "another");
    assert_eq!((&other["digest"], &other["former"]["goesWith"]), (&told["digest"], &json!(table)));
    let path = "/_headwater/rules?goes_with=0123456789abcdef";
    assert_eq!(ask(&world, "POST", path, second()).0, 409, "a table that nobody kept");
}

#[test]
fn a_visit_is_explained_by_what_is_in_force_or_by_a_draft() {
    let world = World::new();
    ask(&world, "POST", "/_headwater/rules", compact(FIRST));
    let hero = |told: &Value| told["answer"]["shown"]["slots"]["home_hero"].as_str().unwrap().to_owned();
    let (status, told) = ask(&world, "GET", "/_headwater/explain?visitor.visits=1&channel=tv", "");
    assert_eq!((status, hero(&told).as_str()), (200, "hero-welcome"));
    assert_eq!(told["rules"], ask(&world, "GET", "/_headwater/rules", "").1["digest"]);
    let why = &told["answer"]["explanation"]["audiences"][0];
    assert_eq!(
        (&why["why"], &why["steps"][0]["source"]),
        (&json!("it holds"), &json!("visitor.visits == 1"))
    );
    let visit = json!({"attributes": {"visitor.visits": 3}, "now": "2026-12-24T00:00:00Z"});
    let (_, told) = ask(&world, "POST", "/_headwater/explain", json!({"visit": visit}).to_string());
    assert_eq!((hero(&told).as_str(), &told["answer"]["now"]), ("hero-default", &visit["now"]));
    let draft = base64::engine::general_purpose::STANDARD.encode(second());
    let (_, told) =
        ask(&world, "POST", "/_headwater/explain", json!({"visit": visit, "draft": draft}).to_string());
    assert_eq!((hero(&told).as_str(), &told["rules"]), ("hero-rain", &json!("draft")));
    let (status, told) = ask(&world, "GET", "/_headwater/explain?visitor.visit=1", "");
    assert!(status == 400 && told["detail"].as_str().unwrap().contains("is not declared"), "{told}");
}

#[test]
fn codes_are_asked_of_the_component_that_has_all_adapters() {
    let world = World::new();
    world.variables.borrow_mut().insert("markets".into(), "de-DE/EUR".into());
    let told = r#"{"adapter": "plain", "tried": []}"#;
    world.answer("/.well-known/headwater/codes", 200, told);
    let question = json!({"codes": [{"code": "TEN", "give": [{"PercentOff": 1000}]}]});
    let (status, answer) = ask(&world, "POST", "/_headwater/codes", question.to_string());
    assert_eq!((status, &answer["adapter"]), (200, &json!("plain")));
    let sent = world.sent.borrow();
    let sent = sent.first().unwrap();
    assert_eq!(sent.uri().host(), Some("backend.spin.internal"));
    assert!(!sent.headers().contains_key("authorization"), "the proof goes no further");
    let asked: Value = serde_json::from_slice(sent.body()).unwrap();
    assert_eq!((&asked["markets"], &asked["codes"]), (&json!("de-DE/EUR"), &question["codes"]));
}

#[test]
fn a_real_visitor_is_explained_and_nothing_of_their_session_is_told() {
    use kit::visitor::{Session, VisitorId};
    let world = World::new();
    ask(&world, "POST", "/_headwater/rules", compact(FIRST));
    world.lines.borrow_mut().clear();
    let id = VisitorId::new([7; 16]);
    // printf 'headwater-visitor BwcHBwcHBwcHBwcHBwcHBw' | sha256sum, the first 18 bytes in base64 for URLs
    let profile = r#"{"c": 1, "v": 1, "s": 1795262400, "k": [], "o": 0, "l": null, "h": []}"#;
    world.store.borrow_mut().insert("visitor/sFRdI3RrnHrZ7UIcrtjZUmFR".to_owned(), profile.into());
    let session = Session {
        visitor: Some(id.clone()),
        cart: Some(serde_json::from_str("\"canary-cart\"").unwrap()),
        ..Session::default()
    };
    let sealed = session.close(&kit::seal::Seal::new("key of the test"), [5; 16]);
    let question = |session: &str| json!({"session": session, "visit": {"channel": "tv"}}).to_string();
    let (status, told) = ask(&world, "POST", "/_headwater/explain", question(&sealed));
    assert_eq!((status, &told["visitor"]["standing"]), (200, &json!("known")), "{told}");
    assert_eq!(told["visitor"]["attributes"], json!({"visitor.visits": 1}));
    assert_eq!(told["answer"]["shown"]["slots"]["home_hero"], "hero-welcome");
    let text = format!("{told} {}", world.lines.borrow().join(" "));
    for secret in ["canary-cart", &sealed, id.as_str()] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    let stranger = Session::default().close(&kit::seal::Seal::new("key of the test"), [6; 16]);
    let (_, told) = ask(&world, "POST", "/_headwater/explain", question(&stranger));
    assert_eq!(told["answer"]["shown"]["slots"]["home_hero"], "hero-default");
    assert!(told["visitor"]["said"][0].as_str().unwrap().starts_with("a stranger: "), "{told}");
    let flipped = if sealed.ends_with('A') { 'B' } else { 'A' };
    let forged = format!("{}{flipped}", sealed.get(..sealed.len() - 1).unwrap());
    let (status, told) = ask(&world, "POST", "/_headwater/explain", question(&forged));
    let detail = told["detail"].as_str().unwrap();
    assert!(status == 400 && detail.contains("no session of this application"), "{told}");
    assert!(!format!("{told}{}", world.lines.borrow().join("")).contains(forged.get(..20).unwrap()));
    let proof = "Bearer 00";
    assert_eq!(ask_with(&world, proof, "POST", "/_headwater/explain", question(&sealed)).0, 404);
}

#[test]
fn each_product_that_is_left_out_has_its_reason() {
    use kit::visitor::{Session, VisitorId};
    let rules = r#"
        [attributes]
        "product.slug" = "string"
        "product.price" = "money"
        [recommend.together]
        at = ["product"]
        model = "related"
        filter = 'item.price <= product.price'
        limit = 1
    "#;
    let world = World::new();
    ask(&world, "POST", "/_headwater/rules", compact(rules));
    let coat = r#"{"id":"1","slug":"coat","name":"Coat","variants":[{"id":"v","sku":"v","choices":[],
        "price":{"current":{"amount":2500,"currency":"GBP"}},"stock":{"level":"in_stock"}}]}"#;
    world.answer("/v1/products/coat", 200, coat);
    let card = |slug: &str, pence: u32, stock: &str| {
        json!({
            "id": format!("id-{slug}"), "slug": slug, "name": slug, "summary": "", "stock": stock,
            "price": {"current": {"amount": pence, "currency": "GBP"}},
        })
    };
    let related = [
        card("hat", 1_000, "in_stock"),
        card("coat", 2_500, "in_stock"),
        card("scarf", 1_000, "out_of_stock"),
        card("gloves", 1_000, "in_stock"),
        card("boots", 9_000, "in_stock"),
        card("belt", 1_000, "in_stock"),
    ];
    world.answer("/v1/products/by-id/1/related", 200, json!(related).to_string());
    // printf id-hat | sha256sum, the first four bytes as a number
    let profile =
        r#"{"c": 1, "v": 1, "s": 1795262400, "k": [], "o": 1, "l": null, "h": [], "b": [4042152213]}"#;
    world.store.borrow_mut().insert("visitor/sFRdI3RrnHrZ7UIcrtjZUmFR".to_owned(), profile.into());
    let session = Session { visitor: Some(VisitorId::new([7; 16])), ..Session::default() };
    let session = session.close(&kit::seal::Seal::new("key of the test"), [5; 16]);
    let visit = json!({"attributes": {"product.slug": "coat"}});
    let question = json!({"session": session, "visit": visit}).to_string();
    let (status, told) = ask(&world, "POST", "/_headwater/explain", question.clone());
    assert_eq!((status, &told["beside"]["rule"]), (200, &json!("together")), "{told}");
    let reasons: Vec<(&str, &str)> = told["beside"]["products"]
        .as_array()
        .unwrap()
        .iter()
        .map(|product| (product["slug"].as_str().unwrap(), product["why"].as_str().unwrap()))
        .collect();
    assert_eq!(
        reasons,
        [
            ("gloves", "it is shown"),
            ("hat", "the visitor bought it before"),
            ("coat", "it is what the visitor looks at or has in the cart"),
            ("scarf", "it is out of stock"),
            ("boots", "the filter does not let it through"),
            ("belt", "others come before it, and no more are shown"),
        ]
    );
    assert!(world.sent.borrow().iter().all(|asked| asked.uri().host() == Some("backend.spin.internal")));
    world.answer("/v1/products/coat", 500, "{}");
    let (status, told) = ask(&world, "POST", "/_headwater/explain", question);
    assert!(status == 200 && told["beside"]["fault"].is_string(), "{told}");
}

#[test]
fn placements_are_put_in_force_and_taken_back_beside_the_rules() {
    use personalise::placements::Placements;
    let world = World::new();
    let placements = |market: &str| {
        Placements { market: Some(market.into()), ..Placements::default() }.to_compact().unwrap()
    };
    ask(&world, "POST", "/_headwater/rules", compact(FIRST));
    let (status, first) = ask(&world, "POST", "/_headwater/placements", placements("en-gb"));
    assert_eq!((status, &first["former"]), (200, &Value::Null));
    let (_, second) = ask(&world, "POST", "/_headwater/placements", placements("de-de"));
    assert_eq!(second["former"]["digest"], first["digest"]);
    let (_, back) = ask(&world, "POST", "/_headwater/placements/rollback", "");
    assert_eq!((&back["digest"], &back["former"]["digest"]), (&first["digest"], &second["digest"]));
    assert_eq!(ask(&world, "GET", "/_headwater/placements", "").1, back);
    let (_, rules) = ask(&world, "GET", "/_headwater/rules", "");
    assert_eq!(
        (&rules["former"], rules["digest"] == back["digest"]),
        (&Value::Null, false),
        "rules are for themselves"
    );
    for (path, body, words) in [
        ("/_headwater/placements", compact(FIRST), "no compiled placements of this version"),
        ("/_headwater/rules", placements("en-gb"), "no compiled rules of this version"),
        (
            "/_headwater/placements?goes_with=0123456789abcdef",
            placements("en-gb"),
            "rules alone have such a table",
        ),
    ] {
        let (status, told) = ask(&world, "POST", path, body);
        assert!(status == 400 && told["detail"].as_str().unwrap().contains(words), "{path}: {status} {told}");
    }
    assert_eq!(ask(&world, "GET", "/_headwater/placements", "").1, back, "nothing changed");
    assert_eq!(ask(&world, "PUT", "/_headwater/placements", "").0, 405);
    assert_eq!(ask_with(&world, "Bearer wrong", "GET", "/_headwater/placements", "").0, 404);
}
