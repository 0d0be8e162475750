//! What carts and orders have in common: lines, reductions, delivery.
//! <https://docs.commercetools.com/api/projects/carts>, <https://docs.commercetools.com/api/projects/orders>

use super::address::WireAddress;
use super::attribute::{Attribute, choices_in_words};
use super::lenient;
use super::money::{Cents, Offered};
use super::picture::{Asset, Picture, images};
use super::schema::Schema;
use super::text::{Localized, said};
use crate::error::Error;
use crate::model::{
    CartLine, Currency, Delivery, Discount, LineId, Market, Money, MoneyError, ProductId, StoreId, VariantId,
};
use serde::Deserialize;

/// What has to come along for names of reductions and for codes.
pub(super) const EXPANDED: [&str; 3] = [
    "discountCodes[*].discountCode",
    "lineItems[*].discountedPricePerQuantity[*].discountedPrice.includedDiscounts[*].discount",
    "discountOnTotalPrice.includedDiscounts[*].discount",
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Basket {
    pub(super) id: String,
    pub(super) line_items: Vec<Line>,
    pub(super) total_price: Cents,
    #[serde(default)]
    discount_on_total_price: Option<Reduction>,
    #[serde(default)]
    shipping_info: Option<ShippingInfo>,
    #[serde(default)]
    shipping_address: Option<WireAddress>,
    #[serde(default)]
    custom: Option<Custom>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Line {
    pub(super) id: String,
    product_id: String,
    #[serde(default)]
    product_slug: Option<Localized>,
    name: Localized,
    pub(super) variant: LineVariant,
    price: Offered,
    pub(super) quantity: u32,
    #[serde(default)]
    discounted_price_per_quantity: Vec<Portion>,
}

#[derive(Debug, Deserialize)]
pub(super) struct LineVariant {
    #[serde(default)]
    pub(super) sku: String,
    #[serde(default, deserialize_with = "lenient::list")]
    attributes: Vec<Attribute>,
    #[serde(default, deserialize_with = "lenient::list")]
    images: Vec<Picture>,
    #[serde(default, deserialize_with = "lenient::list")]
    assets: Vec<Asset>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Portion {
    quantity: u32,
    discounted_price: Reduction,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reduction {
    #[serde(default)]
    included_discounts: Vec<Included>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Included {
    discount: CartDiscount,
    discounted_amount: Cents,
}

#[derive(Debug, Deserialize)]
struct CartDiscount {
    id: String,
    #[serde(default)]
    obj: Option<Named>,
}

#[derive(Debug, Deserialize)]
struct Named {
    name: Localized,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ShippingInfo {
    price: Cents,
    #[serde(default)]
    discounted_price: Option<Lowered>,
}

#[derive(Debug, Deserialize)]
struct Lowered {
    value: Cents,
}

#[derive(Debug, Deserialize)]
struct Custom {
    #[serde(default)]
    fields: Fields,
}

#[derive(Debug, Default, Deserialize)]
struct Fields {
    /// Where a pickup is collected: a reference to a channel.
    #[serde(default, rename = "pickup-store")]
    pickup_store: Option<Reference>,
}

#[derive(Debug, Deserialize)]
struct Reference {
    id: String,
}

impl Basket {
    pub(super) fn currency(&self) -> Currency {
        self.total_price.money().currency
    }

    /// The lines, with the most pieces of each that can be had, where that is asked.
    pub(super) fn lines(
        &self,
        operation: &'static str,
        market: &Market,
        schema: &Schema,
        available: impl Fn(&str) -> Option<u32>,
    ) -> Result<Vec<CartLine>, Error> {
        let line = |line: &Line| {
            let name = said(&line.name, market);
            let price = line.price.price();
            let all = images(&line.variant.images, &line.variant.assets, market, &name);
            Ok(CartLine {
                id: LineId::new(line.id.clone()),
                product: ProductId::new(line.product_id.clone()),
                slug: line.product_slug.as_ref().map(|slug| said(slug, market)).unwrap_or_default(),
                variant: VariantId::new(line.variant.sku.clone()),
                name,
                choices: choices_in_words(&line.variant.attributes, schema, market),
                image: all.into_iter().next(),
                quantity: line.quantity,
                price,
                // Before the reductions, which are told for the whole.
                total: price.current.times(line.quantity).map_err(|e| sum(operation, e))?,
                available: available(&line.variant.sku),
            })
        };
        self.line_items.iter().map(line).collect()
    }

    /// The reductions of the lines and of the whole, one for each cart discount.
    pub(super) fn discounts(&self, operation: &'static str, market: &Market) -> Result<Vec<Discount>, Error> {
        let portions = self.line_items.iter().flat_map(|line| &line.discounted_price_per_quantity);
        let of_lines = portions.flat_map(|portion| {
            portion.discounted_price.included_discounts.iter().map(|included| (included, portion.quantity))
        });
        let of_all = self.discount_on_total_price.iter().flat_map(|all| &all.included_discounts);
        let mut found: Vec<(&str, Discount)> = Vec::new();
        for (included, times) in of_lines.chain(of_all.map(|included| (included, 1))) {
            let amount = included.discounted_amount.money().times(times).map_err(|e| sum(operation, e))?;
            let id = included.discount.id.as_str();
            match found.iter_mut().find(|(known, _)| *known == id) {
                Some((_, discount)) => {
                    discount.amount = discount.amount.plus(amount).map_err(|e| sum(operation, e))?;
                }
                None => {
                    let name = included.discount.obj.as_ref().map(|obj| said(&obj.name, market));
                    found.push((id, Discount { label: name.unwrap_or_default(), amount }));
                }
            }
        }
        found.retain(|(_, discount)| discount.amount.amount > 0);
        Ok(found.into_iter().map(|(_, discount)| discount).collect())
    }

    pub(super) fn delivery_price(&self) -> Option<Money> {
        let info = self.shipping_info.as_ref()?;
        Some(info.discounted_price.as_ref().map_or(info.price, |lowered| lowered.value).money())
    }

    /// The channel from which the goods are collected.
    pub(super) fn pickup(&self) -> Option<&str> {
        let field = self.custom.as_ref()?.fields.pickup_store.as_ref()?;
        Some(field.id.as_str())
    }

    /// `None` until a shipping method is chosen.
    pub(super) fn delivery(&self) -> Option<Delivery> {
        self.shipping_info.as_ref()?;
        Some(match self.pickup() {
            Some(store) => Delivery::Pickup { store: StoreId::new(store) },
            None => Delivery::Ship { address: self.shipping_address.as_ref().and_then(WireAddress::whole) },
        })
    }
}

/// The sum of all lines.
pub(super) fn subtotal(
    operation: &'static str,
    currency: Currency,
    lines: &[CartLine],
) -> Result<Money, Error> {
    let add = |sum: Money, line: &CartLine| sum.plus(line.total);
    lines.iter().try_fold(Money::zero(currency), add).map_err(|e| sum(operation, e))
}

pub(super) fn pieces(lines: &[CartLine]) -> u32 {
    lines.iter().map(|line| line.quantity).fold(0, u32::saturating_add)
}

fn sum(operation: &'static str, error: MoneyError) -> Error {
    Error::bad_answer(operation, format!("lineItems: {error}"))
}
