//! Entries of the collection as content blocks; pure.
//!
//! Fields: `key`, `slot`, `kind`, `title`, `body`, `linkTo` and `linkValue`, `linkLabel`, `image`, `products`, `from`,
//! `until`, `weekday`. An entry that cannot be shown is left out, with the reason; one field that cannot be read
//! costs only itself, but a time that cannot be read costs the entry, since it must not show when it should not.

use super::rich;
use crate::error::Error;
use crate::model::{
    ContentBlock, ContentId, ContentKind, Image, Link, Market, Money, Price, ProductCard, ProductId,
    Rendition, StockLevel, date,
};
use jiff::Timestamp;
use serde_json::Value;
use url::Url;

/// Characters of the longest body; the rest is cut. A page of prose has 3,000.
const LONGEST_BODY: usize = 20_000;
/// Characters of any other text.
const LONGEST_LINE: usize = 500;
/// Products of one block.
const MOST_PRODUCTS: usize = 48;

/// What is known where blocks are shown.
pub(super) struct Shown<'a> {
    pub(super) market: &'a Market,
    /// Below which pictures without a host are.
    pub(super) site: Url,
}

impl Shown<'_> {
    /// The blocks of an answer, and why each of the others is not among them.
    ///
    /// # Errors
    /// `BadAnswer` when it holds no list, or entries of which none can be read.
    pub(super) fn blocks(&self, answer: &Value) -> Result<(Vec<ContentBlock>, Vec<String>), Error> {
        let wrong = |why: &str| Error::bad_answer("strapi.content", why);
        let entries = answer.get("data").and_then(Value::as_array).ok_or_else(|| wrong("no list `data`"))?;
        let (mut blocks, mut faults) = (Vec::new(), Vec::new());
        for entry in entries.iter().map(fields) {
            // Only a published entry of this language was asked for; an answer that holds another is not believed.
            if entry.get("publishedAt").is_some_and(Value::is_null) || !self.speaks(entry) {
                continue;
            }
            match self.block(entry) {
                Ok(block) => blocks.push(block),
                Err(fault) => {
                    let id = entry.get("documentId").or(entry.get("id")).unwrap_or(&Value::Null);
                    faults.push(format!("entry {}: {fault}", short(&id.to_string(), 40)));
                }
            }
        }
        match faults.first() {
            Some(fault) if blocks.is_empty() => Err(wrong(fault)),
            _ => Ok((blocks, faults)),
        }
    }

    /// Whether an entry is in the market's language, or in none.
    fn speaks(&self, entry: &Value) -> bool {
        let language = |locale: &str| locale.split(['-', '_']).next() == Some(self.market.language());
        entry.get("locale").and_then(Value::as_str).is_none_or(language)
    }

    fn block(&self, entry: &Value) -> Result<ContentBlock, String> {
        let title = line(entry, "title");
        Ok(ContentBlock {
            id: ContentId::new(needed(entry, "key")?),
            slot: needed(entry, "slot")?,
            kind: kind(&line(entry, "kind")),
            body: rich::text(entry.get("body").unwrap_or(&Value::Null), LONGEST_BODY),
            link: link(&line(entry, "linkTo"), line(entry, "linkValue")),
            link_label: line(entry, "linkLabel"),
            image: entry.get("image").and_then(|image| self.image(image, &title)),
            title,
            products: products(entry).into_iter().map(|slug| self.card(slug)).collect(),
            from: moment(entry, "from")?,
            until: moment(entry, "until")?,
            weekday: weekday(entry)?,
        })
    }

    /// A file of the media library: the picture and its formats.
    fn image(&self, image: &Value, title: &str) -> Option<Image> {
        let file = fields(image.get("data").filter(|data| data.is_object()).unwrap_or(image));
        let (url, width, height) = self.size(file)?;
        let formats = file.get("formats").and_then(Value::as_object);
        let smaller = formats.into_iter().flatten().filter_map(|(_, format)| self.size(format));
        let mut renditions: Vec<Rendition> = smaller
            .filter(|(_, other, _)| *other < width)
            .map(|(url, width, height)| Rendition { url, width, height })
            .collect();
        renditions.sort_by_key(|rendition| rendition.width);
        let alt = line(file, "alternativeText");
        Some(Image {
            alt: if alt.is_empty() { title.to_owned() } else { alt },
            url,
            width,
            height,
            renditions,
        })
    }

    /// Where a picture is, and its size in pixels; none without a size, or at an address that is no picture's.
    fn size(&self, file: &Value) -> Option<(String, u32, u32)> {
        let address = file.get("url").and_then(Value::as_str)?;
        let url = self.site.join(address).ok().filter(|url| matches!(url.scheme(), "https" | "http"))?;
        let side = |name: &str| {
            let pixels = file.get(name).and_then(Value::as_u64)?;
            u32::try_from(pixels).ok().filter(|pixels| *pixels > 0)
        };
        Some((url.into(), side("width")?, side("height")?))
    }

    /// Stands for a product until the one who sells it is asked (`Composed`): only the slug is known here.
    fn card(&self, slug: String) -> ProductCard {
        ProductCard {
            id: ProductId::new(&slug),
            slug,
            name: String::new(),
            summary: String::new(),
            brand: None,
            image: None,
            price: Price { current: Money::zero(self.market.currency()), was: None },
            price_varies: false,
            stock: StockLevel::OutOfStock,
            only_variant: None,
            rating: None,
            tags: Vec::new(),
            swatches: Vec::new(),
        }
    }
}

/// An entry's fields, which Strapi 4 has one level further down.
fn fields(entry: &Value) -> &Value {
    entry.get("attributes").filter(|inner| inner.is_object()).unwrap_or(entry)
}

fn short(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// A text; empty when there is none.
fn line(entry: &Value, name: &str) -> String {
    short(entry.get(name).and_then(Value::as_str).unwrap_or_default().trim(), LONGEST_LINE)
}

fn needed(entry: &Value, name: &str) -> Result<String, String> {
    Some(line(entry, name)).filter(|text| !text.is_empty()).ok_or_else(|| format!("`{name}` is empty"))
}

fn kind(word: &str) -> ContentKind {
    match word {
        "hero" => ContentKind::Hero,
        "banner" => ContentKind::Banner,
        "offer" => ContentKind::Offer,
        "rail" => ContentKind::Rail,
        "look" => ContentKind::Look,
        "note" => ContentKind::Note,
        _ => ContentKind::Other,
    }
}

/// A link leads to a part of the shop and never to an address, so none can lead a visitor elsewhere.
fn link(to: &str, value: String) -> Option<Link> {
    match to {
        _ if value.is_empty() => None,
        "product" => Some(Link::Product(value)),
        "category" => Some(Link::Category(value)),
        "search" => Some(Link::Search(value)),
        _ => None,
    }
}

/// Slugs: a text with one a line or parted by commas, a list of texts, or a relation whose entries have a `slug`.
fn products(entry: &Value) -> Vec<String> {
    let slug = |value: &Value| match value {
        Value::String(slug) => Some(slug.clone()),
        other => fields(other).get("slug").and_then(Value::as_str).map(str::to_owned),
    };
    let products = entry.get("products").unwrap_or(&Value::Null);
    let several = products.get("data").unwrap_or(products);
    let slugs: Vec<String> = match several {
        Value::String(text) => text.split([',', '\n']).map(str::to_owned).collect(),
        Value::Array(items) => items.iter().filter_map(slug).collect(),
        _ => Vec::new(),
    };
    let named = slugs.iter().map(|slug| short(slug.trim(), LONGEST_LINE)).filter(|slug| !slug.is_empty());
    named.take(MOST_PRODUCTS).collect()
}

fn moment(entry: &Value, name: &str) -> Result<Option<Timestamp>, String> {
    let value = entry.get(name).unwrap_or(&Value::Null);
    date::moment_or_none(value).map_err(|_| format!("`{name}` is no date and time"))
}

fn weekday(entry: &Value) -> Result<Option<u8>, String> {
    let day = |value: &Value| u8::try_from(value.as_u64()?).ok().filter(|day| (1..=7).contains(day));
    match entry.get("weekday") {
        None | Some(Value::Null) => Ok(None),
        Some(value) => day(value).map(Some).ok_or_else(|| "`weekday` is not 1 (Monday) to 7".to_owned()),
    }
}
