//! What stands where.

use super::Pattern;
use serde::{Deserialize, Serialize};

/// A whole file, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placements {
    /// The market of the site's pages, such as `en-gb`; `None`: the visitor's.
    pub market: Option<Box<str>>,
    /// The cookies that the site tells visitors by; `None`: every cookie may be one.
    pub visitor_cookies: Option<Vec<Box<str>>>,
    /// The site's own addresses.
    pub links: Links,
    /// What stands there, in the order of the file.
    pub places: Vec<Place>,
}

/// The site's own addresses, below its path: `/products/{slug}.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Links {
    /// What paths here are below.
    pub from: From,
    /// Of a product; `{slug}` is its slug.
    pub product: Option<Box<str>>,
    /// Of a category; `{slug}` is its slug.
    pub category: Option<Box<str>>,
    /// Of a search; `{words}` are the words.
    pub search: Option<Box<str>>,
}

/// What paths are below.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum From {
    /// The site, as it is seen through us.
    #[default]
    Site,
    /// The host that shows us, such as for pages of another head.
    Host,
}

/// Something that stands at elements of pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// What the operator's log calls it.
    pub name: Box<str>,
    /// On which pages, the most exact first; on all of them when there are none.
    pub pages: Vec<Pattern>,
    /// The elements, in CSS.
    pub selector: Box<str>,
    /// Where there.
    pub put: Put,
    /// Whether at every such element, or at the first alone.
    pub every: bool,
    /// What.
    pub show: Show,
    /// The operator's own HTML for it.
    pub html: Option<Box<str>>,
}

/// Which side of an element, or what of it, is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Put {
    /// Before the element.
    Before,
    /// After it.
    After,
    /// Inside, before all that is there.
    First,
    /// Inside, after all that is there.
    Last,
    /// In the place of all that is inside.
    Inside,
    /// In the place of the element.
    Instead,
}

impl Put {
    /// Whether the page's own content makes room.
    #[must_use]
    pub fn replaces(self) -> bool {
        matches!(self, Self::Inside | Self::Instead)
    }
}

/// What is put there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Show {
    /// The offer that the rules give.
    Offer,
    /// The question what the visitor agrees to.
    Consent,
    /// Content of a slot, as the rules choose it.
    Banner(Box<str>),
    /// Products beside that of the page.
    Recommendations,
    /// The product's price in the visitor's market.
    Price,
    /// The product's stock in stores.
    Stock,
    /// The operator's own HTML and nothing else.
    Html,
}

impl Show {
    /// Whether it is about the product of the page, which an address must name.
    #[must_use]
    pub fn wants_product(&self) -> bool {
        matches!(self, Self::Recommendations | Self::Price | Self::Stock)
    }
}

impl Place {
    /// The parts of a page's path that its pattern names, percent-encoded as they came; `None` on other pages.
    #[must_use]
    pub fn on<'p>(&self, path: &'p str) -> Option<Vec<(&str, &'p str)>> {
        if self.pages.is_empty() {
            return Some(Vec::new());
        }
        self.pages.iter().find_map(|pattern| pattern.matches(path))
    }
}
