//! The watch head as [`kit`] knows it.

use crate::glance::fit;
use crate::{page, view};
use http::Method;
use kit::{Answer, Ask, Failure, Head, Routes};
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

/// The watch head.
pub struct Watch;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The page for browsers.
    Shell,
    /// The address without its last slash.
    ShellWithoutSlash,
    /// A part of that page.
    Asset,
    /// Every glance at once.
    All,
    /// Today's offer.
    Offer,
    /// The cart.
    Cart,
    /// The visitor's latest order.
    LastOrder,
    /// An order by its id.
    Order,
    /// Whether something waits in a store.
    Pickup,
    /// Takes what the visitor agrees to.
    Consent,
}

/// Addresses and their pages; the second value names clashes, of which there are none.
pub static ROUTES: LazyLock<(Routes<Page>, Vec<String>)> = LazyLock::new(|| {
    Routes::new(&[
        (Method::GET, "/watch", Page::ShellWithoutSlash),
        (Method::GET, "/watch/", Page::Shell),
        (Method::GET, "/watch/assets/{name}", Page::Asset),
        (Method::GET, "/watch/glances", Page::All),
        (Method::GET, "/watch/glances/offer", Page::Offer),
        (Method::GET, "/watch/glances/cart", Page::Cart),
        (Method::GET, "/watch/glances/order", Page::LastOrder),
        (Method::GET, "/watch/glances/order/{id}", Page::Order),
        (Method::GET, "/watch/glances/pickup", Page::Pickup),
        (Method::POST, "/watch/consent", Page::Consent),
    ])
});

/// Interface texts, English first.
pub const TEXTS: &[(&str, &str)] = &[
    ("en", include_str!("../texts/en.ftl")),
    ("de", include_str!("../texts/de.ftl")),
    ("ar", include_str!("../texts/ar.ftl")),
];

impl Head for Watch {
    type Page = Page;

    const CHANNEL: &'static str = "watch";

    /// A wrist is up for two seconds, and the radio takes most of them.
    const BUDGET: Duration = Duration::from_millis(500);

    /// Nothing is posted to a watch but what its visitor agrees to.
    const BODY_CAP: usize = 1 << 10;

    fn routes() -> &'static Routes<Page> {
        &ROUTES.0
    }

    fn texts() -> &'static [(&'static str, &'static str)] {
        TEXTS
    }

    async fn answer(page: Page, ask: &Rc<Ask>) -> Result<Answer, Failure> {
        match page {
            Page::Shell => page::shell(ask),
            Page::ShellWithoutSlash => Ok(Answer::see_other("/watch/")),
            Page::Asset => page::asset(ask),
            Page::All => view::all(ask).await,
            Page::Offer => view::offer(ask).await.map(fit),
            Page::Cart => view::cart(ask).await.map(fit),
            Page::LastOrder => view::last_order(ask).await.map(fit),
            Page::Order => view::order(ask).await.map(fit),
            Page::Pickup => view::pickup(ask).await.map(fit),
            Page::Consent => view::agree(ask).await,
        }
    }

    fn fail(ask: &Ask, failure: &Failure) -> Answer {
        fit(view::failure(ask, failure))
    }
}
