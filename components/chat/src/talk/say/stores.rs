//! The stores, and those of a town.

use super::super::words::fold::{fold, tokens};
use super::super::{Action, Button, Card, Reply, Talk};
use super::goods::picture;
use commerce::Store;
use kit::{Failure, Slot};

/// Stores shown at once.
const MOST_STORES: usize = 6;

impl Talk<'_> {
    pub(in super::super) async fn stores(&mut self, town: Option<&str>) -> Result<Reply, Failure> {
        let stores = self.ask.slots.required(Slot::new("stores").undated(), self.ask.shop.stores()).await?;
        let near: Vec<&Store> =
            stores.iter().filter(|store| town.is_some_and(|town| is_in(store, town))).collect();
        let (text, shown) = match (town, near.is_empty()) {
            (None, _) => (self.text("stores-all"), stores.iter().collect()),
            (Some(_), false) => (self.text("stores-near"), near),
            // Where an unknown town lies is not known here: say so, and show what there is.
            (Some(town), true) => {
                let town: String = town.chars().take(60).collect();
                (self.locale.say("stores-none-near", &[("town", town.into())]), stores.iter().collect())
            }
        };
        let cards = shown.into_iter().take(MOST_STORES).map(|store| self.store(store));
        Ok(Reply::text(text).and_cards(cards.collect()).and_choices(self.stock_button()))
    }

    /// "Is it there?" of the product last spoken of.
    fn stock_button(&self) -> Vec<Button> {
        let focus = self.memory.focus.as_ref().map(|focus| {
            let purpose = super::super::Purpose::Stock { town: None };
            let action = Action::Choose { product: focus.id.clone(), choices: Vec::new(), purpose };
            Button::new(self.locale.say("stock-of", &[("name", focus.name.clone().into())]), action)
        });
        focus.into_iter().collect()
    }

    fn store(&self, store: &Store) -> Card {
        let mut lines =
            vec![store.address.street.clone(), format!("{} {}", store.address.postcode, store.address.city)];
        lines.push(store.phone.clone());
        lines.extend(self.open_today(store));
        Card {
            title: store.name.clone(),
            subtitle: lines.into_iter().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n"),
            image: store.image.as_ref().map(picture),
            ..Card::default()
        }
    }

    /// Today's hours, by the store's own clock; nothing where that clock is not known.
    fn open_today(&self, store: &Store) -> Option<String> {
        let zone = kit::locale::time_zone(&store.timezone)?;
        let today = self.ask.now.to_zoned(zone).weekday().to_monday_one_offset();
        let today = u8::try_from(today).ok()?;
        let hours = store.hours.iter().find(|hours| hours.days.contains(&today));
        Some(match hours {
            Some(hours) => {
                let times = [
                    ("open", self.locale.time(&hours.open).into()),
                    ("close", self.locale.time(&hours.close).into()),
                ];
                self.locale.say("open-today", &times)
            }
            None => self.text("closed-today"),
        })
    }
}

/// Whether a store is in a town, by name, town or postcode, with a slip of the hand forgiven.
pub(super) fn is_in(store: &Store, town: &str) -> bool {
    let wanted: Vec<String> = tokens(town).into_iter().map(|token| token.folded).collect();
    let wanted = wanted.join(" ");
    let names = [&store.name, &store.address.city, &store.slug];
    let near = names.iter().any(|name| {
        let name = fold(name);
        let slips = if name.chars().count() >= 8 { 2 } else { usize::from(name.chars().count() >= 4) };
        wanted == name
            || wanted.contains(&name)
            || name.contains(&wanted)
            || strsim::osa_distance(&wanted, &name) <= slips
    });
    let area = fold(&store.address.postcode);
    !wanted.is_empty()
        && (near
            || area
                .split(' ')
                .next()
                .is_some_and(|area| area == wanted || wanted.starts_with(&format!("{area} "))))
}
