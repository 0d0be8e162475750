//! What the slots say.

mod banner;
mod consent;
mod offer;
mod price;
mod recommendations;
mod stock;

use crate::plan::{Chosen, Fill, Spot};
use commerce::{Link, Product, ProductKey};
use futures::FutureExt;
use futures::future::{LocalBoxFuture, Shared};
use kit::decide::{Choices, Topic};
use kit::rewrite::{Filling, Links as Seen};
use kit::template::Templates;
use kit::visibility::Public;
use kit::{Ask, Slot};
use personalise::placements::{From, Links};
use serde::Serialize;
use std::rc::Rc;

/// Our own templates.
const OWN: [(&str, &str); 7] = [
    ("banner.html", include_str!("../../templates/banner.html")),
    ("consent.html", include_str!("../../templates/consent.html")),
    ("failure.html", include_str!("../../templates/failure.html")),
    ("offer.html", include_str!("../../templates/offer.html")),
    ("price.html", include_str!("../../templates/price.html")),
    ("recommendations.html", include_str!("../../templates/recommendations.html")),
    ("stock.html", include_str!("../../templates/stock.html")),
];

thread_local! {
    static TEMPLATES: &'static Templates = Box::leak(Box::new(Templates::new(&OWN).0));
}

/// The templates, read once an instance.
pub(crate) fn templates() -> &'static Templates {
    TEMPLATES.with(|templates| *templates)
}

/// The share of the time for each of our slots: the site is slow enough by itself.
const SHARE: u32 = 20;

pub(crate) const fn slot(name: &'static str) -> Slot {
    Slot::new(name).share(SHARE)
}

type Once<T> = Shared<LocalBoxFuture<'static, T>>;

/// What is the same for all slots of a page; each part is asked for once, when the first slot wants it.
pub(crate) struct Scene {
    pub(crate) ask: Rc<Ask>,
    links: Links,
    seen: Rc<Seen>,
    product: Once<Option<Rc<Public<Product>>>>,
    choices: Once<Rc<Choices>>,
}

impl Scene {
    pub(crate) fn new(ask: Rc<Ask>, links: Links, seen: Rc<Seen>, product: Option<String>) -> Self {
        let asking = ask.clone();
        let product = async move {
            let key = ProductKey::Slug(product?);
            let found = asking.slots.optional(slot("product"), asking.shop.product(&key)).await;
            found.ok().flatten().map(Rc::new)
        };
        let product = product.boxed_local().shared();
        let (asking, about) = (ask.clone(), product.clone());
        let choices = async move {
            let topic = match about.await {
                Some(product) => Topic::product(&product),
                None => Topic::page("home"),
            };
            Rc::new(asking.choices(topic).await)
        };
        Self { ask, links, seen, product, choices: choices.boxed_local().shared() }
    }

    pub(crate) async fn product(&self) -> Option<Rc<Public<Product>>> {
        self.product.clone().await
    }

    pub(crate) async fn choices(&self) -> Rc<Choices> {
        self.choices.clone().await
    }

    /// The site's own address of a product, as the visitor sees it.
    pub(crate) fn product_address(&self, slug: &str) -> Option<String> {
        self.address(self.links.product.as_deref()?, "{slug}", slug)
    }

    /// Where content leads, on the site.
    pub(crate) fn leads(&self, link: &Link) -> Option<String> {
        match link {
            Link::Product(slug) => self.product_address(slug),
            Link::Category(slug) => self.address(self.links.category.as_deref()?, "{slug}", slug),
            Link::Search(words) => self.address(self.links.search.as_deref()?, "{words}", words),
        }
    }

    fn address(&self, pattern: &str, name: &str, value: &str) -> Option<String> {
        let value: String = value
            .bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                    char::from(byte).to_string()
                }
                other => format!("%{other:02X}"),
            })
            .collect();
        let path = pattern.replace(name, &value);
        Some(match self.links.from {
            From::Site => self.seen.below(&path),
            From::Host => path,
        })
    }

    /// A view in the file's own HTML, or in ours.
    pub(crate) fn print(&self, spot: &Spot, template: &str, view: &impl Serialize) -> Option<String> {
        let printed = match &spot.place.html {
            Some(html) => templates().print_by(html, view),
            None => templates().print(template, view),
        };
        match printed {
            Ok(html) => Some(html),
            Err(failure) => {
                self.ask.log(&format!("{}: {}", spot.place.name, failure.detail));
                None
            }
        }
    }
}

/// One filling for each spot of a page, in their order.
pub(crate) fn all(scene: &Rc<Scene>, chosen: &Chosen) -> Vec<Filling> {
    chosen.spots.iter().map(|spot| Box::pin(one(scene.clone(), spot.clone())) as Filling).collect()
}

/// For the operator's own HTML.
#[derive(Serialize)]
struct View {
    lang: String,
    dir: &'static str,
}

async fn one(scene: Rc<Scene>, spot: Rc<Spot>) -> Option<String> {
    match spot.fill {
        Fill::Offer => offer::fill(&scene, &spot).await,
        Fill::Consent => consent::fill(&scene, &spot).await,
        Fill::Banner(slot) => banner::fill(&scene, &spot, slot).await,
        Fill::Recommendations => recommendations::fill(&scene, &spot).await,
        Fill::Price => price::fill(&scene, &spot).await,
        Fill::Stock => stock::fill(&scene, &spot).await,
        Fill::Html => {
            let locale = &*scene.ask.locale;
            let view = View { lang: locale.tag().to_owned(), dir: locale.direction() };
            scene.print(&spot, "", &view)
        }
    }
}
