//! Content blocks: what the merchandiser fills the front page with.

use super::{Card, Picture, Use, cards, paragraphs};
use crate::links::Links;
use commerce::{Category, ContentBlock};
use kit::Locale;
use serde::Serialize;

/// A picture with words and a way on.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Banner {
    title: String,
    body: String,
    linked: bool,
    href: String,
    label: String,
    picture: Vec<Picture>,
}

impl Banner {
    pub(crate) fn of(locale: &Locale, links: &Links, block: &ContentBlock, place: Use) -> Self {
        let label = match block.link_label.as_str() {
            "" => locale.text("discover").to_owned(),
            label => label.to_owned(),
        };
        Self {
            title: block.title.clone(),
            body: block.body.clone(),
            linked: block.link.is_some(),
            href: block.link.as_ref().map(|link| links.content(link)).unwrap_or_default(),
            label,
            picture: Picture::maybe(block.image.as_ref(), place),
        }
    }
}

/// A reduced product of today.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Offer {
    banner: Banner,
    card: Vec<Card>,
}

impl Offer {
    pub(crate) fn of(locale: &Locale, links: &Links, block: &ContentBlock) -> Self {
        let first = block.products.first();
        Self {
            banner: Banner::of(locale, links, block, Use::Half),
            card: first.map(|product| Card::of(locale, links, product, Use::Card)).into_iter().collect(),
        }
    }
}

/// A row of products.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Rail {
    id: String,
    title: String,
    body: String,
    cards: Vec<Card>,
    linked: bool,
    href: String,
    label: String,
}

impl Rail {
    pub(crate) fn of(locale: &Locale, links: &Links, block: &ContentBlock) -> Self {
        let Banner { title, body, linked, href, label, .. } = Banner::of(locale, links, block, Use::Half);
        let cards = cards(locale, links, block.products.get(..8).unwrap_or(&block.products), Use::Card);
        Self { id: anchor(block.id.as_str()), title, body, cards, linked, href, label }
    }
}

/// An outfit and what it is made of.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Look {
    id: String,
    title: String,
    body: Vec<String>,
    picture: Vec<Picture>,
    cards: Vec<Card>,
    first: Vec<String>,
    count: String,
}

impl Look {
    pub(crate) fn of(locale: &Locale, links: &Links, block: &ContentBlock) -> Self {
        let count = u32::try_from(block.products.len()).unwrap_or(u32::MAX);
        Self {
            id: anchor(block.id.as_str()),
            title: block.title.clone(),
            body: paragraphs(&block.body),
            picture: Picture::maybe(block.image.as_ref(), Use::Half),
            cards: cards(locale, links, &block.products, Use::Card),
            first: block.products.first().map(|product| links.product(&product.slug)).into_iter().collect(),
            count: locale.count("pieces-count", count),
        }
    }
}

/// A category with its picture.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Tile {
    href: String,
    name: String,
    description: String,
    picture: Vec<Picture>,
}

impl Tile {
    pub(crate) fn of(links: &Links, category: &Category) -> Self {
        let picture = Picture::maybe(category.image.as_ref(), Use::Half);
        Self {
            href: links.category(&category.slug),
            name: category.name.clone(),
            description: category.description.clone(),
            picture: picture.into_iter().map(Picture::silent).collect(),
        }
    }
}

/// An identifier that may stand in `id` and `aria-labelledby`: anything odd is a dash.
fn anchor(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}
