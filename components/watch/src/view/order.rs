//! Where an order is, and whether it waits in a store.

use super::{address, glance};
use crate::glance::{Glance, Kind};
use commerce::{Order, OrderId, OrderState, Subject};
use kit::visibility::Private;
use kit::{Ask, Failure, Slot, Trouble};

/// The longest id that is asked for.
const LONGEST: usize = 200;

/// An order by its unguessable id.
///
/// # Errors
/// `NotFound`; whatever befalls the order.
pub async fn order(ask: &Ask) -> Result<Glance, Failure> {
    let id = ask.part("id");
    if id.len() > LONGEST {
        return Err(missing());
    }
    read(ask, &OrderId::new(id)).await.map(|order| status(ask, &order))
}

/// The visitor's latest order.
///
/// # Errors
/// `NotFound` when there is none; whatever befalls the order.
pub async fn last_order(ask: &Ask) -> Result<Glance, Failure> {
    let id = ask.session().order.clone().ok_or_else(missing)?;
    read(ask, &id).await.map(|order| status(ask, &order))
}

/// The visitor's latest order, when it waits in a store.
///
/// # Errors
/// `NotFound` when nothing waits; whatever befalls the order.
pub async fn pickup(ask: &Ask) -> Result<Glance, Failure> {
    let id = ask.session().order.clone().ok_or_else(missing)?;
    let order = read(ask, &id).await?;
    waiting(ask, &order).ok_or_else(missing)
}

fn missing() -> Failure {
    Failure::new(Trouble::NotFound(Subject::Order))
}

async fn read(ask: &Ask, id: &OrderId) -> Result<Order, Failure> {
    ask.slots.required(Slot::new("order"), ask.shop.order(id)).await.map(Private::into_open)
}

fn status(ask: &Ask, order: &Order) -> Glance {
    let (key, progress, minutes) = match order.state {
        OrderState::Placed => ("order-placed", 20, 5),
        OrderState::Packing => ("order-packing", 45, 5),
        OrderState::Shipped => ("order-shipped", 75, 15),
        OrderState::ReadyForPickup => ("order-ready-for-pickup", 90, 5),
        OrderState::Delivered => ("order-delivered", 100, 60),
        OrderState::Cancelled => ("order-cancelled", 0, 60),
    };
    let tap = address::order(ask, order.id.as_str());
    let text = ask.locale.text(key).to_owned();
    let mut glance = glance(ask, Kind::Order, ask.locale.text("order-title"), text, tap, minutes);
    glance.value = order.number.clone();
    glance.progress = Some(progress);
    let done = matches!(order.state, OrderState::Delivered | OrderState::Cancelled);
    glance.detail = match order.expected_at.filter(|_| !done) {
        Some(at) => ask.locale.say("order-expected", &[("when", ask.locale.date_time(at).into())]),
        None => ask.locale.count("items", order.quantity),
    };
    glance
}

fn waiting(ask: &Ask, order: &Order) -> Option<Glance> {
    let store = order.pickup.as_ref().filter(|_| order.state == OrderState::ReadyForPickup)?;
    let text = ask.locale.say("pickup-text", &[("store", store.name.as_str().into())]);
    let tap = address::order(ask, order.id.as_str());
    let mut glance = glance(ask, Kind::Pickup, ask.locale.text("pickup-title"), text, tap, 10);
    glance.value = order.number.clone();
    glance.detail = closes(ask, store).unwrap_or_else(|| store.address.street.clone());
    Some(glance)
}

/// "Open until 20:00", when the store has hours today and they are not over.
fn closes(ask: &Ask, store: &commerce::Store) -> Option<String> {
    let zone = kit::locale::time_zone(&store.timezone).unwrap_or_else(|| ask.locale.time_zone());
    let now = ask.now.to_zoned(zone);
    let today = u8::try_from(now.weekday().to_monday_one_offset()).ok()?;
    let hours = store.hours.iter().find(|hours| hours.days.contains(&today))?;
    let close = kit::locale::clock(&hours.close)?;
    (now.time() < close)
        .then(|| ask.locale.say("pickup-open", &[("time", ask.locale.time(&hours.close).into())]))
}
