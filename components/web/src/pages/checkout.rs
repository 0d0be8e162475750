//! The order form and the placing of an order.

use crate::links::{Links, with_query};
use crate::pages::{print, slot};
use crate::view::{Chrome, Line, Meta, Notice, Place, Totals, pickup};
use commerce::{Address, Cart, Checkout, Contact, Delivery, Placement, Refusal, Store, StoreId};
use futures::try_join;
use http::StatusCode;
use kit::fields::Fields;
use kit::visibility::Public;
use kit::visitor::Session;
use kit::{Answer, Ask, Failure, Trouble};
use serde::Serialize;

#[derive(Serialize)]
struct Page {
    notice: Vec<Notice>,
    action: String,
    cart: String,
    lines: Vec<Line>,
    totals: Totals,
    ship: bool,
    stores: Vec<Place>,
    has_stores: bool,
    countries: Vec<Country>,
    /// What was typed, by field.
    typed: Words,
    /// What is wrong, by field; empty where nothing is.
    wrong: Words,
}

/// Words for each field.
#[derive(Serialize)]
struct Words {
    name: String,
    email: String,
    street: String,
    city: String,
    postcode: String,
    country: String,
    store: String,
}

impl Words {
    fn of(say: impl Fn(&str) -> String) -> Self {
        Self {
            name: say("name"),
            email: say("email"),
            street: say("street"),
            city: say("city"),
            postcode: say("postcode"),
            country: say("country"),
            store: say("store"),
        }
    }
}

#[derive(Serialize)]
struct Country {
    code: String,
    name: String,
    chosen: bool,
}

/// The fields of the form, what the shop calls them, and the longest that is taken.
const FIELDS: &[(&str, &str, usize)] = &[
    ("name", "contact.name", 100),
    ("email", "contact.email", 200),
    ("street", "delivery.address.street", 200),
    ("city", "delivery.address.city", 100),
    ("postcode", "delivery.address.postcode", 20),
    ("country", "delivery.address.country", 2),
    ("store", "delivery.store", 100),
];

/// The order form.
pub(crate) async fn answer(ask: &Ask) -> Result<Answer, Failure> {
    let (chrome, cart, stores) = gather(ask).await?;
    let Some(cart) = cart.filter(|cart| !cart.lines.is_empty()) else {
        return Ok(Answer::see_other(&Links::of(ask).page("cart")));
    };
    show(ask, chrome, cart, &stores, &Fields::default(), &[], None)
}

/// Places the order, or shows the form again with what was typed and what is wrong with it.
pub(crate) async fn place(ask: &Ask) -> Result<Answer, Failure> {
    let form = ask.form()?;
    let Some(id) = ask.cart_id().cloned() else {
        return Ok(Answer::see_other(&Links::of(ask).page("cart")));
    };
    let faults = faults(&form);
    let failure = if faults.is_empty() {
        let placement = placement(ask, &form);
        match ask.check_out(slot::CHECKOUT, &id, &placement).await {
            Ok((checkout, session)) => return Ok(placed(ask, checkout, session)),
            Err(failure) if !matches!(failure.trouble, Trouble::Refused(_)) => return Err(failure),
            Err(failure) => failure,
        }
    } else {
        Failure::new(Trouble::Refused(Refusal::Invalid { field: String::new() }))
    };
    let (chrome, cart, stores) = gather(ask).await?;
    let Some(cart) = cart.filter(|cart| !cart.lines.is_empty()) else { return Err(failure) };
    let mut wrong = faults;
    if let Trouble::Refused(Refusal::Invalid { field }) = &failure.trouble {
        wrong.extend(FIELDS.iter().filter(|(_, theirs, _)| theirs == field).map(|(own, ..)| *own));
    }
    let page = show(ask, chrome, cart, &stores, &form, &wrong, Some(Notice::refused(&ask.locale, &failure)))?;
    Ok(page.status(failure.status()))
}

/// What comes after an order: its page, or the backend's own checkout.
fn placed(ask: &Ask, checkout: Checkout, session: Option<Session>) -> Answer {
    match checkout {
        Checkout::Placed { order } => {
            let path = with_query(&Links::of(ask).order(order.id.as_str()), &[("placed", "1")]);
            Answer { session, ..Answer::see_other(&path) }
        }
        // The adapter has made sure that it is an `https:` address.
        Checkout::Handover { url } => Answer::see_other(&url).status(StatusCode::SEE_OTHER),
    }
}

/// The fields that are missing or too long; for shipping the address, for collecting the store.
fn faults(form: &Fields) -> Vec<&'static str> {
    let ships = ships(form);
    let needed = |name: &str| match name {
        "name" | "email" => true,
        "store" => !ships,
        _ => ships,
    };
    let mut wrong: Vec<&str> = FIELDS
        .iter()
        .filter(|(name, _, most)| needed(name) && form.require(name, *most).is_err())
        .map(|f| f.0)
        .collect();
    let email = form.get("email").unwrap_or_default().trim();
    if !email.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
        && !wrong.contains(&"email")
    {
        wrong.push("email");
    }
    wrong
}

fn ships(form: &Fields) -> bool {
    form.get("delivery") != Some("pickup")
}

fn placement(ask: &Ask, form: &Fields) -> Placement {
    let field = |name: &str| form.get(name).unwrap_or_default().trim().to_owned();
    let contact = Contact { name: field("name"), email: field("email") };
    let delivery = if ships(form) {
        let country = field("country");
        let address = Address {
            name: contact.name.clone(),
            street: field("street"),
            city: field("city"),
            postcode: field("postcode"),
            country: if country.is_empty() { ask.market.country().to_owned() } else { country },
        };
        Delivery::Ship { address: Some(address) }
    } else {
        Delivery::Pickup { store: StoreId::new(field("store")) }
    };
    Placement { contact, delivery }
}

async fn gather(ask: &Ask) -> Result<(Chrome, Option<Cart>, Public<Vec<Store>>), Failure> {
    ask.reads.private();
    let (cart, stores) = try_join!(
        ask.slots.required(slot::CART, ask.cart()),
        ask.slots.optional(slot::PICKUP, ask.shop.stores()),
    )?;
    Ok((Chrome::default(), cart.into_open(), stores.unwrap_or_default()))
}

fn show(
    ask: &Ask,
    chrome: Chrome,
    cart: Cart,
    stores: &[Store],
    form: &Fields,
    wrong: &[&'static str],
    notice: Option<Notice>,
) -> Result<Answer, Failure> {
    let (locale, links) = (&*ask.locale, Links::of(ask));
    let store = form.get("store").or(pickup(&cart)).unwrap_or_default().to_owned();
    let ship = match form.get("delivery") {
        Some(_) => ships(form),
        None => pickup(&cart).is_none(),
    };
    let country = form.get("country").unwrap_or(ask.market.country());
    let fault = |name: &str| match wrong.contains(&name) {
        true => locale.text(&format!("wrong-{name}")).to_owned(),
        false => String::new(),
    };
    let page = Page {
        notice: notice.into_iter().collect(),
        action: links.page("checkout"),
        cart: links.page("cart"),
        lines: cart.lines.iter().enumerate().map(|(at, line)| Line::of(locale, &links, at, line)).collect(),
        totals: Totals::of(locale, cart.subtotal, &cart.discounts, cart.delivery_price, cart.total),
        ship,
        stores: stores.iter().map(|s| Place::of(locale, s, ask.now).chosen(&store)).collect(),
        has_stores: !stores.is_empty(),
        countries: countries(ask, country),
        typed: Words::of(|name| form.get(name).unwrap_or_default().to_owned()),
        wrong: Words::of(fault),
    };
    let meta = Meta { title: locale.text("checkout").to_owned(), hidden: true, ..Meta::default() };
    print(ask, "checkout.html", &Chrome { cart: Some(cart), ..chrome }, meta, page)
}

/// Where the shop sells.
fn countries(ask: &Ask, chosen: &str) -> Vec<Country> {
    let mut codes: Vec<&str> = ask.markets.iter().map(commerce::Market::country).collect();
    codes.sort_unstable();
    codes.dedup();
    let name = |code: &str| ask.locale.texts().get(&format!("country-{code}")).cloned();
    let country = |code: &str| Country {
        name: name(code).unwrap_or_else(|| code.to_owned()),
        chosen: code == chosen,
        code: code.to_owned(),
    };
    codes.into_iter().map(country).collect()
}
