//! Warnings: places that get in each other's way, and those for which the rules have nothing.

use crate::nearest::hint;
use crate::placements::{Place, Placements, Put, Show};
use crate::rules::Rules;
use crate::rules::publish::desk::{Cell, Desk, cut, start};

/// Warns of two that replace the same: one of them at most is ever seen.
pub(super) fn warn_of_rivals(placements: &Placements, at: &[&Cell<'_>], desk: &mut Desk<'_>) {
    for (number, (place, cell)) in placements.places.iter().zip(at).enumerate() {
        for earlier in placements.places.iter().take(number) {
            if place.name == earlier.name {
                let name = cut(&place.name);
                desk.warn(
                    start(cell),
                    format!("two places are called {name:?}; the log cannot tell them apart"),
                );
            }
            if place.selector == earlier.selector && share_a_page(place, earlier) && compete(place, earlier) {
                let (name, other, element) = (cut(&place.name), cut(&earlier.name), cut(&place.selector));
                desk.warn(
                    start(cell),
                    format!(
                        "{name:?} and {other:?} can never both be seen on a page: both replace {element:?}; put one of \
                         them before or after it, or on other pages"
                    ),
                );
            }
        }
    }
}

fn share_a_page(one: &Place, other: &Place) -> bool {
    let overlap = |page: &crate::placements::Pattern| other.pages.iter().any(|other| page.overlaps(other));
    one.pages.is_empty() || other.pages.is_empty() || one.pages.iter().any(overlap)
}

/// Whether what one puts there goes with what the other replaces.
fn compete(one: &Place, other: &Place) -> bool {
    let inside = |put: Put| matches!(put, Put::First | Put::Last | Put::Inside);
    match (one.put, other.put) {
        (Put::Instead, put) | (put, Put::Instead) => put == Put::Instead || inside(put),
        (Put::Inside, Put::Inside) => true,
        _ => false,
    }
}

/// Warns of what the rules never give.
pub(super) fn warn_of_rules(placements: &Placements, rules: &Rules, at: &[&Cell<'_>], desk: &mut Desk<'_>) {
    for (place, cell) in placements.places.iter().zip(at) {
        let field =
            |key: &str| cell.get_ref().as_table().and_then(|table| table.get(key)).map_or(start(cell), start);
        match &place.show {
            Show::Offer if !rules.offers.iter().any(|offer| &*offer.slot == "offer") => {
                let cure = "add slot = \"offer\" to an [offer.NAME]";
                desk.warn(field("show"), format!("the rules give no offer in the slot `offer`; {cure}"));
            }
            Show::Banner(slot) if !rules.slots.iter().any(|known| known.name == *slot) => {
                let hint = hint(slot, rules.slots.iter().map(|slot| &*slot.name));
                let slot = cut(slot);
                desk.warn(
                    field("slot"),
                    format!("the rules have no [slot.{slot}]{hint}; without it the shop's content chooses for itself"),
                );
            }
            _ => {}
        }
    }
}
