//! Vendure's order, placed or not, as the model's lines and sums.

use super::found::{Asset, VariantFields, readable};
use super::price::{money, price, stock};
use super::product::image;
use crate::model::{
    Address, AppliedCode, Cart, CartId, CartLine, Currency, Delivery, Discount, LineId, Market, Money,
    ProductId, StoreId, VariantId,
};
use serde::Deserialize;

/// The fragments of an order and of a refusal.
pub(super) const BASKET: &str = include_str!("graphql/basket.graphql");
pub(super) const NO: &str = include_str!("graphql/no.graphql");
/// A shipping method of this name and a store's id collects from that store.
pub(super) const PICKUP: &str = "pickup-";

/// An order, placed or not.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Basket {
    pub(super) code: String,
    pub(super) state: String,
    pub(super) order_placed_at: Option<jiff::Timestamp>,
    pub(super) currency_code: Currency,
    coupon_codes: Vec<String>,
    total_with_tax: i64,
    pub(super) lines: Vec<Line>,
    discounts: Vec<Reduction>,
    shipping_lines: Vec<ShippingLine>,
    #[serde(default)]
    shipping_address: Option<ShippingAddress>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Line {
    pub(super) id: String,
    #[serde(default)]
    created_at: String,
    pub(super) quantity: u32,
    unit_price_with_tax: i64,
    line_price_with_tax: i64,
    product_variant: LineVariant,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LineVariant {
    id: String,
    stock_level: String,
    #[serde(default)]
    options: Vec<LineOption>,
    product: LineProduct,
    #[serde(default, deserialize_with = "readable")]
    custom_fields: Vec<VariantFields>,
}

#[derive(Deserialize)]
struct LineOption {
    name: String,
    group: Group,
}

#[derive(Deserialize)]
struct Group {
    code: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LineProduct {
    id: String,
    slug: String,
    name: String,
    #[serde(default, deserialize_with = "readable")]
    featured_asset: Vec<Asset>,
    #[serde(default)]
    option_groups: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reduction {
    description: String,
    amount_with_tax: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ShippingLine {
    price_with_tax: i64,
    shipping_method: Method,
}

#[derive(Deserialize)]
struct Method {
    code: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ShippingAddress {
    full_name: Option<String>,
    street_line1: Option<String>,
    city: Option<String>,
    postal_code: Option<String>,
    country_code: Option<String>,
}

impl Line {
    /// Whether it is this variant.
    pub(super) fn is_of(&self, variant: &str) -> bool {
        self.product_variant.id == variant
    }

    /// How many pieces there are, where the shop tells.
    pub(super) fn available(&self) -> Option<u32> {
        stock(&self.product_variant.stock_level).quantity
    }

    fn shown(&self, market: &Market, currency: Currency) -> CartLine {
        let variant = &self.product_variant;
        let product = &variant.product;
        let choice = |group: &Group| {
            Some(variant.options.iter().find(|option| option.group.code == group.code)?.name.as_str())
        };
        let comma = if market.language() == "ar" { "، " } else { ", " };
        CartLine {
            id: LineId::new(&self.id),
            product: ProductId::new(&product.id),
            slug: product.slug.clone(),
            variant: VariantId::new(&variant.id),
            name: product.name.clone(),
            choices: product.option_groups.iter().filter_map(choice).collect::<Vec<_>>().join(comma),
            image: product.featured_asset.iter().find_map(|asset| image(asset, &product.name)),
            quantity: self.quantity,
            price: price(money(self.unit_price_with_tax, currency), &variant.custom_fields),
            total: money(self.line_price_with_tax, currency),
            available: self.available(),
        }
    }
}

impl Basket {
    pub(super) fn shown_lines(&self, market: &Market) -> Vec<CartLine> {
        let mut lines: Vec<&Line> = self.lines.iter().collect();
        // Vendure promises no order; where it counts seconds or ids, this is the order of adding.
        lines.sort_by_key(|line| (&line.created_at, line.id.len(), &line.id));
        lines.into_iter().map(|line| line.shown(market, self.currency_code)).collect()
    }

    pub(super) fn subtotal(&self) -> Money {
        let lines = self.lines.iter().map(|line| line.line_price_with_tax);
        money(lines.fold(0, i64::saturating_add), self.currency_code)
    }

    pub(super) fn total(&self) -> Money {
        money(self.total_with_tax, self.currency_code)
    }

    /// Reductions of the goods and of the delivery; their words are in the language of the last change.
    pub(super) fn reductions(&self) -> Vec<Discount> {
        let shown = |reduction: &Reduction| Discount {
            label: reduction.description.clone(),
            amount: money(reduction.amount_with_tax.saturating_neg(), self.currency_code),
        };
        self.discounts.iter().filter(|reduction| reduction.amount_with_tax < 0).map(shown).collect()
    }

    /// Before its own reductions, which are among the others.
    pub(super) fn delivery_price(&self) -> Option<Money> {
        let prices = self.shipping_lines.iter().map(|line| line.price_with_tax);
        let sum = prices.fold(0, i64::saturating_add);
        (!self.shipping_lines.is_empty()).then(|| money(sum, self.currency_code))
    }

    fn delivery(&self) -> Option<Delivery> {
        let method = self.shipping_lines.first()?.shipping_method.code.as_str();
        if let Some(store) = method.strip_prefix(PICKUP) {
            return Some(Delivery::Pickup { store: StoreId::new(store) });
        }
        let address = self.shipping_address.as_ref().and_then(|address| {
            Some(Address {
                name: address.full_name.clone().unwrap_or_default(),
                street: address.street_line1.clone()?,
                city: address.city.clone().unwrap_or_default(),
                postcode: address.postal_code.clone().unwrap_or_default(),
                country: address.country_code.clone()?,
            })
        });
        Some(Delivery::Ship { address })
    }

    /// The cart. Vendure tells what codes take off only in sum, so all codes are in force when that is
    /// more than nothing.
    pub(super) fn shown(&self, market: &Market, id: &CartId) -> Cart {
        let discounts = self.reductions();
        let code = |code: &String| AppliedCode { code: code.clone(), active: !discounts.is_empty() };
        Cart {
            id: id.clone(),
            version: None,
            lines: self.shown_lines(market),
            quantity: self.lines.iter().map(|line| line.quantity).fold(0, u32::saturating_add),
            subtotal: self.subtotal(),
            codes: self.coupon_codes.iter().map(code).collect(),
            discounts,
            delivery: self.delivery(),
            delivery_price: self.delivery_price(),
            total: self.total(),
        }
    }

    /// Whether a code was given, however it is typed.
    pub(super) fn has_code(&self, code: &str) -> Option<&str> {
        self.coupon_codes.iter().find(|own| own.eq_ignore_ascii_case(code.trim())).map(String::as_str)
    }
}
