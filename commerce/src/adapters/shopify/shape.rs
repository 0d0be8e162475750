//! What the API's answers are made of: money, pictures, metafields, lists; pure.

use crate::model::{Currency, Image, Money, Price, Rating, Rendition, Stock, StockLevel};
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer};

/// `MoneyV2`: a decimal string of major units. A wrong one fails where it stands, so that the error names it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "MoneyV2")]
pub(super) struct Cash(pub(super) Money);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MoneyV2 {
    amount: String,
    currency_code: Currency,
}

impl TryFrom<MoneyV2> for Cash {
    type Error = crate::model::MoneyError;
    fn try_from(money: MoneyV2) -> Result<Self, Self::Error> {
        Money::from_decimal(&money.amount, money.currency_code).map(Self)
    }
}

/// A price with the former one, which counts only when it was higher.
pub(super) fn price(now: Cash, before: Option<Cash>) -> Price {
    let was = before.map(|cash| cash.0).filter(|was| was.amount > now.0.amount);
    Price { current: now.0, was }
}

/// A connection of which only the nodes were asked.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Nodes<T> {
    pub(super) nodes: Vec<T>,
}

impl<T> Default for Nodes<T> {
    fn default() -> Self {
        Self { nodes: Vec::new() }
    }
}

/// A part without which the rest is still of use: what cannot be read is taken as not there.
pub(super) fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(T::deserialize(value).ok())
}

/// An element of a list that may be left out.
#[derive(Debug, Deserialize)]
#[serde(transparent, bound = "T: DeserializeOwned")]
pub(super) struct Maybe<T>(#[serde(deserialize_with = "lenient")] pub(super) Option<T>);

/// A metafield's or a metaobject field's text.
#[derive(Debug, Deserialize)]
pub(super) struct Meta {
    value: Option<String>,
}

/// The text of a metafield that may be missing; empty then.
pub(super) fn text(meta: Option<Meta>) -> String {
    meta.and_then(|meta| meta.value).unwrap_or_default()
}

/// The JSON of a metafield; `None` when it is missing or something else.
pub(super) fn json<T: DeserializeOwned>(meta: Option<Meta>) -> Option<T> {
    serde_json::from_str(&meta?.value?).ok()
}

#[derive(Deserialize)]
struct Scale {
    value: String,
}

/// The standard metafields `reviews.rating` and `reviews.rating_count`.
pub(super) fn rating(rating: Option<Meta>, count: Option<Meta>) -> Option<Rating> {
    let scale: Scale = json(rating)?;
    let (whole, fraction) = scale.value.split_once('.').unwrap_or((&scale.value, "0"));
    let digit = |at: usize| fraction.chars().nth(at).and_then(|c| c.to_digit(10)).unwrap_or(0);
    let tenths = whole.parse::<u32>().ok()?.checked_mul(10)? + digit(0) + u32::from(digit(1) >= 5);
    let count: u32 = text(count).parse().ok()?;
    (count > 0 && (10..=50).contains(&tenths))
        .then(|| u8::try_from(tenths).ok())?
        .map(|average_tenths| Rating { average_tenths, count })
}

/// An `Image`; Shopify does not measure every kind of file, and a picture without its size is left out.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Picture {
    url: String,
    alt_text: Option<String>,
    width: u32,
    height: u32,
    small: String,
    medium: String,
    large: String,
}

impl Picture {
    /// With what it shows, or else the name of what it belongs to.
    pub(super) fn image(self, name: &str) -> Image {
        let height = |width: u32| {
            let high = u64::from(width) * u64::from(self.height) + u64::from(self.width) / 2;
            high.checked_div(u64::from(self.width)).and_then(|h| u32::try_from(h).ok()).unwrap_or_default()
        };
        let sizes = [(240, self.small), (480, self.medium), (960, self.large)];
        let smaller = sizes.into_iter().filter(|(width, _)| *width <= self.width);
        let renditions =
            smaller.map(|(width, url)| Rendition { url, width, height: height(width) }).collect();
        let alt = self.alt_text.filter(|alt| !alt.is_empty()).unwrap_or_else(|| name.to_owned());
        Image { alt, renditions, url: self.url, width: self.width, height: self.height }
    }
}

/// A picture that a metafield refers to.
#[derive(Debug, Deserialize)]
pub(super) struct MediaRef {
    #[serde(default, deserialize_with = "lenient")]
    reference: Option<Media>,
}

#[derive(Debug, Deserialize)]
struct Media {
    image: Picture,
}

impl MediaRef {
    pub(super) fn image(self, name: &str) -> Option<Image> {
        self.reference.map(|media| media.image.image(name))
    }
}

/// What there is. The quantity is missing for a token without the inventory scope; it may be below zero when
/// a shop sells on, and then says nothing.
pub(super) fn stock(for_sale: bool, quantity: Option<i64>) -> Stock {
    match (for_sale, quantity) {
        (false, quantity) => Stock { quantity: quantity.map(|_| 0), ..Stock::word(StockLevel::OutOfStock) },
        (true, Some(left @ 1..)) => Stock::of(u32::try_from(left).unwrap_or(u32::MAX)),
        (true, _) => Stock::word(StockLevel::InStock),
    }
}

/// A name as Shopify makes handles of it: `Larkspur & Finch` is `larkspur-finch`.
pub(super) fn handle(name: &str) -> String {
    let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}
