//! Orders: by number, and one as it stands.

use crate::links::Links;
use crate::pages::{chrome, print, slot};
use crate::view::{Line, Meta, Notice, Place, Progress, Totals, progress};
use commerce::{Order, OrderId};
use futures::try_join;
use kit::{Answer, Ask, Failure};
use serde::Serialize;

#[derive(Serialize)]
struct FindPage {
    action: String,
    latest: Vec<String>,
}

/// Asks for an order's number, and leads to it.
pub(crate) async fn find(ask: &Ask) -> Result<Answer, Failure> {
    let links = Links::of(ask);
    if let Some(id) = ask.query.get("id").map(str::trim).filter(|id| !id.is_empty()) {
        if id.chars().count() > 100 {
            return Err(Failure::bad_input("id"));
        }
        return Ok(Answer::see_other(&links.order(id)));
    }
    ask.slots.stand_around();
    let chrome = chrome(ask).await?;
    let latest = ask.session().order.as_ref().map(|id| links.order(id.as_str()));
    let meta = Meta { title: ask.locale.text("your-order").to_owned(), hidden: true, ..Meta::default() };
    let page = FindPage { action: links.page("order"), latest: latest.into_iter().collect() };
    print(ask, "find-order.html", &chrome, meta, page)
}

#[derive(Serialize)]
struct Page {
    notice: Vec<Notice>,
    title: String,
    number: String,
    placed: String,
    expected: Vec<String>,
    cancelled: bool,
    progress: Vec<Progress>,
    lines: Vec<Line>,
    totals: Totals,
    pickup: Vec<Place>,
    home: String,
}

/// An order as it stands; right after it was placed, with thanks.
pub(crate) async fn answer(ask: &Ask) -> Result<Answer, Failure> {
    let id = OrderId::new(ask.part("id"));
    let order = ask.slots.required(slot::ORDER, ask.shop.order(&id));
    let (chrome, order) = try_join!(chrome(ask), order)?;
    let new = ask.query.get("placed").is_some();
    let meta = Meta { title: ask.locale.text("your-order").to_owned(), hidden: true, ..Meta::default() };
    print(ask, "order.html", &chrome, meta, view(ask, order.open(), new))
}

fn view(ask: &Ask, order: &Order, new: bool) -> Page {
    let (locale, links) = (&*ask.locale, Links::of(ask));
    let title = if new { locale.text("thank-you") } else { locale.text("your-order") };
    let expected = order.expected_at.map(|at| {
        let key = if order.pickup.is_some() { "expected-ready" } else { "expected-delivery" };
        locale.say(key, &[("time", locale.date_time(at).into())])
    });
    Page {
        notice: Vec::new(),
        title: title.to_owned(),
        number: locale.say("order-number", &[("number", order.number.as_str().into())]),
        placed: locale.say("order-placed-at", &[("time", locale.date_time(order.placed_at).into())]),
        cancelled: order.state == commerce::OrderState::Cancelled,
        expected: expected.into_iter().collect(),
        progress: progress(locale, order),
        lines: order.lines.iter().enumerate().map(|(at, line)| Line::of(locale, &links, at, line)).collect(),
        totals: Totals::of(locale, order.subtotal, &order.discounts, order.delivery_price, order.total),
        pickup: order.pickup.iter().map(|store| Place::of(locale, store, ask.now)).collect(),
        home: links.home(),
    }
}
