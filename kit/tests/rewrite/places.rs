//! Where slots stand.

use super::{every, place, show};
use kit::rewrite::Put;

const PAGE: &str = "<!doctype html><html><body><main id=m><h1>Coat</h1><p>Warm.</p></main></body></html>";

#[test]
fn a_slot_stands_on_either_side_of_an_element_or_in_it_or_instead() {
    let put = |put| show(PAGE, &[place("h1", put, Some("[*]"))]).text;
    assert_eq!(put(Put::Before), PAGE.replace("<h1>", "[*]<h1>"));
    assert_eq!(put(Put::After), PAGE.replace("</h1>", "</h1>[*]"));
    assert_eq!(put(Put::First), PAGE.replace("<h1>", "<h1>[*]"));
    assert_eq!(put(Put::Last), PAGE.replace("</h1>", "[*]</h1>"));
    assert_eq!(put(Put::Inside), PAGE.replace("Coat", "[*]"));
    assert_eq!(put(Put::Instead), PAGE.replace("<h1>Coat</h1>", "[*]"));
}

#[test]
fn a_slot_that_says_nothing_leaves_the_page_s_own() {
    for put in [Put::Before, Put::After, Put::First, Put::Last, Put::Inside, Put::Instead] {
        let shown = show(PAGE, &[place("h1", put, None)]);
        assert_eq!((shown.text.as_str(), shown.done.filled), (PAGE, vec![0]), "{put:?}");
    }
}

#[test]
fn the_first_such_element_or_every() {
    let page = "<ul><li>a</li><li>b</li><li>c</li></ul>";
    let first = show(page, &[place("li", Put::Inside, Some("*"))]);
    assert_eq!(
        (first.text.as_str(), first.done.filled),
        ("<ul><li>*</li><li>b</li><li>c</li></ul>", vec![1])
    );
    let every = show(page, &[every("li", Put::Inside, "*")]);
    assert_eq!(
        (every.text.as_str(), every.done.filled),
        ("<ul><li>*</li><li>*</li><li>*</li></ul>", vec![3])
    );
}

#[test]
fn several_slots_at_one_element_stand_in_the_order_of_the_file() {
    let shown = show(
        "<p>x</p>",
        &[
            place("p", Put::Before, Some("1")),
            place("p", Put::Before, Some("2")),
            place("p", Put::First, Some("3")),
            place("p", Put::Last, Some("4")),
            place("p", Put::After, Some("5")),
        ],
    );
    assert_eq!(shown.text, "12<p>3x4</p>5");
}

#[test]
fn several_slots_around_what_is_replaced_stay_outside_of_it_in_the_order_of_the_file() {
    let shown = show(
        "<p>x</p>",
        &[
            place("p", Put::Instead, Some("[new]")),
            place("p", Put::Before, Some("1")),
            place("p", Put::Before, Some("2")),
            place("p", Put::After, Some("3")),
            place("p", Put::After, Some("4")),
        ],
    );
    assert_eq!(shown.text, "12[new]34");
    let shown = show(
        "<p>x</p>",
        &[
            place("p", Put::Inside, Some("[new]")),
            place("p", Put::First, Some("1")),
            place("p", Put::First, Some("2")),
            place("p", Put::Last, Some("3")),
            place("p", Put::Last, Some("4")),
        ],
    );
    assert_eq!(shown.text, "<p>12[new]34</p>");
}

#[test]
fn what_is_replaced_takes_the_slots_in_it_along() {
    let page = "<div><p>x</p></div><i>y</i>";
    let shown = show(page, &[place("p", Put::Before, Some("in")), place("div", Put::Instead, Some("[new]"))]);
    assert_eq!(shown.text, "[new]<i>y</i>");
    let shown = show(page, &[place("p", Put::Inside, Some("in")), place("div", Put::Instead, None)]);
    assert_eq!(shown.text, "<div><p>in</p></div><i>y</i>");
}

#[test]
fn an_element_without_an_end_has_none_to_replace() {
    // Void: the element itself can go, and has no inside.
    assert_eq!(show("a<img src=x>b", &[place("img", Put::Instead, Some("*"))]).text, "a*b");
    assert_eq!(show("a<img src=x>b", &[place("img", Put::After, Some("*"))]).text, "a<img src=x>*b");
    assert_eq!(show("a<img src=x>b", &[place("img", Put::Inside, Some("*"))]).text, "a<img src=x>b");
    // Closed by what is around it: it ends there.
    let list = "<ul><li>a<li>b</ul>c";
    assert_eq!(show(list, &[every("li", Put::Last, "*")]).text.matches('*').count(), 2);
    // What stands behind an element that has no end of its own is not to go with it.
    let open = "<div><p class=price>1<form>buy</form></div>";
    assert_eq!(show(open, &[place(".price", Put::Inside, Some("*"))]).text, open);
    assert_eq!(show(open, &[place(".price", Put::Instead, Some("*"))]).text, open);
    // Never closed: the page's own stays, to the last byte.
    let never = "<div class=x>abc";
    assert_eq!(show(never, &[place("div.x", Put::Instead, Some("*"))]).text, never);
    assert_eq!(show(never, &[place("div.x", Put::Inside, Some("*"))]).text, never);
}

#[test]
fn a_script_that_holds_the_selector_s_text_is_no_element() {
    let page = "<script>var s='<h1>no</h1>';</script><!-- <h1>no</h1> --><style>h1{}</style><h1>yes</h1>";
    let shown = show(page, &[place("h1", Put::Inside, Some("*"))]);
    assert_eq!(shown.text, page.replace("yes", "*"));
}

#[test]
fn the_site_s_addresses_become_ours_and_others_stay() {
    let page = concat!(
        "<a href='/old/a?b=1#c'>",
        "<a href=\"http://origin.test/old/x\">",
        "<a href=\"//origin.test/old/y\">",
        "<a href=\"HTTP://ORIGIN.TEST/old\">",
        "<form action=/old/basket>",
        "<img srcset=\"/old/1.png 1x, /old/2.png 2x\" src=/old/0.png>",
        "<meta http-equiv=Refresh content=\"5; url=/old/z\">",
        "<a href=/older/a><a href=rel/b><a href=http://origin.test.evil/old/x><a href=#top>",
        "<a href=mailto:a@b><a href=http://origin.test/elsewhere>"
    );
    let shown = show(page, &[]).text;
    for seen in ["/new/a?b=1#c", "/new/x", "/new/y", "/new", "/new/basket", "/new/0.png", "url=/new/z"] {
        assert!(shown.contains(&format!("{seen}\"")), "{seen} in {shown}");
    }
    assert!(shown.contains("srcset=\"/new/1.png 1x, /new/2.png 2x\""), "{shown}");
    let rest = page.split("<a href=/older").nth(1).unwrap();
    assert!(shown.ends_with(rest), "what is not the site's stays: {shown}");
}

#[test]
fn no_address_of_the_site_becomes_another_s() {
    let links = kit::rewrite::Links::new(&url::Url::parse("http://origin.test").unwrap(), "");
    assert_eq!(links.seen("http://origin.test/a").as_deref(), Some("/a"));
    for odd in ["http://origin.test//evil.test/x", "http://origin.test/\\evil.test"] {
        assert_eq!(links.seen(odd), None, "{odd}");
    }
    let below = kit::rewrite::Links::new(&url::Url::parse("http://origin.test/old").unwrap(), "");
    assert_eq!(below.seen("/old//evil.test/x"), None);
}

#[test]
fn a_slot_is_text_in_whatever_letters_the_page_is_written() {
    let cyrillic = b"<meta charset=windows-1251><p>\xcf\xf0\xe8</p>";
    let chunks = || Box::pin(futures::stream::iter([Ok(bytes::Bytes::from_static(cyrillic))]));
    let places = [place("p", Put::After, Some("<b>Für „Sie“ 🎁</b>"))];
    let shown = super::show_chunks(chunks(), None, &places);
    assert!(shown.bytes.starts_with(cyrillic));
    assert!(shown.text.ends_with("<b>F&#252;r &#8222;Sie&#8220; &#127873;</b>"), "{}", shown.text);
}

#[test]
fn a_selector_that_cannot_be_followed_in_a_stream_is_refused() {
    for selector in ["", "p ~ p", "p:hover", "p >", "p:has(b)", "@media", "p::before", "p:last-child"] {
        let refused = kit::rewrite::Placed::new(selector, Put::Before, 0);
        assert!(refused.is_err(), "{selector:?}: {refused:?}");
    }
}
