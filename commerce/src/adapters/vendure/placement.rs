//! What an order must hold. Vendure takes empty names and addresses as they are; an order without them
//! cannot be delivered, so they are refused here.

use crate::error::{Error, Kind, Refusal};
use crate::model::{Address, Contact};

fn invalid(operation: &'static str, field: &str) -> Error {
    let kind = Kind::Refused(Refusal::Invalid { field: field.to_owned() });
    Error::new(kind, operation, "not something that can be delivered to")
}

fn is_line(text: &str) -> bool {
    !text.trim().is_empty() && !text.chars().any(char::is_control)
}

/// Whether a parcel can be sent there.
///
/// # Errors
/// `Refused` with the field.
pub(super) fn checked_address(operation: &'static str, address: &Address) -> Result<(), Error> {
    let fields = [("street", &address.street), ("city", &address.city), ("postcode", &address.postcode)];
    if let Some((field, _)) = fields.into_iter().find(|(_, value)| !is_line(value)) {
        return Err(invalid(operation, &format!("delivery.address.{field}")));
    }
    let country = address.country.as_bytes();
    let is_country = country.len() == 2 && country.iter().all(u8::is_ascii_uppercase);
    if is_country { Ok(()) } else { Err(invalid(operation, "delivery.address.country")) }
}

/// Whether the order can be confirmed to them; only a message that arrives proves an address.
///
/// # Errors
/// `Refused` with the field.
pub(super) fn checked_contact(operation: &'static str, contact: &Contact) -> Result<(), Error> {
    if !is_line(&contact.name) {
        return Err(invalid(operation, "contact.name"));
    }
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | ',' | ';' | '@');
    let is_email = contact.email.rsplit_once('@').is_some_and(|(local, domain)| {
        let labels = || domain.split('.');
        !local.is_empty()
            && !local.contains(odd)
            && !domain.contains(odd)
            && labels().count() > 1
            && labels().all(|label| !label.is_empty())
    });
    if is_email { Ok(()) } else { Err(invalid(operation, "contact.email")) }
}
