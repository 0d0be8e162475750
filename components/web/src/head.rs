//! The head: budget, addresses, texts, and how a failure is said.

use crate::pages;
use crate::routes::{self, Page};
use kit::{Answer, Ask, Failure, Head, Routes, Trouble};
use std::rc::Rc;
use std::time::Duration;

/// HTML for browsers.
pub struct Web;

const TEXTS: &[(&str, &str)] = &[
    ("en", include_str!("../texts/en.ftl")),
    ("de", include_str!("../texts/de.ftl")),
    ("ar", include_str!("../texts/ar.ftl")),
];

impl Head for Web {
    type Page = Page;

    const CHANNEL: &'static str = "web";

    const BUDGET: Duration = Duration::from_millis(800);

    fn routes() -> &'static Routes<Page> {
        routes::routes()
    }

    fn texts() -> &'static [(&'static str, &'static str)] {
        TEXTS
    }

    async fn answer(page: Page, ask: &Rc<Ask>) -> Result<Answer, Failure> {
        match page {
            Page::Entry => Ok(pages::entry::answer(ask)),
            Page::Slash => Ok(pages::entry::slash(ask)),
            Page::Asset => crate::assets::answer(ask.part("name")),
            Page::Favicon => Ok(pages::crawl::favicon()),
            Page::Robots => Ok(pages::crawl::robots(ask)),
            Page::Sitemap => pages::crawl::sitemap(ask).await,
            Page::Nowhere => Err(Failure::new(Trouble::UnknownRoute)),
            Page::Home => pages::home::answer(ask).await,
            Page::Category => pages::listing::category(ask).await,
            Page::Search => pages::search::answer(ask).await,
            Page::Product => pages::product::answer(ask).await,
            Page::Cart => pages::cart::answer(ask).await,
            Page::CartAdd => pages::add::answer(ask).await,
            Page::CartChange => pages::cart::change(ask).await,
            Page::CartRemove => pages::cart::remove(ask).await,
            Page::CartCode => pages::cart::code(ask).await,
            Page::Checkout => pages::checkout::answer(ask).await,
            Page::Place => pages::checkout::place(ask).await,
            Page::FindOrder => pages::order::find(ask).await,
            Page::Order => pages::order::answer(ask).await,
            Page::TakeOffer => pages::leaving::take(ask).await,
            Page::Leaving => pages::leaving::offer(ask).await,
            Page::Privacy => pages::privacy::answer(ask).await,
            Page::Consent => pages::privacy::agree(ask).await,
            Page::Stores => pages::stores::answer(ask).await,
        }
    }

    fn fail(ask: &Ask, failure: &Failure) -> Answer {
        pages::failure::answer(ask, failure)
    }
}
