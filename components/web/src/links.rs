//! The addresses of our own pages in one market.

use commerce::{FacetChoice, Link, ListingQuery, Sort};
use kit::Ask;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::form_urlencoded::Serializer;

/// Everything but what RFC 3986 calls unreserved.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Makes addresses, all of them paths from the root.
pub(crate) struct Links {
    root: String,
}

impl Links {
    pub(crate) fn of(ask: &Ask) -> Self {
        Self::to(&ask.market.id())
    }

    pub(crate) fn to(market: &str) -> Self {
        Self { root: format!("/{market}") }
    }

    pub(crate) fn home(&self) -> String {
        format!("{}/", self.root)
    }

    /// A page without a name in it, such as `cart` or `cart/add`.
    pub(crate) fn page(&self, name: &str) -> String {
        format!("{}/{name}", self.root)
    }

    pub(crate) fn category(&self, slug: &str) -> String {
        format!("{}/c/{}", self.root, part(slug))
    }

    pub(crate) fn product(&self, slug: &str) -> String {
        format!("{}/p/{}", self.root, part(slug))
    }

    pub(crate) fn order(&self, id: &str) -> String {
        format!("{}/order/{}", self.root, part(id))
    }

    pub(crate) fn search(&self, words: &str) -> String {
        with_query(&self.page("search"), &[("q", words)])
    }

    /// Where content leads.
    pub(crate) fn content(&self, link: &Link) -> String {
        match link {
            Link::Product(slug) => self.product(slug),
            Link::Category(slug) => self.category(slug),
            Link::Search(words) => self.search(words),
        }
    }

    /// The first page of a list; [`Turn`] makes the others.
    pub(crate) fn list(&self, query: &ListingQuery) -> String {
        match &query.category {
            Some(slug) => self.category(slug),
            None => self.page("search"),
        }
    }
}

/// A list's address with some of its question changed.
pub(crate) struct Turn<'a> {
    base: String,
    words: Option<&'a str>,
    facets: &'a [FacetChoice],
    sort: Option<Sort>,
}

impl<'a> Turn<'a> {
    pub(crate) fn of(links: &Links, query: &'a ListingQuery) -> Self {
        let words = query.search.as_deref();
        Self { base: links.list(query), words, facets: &query.facets, sort: query.sort }
    }

    /// The same list, on another page.
    pub(crate) fn page(&self, page: u32) -> String {
        self.address(self.facets.iter(), page)
    }

    /// The first page of the list without one of its facet values.
    pub(crate) fn without(&self, gone: &FacetChoice) -> String {
        self.address(self.facets.iter().filter(|choice| *choice != gone), 1)
    }

    /// The first page of the whole list.
    pub(crate) fn whole(&self) -> String {
        self.address([].iter(), 1)
    }

    fn address(&self, facets: impl Iterator<Item = &'a FacetChoice>, page: u32) -> String {
        let mut query = Serializer::new(String::new());
        if let Some(words) = self.words {
            query.append_pair("q", words);
        }
        for choice in facets {
            query.append_pair(&format!("facet.{}", choice.facet), &choice.value);
        }
        if let Some(sort) = self.sort {
            query.append_pair("sort", sort.as_str());
        }
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        let query = query.finish();
        if query.is_empty() { self.base.clone() } else { format!("{}?{query}", self.base) }
    }
}

/// A path with a query.
pub(crate) fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{path}?{query}")
}

/// Whether an address is a page of ours in this market: nobody is sent elsewhere. `home` is [`Links::home`].
pub(crate) fn is_own(back: &str, home: &str) -> bool {
    let odd = |c: char| c.is_control() || c == '\\';
    back.starts_with(home) && !back.starts_with("//") && !back.contains(odd)
}

fn part(text: &str) -> String {
    utf8_percent_encode(text, PART).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_slug_leaves_its_place() {
        let links = Links::to("en-gb");
        assert_eq!(links.product("../x?y#z\"<"), "/en-gb/p/..%2Fx%3Fy%23z%22%3C");
        assert_eq!(links.search("a&b=c"), "/en-gb/search?q=a%26b%3Dc");
    }

    #[test]
    fn nobody_is_sent_elsewhere() {
        assert!(is_own("/en-gb/p/coat?size=m", "/en-gb/"));
        for other in
            ["", "/", "/de-de/", "//evil.test/en-gb/", "https://evil.test/", "/en-gb/\r\nx: y", "/en-gb/\\x"]
        {
            assert!(!is_own(other, "/en-gb/"), "{other:?}");
        }
    }

    #[test]
    fn a_turn_keeps_the_rest_of_the_question() {
        let choice = |value: &str| FacetChoice { facet: "colour".into(), value: value.into() };
        let query = ListingQuery {
            category: Some("coats".into()),
            facets: vec![choice("navy"), choice("sand")],
            sort: Some(Sort::Newest),
            ..ListingQuery::default()
        };
        let turn = Turn::of(&Links::to("en-gb"), &query);
        assert_eq!(turn.page(2), "/en-gb/c/coats?facet.colour=navy&facet.colour=sand&sort=newest&page=2");
        assert_eq!(turn.without(&choice("navy")), "/en-gb/c/coats?facet.colour=sand&sort=newest");
        assert_eq!(turn.whole(), "/en-gb/c/coats?sort=newest");
    }
}
