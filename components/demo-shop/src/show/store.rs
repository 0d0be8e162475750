//! Stores and what they have.

use super::image;
use crate::catalogue::record::{StoreRecord, VariantRecord};
use crate::catalogue::{Catalogue, Lens};
use commerce::{Address, OpeningHours, Stock, Store, StoreId, StoreStock};

/// The service without which nothing can be collected from a store.
pub(crate) const CLICK_AND_COLLECT: &str = "click-and-collect";

/// All stores.
pub(crate) fn stores(catalogue: &Catalogue, lens: &Lens<'_>) -> Vec<Store> {
    catalogue.stores().iter().map(|record| store(lens, record)).collect()
}

/// One store.
pub(crate) fn store(lens: &Lens<'_>, record: &StoreRecord) -> Store {
    let name = lens.text(&record.name);
    Store {
        id: StoreId::new(record.id.clone()),
        slug: record.slug.clone(),
        address: Address {
            name: String::new(),
            street: record.street.clone(),
            city: lens.text(&record.city),
            postcode: record.postcode.clone(),
            country: record.country.clone(),
        },
        latitude_e6: millionths(record.latitude),
        longitude_e6: millionths(record.longitude),
        phone: record.phone.clone(),
        hours: record
            .hours
            .iter()
            .map(|hours| OpeningHours {
                days: hours.days.clone(),
                open: hours.open.clone(),
                close: hours.close.clone(),
            })
            .collect(),
        timezone: record.timezone.clone(),
        services: record.services.clone(),
        image: record.picture.as_deref().map(|file| image(file, &name)),
        name,
    }
}

/// What each store has of a variant. Orders are filled from online stock, so this never goes down here.
pub(crate) fn store_stock(
    catalogue: &Catalogue,
    lens: &Lens<'_>,
    variant: &VariantRecord,
) -> Vec<StoreStock> {
    let stocked = catalogue.stores().iter().filter_map(|record| {
        let stock = Stock::of(*variant.stock.get(&record.id)?);
        Some(StoreStock { store: store(lens, record), stock })
    });
    stocked.collect()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "`as` saturates, and a degree has 180 million millionths"
)]
fn millionths(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}
