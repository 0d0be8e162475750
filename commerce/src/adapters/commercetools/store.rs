//! Stores: channels that supply stock and have a place on the map.
//! <https://docs.commercetools.com/api/projects/channels>

use super::ask::{Ask, MOST};
use super::schema::Page;
use super::text::{Localized, said};
use crate::model::{Address, Image, Market, OpeningHours, Stock, Store, StoreId, StoreStock, VariantRef};
use serde::Deserialize;
use serde_json::{Value, json};

/// As schema.org abbreviates them (<https://schema.org/openingHours>).
const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
/// Without this service, nothing can be collected from a store that names its services.
const CLICK_AND_COLLECT: &str = "click-and-collect";

/// Asks for the channels that are stores: a warehouse has no place on the map.
pub(super) fn ask() -> Ask {
    Ask::get("commercetools.stores", &["channels"])
        .filtered("roles contains any (\"InventorySupply\") and geoLocation is defined", &[])
        .with("sort", "createdAt asc")
        .with("limit", MOST)
}

/// Asks for the stock of one variant everywhere.
pub(super) fn ask_stock(variant: &VariantRef) -> Ask {
    Ask::get("commercetools.store_stock", &["inventory"])
        .filtered("sku=:sku", &[("sku", &variant.sku)])
        .with("limit", MOST)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Channel {
    pub(super) id: String,
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    name: Localized,
    #[serde(default)]
    address: Option<super::address::WireAddress>,
    #[serde(default)]
    geo_location: Option<Point>,
    #[serde(default)]
    custom: Option<Custom>,
}

/// GeoJSON: east before north.
#[derive(Deserialize)]
struct Point {
    coordinates: [f64; 2],
}

#[derive(Default, Deserialize)]
struct Custom {
    fields: Fields,
}

/// What commercetools has no field for.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
struct Fields {
    city: Localized,
    /// Such as `Mo,Tu 09:30-21:00`.
    opening_hours: Vec<String>,
    services: Vec<String>,
    timezone: String,
    image: String,
}

/// Where stock lies.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    #[serde(default)]
    supply_channel: Option<Reference>,
    available_quantity: i64,
}

#[derive(Deserialize)]
struct Reference {
    id: String,
}

impl Channel {
    /// The store; `None` without an address or a place.
    pub(super) fn store(&self, market: &Market) -> Option<Store> {
        let [east, north] = self.geo_location.as_ref()?.coordinates;
        let mut address = self.address.as_ref()?.address();
        let nothing = Fields::default();
        let fields = self.custom.as_ref().map_or(&nothing, |custom| &custom.fields);
        if !fields.city.is_empty() {
            address.city = said(&fields.city, market);
        }
        let name = said(&self.name, market);
        let image = Some(&fields.image).filter(|url| !url.is_empty());
        Some(Store {
            id: StoreId::new(self.id.clone()),
            slug: self.key.clone().unwrap_or_else(|| self.id.clone()),
            address: Address { name: String::new(), ..address },
            latitude_e6: millionths(north),
            longitude_e6: millionths(east),
            phone: self.address.as_ref().and_then(|a| a.phone.clone()).unwrap_or_default(),
            hours: fields.opening_hours.iter().filter_map(|text| hours(text)).collect(),
            timezone: fields.timezone.clone(),
            services: fields.services.clone(),
            // A custom field holds an address only; pictures of stores are 3 by 2.
            image: image.map(|url| Image {
                url: url.clone(),
                alt: name.clone(),
                width: 1200,
                height: 800,
                renditions: Vec::new(),
            }),
            name,
        })
    }

    /// Whether goods can be collected there.
    pub(super) fn collects(&self) -> bool {
        let services = self.custom.as_ref().map_or(&[][..], |custom| &custom.fields.services);
        services.is_empty() || services.iter().any(|service| service == CLICK_AND_COLLECT)
    }

    /// Where a parcel to this store would go, as commercetools writes addresses.
    pub(super) fn shipping_address(&self) -> Option<Value> {
        let address = self.address.as_ref()?.address();
        Some(json!({
            "streetName": address.street,
            "postalCode": address.postcode,
            "city": address.city,
            "country": address.country,
        }))
    }
}

/// What each store has; a store without an entry is left out.
pub(super) fn stocked(market: &Market, channels: &Page<Channel>, entries: &Page<Entry>) -> Vec<StoreStock> {
    let of = |channel: &Channel| {
        let here = |entry: &&Entry| entry.supply_channel.as_ref().is_some_and(|c| c.id == channel.id);
        let quantity = entries.results.iter().find(here)?.available_quantity;
        let stock = Stock::of(u32::try_from(quantity.max(0)).unwrap_or(u32::MAX));
        Some(StoreStock { store: channel.store(market)?, stock })
    };
    channels.results.iter().filter_map(of).collect()
}

/// Reads `Mo,Tu 09:30-21:00` or `Mo-Fr 09:30-21:00`.
fn hours(text: &str) -> Option<OpeningHours> {
    let (days, times) = text.split_once(' ')?;
    let (open, close) = times.split_once('-')?;
    let day = |name: &str| DAYS.iter().position(|d| *d == name).and_then(|at| u8::try_from(at + 1).ok());
    let mut all = Vec::new();
    for part in days.split(',') {
        match part.split_once('-') {
            Some((from, to)) => all.extend(day(from)?..=day(to)?),
            None => all.push(day(part)?),
        }
    }
    Some(OpeningHours { days: all, open: open.to_owned(), close: close.to_owned() })
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "`as` saturates, and a circle has 360 million millionths"
)]
fn millionths(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_schema_org_writes_them() {
        let days = |text| hours(text).map(|hours| hours.days);
        assert_eq!(days("Mo,We 09:30-21:00"), Some(vec![1, 3]));
        assert_eq!(days("Mo-Fr 09:30-21:00"), Some(vec![1, 2, 3, 4, 5]));
        for odd in ["", "Mo", "Xx 09:00-10:00", "Mo 09:00", "Mo-Xx 1-2"] {
            assert_eq!(days(odd), None, "{odd}");
        }
    }
}
