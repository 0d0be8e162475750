//! What the shop knows of the customer who signed in.

use super::check;
use crate::links::{Links, with_query};
use crate::pages::{chrome, print, slot};
use crate::view::{Card, Chrome, Meta, OrderRow, Use, cards, named_tier};
use commerce::Customer;
use futures::try_join;
use kit::decide::Topic;
use kit::{Answer, Ask, Failure};
use serde::Serialize;
use std::rc::Rc;

#[derive(Serialize)]
struct Page {
    greeting: String,
    facts: Vec<Fact>,
    orders: Vec<OrderRow>,
    has_none: bool,
    is_silent: bool,
    wishes: Vec<Card>,
    cart: String,
    privacy: String,
    sign_out: String,
}

#[derive(Serialize)]
struct Fact {
    name: String,
    value: String,
}

/// The account. Who is not signed in, or not any more, is asked to sign in, and comes back here.
pub(crate) async fn answer(ask: &Ask) -> Result<Answer, Failure> {
    check(ask)?;
    let links = Links::of(ask);
    if ask.signed_in().is_none() {
        return Ok(Answer::see_other(&links.page("account/sign-in")));
    }
    let (frame, customer) = try_join!(chrome(ask), ask.customer(slot::CUSTOMER))?;
    let Some(customer) = customer else {
        let again = with_query(&links.page("account/sign-in"), &[("over", "1")]);
        return Ok(Answer::see_other(&again).session(ask.without_customer()));
    };
    // What was just learned of them counts.
    let choices = ask.choices(Topic::page("account")).await;
    let meta = Meta { title: ask.locale.text("account").to_owned(), hidden: true, ..Meta::default() };
    let frame = Chrome { choices: Some(Rc::new(choices)), ..frame };
    print(ask, "account.html", &frame, meta, view(ask, &customer))
}

fn view(ask: &Ask, customer: &Customer) -> Page {
    let (locale, links) = (&*ask.locale, Links::of(ask));
    let greeting = match customer.name.as_str() {
        "" => locale.text("account").to_owned(),
        name => locale.say("greeting", &[("name", name.into())]),
    };
    let fact = |key: &str, value: String| Fact { name: locale.text(key).to_owned(), value };
    let subscriber = customer.subscriber.map(|writes| {
        fact("account-letters", locale.text(if writes { "letters-yes" } else { "letters-no" }).to_owned())
    });
    let facts = [
        Some(fact("email", customer.email.clone())),
        customer.tier().map(|tier| fact("known-tier", named_tier(locale, tier))),
        subscriber,
    ];
    let orders = customer.orders.as_deref();
    let wishes = customer.wish_list.as_deref().unwrap_or_default();
    Page {
        greeting,
        facts: facts.into_iter().flatten().filter(|fact| !fact.value.is_empty()).collect(),
        has_none: orders.is_some_and(<[_]>::is_empty),
        is_silent: orders.is_none(),
        orders: orders.unwrap_or_default().iter().map(|o| OrderRow::of(locale, &links, o)).collect(),
        wishes: cards(locale, &links, wishes, Use::Card),
        cart: links.page("cart"),
        privacy: links.page("privacy"),
        sign_out: links.page("account/sign-out"),
    }
}
