//! Carts as the model; pure.

use super::shape::{Cash, Nodes, Picture, lenient, price};
use crate::error::Error;
use crate::model::{
    Address, AppliedCode, Cart, CartId, CartLine, Currency, Delivery, Discount, LineId, Market, Money,
    MoneyError, ProductId, StoreId, VariantId,
};
use serde::Deserialize;

/// `cart_parts.graphql`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Parts {
    pub(super) id: String,
    pub(super) checkout_url: String,
    buyer_identity: Buyer,
    delivery: Addresses,
    pub(super) delivery_groups: Nodes<Group>,
    pub(super) discount_codes: Vec<Code>,
    discount_allocations: Vec<Allocation>,
    cost: Total,
    pub(super) lines: Nodes<Line>,
}

#[derive(Debug, Clone, Deserialize)]
struct Buyer {
    preferences: Option<Preferences>,
}

#[derive(Debug, Clone, Deserialize)]
struct Preferences {
    delivery: Option<Preferred>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Preferred {
    delivery_method: Vec<String>,
    pickup_handle: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Addresses {
    addresses: Vec<Selected>,
}

#[derive(Debug, Clone, Deserialize)]
struct Selected {
    address: Postal,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Postal {
    name: Option<String>,
    address1: Option<String>,
    city: Option<String>,
    zip: Option<String>,
    country_code: Option<String>,
}

/// Lines that travel together, and the ways in which they can.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Group {
    pub(super) id: String,
    pub(super) delivery_options: Vec<Way>,
    pub(super) selected_delivery_option: Option<Chosen>,
}

/// A way to deliver; for a pickup, its title is the location's name.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Way {
    pub(super) handle: String,
    pub(super) title: Option<String>,
    pub(super) delivery_method_type: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Chosen {
    pub(super) handle: String,
    delivery_method_type: String,
    estimated_cost: Cash,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Code {
    pub(super) code: String,
    applicable: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Allocation {
    target_type: String,
    discounted_amount: Cash,
    code: Option<String>,
    title: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Total {
    total_amount: Cash,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) quantity: u32,
    cost: LineCost,
    #[serde(default)]
    discount_allocations: Vec<Allocation>,
    pub(super) merchandise: Merchandise,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LineCost {
    amount_per_quantity: Cash,
    compare_at_amount_per_quantity: Option<Cash>,
    subtotal_amount: Cash,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Merchandise {
    #[serde(flatten)]
    pub(super) limits: Limits,
    title: String,
    #[serde(rename = "selectedOptions")]
    selected_options: Vec<Selection>,
    product: Product,
}

/// How many pieces of a variant can be had.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Limits {
    pub(super) id: String,
    available_for_sale: bool,
    quantity_available: Option<i64>,
    #[serde(default)]
    currently_not_in_stock: bool,
    quantity_rule: Option<Rule>,
}

#[derive(Debug, Clone, Deserialize)]
struct Rule {
    maximum: Option<u32>,
}

impl Limits {
    /// What is left, where Shopify tells and it matters: some shops sell on without stock.
    pub(super) fn left(&self) -> Option<u32> {
        match (self.available_for_sale, self.currently_not_in_stock) {
            (false, _) => Some(0),
            (true, true) => None,
            (true, false) => self.quantity_available.map(|left| u32::try_from(left).unwrap_or_default()),
        }
    }

    /// The most of one line.
    pub(super) fn most(&self) -> Option<u32> {
        self.quantity_rule.as_ref().and_then(|rule| rule.maximum)
    }
}

#[derive(Debug, Clone, Deserialize)]
struct Selection {
    value: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Product {
    id: String,
    handle: String,
    title: String,
    #[serde(default, deserialize_with = "lenient")]
    featured_image: Option<Picture>,
}

impl Parts {
    /// What the cart's amounts are in: that of its buyer's country, whatever the question's.
    pub(super) fn currency(&self) -> Currency {
        self.cost.total_amount.0.currency
    }

    /// The cart as the model.
    ///
    /// # Errors
    /// `BadAnswer` when its amounts cannot be added.
    pub(super) fn cart(self, operation: &'static str, market: &Market) -> Result<Cart, Error> {
        let wrong = |error: MoneyError| Error::bad_answer(operation, format!("data.cart.cost: {error}"));
        let zero = Money::zero(self.currency());
        let sum = |mut amounts: Vec<Money>| -> Result<Money, Error> {
            amounts.drain(..).try_fold(zero, Money::plus).map_err(wrong)
        };
        let (delivery, shipping) = (self.delivery(), self.delivery_price());
        let of_lines = self.lines.nodes.iter().flat_map(|line| &line.discount_allocations);
        let all = || self.discount_allocations.iter().chain(of_lines.clone());
        let mut discounts: Vec<Discount> = Vec::new();
        for given in all().filter(|given| given.target_type != "SHIPPING_LINE") {
            let label = given.code.as_ref().or(given.title.as_ref()).cloned().unwrap_or_default();
            let amount = given.discounted_amount.0;
            match discounts.iter_mut().find(|known| known.label == label) {
                Some(known) => known.amount = known.amount.plus(amount).map_err(wrong)?,
                None => discounts.push(Discount { label, amount }),
            }
        }
        let shipped_free = all().filter(|given| given.target_type == "SHIPPING_LINE");
        let off: Vec<Money> = shipped_free.map(|given| given.discounted_amount.0).collect();
        let off = sum(off)?;
        let delivery_price = match shipping.filter(|_| delivery.is_some()) {
            Some(amounts) => Some(sum(amounts)?.plus(Money { amount: -off.amount, ..off }).map_err(wrong)?),
            None => None,
        };
        let subtotals = self.lines.nodes.iter().map(|line| line.cost.subtotal_amount.0).collect();
        let codes =
            self.discount_codes.iter().map(|c| AppliedCode { code: c.code.clone(), active: c.applicable });
        Ok(Cart {
            version: None,
            quantity: self.lines.nodes.iter().fold(0, |sum, line| sum.saturating_add(line.quantity)),
            subtotal: sum(subtotals)?,
            discounts,
            codes: codes.collect(),
            delivery,
            delivery_price,
            total: self.cost.total_amount.0,
            lines: self.lines.nodes.into_iter().map(|line| shown(line, market)).collect(),
            id: CartId::new(self.id),
        })
    }

    fn delivery(&self) -> Option<Delivery> {
        let preferred = self.buyer_identity.preferences.as_ref().and_then(|p| p.delivery.as_ref());
        let picked = preferred.filter(|p| p.delivery_method.iter().any(|method| method == "PICK_UP"));
        if let Some(store) = picked.and_then(|p| p.pickup_handle.first()) {
            return Some(Delivery::Pickup { store: StoreId::new(store.clone()) });
        }
        let address = &self.delivery.addresses.first()?.address;
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        // An address of nothing but a country stands for "ship it, I will say where to later".
        let whole = address.address1.as_ref().map(|street| Address {
            name: text(&address.name),
            street: street.clone(),
            city: text(&address.city),
            postcode: text(&address.zip),
            country: text(&address.country_code),
        });
        Some(Delivery::Ship { address: whole })
    }

    /// What the chosen ways cost; `None` while none is chosen, or another than the visitor wants.
    fn delivery_price(&self) -> Option<Vec<Money>> {
        let wanted = match self.delivery()? {
            Delivery::Pickup { .. } => "PICK_UP",
            Delivery::Ship { .. } => "SHIPPING",
        };
        let costs = self.delivery_groups.nodes.iter().map(|group| {
            let chosen = group.selected_delivery_option.as_ref()?;
            (chosen.delivery_method_type == wanted).then_some(chosen.estimated_cost.0)
        });
        costs.collect::<Option<Vec<Money>>>().filter(|costs| !costs.is_empty())
    }
}

fn shown(line: Line, market: &Market) -> CartLine {
    let variant = line.merchandise;
    let words: Vec<String> = variant.selected_options.into_iter().map(|option| option.value).collect();
    let comma = if market.language() == "ar" { "، " } else { ", " };
    let (left, most) = (variant.limits.left(), variant.limits.most());
    CartLine {
        id: LineId::new(line.id),
        available: left.map(|left| most.map_or(left, |most| left.min(most))),
        product: ProductId::new(variant.product.id),
        slug: variant.product.handle,
        variant: VariantId::new(variant.limits.id),
        choices: if variant.title == "Default Title" { String::new() } else { words.join(comma) },
        image: variant.product.featured_image.map(|picture| picture.image(&variant.product.title)),
        name: variant.product.title,
        quantity: line.quantity,
        price: price(line.cost.amount_per_quantity, line.cost.compare_at_amount_per_quantity),
        total: line.cost.subtotal_amount.0,
    }
}

impl Chosen {
    /// Whether it goes to an address.
    pub(super) fn ships(&self) -> bool {
        self.delivery_method_type == "SHIPPING"
    }
}
