//! Cards: products, categories and content as items of a rail.

use super::{Addresses, NAME, SUBTITLE};
use crate::screen::{Action, Item, ItemKind, Picture, RAIL_ITEMS, Rail, RailKind, cut};
use commerce::{Category, ContentBlock, Image, Price, ProductCard, StockLevel};
use kit::{Ask, Locale};

/// Width of a card's picture: twice the drawn 240 pixels at 1080p, so that it is sharp on a 4K screen.
pub(super) const CARD: u32 = 480;
/// Width of a wide card's picture.
pub(super) const WIDE: u32 = 640;
/// Width of a hero's picture; no TV is sent more (`reference/heads.md` of the design, 2026-11).
pub(super) const HERO: u32 = 1920;
const TALLEST: u32 = 1080;

/// The longest address of a picture that is passed on.
const LONGEST_ADDRESS: usize = 400;

/// Makes cards for one market.
pub(super) struct Cards<'a> {
    pub(super) locale: &'a Locale,
    pub(super) addresses: Addresses,
}

impl<'a> Cards<'a> {
    pub(super) fn of(ask: &'a Ask) -> Self {
        Self { locale: &ask.locale, addresses: Addresses::of(ask) }
    }

    /// A product; `None` when it cannot be addressed.
    pub(super) fn product(&self, card: &ProductCard) -> Option<Item> {
        let screen = self.addresses.product(&card.slug, &[])?;
        let mut item =
            Item::new(card.slug.as_str(), ItemKind::Product, cut(&card.name, NAME), Action::open(screen));
        item.subtitle = cut(card.brand.as_deref().unwrap_or_default(), SUBTITLE);
        (item.price, item.was) = self.price(card.price, card.price_varies);
        item.badge = self.badge(&card.tags, card.stock);
        item.sold_out = card.stock == StockLevel::OutOfStock;
        item.image = card.image.as_ref().and_then(|image| picture(image, CARD));
        Some(item)
    }

    /// As many products as a rail takes, each once.
    pub(super) fn products(&self, cards: &[ProductCard], most: usize) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for item in cards.iter().filter_map(|card| self.product(card)) {
            if items.len() < most && !items.iter().any(|known| known.id == item.id) {
                items.push(item);
            }
        }
        items
    }

    /// The row of products that go with those of a screen, under a text such as `related`.
    pub(super) fn beside(&self, title: &str, cards: &[ProductCard]) -> Rail {
        Rail {
            id: "related".to_owned(),
            title: self.locale.text(title).to_owned(),
            kind: RailKind::Products,
            items: self.products(cards, RAIL_ITEMS),
            next: None,
        }
    }

    /// A category.
    pub(super) fn category(&self, category: &Category) -> Option<Item> {
        let screen = self.addresses.category(&category.slug, &[])?;
        let mut item = Item::new(
            category.slug.as_str(),
            ItemKind::Category,
            cut(&category.name, NAME),
            Action::open(screen),
        );
        item.image = category.image.as_ref().and_then(|image| picture(image, WIDE));
        Some(item)
    }

    /// A promotion or look; the price is that of the product, when there is just one.
    pub(super) fn block(&self, block: &ContentBlock, badge: &str) -> Option<Item> {
        let screen = self.addresses.link(block.link.as_ref()?)?;
        let id = cut(block.id.as_str(), NAME);
        let mut item = Item::new(id, ItemKind::Banner, cut(&block.title, NAME), Action::open(screen));
        item.subtitle = cut(&block.body, SUBTITLE);
        item.badge = badge.to_owned();
        let (image, price) = match block.products.as_slice() {
            [product] => (block.image.as_ref().or(product.image.as_ref()), Some(product)),
            _ => (block.image.as_ref(), None),
        };
        item.image = image.and_then(|image| picture(image, WIDE));
        if let Some(product) = price {
            (item.price, item.was) = self.price(product.price, product.price_varies);
        }
        Some(item)
    }

    /// Printed: the price and the former one.
    pub(super) fn price(&self, price: Price, varies: bool) -> (String, String) {
        let current = self.locale.money(price.current);
        let current =
            if varies { self.locale.say("price-from", &[("price", current.into())]) } else { current };
        (current, price.was.map(|was| self.locale.money(was)).unwrap_or_default())
    }

    fn badge(&self, tags: &[String], stock: StockLevel) -> String {
        let tagged = |tag: &str| tags.iter().any(|known| known == tag);
        let key = match stock {
            StockLevel::OutOfStock => "stock-out-of-stock",
            StockLevel::LowStock => "stock-low-stock",
            StockLevel::InStock if tagged("sale") => "badge-sale",
            StockLevel::InStock if tagged("new") => "badge-new",
            StockLevel::InStock if tagged("bestseller") => "badge-bestseller",
            StockLevel::InStock => return String::new(),
        };
        self.locale.text(key).to_owned()
    }
}

/// A picture in the smallest size that is at least `width` wide, or else the widest that a TV
/// should be sent, or else the smallest that a 4K screen shows; `None` when no size is one to load from a screen: another kind of address, or more pixels than a TV holds.
pub(super) fn picture(image: &Image, width: u32) -> Option<Picture> {
    let own = (image.url.as_str(), image.width, image.height);
    let sizes = image.renditions.iter().map(|size| (size.url.as_str(), size.width, size.height)).chain([own]);
    let sizes = sizes.filter(|(url, w, h)| *w > 0 && *h > 0 && loads(url));
    let within =
        |times: u32| sizes.clone().filter(move |(_, w, h)| *w <= HERO * times && *h <= TALLEST * times);
    let enough = within(1).filter(|(_, w, _)| *w >= width).min_by_key(|(_, w, _)| *w);
    let widest = || within(1).max_by_key(|(_, w, _)| *w);
    // A backend with one large size only: what a 4K screen shows is better than no picture.
    let large = || within(2).min_by_key(|(_, w, h)| u64::from(*w) * u64::from(*h));
    let (url, width, height) = enough.or_else(widest).or_else(large)?;
    Some(Picture { url: url.to_owned(), alt: cut(&image.alt, NAME), width, height })
}

fn loads(url: &str) -> bool {
    let own = url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/\\");
    (own || url.starts_with("https://") || url.starts_with("http://"))
        && url.len() <= LONGEST_ADDRESS
        && !url.chars().any(|c| c.is_control() || c.is_whitespace())
}
