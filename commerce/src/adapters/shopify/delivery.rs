//! How a cart's goods arrive.
//!
//! Shopify prices a delivery once the cart has goods and an address, of which the country is enough. A pickup
//! is a delivery option too; the buyer's preferences say for which location (`pickupHandle` takes its id), and
//! fill in Shopify's checkout.

use super::Shopify;
use super::ask::is_gid;
use super::cart::{Group, Parts};
use super::documents as ask;
use super::refusal::invalid;
use crate::error::{Error, Kind};
use crate::model::{Address, CartId, Delivery, Market};
use serde::Deserialize;
use serde_json::{Value, json};

/// The answer of `location_name.graphql`.
#[derive(Deserialize)]
struct Answer {
    node: Option<Location>,
}

#[derive(Deserialize)]
struct Location {
    name: Option<String>,
}

impl Shopify {
    /// Chooses a delivery, and notes the buyer's e-mail address when it is given.
    pub(super) async fn deliver(
        &self,
        operation: &'static str,
        market: &Market,
        cart: &CartId,
        delivery: &Delivery,
        email: Option<&str>,
    ) -> Result<Parts, Error> {
        let (to, preferred, wanted) = match delivery {
            Delivery::Ship { address: Some(address) } => (
                self::address(operation, address)?,
                json!({ "deliveryMethod": ["SHIPPING"], "pickupHandle": [] }),
                None,
            ),
            Delivery::Ship { address: None } => {
                let country = json!({ "countryCode": market.country() });
                (country, json!({ "deliveryMethod": ["SHIPPING"], "pickupHandle": [] }), None)
            }
            Delivery::Pickup { store } => {
                let name = self.location(operation, market, store.as_str()).await?;
                let preferred = json!({ "deliveryMethod": ["PICK_UP"], "pickupHandle": [store] });
                (json!({ "countryCode": market.country() }), preferred, Some(name))
            }
        };
        let addresses =
            json!([{ "selected": true, "oneTimeUse": true, "address": { "deliveryAddress": to } }]);
        let variables = json!({ "cart": cart, "addresses": addresses });
        let written = self.write(operation, market, ask::ADDRESSES_REPLACE, variables, None).await;
        written.map_err(|error| unknown_country(operation, error))?;
        let mut identity = json!({ "preferences": { "delivery": preferred } });
        if let (Some(email), Some(fields)) = (email, identity.as_object_mut()) {
            fields.insert("email".into(), email.into());
        }
        let variables = json!({ "cart": cart, "identity": identity });
        let (after, _) = self.write(operation, market, ask::IDENTITY_UPDATE, variables, None).await?;
        let options: Vec<Value> = after
            .delivery_groups
            .nodes
            .iter()
            .filter_map(|group| other_option(group, wanted.as_deref()))
            .collect();
        if options.is_empty() {
            return Ok(after);
        }
        let variables = json!({ "cart": cart, "options": options });
        Ok(self.write(operation, market, ask::OPTIONS_SELECT, variables, None).await?.0)
    }

    /// The name of a location, by which its option is known.
    async fn location(&self, operation: &'static str, market: &Market, id: &str) -> Result<String, Error> {
        let unknown = || invalid(operation, "delivery.store");
        if !is_gid("Location", id) {
            return Err(unknown());
        }
        let answer: Answer = self.ask(operation, market, ask::LOCATION_NAME, json!({ "id": id })).await?;
        answer.node.and_then(|location| location.name).ok_or_else(unknown)
    }
}

/// The option to select instead of what is selected: the location's, or the first that ships.
fn other_option(group: &Group, location: Option<&str>) -> Option<Value> {
    let wanted = group.delivery_options.iter().find(|way| match location {
        Some(name) => way.delivery_method_type == "PICK_UP" && way.title.as_deref() == Some(name),
        None => way.delivery_method_type == "SHIPPING",
    })?;
    let selected = group.selected_delivery_option.as_ref();
    let is_selected = selected.is_some_and(|own| match location {
        Some(_) => own.handle == wanted.handle,
        None => own.ships(),
    });
    (!is_selected).then(|| json!({ "deliveryGroupId": group.id, "deliveryOptionHandle": wanted.handle }))
}

/// Shopify takes nearly anything here and asks again at its checkout; an empty line helps nobody.
fn address(operation: &'static str, address: &Address) -> Result<Value, Error> {
    let lines = [("street", &address.street), ("city", &address.city), ("postcode", &address.postcode)];
    let is_line = |text: &str| {
        !text.trim().is_empty() && text.chars().count() <= 100 && !text.contains(char::is_control)
    };
    if let Some((field, _)) = lines.iter().find(|(_, text)| !is_line(text)) {
        return Err(invalid(operation, &format!("delivery.address.{field}")));
    }
    if address.country.len() != 2 || !address.country.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(invalid(operation, "delivery.address.country"));
    }
    let (first, last) = address.name.trim().rsplit_once(' ').unwrap_or(("", address.name.trim()));
    Ok(json!({
        "firstName": first,
        "lastName": last,
        "address1": address.street,
        "city": address.city,
        "zip": address.postcode,
        "countryCode": address.country,
    }))
}

/// Two capitals that are no country fail Shopify's check of variables, and are the visitor's fault all the same.
fn unknown_country(operation: &'static str, error: Error) -> Error {
    match error.kind {
        Kind::BadAnswer if error.detail.contains("countryCode") => {
            invalid(operation, "delivery.address.country")
        }
        _ => error,
    }
}
