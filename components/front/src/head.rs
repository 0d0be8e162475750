//! The head: budget, addresses, texts, and how a failure is said.

use crate::consent;
use crate::pages;
use crate::plan::Plan;
use http::Method;
use kit::{Answer, Ask, Edge, Failure, Head, Routes, Trouble, rulebook};
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

/// The web, by a storefront that exists already.
pub struct Front;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// Whatever the site has there.
    Site,
}

/// Every method that a storefront may take, and every address: what is where, the site knows.
static ROUTES: LazyLock<Routes<Page>> = LazyLock::new(|| {
    Routes::new(&[
        (Method::GET, "/", Page::Site),
        (Method::POST, "/", Page::Site),
        (Method::PUT, "/", Page::Site),
        (Method::PATCH, "/", Page::Site),
        (Method::DELETE, "/", Page::Site),
        (Method::OPTIONS, "/", Page::Site),
        (Method::GET, "/{*path}", Page::Site),
        (Method::POST, "/{*path}", Page::Site),
        (Method::PUT, "/{*path}", Page::Site),
        (Method::PATCH, "/{*path}", Page::Site),
        (Method::DELETE, "/{*path}", Page::Site),
        (Method::OPTIONS, "/{*path}", Page::Site),
    ])
    .0
});

const TEXTS: &[(&str, &str)] = &[
    ("en", include_str!("../texts/en.ftl")),
    ("de", include_str!("../texts/de.ftl")),
    ("ar", include_str!("../texts/ar.ftl")),
];

impl Head for Front {
    type Page = Page;

    // To the rules it is the web: the same offers as on our own pages.
    const CHANNEL: &'static str = "web";

    // An old site is slow, and its own visitors wait for it; our slots have a fifth of this.
    const BUDGET: Duration = Duration::from_secs(5);

    // Forms of a storefront may carry a picture; Akamai Functions take no more than this.
    const BODY_CAP: usize = 10 << 20;

    // The site's own business.
    const MARKET_IN_QUERY: bool = false;

    fn routes() -> &'static Routes<Page> {
        &ROUTES
    }

    fn texts() -> &'static [(&'static str, &'static str)] {
        TEXTS
    }

    async fn edition(edge: &Rc<dyn Edge>) -> Option<[u8; 8]> {
        rulebook::in_force::<Plan>(edge).await.map(|book| book.digest)
    }

    /// What is posted goes to the site, which looks by itself where it comes from.
    fn is_webhook(_: Page) -> bool {
        true
    }

    async fn answer(_: Page, ask: &Rc<Ask>) -> Result<Answer, Failure> {
        let path = ask.path().strip_prefix(ask.base()).unwrap_or(ask.path());
        match path {
            path if !path.is_empty() && !path.starts_with('/') => Err(Failure::new(Trouble::UnknownRoute)),
            "/_front.css" => Ok(pages::style()),
            "/_consent" if *ask.method() == Method::POST => consent::agree(ask).await,
            _ if climbs(path) => Err(Failure::new(Trouble::UnknownRoute)),
            "" => pages::site(ask, "/").await,
            path => pages::site(ask, path).await,
        }
    }

    fn fail(ask: &Ask, failure: &Failure) -> Answer {
        pages::failure(ask, failure)
    }
}

/// Whether a path would leave what is shown of the site.
fn climbs(path: &str) -> bool {
    let is_dots = |part: &str| {
        let plain = part.to_ascii_lowercase().replace("%2e", ".").replace("%3b", ";");
        // Some servers take what stands behind a semicolon for a parameter of the part.
        matches!(plain.split(';').next(), Some(".." | "."))
    };
    let lower = path.to_ascii_lowercase();
    path.split(['/', '\\']).any(is_dots)
        || lower.contains("%2f")
        || lower.contains("%5c")
        || path.starts_with("//")
}
