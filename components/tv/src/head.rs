//! The TV head as [`kit`] knows it.

use crate::screen::fit;
use crate::{handover, page, view};
use http::Method;
use kit::{Answer, Ask, Failure, Head, Routes};
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

/// The TV head.
pub struct Tv;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The page for browsers.
    Shell,
    /// The address without its last slash.
    ShellWithoutSlash,
    /// A part of that page.
    Asset,
    /// The home screen.
    Home,
    /// A category's screen.
    Category,
    /// A product's screen.
    Product,
    /// The search screen.
    Search,
    /// The cart's screen.
    Cart,
    /// Adds to the cart.
    Add,
    /// Changes a line of the cart.
    Set,
    /// Puts an offer that was shown into the cart.
    Take,
    /// The visitor is about to leave.
    Leaving,
    /// Takes what the visitor agrees to.
    Consent,
    /// Opens the cart on a phone.
    Continue,
}

/// Addresses and their pages; the second value names clashes, of which there are none.
pub static ROUTES: LazyLock<(Routes<Page>, Vec<String>)> = LazyLock::new(|| {
    Routes::new(&[
        (Method::GET, "/tv", Page::ShellWithoutSlash),
        (Method::GET, "/tv/", Page::Shell),
        (Method::GET, "/tv/assets/{name}", Page::Asset),
        (Method::GET, "/tv/screens/home", Page::Home),
        (Method::GET, "/tv/screens/category/{slug}", Page::Category),
        (Method::GET, "/tv/screens/product/{slug}", Page::Product),
        (Method::GET, "/tv/screens/search", Page::Search),
        (Method::GET, "/tv/screens/cart", Page::Cart),
        (Method::POST, "/tv/screens/cart/lines", Page::Add),
        (Method::POST, "/tv/screens/cart/lines/{id}", Page::Set),
        (Method::POST, "/tv/screens/cart/offer", Page::Take),
        (Method::POST, "/tv/screens/leaving", Page::Leaving),
        (Method::POST, "/tv/screens/consent", Page::Consent),
        (Method::GET, "/tv/continue/{token}", Page::Continue),
        (Method::POST, "/tv/continue/{token}", Page::Continue),
    ])
});

/// Interface texts, English first.
pub const TEXTS: &[(&str, &str)] = &[
    ("en", include_str!("../texts/en.ftl")),
    ("de", include_str!("../texts/de.ftl")),
    ("ar", include_str!("../texts/ar.ftl")),
];

impl Head for Tv {
    type Page = Page;

    const CHANNEL: &'static str = "tv";

    /// People look at a TV from a sofa: a screen may take a little longer than a page.
    const BUDGET: Duration = Duration::from_millis(1200);

    fn routes() -> &'static Routes<Page> {
        &ROUTES.0
    }

    fn texts() -> &'static [(&'static str, &'static str)] {
        TEXTS
    }

    async fn answer(page: Page, ask: &Rc<Ask>) -> Result<Answer, Failure> {
        match page {
            Page::Shell => page::shell(ask),
            Page::ShellWithoutSlash => Ok(Answer::see_other("/tv/")),
            Page::Asset => page::asset(ask),
            Page::Home => view::home(ask).await.map(fit),
            Page::Category => view::category(ask).await.map(fit),
            Page::Product => view::product(ask).await.map(fit),
            Page::Search => view::search(ask).await.map(fit),
            Page::Cart => view::cart(ask).await.map(fit),
            Page::Add => view::add(ask).await,
            Page::Set => view::set(ask).await,
            Page::Take => view::take(ask).await,
            Page::Leaving => view::leaving(ask).await,
            Page::Consent => view::agree(ask).await,
            Page::Continue => handover::continue_here(ask).await,
        }
    }

    fn fail(ask: &Ask, failure: &Failure) -> Answer {
        let path = ask.path();
        let is_page = path == "/tv" || path == "/tv/" || path.starts_with("/tv/continue/");
        let said = is_page.then(|| page::failure(ask, failure).ok()).flatten();
        said.unwrap_or_else(|| fit(view::failure(ask, failure)))
    }
}
