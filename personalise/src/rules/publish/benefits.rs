//! `give`: what an offer gives.

use super::desk::{Cell, Desk, cut, entries, start};
use crate::attribute::money;
use crate::rules::Benefit;

const FORMS: &str = "\"10% off\", \"GBP 5 off\", \"free shipping\" or { free_shipping_from = \"GBP 30\" }";

pub(super) fn read_benefits<'t>(cell: &Cell<'t>, desk: &mut Desk<'t>) -> Vec<Benefit> {
    let items = desk.list(cell, "give").unwrap_or_default();
    if items.is_empty() && cell.get_ref().is_array() {
        desk.error(start(cell), format!("an offer must give something: {FORMS}"));
    }
    let mut benefits = Vec::new();
    for item in items {
        let benefit = match item.get_ref().as_str() {
            Some(text) => told(text),
            None => match desk.table(item, "a benefit", &["free_shipping_from"]).map(entries) {
                Some(found) => {
                    let least = found.first().and_then(|entry| money(entry.cell.get_ref().as_str()?));
                    least.filter(|least| least.amount >= 0).map(Benefit::FreeShippingFrom)
                }
                None => continue,
            },
        };
        match benefit {
            Some(benefit) => benefits.push(benefit),
            None => {
                let shown = item.get_ref().as_str().map(cut).unwrap_or_default();
                desk.error(start(item), format!("{shown:?} is no benefit; write {FORMS}"));
            }
        }
    }
    benefits
}

fn told(text: &str) -> Option<Benefit> {
    if text == "free shipping" {
        return Some(Benefit::FreeShipping);
    }
    let amount = text.strip_suffix(" off")?;
    match amount.strip_suffix('%') {
        Some(percent) => hundredths(percent).map(Benefit::PercentOff),
        None => money(amount).filter(|money| money.amount > 0).map(Benefit::AmountOff),
    }
}

/// `12.5` is 1,250. From 0.01 to 100.
fn hundredths(percent: &str) -> Option<u16> {
    let (whole, fraction) = percent.split_once('.').unwrap_or((percent, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || fraction.len() > 2 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let read: u32 = format!("{whole}{fraction:0<2}").parse().ok()?;
    u16::try_from(read).ok().filter(|hundredths| (1..=10_000).contains(hundredths))
}

#[cfg(test)]
mod tests {
    use super::*;
    use commerce::{Currency, Money};

    #[test]
    fn benefits_are_read_to_the_hundredth_and_to_the_penny() {
        assert_eq!(told("10% off"), Some(Benefit::PercentOff(1_000)));
        assert_eq!(told("12.5% off"), Some(Benefit::PercentOff(1_250)));
        assert_eq!(told("GBP 5.50 off"), Some(Benefit::AmountOff(Money::new(550, Currency::GBP))));
        for wrong in
            ["", "10 off", "10%", "0% off", "101% off", "-5% off", "GBP 0 off", "GBP -5 off", "1.234% off"]
        {
            assert_eq!(told(wrong), None, "{wrong}");
        }
    }
}
