//! Stores: the locations that offer pickup; pure.
//!
//! A location has neither translations nor opening hours: the metafields `custom.handle`, `custom.name`,
//! `custom.city`, `custom.hours` (JSON of [`OpeningHours`]), `custom.timezone`, `custom.services` (a list)
//! and `custom.picture` say what Shopify has no field for.

use super::shape::{MediaRef, Meta, Nodes, handle, json, text};
use crate::model::{Address, OpeningHours, Stock, Store, StoreId, StoreStock};
use serde::Deserialize;

/// The answer of `stores.graphql`.
#[derive(Deserialize)]
pub(super) struct Answer {
    locations: Nodes<Place>,
}

/// The answer of `store_stock.graphql`.
#[derive(Deserialize)]
pub(super) struct StockAnswer {
    node: Option<Variant>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Variant {
    store_availability: Nodes<Kept>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    quantity_available: i64,
    location: Place,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    id: String,
    name: String,
    address: Postal,
    handle: Option<Meta>,
    local_name: Option<Meta>,
    local_city: Option<Meta>,
    hours: Option<Meta>,
    timezone: Option<Meta>,
    services: Option<Meta>,
    picture: Option<MediaRef>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Postal {
    address1: Option<String>,
    city: Option<String>,
    zip: Option<String>,
    country_code: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    phone: Option<String>,
}

/// All stores.
pub(super) fn stores(answer: Answer) -> Vec<Store> {
    answer.locations.nodes.into_iter().map(store).collect()
}

/// What each has of a variant; `None` for an unknown variant.
pub(super) fn stocks(answer: StockAnswer) -> Option<Vec<StoreStock>> {
    let kept = answer.node?.store_availability.nodes.into_iter().map(|kept| StoreStock {
        stock: Stock::of(u32::try_from(kept.quantity_available).unwrap_or_default()),
        store: store(kept.location),
    });
    Some(kept.collect())
}

fn store(place: Place) -> Store {
    let or = |own: Option<Meta>, other: &str| {
        Some(text(own)).filter(|t| !t.is_empty()).unwrap_or_else(|| other.to_owned())
    };
    let at = place.address;
    let name = or(place.local_name, &place.name);
    Store {
        id: StoreId::new(place.id),
        slug: or(place.handle, &handle(&place.name)),
        address: Address {
            name: String::new(),
            street: at.address1.unwrap_or_default(),
            city: or(place.local_city, &at.city.unwrap_or_default()),
            postcode: at.zip.unwrap_or_default(),
            country: at.country_code.unwrap_or_default(),
        },
        latitude_e6: millionths(at.latitude),
        longitude_e6: millionths(at.longitude),
        phone: at.phone.unwrap_or_default(),
        hours: json::<Vec<OpeningHours>>(place.hours).unwrap_or_default(),
        timezone: text(place.timezone),
        services: json::<Vec<String>>(place.services).unwrap_or_default(),
        image: place.picture.and_then(|picture| picture.image(&name)),
        name,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "`as` saturates, and a degree has 180 million millionths"
)]
fn millionths(degrees: Option<f64>) -> i32 {
    (degrees.unwrap_or_default() * 1e6).round() as i32
}
