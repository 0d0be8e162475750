//! What a placement must hold; every refusal names its field.

use crate::catalogue::Catalogue;
use crate::catalogue::record::StoreRecord;
use crate::show::CLICK_AND_COLLECT;
use crate::wire::No;
use commerce::{Address, Contact, Delivery, Placement, StoreId};

const MOST_LETTERS: usize = 100;
/// RFC 5321, section 4.5.3.1, less the angle brackets.
const MOST_EMAIL: usize = 254;

/// Checks all of it.
pub(crate) fn checked(catalogue: &Catalogue, placement: &Placement) -> Result<(), No> {
    checked_contact(&placement.contact)?;
    match &placement.delivery {
        Delivery::Ship { address: Some(address) } => checked_address(address),
        Delivery::Ship { address: None } => Err(No::invalid("delivery.address")),
        Delivery::Pickup { store } => checked_store(catalogue, store).map(drop),
    }
}

fn checked_contact(contact: &Contact) -> Result<(), No> {
    if !is_line(&contact.name) {
        return Err(No::invalid("contact.name"));
    }
    if !is_email(&contact.email) {
        return Err(No::invalid("contact.email"));
    }
    Ok(())
}

/// An address to ship to; its name may be empty, then the contact's is meant.
pub(crate) fn checked_address(address: &Address) -> Result<(), No> {
    let fields = [("street", &address.street), ("city", &address.city), ("postcode", &address.postcode)];
    if let Some((field, _)) = fields.into_iter().find(|(_, value)| !is_line(value)) {
        return Err(No::invalid(format!("delivery.address.{field}")));
    }
    if !address.name.is_empty() && !is_line(&address.name) {
        return Err(No::invalid("delivery.address.name"));
    }
    let is_country = address.country.len() == 2 && address.country.bytes().all(|b| b.is_ascii_uppercase());
    if is_country { Ok(()) } else { Err(No::invalid("delivery.address.country")) }
}

/// A store to collect from.
pub(crate) fn checked_store(catalogue: &Catalogue, store: &StoreId) -> Result<&'static StoreRecord, No> {
    let found = catalogue.store(store.as_str());
    let found = found.filter(|store| store.services.iter().any(|service| service == CLICK_AND_COLLECT));
    found.ok_or_else(|| No::invalid("delivery.store"))
}

fn is_line(text: &str) -> bool {
    let letters = text.trim().chars().count();
    (1..=MOST_LETTERS).contains(&letters) && !text.chars().any(char::is_control)
}

/// A sane guess: only a message that arrives proves an address.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '@' | '<' | '>' | '"' | ',' | ';');
    let is_label = |label: &str| {
        let inside = |c: char| c.is_alphanumeric() || c == '-';
        !label.is_empty() && label.len() <= 63 && label.chars().all(inside) && !label.starts_with('-')
    };
    text.len() <= MOST_EMAIL
        && (1..=64).contains(&local.len())
        && !local.contains(odd)
        && domain.contains('.')
        && domain.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_mail_are_sane() {
        for good in ["ada@example.org", "a.b+c@mail.example.co.uk", "grüße@bücher.example", "o'neil@x-y.ie"]
        {
            assert!(is_email(good), "{good}");
        }
        let long = format!("{}@example.org", "a".repeat(65));
        let bad = [
            "",
            "@",
            "ada",
            "ada@",
            "@example.org",
            "ada@example",
            "a b@example.org",
            "a@b@example.org",
            "ada@.org",
            "ada@example..org",
            "<ada@example.org>",
            "ada@example.org\r\nBcc: x",
            &long,
        ];
        for bad in bad {
            assert!(!is_email(bad), "{bad:?}");
        }
    }

    #[test]
    fn lines_are_one_line_of_something() {
        assert!(is_line("Ada") && is_line(&"ل".repeat(100)));
        assert!(!is_line(" ") && !is_line("a\nb") && !is_line(&"a".repeat(101)));
    }
}
