//! What a tap opens: pages of the web head, absolute.

use commerce::Link;
use kit::Ask;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What may stand in a part of a path as it is (RFC 3986, section 3.3: unreserved).
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A page of the web head in the visitor's market.
pub(super) fn web(ask: &Ask, path: &str) -> String {
    format!("{}/{}/{path}", ask.site(), ask.market.id())
}

/// The page that content leads to.
pub(super) fn link(ask: &Ask, link: &Link) -> String {
    match link {
        Link::Product(slug) => product(ask, slug),
        Link::Category(slug) => web(ask, &format!("c/{}", encoded(slug))),
        Link::Search(words) => web(ask, &format!("search?q={}", encoded(words))),
    }
}

/// A product's page.
pub(super) fn product(ask: &Ask, slug: &str) -> String {
    web(ask, &format!("p/{}", encoded(slug)))
}

/// An order's page.
pub(super) fn order(ask: &Ask, id: &str) -> String {
    web(ask, &format!("order/{}", encoded(id)))
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, PART).to_string()
}
