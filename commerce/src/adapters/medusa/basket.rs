//! What carts and orders have in common: Medusa sends both in nearly the same shape.

use super::amount::{Half, money};
use super::product::SIZE;
use super::words::{or_empty, picture};
use crate::error::Error;
use crate::model::{CartLine, Currency, Discount, Image, LineId, Money, Price, ProductId, VariantId};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Number, Value};

/// What Medusa's admin pages write for the only variant of a product.
const NO_CHOICE: &str = "Default variant";

/// A cart or an order.
#[derive(Deserialize)]
pub(super) struct Basket {
    pub(super) id: String,
    pub(super) currency_code: String,
    item_total: Box<RawValue>,
    original_item_total: Box<RawValue>,
    shipping_total: Box<RawValue>,
    total: Box<RawValue>,
    #[serde(default, deserialize_with = "or_empty")]
    pub(super) items: Vec<Line>,
    #[serde(default, deserialize_with = "or_empty")]
    pub(super) shipping_methods: Vec<Method>,
    // Of a cart.
    #[serde(default)]
    pub(super) locale: Option<String>,
    #[serde(default)]
    pub(super) completed_at: Option<Value>,
    #[serde(default, deserialize_with = "or_empty")]
    pub(super) promotions: Vec<Promotion>,
    #[serde(default)]
    pub(super) shipping_address: Value,
    // Of an order.
    #[serde(default)]
    pub(super) display_id: Option<Number>,
    #[serde(default, deserialize_with = "or_empty")]
    pub(super) status: String,
    #[serde(default, deserialize_with = "or_empty")]
    pub(super) fulfillment_status: String,
    #[serde(default, deserialize_with = "or_empty")]
    pub(super) created_at: String,
}

#[derive(Deserialize)]
pub(super) struct Line {
    pub(super) id: String,
    #[serde(default, deserialize_with = "or_empty")]
    created_at: String,
    #[serde(default, deserialize_with = "or_empty")]
    product_id: String,
    #[serde(default, deserialize_with = "or_empty")]
    product_handle: String,
    #[serde(default, deserialize_with = "or_empty")]
    product_title: String,
    #[serde(default, deserialize_with = "or_empty")]
    pub(super) variant_id: String,
    #[serde(default, deserialize_with = "or_empty")]
    variant_title: String,
    #[serde(default)]
    thumbnail: Option<String>,
    quantity: Number,
    unit_price: Box<RawValue>,
    #[serde(default)]
    compare_at_unit_price: Option<Box<RawValue>>,
    #[serde(default, deserialize_with = "or_empty")]
    is_tax_inclusive: bool,
    original_total: Box<RawValue>,
    #[serde(default, deserialize_with = "or_empty")]
    adjustments: Vec<Adjustment>,
}

#[derive(Deserialize)]
pub(super) struct Method {
    /// What was given when it was chosen.
    #[serde(default)]
    pub(super) data: Value,
    #[serde(default, deserialize_with = "or_empty")]
    adjustments: Vec<Adjustment>,
}

#[derive(Deserialize)]
struct Adjustment {
    #[serde(default)]
    code: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Promotion {
    #[serde(default, deserialize_with = "or_empty")]
    pub(super) code: String,
    #[serde(default, deserialize_with = "or_empty")]
    pub(super) is_automatic: bool,
}

/// What it comes to, tax included.
pub(super) struct Sums {
    pub(super) lines: Vec<CartLine>,
    pub(super) quantity: u32,
    pub(super) subtotal: Money,
    pub(super) discounts: Vec<Discount>,
    /// `None` until the delivery is chosen.
    pub(super) delivery_price: Option<Money>,
    pub(super) total: Money,
}

impl Basket {
    /// Whether a code takes something off, be it of the delivery.
    pub(super) fn active(&self, code: &str) -> bool {
        let methods = self.shipping_methods.iter().flat_map(|method| &method.adjustments);
        self.of_items().chain(methods).any(|adjustment| adjustment.code.as_deref() == Some(code))
    }

    fn of_items(&self) -> impl Iterator<Item = &Adjustment> {
        self.items.iter().flat_map(|line| &line.adjustments)
    }

    /// Adds it up in a currency. Medusa reckons reductions finer than a minor unit: an exact half is the
    /// customer's, in the reduction and in the total alike, so that the parts add up to the whole.
    pub(super) fn sums(&self, operation: &'static str, currency: Currency) -> Result<Sums, Error> {
        let amount = |field: &str, raw: &RawValue, half| money(operation, field, raw, currency, half);
        let subtotal = amount("original_item_total", &self.original_item_total, Half::Up)?;
        let reduced = amount("item_total", &self.item_total, Half::Down)?;
        let off = subtotal.amount.saturating_sub(reduced.amount);
        let mut codes: Vec<&str> = self.of_items().filter_map(|a| a.code.as_deref()).collect();
        codes.sort_unstable();
        codes.dedup();
        let discount = || Discount { label: codes.join(", "), amount: Money::new(off, currency) };
        let delivery = amount("shipping_total", &self.shipping_total, Half::Up)?;
        let mut items: Vec<(usize, &Line)> = self.items.iter().enumerate().collect();
        items.sort_by_key(|(_, line)| (line.created_at.as_str(), line.id.as_str()));
        let lines = items.into_iter().map(|(at, line)| line.shown(operation, currency, at));
        let lines = lines.collect::<Result<Vec<_>, _>>()?;
        Ok(Sums {
            quantity: lines.iter().map(|line| line.quantity).fold(0, u32::saturating_add),
            lines,
            subtotal,
            discounts: (off > 0).then(discount).into_iter().collect(),
            delivery_price: (!self.shipping_methods.is_empty()).then_some(delivery),
            total: amount("total", &self.total, Half::Down)?,
        })
    }
}

impl Line {
    fn shown(&self, operation: &'static str, currency: Currency, at: usize) -> Result<CartLine, Error> {
        let amount = |name: &str, raw: &RawValue| {
            money(operation, &format!("items[{at}].{name}"), raw, currency, Half::Up)
        };
        let pieces = self.quantity.as_u64().and_then(|pieces| u32::try_from(pieces).ok());
        let quantity = pieces
            .ok_or_else(|| Error::bad_answer(operation, format!("items[{at}].quantity is no count")))?;
        let total = amount("original_total", &self.original_total)?;
        let price = if self.is_tax_inclusive {
            let current = amount("unit_price", &self.unit_price)?;
            let was = self.compare_at_unit_price.as_ref();
            let was = was.map(|raw| amount("compare_at_unit_price", raw)).transpose()?;
            Price { current, was: was.filter(|was| was.amount > current.amount) }
        } else {
            // Prices are kept without tax: only the line's total has it.
            let each = total.amount.checked_div(i64::from(quantity)).unwrap_or_default();
            Price { current: Money::new(each, currency), was: None }
        };
        let chosen = self.variant_title.as_str();
        let choices = if chosen == NO_CHOICE || chosen == self.product_title { "" } else { chosen };
        let image = self.thumbnail.as_deref().and_then(picture).map(|url| Image {
            url: url.to_owned(),
            alt: self.product_title.clone(),
            width: SIZE.0,
            height: SIZE.1,
            renditions: Vec::new(),
        });
        Ok(CartLine {
            id: LineId::new(self.id.clone()),
            product: ProductId::new(self.product_id.clone()),
            slug: self.product_handle.clone(),
            variant: VariantId::new(self.variant_id.clone()),
            name: self.product_title.clone(),
            choices: choices.replace(" / ", ", "),
            image,
            quantity,
            price,
            total,
            available: None,
        })
    }
}
