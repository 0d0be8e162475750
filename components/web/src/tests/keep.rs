//! Who may keep what, and what stands in the headers.

use super::World;

#[test]
fn a_page_without_a_session_is_for_everyone_and_one_with_a_session_for_nobody_else() {
    let visitor = World::new().open();
    for address in ["/en-gb/", "/en-gb/p/coat", "/en-gb/c/coats", "/en-gb/stores", "/en-gb/search?q=a"] {
        let page = visitor.get(address);
        assert!(page.header("cache-control").starts_with("public, max-age="), "{address}");
        assert_eq!(page.header("set-cookie"), "", "{address}");
    }
    let added = visitor.post("/en-gb/cart/add", "product=coat");
    assert_eq!((added.status, added.header("location")), (303, "/en-gb/cart?added=1"));
    assert!(added.header("set-cookie").contains("HttpOnly; SameSite=Lax"));
    for address in ["/en-gb/", "/en-gb/p/coat", "/en-gb/c/coats", "/en-gb/stores", "/en-gb/cart"] {
        let page = visitor.get(address);
        assert_eq!(page.header("cache-control"), "private, no-store", "{address}");
        assert!(page.body.contains("bag-count"), "{address} counts the basket");
    }
}

#[test]
fn what_belongs_to_one_visitor_is_kept_by_nobody() {
    for address in ["/en-gb/cart", "/en-gb/order/o1", "/en-gb/checkout"] {
        let page = World::new().open().get(address);
        assert!(page.header("cache-control").contains("no-store"), "{address}");
    }
}

#[test]
fn assets_are_kept_for_ever_under_a_name_of_their_content() {
    let visitor = World::new().open();
    let home = visitor.get("/en-gb/");
    for (mark, media, most) in
        [("rel=\"stylesheet\" href=\"", "text/css", 40 << 10), ("<script src=\"", "text/javascript", 4 << 10)]
    {
        let address = home.between(mark, "\"")[0];
        let asset = visitor.get(address);
        assert_eq!(
            (asset.status, asset.header("cache-control")),
            (200, "public, max-age=31536000, immutable")
        );
        assert!(asset.header("content-type").starts_with(media));
        assert!(asset.body.len() <= most, "{address} is {} bytes", asset.body.len());
    }
    assert!(home.header("content-security-policy").contains("script-src 'self'"));
    assert!(!asset_has_physical_sides(
        &visitor.get(home.between("rel=\"stylesheet\" href=\"", "\"")[0]).body
    ));
}

/// Right-to-left pages mirror only when no side is named left or right.
fn asset_has_physical_sides(css: &str) -> bool {
    ["margin-left", "margin-right", "padding-left", "padding-right", "left:", "right:", "text-align:left"]
        .iter()
        .any(|side| css.split(['{', ';']).any(|declaration| declaration.trim().starts_with(side)))
}

#[test]
fn every_language_of_a_page_names_the_others() {
    let page = World::new().open().get("/de-de/p/coat?choice.size=m");
    assert!(page.body.contains("<html lang=\"de-DE\" dir=\"ltr\">"));
    let plain = page.body;
    assert!(plain.contains("<link rel=\"canonical\" href=\"http://shop.test/de-de/p/coat\">"));
    for (tag, market) in [("en-GB", "en-gb"), ("de-DE", "de-de"), ("ar-GB", "ar-gb"), ("x-default", "en-gb")]
    {
        let link =
            format!("<link rel=\"alternate\" hreflang=\"{tag}\" href=\"http://shop.test/{market}/p/coat\">");
        assert!(plain.contains(&link), "{link}");
    }
    assert!(plain.contains("href=\"/ar-gb/p/coat?choice.size=m\""), "switching the language keeps the page");
    let arabic = World::new().open().get("/ar-gb/p/coat");
    assert!(arabic.body.contains("<html lang=\"ar-GB\" dir=\"rtl\">"));
}

#[test]
fn no_text_is_missing_in_any_language() {
    assert_eq!(kit::locale::missing_keys(<crate::head::Web as kit::Head>::texts()), Vec::<String>::new());
}
