//! A change of a cart as update actions of commercetools.
//! <https://docs.commercetools.com/api/projects/carts#update-actions>

use super::address;
use super::cart::{CHANGE, Shelf, WireCart};
use super::delivery::{Collected, Methods};
use crate::error::{Error, Kind, Refusal};
use crate::model::{CartChange, Delivery, Market};
use serde_json::{Value, json};

/// The SKUs whose stock a change needs beside those of the cart.
pub(super) fn wanted(change: &CartChange) -> Option<String> {
    match change {
        CartChange::Add { variant, .. } => Some(variant.as_str().to_owned()),
        _ => None,
    }
}

/// What stands around a change of delivery.
pub(super) struct Around<'a> {
    pub(super) market: &'a Market,
    pub(super) shelf: &'a Shelf,
    pub(super) methods: &'a Methods,
    pub(super) collected: Option<&'a Collected>,
}

/// The actions that do it.
///
/// # Errors
/// The refusals that commercetools leaves to whoever asks: stock is checked there only as an order is placed.
pub(super) fn actions(
    cart: &WireCart,
    change: &CartChange,
    around: &Around<'_>,
) -> Result<Vec<Value>, Error> {
    let shelf = around.shelf;
    let line = |id: &str| {
        let found = cart.basket.line_items.iter().find(|line| line.id == id);
        found.ok_or_else(|| refused(Refusal::UnknownLine))
    };
    Ok(match change {
        CartChange::Add { quantity: 0, .. } => return Err(invalid("quantity")),
        CartChange::Add { variant, quantity } => {
            let sku = variant.as_str();
            let present = cart.basket.line_items.iter().find(|line| line.variant.sku == sku);
            let all = present.map_or(0, |line| line.quantity).saturating_add(*quantity);
            check(shelf, sku, all)?;
            vec![json!({ "action": "addLineItem", "sku": sku, "quantity": quantity })]
        }
        CartChange::Set { line: id, quantity } => {
            check(shelf, &line(id.as_str())?.variant.sku, *quantity)?;
            let action = "changeLineItemQuantity";
            vec![json!({ "action": action, "lineItemId": id.as_str(), "quantity": quantity })]
        }
        CartChange::Remove { line: id } => {
            line(id.as_str())?;
            vec![json!({ "action": "removeLineItem", "lineItemId": id.as_str() })]
        }
        CartChange::ApplyCode { code } => {
            vec![json!({ "action": "addDiscountCode", "code": code.trim() })]
        }
        CartChange::RemoveCode { code } => {
            let own = |info: &&super::cart::CodeInfo| info.code().eq_ignore_ascii_case(code.trim());
            let info = cart
                .discount_codes
                .iter()
                .find(own)
                .ok_or_else(|| refused(Refusal::BadCode { exists: None }))?;
            let reference = json!({ "typeId": "discount-code", "id": info.discount_code.id });
            vec![json!({ "action": "removeDiscountCode", "discountCode": reference })]
        }
        CartChange::ChooseDelivery { delivery } => delivered(cart, delivery, "", around)?,
    })
}

/// Chooses how the goods arrive. `name` is whose door it is, where the address does not say.
pub(super) fn delivered(
    cart: &WireCart,
    delivery: &Delivery,
    name: &str,
    around: &Around<'_>,
) -> Result<Vec<Value>, Error> {
    let (address, method, custom) = match delivery {
        Delivery::Ship { address } => {
            // A method needs a country at least, and before the visitor tells it is the market's.
            let unknown = || json!({ "country": around.market.country() });
            let address = address.as_ref().map_or_else(unknown, |address| address::written(address, name));
            // Without a type, the fields go.
            let forget = cart.basket.pickup().map(|_| json!({ "action": "setCustomType" }));
            (address, around.methods.shipping()?, forget)
        }
        Delivery::Pickup { .. } => {
            let collected = around.collected.ok_or_else(|| invalid("delivery.store"))?;
            let fields = json!({ "pickup-store": { "typeId": "channel", "id": collected.channel.id } });
            let kind = json!({ "typeId": "type", "key": "fulfilment" });
            let chosen = json!({ "action": "setCustomType", "type": kind, "fields": fields });
            (collected.address.clone(), around.methods.pickup()?, Some(chosen))
        }
    };
    let method = json!({ "typeId": "shipping-method", "id": method });
    let actions = [
        Some(json!({ "action": "setShippingAddress", "address": address })),
        Some(json!({ "action": "setShippingMethod", "shippingMethod": method })),
        custom,
    ];
    Ok(actions.into_iter().flatten().collect())
}

/// Whether so many pieces can be had. Who wants too many hears the smaller of stock and limit.
fn check(shelf: &Shelf, sku: &str, quantity: u32) -> Result<(), Error> {
    let (left, limit) = (shelf.left(sku), shelf.limit(sku));
    match (left, limit) {
        (Some(left), limit) if quantity > left && limit.is_none_or(|limit| left < limit) => {
            Err(refused(Refusal::OutOfStock { available: Some(left) }))
        }
        (_, Some(most)) if quantity > most => Err(refused(Refusal::QuantityLimit { most })),
        _ => Ok(()),
    }
}

/// commercetools says "no such variant" in several ways, and so does each of its versions: whatever it has
/// against an added line, other than the refusals that it names, is about the variant.
pub(super) fn added(change: &CartChange, error: Error) -> Error {
    match (change, &error.kind) {
        (CartChange::Add { .. }, Kind::Failed { status: 400 }) => {
            Error { kind: Kind::Refused(Refusal::UnknownVariant), ..error }
        }
        _ => error,
    }
}

fn refused(refusal: Refusal) -> Error {
    Error::new(Kind::Refused(refusal), CHANGE, "")
}

pub(super) fn invalid(field: &str) -> Error {
    refused(Refusal::Invalid { field: field.to_owned() })
}
