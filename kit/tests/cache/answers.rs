//! Whole answers, kept apart by what decided them.

use super::*;
use kit::Edge;
use kit::cache::purge::purge;

const BUSY: &str = "/en-gb/choosy/coat";

#[test]
fn fields_that_nothing_reads_make_no_copies_and_those_that_are_read_do() {
    let world = world();
    let kept = |path: &str| is_kept(&get(&world, path));
    assert!(!kept("/en-gb/choosy/coat?utm=1"));
    assert!(kept("/en-gb/choosy/coat?utm=2&by=never-read"));
    assert!(!kept("/en-gb/choosy/coat?sort=price"));
    assert!(kept("/en-gb/choosy/coat?sort=price&utm=3"));
    assert!(!kept("/en-gb/choosy/coat?facet.size=m"));
    assert!(!kept("/en-gb/choosy/coat?facet.size=l"));
    assert!(!kept("/en-gb/choosy/coat?sort=by&by=name"));
    assert!(!kept("/en-gb/choosy/coat?sort=by&by=price"));
    assert!(kept("/en-gb/choosy/coat?sort=by&by=name&utm=4"));
    assert_eq!(calls(&world), 1);
}

/// Whatever is asked and in whatever order, a kept answer is the one that would be given without.
#[test]
fn a_kept_answer_is_what_would_be_answered_now() {
    let (with, without) = (world(), world());
    set(&without, "cache", "off");
    let mut seed = 7_u64;
    let mut chance = |most: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % most
    };
    let fields = ["sort=by", "by=a", "by=b", "by=", "sort=c", "agent=1", "facet.x=1", "facet.=y", "utm=1"];
    let headers: [(&str, &[u8]); 6] = [
        ("accept-language", b"de"),
        ("accept-language", b"user-agent"),
        ("user-agent", b"user-agent"),
        ("user-agent", b"\xe9"),
        ("host", b"shop.test"),
        ("host", b"\xff"),
    ];
    let mut kept = 0;
    for step in 0..3000 {
        let query: Vec<&str> = fields.into_iter().filter(|_| chance(4) == 0).collect();
        let chosen: Vec<(&str, &[u8])> = headers.into_iter().filter(|_| chance(3) == 0).collect();
        let path = format!("/en-gb/choosy/{}?{}", chance(2), query.join("&"));
        let (one, other) = (ask(&with, &path, &chosen), ask(&without, &path, &chosen));
        assert_eq!(text(&one), text(&other), "step {step}: {path} {chosen:?}");
        assert_eq!(header_of(&one, "vary").is_empty(), header_of(&other, "vary").is_empty());
        kept += usize::from(is_kept(&one));
        if step % 500 == 499 {
            with.wait(MINUTE);
        }
    }
    assert!(kept > 300, "{kept}");
}

#[test]
fn what_is_forgotten_of_an_address_opens_no_older_answer() {
    let world = world();
    // Here `by` is missing and that counts …
    assert!(text(&get(&world, "/en-gb/choosy/coat?sort=by")).contains("nothing"));
    // … which is forgotten, since so many other addresses were asked for.
    (0..2000).for_each(|number| drop(get(&world, &format!("/en-gb/p/{number}"))));
    get(&world, BUSY);
    assert!(text(&get(&world, "/en-gb/choosy/coat?sort=by&by=name")).contains("name"));
}

#[test]
fn values_of_headers_cannot_pass_for_others() {
    let world = world();
    let path = "/en-gb/choosy/coat?agent=1";
    let one = ask(&world, path, &[("accept-language", b"x"), ("accept-language", b"user-agent")]);
    let other = ask(&world, path, &[("accept-language", b"x"), ("user-agent", b"user-agent")]);
    assert!(text(&one).ends_with("Some(\"x\") None") && !is_kept(&other), "{}", text(&one));
    assert_eq!(header_of(&one, "vary"), "accept-language, user-agent");
}

#[test]
fn host_language_and_market_decide() {
    let world = world();
    let asked = |host: &[u8], language: &[u8]| {
        ask(&world, "/p/coat", &[("host", host), ("accept-language", language)])
    };
    assert!(!is_kept(&asked(b"one.test", b"de")));
    assert!(!is_kept(&asked(b"two.test", b"de")));
    assert!(!is_kept(&asked(b"one.test", b"en")));
    let again = asked(b"one.test", b"de");
    assert!(is_kept(&again) && text(&again) == "Coat de-de http://one.test");
    let full = [
        ("spin-full-url", &b"https://one.test/p/coat"[..]),
        ("host", b"one.test"),
        ("accept-language", b"de"),
    ];
    assert!(text(&ask(&world, "/p/coat", &full)).ends_with("https://one.test"));
}

#[test]
fn what_is_not_for_everyone_is_never_kept() {
    for (path, headers) in [
        ("/en-gb/p/coat", &[("authorization", &b"Bearer x"[..])][..]),
        ("/en-gb/p/coat", &[("range", b"bytes=0-1")]),
        ("/en-gb/cookie/coat", &[]),
        ("/en-gb/partial/coat", &[]),
        ("/en-gb/nowhere/coat", &[]),
        ("/xx-yy/p/coat", &[]),
        ("/en-gb/cart/coat", &[("cookie", b"a=\xff; hw_session=broken")]),
        ("/en-gb/cart/coat", &[("headwater-session", b"")]),
    ] {
        let world = world();
        ask(&world, path, headers);
        assert!(!is_kept(&get(&world, path)), "{path} {headers:?}");
    }
    let world = world();
    get(&world, "/en-gb/p/coat");
    for headers in [[("authorization", &b"Bearer x"[..])], [("range", b"bytes=0-1")]] {
        assert!(!is_kept(&ask(&world, "/en-gb/p/coat", &headers)), "nor answered from what is: {headers:?}");
    }
    let mut post = request("/en-gb/p/coat", &[("sec-fetch-site", b"same-origin")]);
    *post.method_mut() = Method::POST;
    assert!(!is_kept(&world.run(kit::handle::<Kiosk>(world.clone(), post))));
    get(&world, "/en-gb/cart/coat");
    assert!(is_kept(&get(&world, "/en-gb/cart/coat")));
    for cookie in [&b"\xff\xfe; hw_session=x"[..], b"hw_session=", b"a=b;hw_session=x"] {
        assert!(!is_kept(&ask(&world, "/en-gb/cart/coat", &[("cookie", cookie)])), "{cookie:?}");
    }
    assert!(is_kept(&ask(&world, "/en-gb/cart/coat", &[("cookie", b"theme=dark; \xff")])));
}

#[test]
fn a_kept_answer_ages_and_is_purged() {
    let world = world();
    world.wait(3 * SECOND);
    get(&world, "/en-gb/p/coat");
    world.wait(20 * SECOND);
    let kept = get(&world, "/en-gb/p/coat");
    assert!(is_kept(&kept));
    assert_eq!(
        header_of(&kept, "cache-control"),
        "public, max-age=40, stale-while-revalidate=200, stale-if-error=3600"
    );
    world.wait(40 * SECOND);
    assert!(!is_kept(&get(&world, "/en-gb/p/coat")), "over");
    world.wait(3 * SECOND);
    get(&world, "/en-gb/p/coat");
    assert!(is_kept(&get(&world, "/en-gb/p/coat")), "renewed");
    becomes(&world, 200, product("Parka"));
    world.run(purge(&*world, &[commerce::Tag::product("coat")], Duration::ZERO)).unwrap();
    world.wait(3 * SECOND);
    assert!(text(&get(&world, "/en-gb/p/coat")).starts_with("Parka"));
}

#[test]
fn strange_requests_make_no_strange_keys() {
    let world = world();
    let long = "x".repeat(60_000);
    let language = "y".repeat(100_000);
    for path in [
        format!("/en-gb/p/{long}"),
        "/en-gb/p/%00%0d%0aset-cookie:a".to_owned(),
        format!("{BUSY}?sort=by&by={long}"),
    ] {
        let headers = [("accept-language", language.as_bytes()), ("cookie", b"\xff\xfe=\x80")];
        let first = ask(&world, &path, &headers);
        let is_there = first.status() == 200;
        assert!(is_there || first.status() == 404, "{}", first.status());
        assert_eq!(is_kept(&ask(&world, &path, &headers)), is_there, "{}", path.len());
        assert!(first.headers().values().all(|value| value.len() < 1000));
    }
    for key in copies(&world) {
        let hex = key.strip_prefix("headwater/copy/").unwrap();
        assert!(hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()), "{key}");
    }
}

#[test]
fn small_answers_fill_the_room_too() {
    let world = world();
    let begun = world.elapsed();
    (0..9000).for_each(|number| drop(get(&world, &format!("{BUSY}?sort=by&by={number}"))));
    assert_eq!(world.elapsed(), begun);
    assert!(is_kept(&get(&world, &format!("{BUSY}?sort=by&by=8999"))));
    assert!(!is_kept(&get(&world, &format!("{BUSY}?sort=by&by=0"))), "9,000 in 8 MiB");
}
