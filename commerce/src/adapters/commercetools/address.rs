//! Postal addresses. <https://docs.commercetools.com/api/types#baseaddress>

use crate::model::Address;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WireAddress {
    #[serde(default)]
    first_name: Option<String>,
    #[serde(default)]
    last_name: Option<String>,
    #[serde(default)]
    street_name: Option<String>,
    #[serde(default)]
    street_number: Option<String>,
    #[serde(default)]
    postal_code: Option<String>,
    #[serde(default)]
    city: Option<String>,
    country: String,
    #[serde(default)]
    pub(super) phone: Option<String>,
}

fn joined(parts: [&Option<String>; 2]) -> String {
    let said = parts.into_iter().flatten().filter(|part| !part.is_empty());
    said.map(String::as_str).collect::<Vec<_>>().join(" ")
}

impl WireAddress {
    pub(super) fn address(&self) -> Address {
        Address {
            name: joined([&self.first_name, &self.last_name]),
            street: joined([&self.street_name, &self.street_number]),
            city: self.city.clone().unwrap_or_default(),
            postcode: self.postal_code.clone().unwrap_or_default(),
            country: self.country.clone(),
        }
    }

    /// An address with a street; a country alone stands for a visitor who has not said where.
    pub(super) fn whole(&self) -> Option<Address> {
        Some(self.address()).filter(|address| !address.street.is_empty())
    }
}

/// As commercetools writes it; `name` stands in when the address has none.
pub(super) fn written(address: &Address, name: &str) -> Value {
    let name = if address.name.is_empty() { name } else { &address.name };
    let (first, last) = name.rsplit_once(' ').unwrap_or(("", name));
    json!({
        "firstName": first,
        "lastName": last,
        "streetName": address.street,
        "postalCode": address.postcode,
        "city": address.city,
        "country": address.country,
    })
}
