//! Warnings: audiences that nothing asks for.

use super::desk::Desk;
use crate::rules::Rules;
use crate::rules::conditions::Asked;

/// Warns of audiences that no audience, offer, slot, experiment or recommendation names.
pub(super) fn warn_of_unused(rules: &Rules, at: &[usize], desk: &mut Desk<'_>) {
    let mut used = vec![false; rules.audiences.len()];
    let mut mark = |place: u16| {
        if let Some(used) = used.get_mut(usize::from(place)) {
            *used = true;
        }
    };
    for asked in rules.audiences.iter().map(|audience| Asked::Condition(&audience.when)).chain(rules.asked())
    {
        match asked {
            Asked::Condition(condition) => condition.audiences().for_each(|(place, _)| mark(place)),
            Asked::Audience(place) => mark(place),
        }
    }
    for ((audience, used), at) in rules.audiences.iter().zip(used).zip(at) {
        if !used {
            desk.warn(*at, format!("nothing uses the audience `{}`", audience.name));
        }
    }
}
