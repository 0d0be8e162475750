//! Regions: what Medusa sells by. A market is the region of its currency that its country is in.

use super::ask::Region;
use crate::error::{Error, Kind};
use crate::model::{Currency, Market};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Regions {
    regions: Vec<Record>,
}

#[derive(Deserialize)]
struct Record {
    id: String,
    currency_code: String,
    #[serde(default)]
    countries: Vec<Country>,
}

#[derive(Deserialize)]
struct Country {
    iso_2: String,
}

/// The region of a market: with its country where there is one, else any of its currency.
///
/// # Errors
/// `Internal`, with the cure, when nothing is sold in that currency.
pub(super) fn of(regions: &Regions, market: &Market) -> Result<Region, Error> {
    let country = market.country().to_ascii_lowercase();
    let fits = |r: &&Record| r.currency_code.eq_ignore_ascii_case(market.currency().code());
    let has = |r: &&Record| r.countries.iter().any(|c| c.iso_2 == country);
    let mut of_currency = regions.regions.iter().filter(fits);
    let found = of_currency.clone().find(has).or_else(|| of_currency.next()).ok_or_else(|| {
        let cure = format!("no region of Medusa sells in {}: add one", market.currency());
        Error::new(Kind::Internal, "medusa.region", cure)
    })?;
    let first = found.countries.first().map(|c| c.iso_2.clone()).unwrap_or_default();
    let country = if has(&found) { country } else { first };
    Ok(Region { id: found.id.clone(), country })
}

/// What is sold in.
///
/// # Errors
/// `BadAnswer` for a currency that is none.
pub(super) fn currencies(regions: &Regions) -> Result<Vec<Currency>, Error> {
    let codes = regions.regions.iter().map(|region| region.currency_code.to_ascii_uppercase());
    let read = |code: String| Currency::new(&code).map_err(|e| Error::bad_answer("medusa.region", e));
    let mut currencies = codes.map(read).collect::<Result<Vec<_>, _>>()?;
    currencies.sort();
    currencies.dedup();
    Ok(currencies)
}

/// As it is remembered.
pub(super) fn written(region: &Region) -> String {
    format!("{} {}", region.id, region.country)
}

/// What [`written`] wrote.
pub(super) fn read(text: &str) -> Option<Region> {
    let (id, country) = text.split_once(' ')?;
    Some(Region { id: id.to_owned(), country: country.to_owned() })
}
