//! Addresses of screens and of the same things elsewhere.

use crate::screen::DeepLink;
use commerce::Link;
use kit::Ask;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::form_urlencoded::Serializer;

/// Where all screens are.
const SCREENS: &str = "/tv/screens";

/// What may stand in a part of a path as it is (RFC 3986, section 3.3: unreserved).
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A part longer than this is no address that a TV can follow.
const LONGEST_PART: usize = 200;

/// Makes the addresses of one market.
pub struct Addresses {
    market: String,
    site: String,
}

impl Addresses {
    /// Of the market of a request.
    pub fn of(ask: &Ask) -> Self {
        Self { market: ask.market.id(), site: ask.site() }
    }

    /// A screen's address, such as `/tv/screens/product/coat?market=en-gb`. It always names the market, so
    /// that it means the same to everyone.
    pub fn screen(&self, path: &str, query: &[(&str, &str)]) -> String {
        let mut pairs = Serializer::new(String::new());
        pairs.extend_pairs(query).append_pair("market", &self.market);
        format!("{SCREENS}/{path}?{}", pairs.finish())
    }

    /// A product's screen; `None` for a slug that no address can hold.
    pub fn product(&self, slug: &str, query: &[(&str, &str)]) -> Option<String> {
        Some(self.screen(&format!("product/{}", part(slug)?), query))
    }

    /// A category's screen; `None` for a slug that no address can hold.
    pub fn category(&self, slug: &str, query: &[(&str, &str)]) -> Option<String> {
        Some(self.screen(&format!("category/{}", part(slug)?), query))
    }

    /// The screen that content leads to.
    pub fn link(&self, link: &Link) -> Option<String> {
        match link {
            Link::Product(slug) => self.product(slug, &[]),
            Link::Category(slug) => self.category(slug, &[]),
            Link::Search(words) => Some(self.screen("search", &[("q", words)])),
        }
    }

    /// A screen as it is found from outside; `web` is a path of the web head below the market.
    pub fn deep_link(&self, screen: &str, web: &str) -> DeepLink {
        let hash = screen.strip_prefix(SCREENS).unwrap_or(screen);
        DeepLink { tv: format!("/tv/#{hash}"), web: format!("{}/{}/{web}", self.site, self.market) }
    }

    /// The web head's path of a product, below the market.
    pub fn web_product(slug: &str) -> String {
        format!("p/{}", utf8_percent_encode(slug, PART))
    }

    /// The web head's path of a category, below the market.
    pub fn web_category(slug: &str) -> String {
        format!("c/{}", utf8_percent_encode(slug, PART))
    }

    /// The web head's path of a search, below the market.
    pub fn web_search(words: &str) -> String {
        format!("search?q={}", utf8_percent_encode(words, PART))
    }

    /// An address at this site, absolute.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.site)
    }
}

/// A part of a path, encoded; `None` when clients would resolve or refuse it.
pub(super) fn part(text: &str) -> Option<String> {
    let dots = matches!(text, "" | "." | "..");
    (!dots && text.len() <= LONGEST_PART).then(|| utf8_percent_encode(text, PART).to_string())
}
