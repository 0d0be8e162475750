//! Hostile text in every field of the shop stays text, on every page.

use super::{Page, World};
use serde_json::Value;

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</script><script>alert(1)</script>",
    "</title></style></textarea><svg onload=alert(1)>",
    "a\u{2028}b\u{2029}c",
    "{{ 123456*9 }}{% include \"x\" %}",
    "javascript:alert(1)",
    "\u{202e}drawkcab &amp; <!--",
];

fn pages(text: &str) -> Vec<(&'static str, Page)> {
    let visitor = World::with_text(text).open();
    assert_eq!(visitor.post("/en-gb/cart/add", "product=coat").status, 303);
    let mut pages: Vec<(&'static str, Page)> = [
        "/en-gb/",
        "/ar-gb/",
        "/en-gb/c/coats?facet.colour=navy",
        "/en-gb/search?q=coat",
        "/en-gb/search?q=nothing",
        "/en-gb/p/coat",
        "/en-gb/cart",
        "/en-gb/checkout",
        "/en-gb/order",
        "/en-gb/order/o1",
        "/en-gb/stores",
        "/en-gb/sitemap.xml",
    ]
    .into_iter()
    .map(|address| (address, visitor.get(address)))
    .collect();
    pages.push(("added too many", visitor.post("/en-gb/cart/add", "product=coat&quantity=5")));
    pages
}

#[test]
fn hostile_text_is_printed_and_never_runs() {
    for hostile in HOSTILE {
        for (address, page) in pages(hostile) {
            let body = &page.body;
            for tag in ["<script>", "<img src=x", "<svg onload", "<!--", "{% include"] {
                let ours = tag == "{% include" && hostile.contains("include");
                assert!(!body.contains(tag) || ours, "{address}: {tag} of {hostile}");
            }
            assert!(!page.body.contains("1111104"), "{address}: a template in {hostile} was run");
            assert_eq!(attributes_of(body, "on"), Vec::<String>::new(), "{address}: {hostile}");
            assert!(!body.contains("src=\"javascript:") && !body.contains("href=\"javascript:"), "{address}");
            assert!(!body.contains(" style="), "{address}: a style would be refused by our own policy");
        }
    }
}

#[test]
fn structured_blocks_are_whole_and_say_what_the_shop_said() {
    for hostile in HOSTILE {
        for (address, page) in pages(hostile) {
            for block in page.between("<script type=\"application/ld+json\">", "</script>") {
                let value: Value =
                    serde_json::from_str(block).unwrap_or_else(|e| panic!("{address}: {e}: {block}"));
                assert_eq!(value["@context"], "https://schema.org");
                assert!(!block.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{address}: {block}");
                if value["@type"] == "Product" {
                    assert_eq!(value["name"], *hostile);
                    assert_eq!(value["offers"][0]["price"], "185.00");
                    assert_eq!(value["aggregateRating"]["ratingValue"], "4.3");
                }
            }
        }
    }
}

#[test]
fn what_a_visitor_types_comes_back_as_text() {
    let typed = "%22%3E%3Cimg+src%3Dx+onerror%3Dalert(1)%3E";
    let visitor = World::new().open();
    visitor.post("/en-gb/cart/add", "product=coat");
    let answers = [
        visitor.get(&format!("/en-gb/search?q={typed}")),
        visitor.get(&format!("/en-gb/c/coats?facet.colour={typed}")),
        visitor.get(&format!("/en-gb/{typed}")),
        visitor.post("/en-gb/cart/code", &format!("code={typed}")),
        visitor
            .post("/en-gb/checkout", &format!("name={typed}&email={typed}&street={typed}&country={typed}")),
        visitor.post("/en-gb/cart/add", &format!("product=coat&quantity=5&choice.size={typed}")),
    ];
    for page in answers {
        assert!(!page.body.contains("<img src=x"), "{}", page.status);
        assert_eq!(attributes_of(&page.body, "on"), Vec::<String>::new());
    }
}

/// Names of attributes that begin so, within tags.
fn attributes_of(body: &str, start: &str) -> Vec<String> {
    let mut found = Vec::new();
    let (mut inside, mut quote, mut word) = (false, None, String::new());
    for c in body.chars() {
        match (inside, quote) {
            (false, _) => inside = c == '<',
            (true, Some(q)) => {
                if c == q {
                    quote = None;
                }
            }
            (true, None) if c == '"' || c == '\'' => quote = Some(c),
            (true, None) if c == '>' || c.is_whitespace() || c == '=' => {
                if word.starts_with(start) {
                    found.push(word.clone());
                }
                word.clear();
                inside = c != '>';
            }
            (true, None) => word.push(c),
        }
    }
    found
}

#[test]
fn the_search_for_attributes_finds_one() {
    assert_eq!(attributes_of("<p class=\"a\" onclick='x'>on</p>", "on"), ["onclick"]);
}
