//! Carts as the model, and changes to them as bodies.

use super::basket::Basket;
use super::store;
use super::words::word;
use crate::error::{Error, Kind, Subject};
use crate::model::{Address, AppliedCode, Cart, CartId, Contact, Delivery, Market, StoreId};
use serde::Deserialize;
use serde_json::{Value, json};

const OPERATION: &str = "medusa.cart";

#[derive(Deserialize)]
pub(super) struct Carts {
    pub(super) cart: Basket,
}

/// Whether the cart is of another market: its money or its words are others.
pub(super) fn is_foreign(basket: &Basket, market: &Market) -> bool {
    let currency = basket.currency_code.eq_ignore_ascii_case(market.currency().code());
    !currency || basket.locale.as_deref() != Some(market.locale())
}

/// The cart, unless it has become an order.
///
/// # Errors
/// `NotFound` for a cart that was ordered, `BadAnswer` for amounts that cannot be read.
pub(super) fn cart(basket: Basket, market: &Market) -> Result<Cart, Error> {
    if basket.completed_at.is_some() {
        return Err(Error::new(Kind::NotFound(Subject::Cart), OPERATION, "the cart was ordered"));
    }
    if !basket.currency_code.eq_ignore_ascii_case(market.currency().code()) {
        let fault = format!("currency_code is not {}, which was asked for", market.currency());
        return Err(Error::bad_answer(OPERATION, fault));
    }
    let sums = basket.sums(OPERATION, market.currency())?;
    let given = basket.promotions.iter().filter(|promotion| !promotion.is_automatic);
    let codes = given.map(|promotion| AppliedCode {
        code: promotion.code.clone(),
        active: basket.active(&promotion.code),
    });
    Ok(Cart {
        codes: codes.collect(),
        delivery: delivery(&basket),
        id: CartId::new(basket.id),
        version: None,
        lines: sums.lines,
        quantity: sums.quantity,
        subtotal: sums.subtotal,
        discounts: sums.discounts,
        delivery_price: sums.delivery_price,
        total: sums.total,
    })
}

/// How the goods arrive, once a method is chosen; of a pickup, its store was given with it.
pub(super) fn delivery(basket: &Basket) -> Option<Delivery> {
    let method = basket.shipping_methods.last()?;
    Some(match store::chosen(&method.data) {
        Some(id) => Delivery::Pickup { store: StoreId::new(id) },
        None => Delivery::Ship { address: address(&basket.shipping_address) },
    })
}

/// An address is one once it has a street: Medusa fills in the region's country by itself.
fn address(record: &Value) -> Option<Address> {
    let field = |key: &str| word(record, key).unwrap_or_default().to_owned();
    let street = word(record, "address_1").filter(|street| !street.is_empty())?.to_owned();
    let name = [field("first_name"), field("last_name")].join(" ").trim().to_owned();
    Some(Address {
        name,
        street,
        city: field("city"),
        postcode: field("postal_code"),
        country: field("country_code").to_ascii_uppercase(),
    })
}

/// An address as Medusa takes it; its name, or else the contact's.
pub(super) fn address_body(address: &Address, contact: Option<&Contact>) -> Value {
    let own = Some(address.name.as_str()).filter(|name| !name.trim().is_empty());
    let (first, last) = names(own.or(contact.map(|c| c.name.as_str())).unwrap_or_default());
    json!({
        "first_name": first,
        "last_name": last,
        "address_1": address.street,
        "city": address.city,
        "postal_code": address.postcode,
        "country_code": address.country.to_ascii_lowercase(),
    })
}

/// Medusa keeps two names; the last word is the second.
pub(super) fn names(name: &str) -> (&str, &str) {
    let name = name.trim();
    name.rsplit_once(' ').map_or((name, ""), |(first, last)| (first.trim(), last))
}
