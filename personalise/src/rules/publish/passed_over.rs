//! Warnings: recommendations that can never be shown.

use super::claims::never_holds;
use super::dead::Claimed;
use super::desk::{Desk, Entry};
use crate::rules::{Recommend, Rules};

/// How many recommendations are held against each one behind them; bounds the work.
const LOOK_BACK: usize = 64;

pub(super) fn warn_of_passed_over(rules: &Rules, found: &[Entry<'_, '_>], desk: &mut Desk<'_>) {
    let mut before: Vec<(&Recommend, Claimed<'_>)> = Vec::new();
    for (recommend, entry) in rules.recommends.iter().zip(found) {
        let name = &recommend.name;
        let own = Claimed::of(&recommend.target, rules);
        let all = [&recommend.target.when, &recommend.filter].into_iter().flatten();
        if all.chain(recommend.pins.iter().filter_map(|pin| pin.when.as_ref())).any(never_holds) {
            desk.warn(entry.at, format!("a condition of the recommendation `{name}` can never hold"));
        }
        for at in &recommend.at {
            let mut there = before.iter().filter(|(first, _)| first.at.contains(at));
            if let Some((first, _)) = there.find(|(_, claimed)| claimed.covers(&own)) {
                desk.warn(
                    entry.at,
                    format!(
                        "`{name}` is never shown at `{at}`: `{}` comes before; put that one behind it",
                        first.name
                    ),
                );
            }
        }
        let always = recommend.schedule.is_none() && recommend.needs.is_none();
        if always && before.len() < LOOK_BACK {
            before.push((recommend, own));
        }
    }
}
