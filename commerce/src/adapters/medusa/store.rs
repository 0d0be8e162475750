//! Stores as Medusa's pickup options tell of them. The Store API has no list of stores: an option is offered to a
//! cart, and what a visitor is told of its store is in the option's metadata (`store`, its id in the shop, and
//! the fields of [`Record`]), which goes with the choice into cart and order.

use super::amount::{Half, decimal};
use super::words::{or_empty, picture, text, word};
use crate::model::{Address, Delivery, Image, OpeningHours, Store, StoreId};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

#[derive(Deserialize)]
pub(super) struct Options {
    shipping_options: Vec<ShippingOption>,
}

#[derive(Deserialize)]
struct ShippingOption {
    id: String,
    #[serde(default)]
    metadata: Value,
    #[serde(default)]
    service_zone: Value,
}

/// The option for a choice, and what goes with it; `None` when the shop does not offer it to this cart.
pub(super) fn option_for(options: Options, delivery: &Delivery) -> Option<(String, Value)> {
    let is_pickup = |option: &ShippingOption| {
        option.service_zone.pointer("/fulfillment_set/type").and_then(Value::as_str) == Some("pickup")
    };
    let mut options = options.shipping_options.into_iter();
    match delivery {
        // The merchant's first way to the door.
        Delivery::Ship { .. } => options.find(|o| !is_pickup(o)).map(|o| (o.id, json!({}))),
        Delivery::Pickup { store } => {
            let of_store = |o: &ShippingOption| word(&o.metadata, "store") == Some(store.as_str());
            let found = options.find(|o| is_pickup(o) && of_store(o))?;
            Some((found.id, json!({ "store": found.metadata })))
        }
    }
}

/// The store that was chosen with a shipping method.
pub(super) fn chosen(given: &Value) -> Option<&str> {
    word(given.get("store")?, "store")
}

#[derive(Deserialize)]
struct Record {
    store: String,
    slug: String,
    name: Value,
    street: String,
    city: Value,
    postcode: String,
    country: String,
    latitude: Box<RawValue>,
    longitude: Box<RawValue>,
    timezone: String,
    #[serde(default, deserialize_with = "or_empty")]
    phone: String,
    #[serde(default, deserialize_with = "or_empty")]
    hours: Vec<OpeningHours>,
    #[serde(default, deserialize_with = "or_empty")]
    services: Vec<String>,
    #[serde(default)]
    picture: Option<String>,
}

/// The whole store that was chosen with a shipping method, in a language; `None` when its metadata lack a part.
pub(super) fn store(given: &Value, language: &str) -> Option<Store> {
    // Through text, since raw numbers exist there only.
    let record: Record = serde_json::from_str(&given.get("store")?.to_string()).ok()?;
    let millionths = |raw: &RawValue| i32::try_from(decimal(raw.get(), 6, Half::Up)?).ok();
    let name = text(&record.name, language)?;
    Some(Store {
        id: StoreId::new(record.store),
        slug: record.slug,
        address: Address {
            name: String::new(),
            street: record.street,
            city: text(&record.city, language)?,
            postcode: record.postcode,
            country: record.country,
        },
        latitude_e6: millionths(&record.latitude)?,
        longitude_e6: millionths(&record.longitude)?,
        phone: record.phone,
        hours: record.hours,
        timezone: record.timezone,
        services: record.services,
        image: record.picture.as_deref().and_then(picture).map(|url| Image {
            url: url.to_owned(),
            alt: name.clone(),
            width: 1200,
            height: 800,
            renditions: Vec::new(),
        }),
        name,
    })
}
