//! What can be said to the chat head.

use super::case::{Asked, Case, Form, Head, Leaves, Part, Who};
use crate::proxy::Operation;
use Part::{Optional, Required, Words};

const MESSAGES: &str = "/chat/messages?market=en-gb";

const fn say(json: &'static str, who: Who, calls: &'static [(Operation, Part)]) -> Case {
    Case {
        head: Head::Chat,
        asked: Asked::Json(MESSAGES, json),
        who,
        form: Form::Reply,
        status: 200,
        calls,
        leaves: Leaves::AsItWas,
    }
}

const fn change(json: &'static str, who: Who, calls: &'static [(Operation, Part)], pieces: u64) -> Case {
    Case { leaves: Leaves::Pieces(Operation::ChangeCart, pieces), ..say(json, who, calls) }
}

const fn slack(text: &'static str, calls: &'static [(Operation, Part)]) -> Case {
    Case { asked: Asked::Slack(text), form: Form::Message, ..say("", Who::Anybody, calls) }
}

/// What can be said, pressed and opened.
pub const CASES: &[Case] = &[
    say(r#"{"text": "trench coat"}"#, Who::Anybody, &[(Operation::Search, Required)]),
    say(
        r#"{"text": "zzzzqqqq"}"#,
        Who::Anybody,
        &[(Operation::Search, Required), (Operation::Categories, Optional("categories", "Fashion"))],
    ),
    say(
        r#"{"action": {"do": "department", "slug": "fashion", "page": 1}}"#,
        Who::Anybody,
        &[(Operation::Listing, Required)],
    ),
    say(r#"{"action": {"do": "departments"}}"#, Who::Anybody, &[(Operation::Categories, Required)]),
    say(
        r#"{"action": {"do": "show", "product": "{product}"}}"#,
        Who::Anybody,
        &[(Operation::Product, Required)],
    ),
    say(
        r#"{"action": {"do": "choose", "product": "{product}", "choices": [], "purpose": {"for": "stock"}}}"#,
        Who::Anybody,
        &[(Operation::Product, Required), (Operation::StoreStock, Required)],
    ),
    say(r#"{"text": "stores near Leeds"}"#, Who::Anybody, &[(Operation::Stores, Required)]),
    say(r#"{"action": {"do": "offer"}}"#, Who::Anybody, &[(Operation::Content, Required)]),
    say(r#"{"action": {"do": "order", "id": "{order}"}}"#, Who::Anybody, &[(Operation::Order, Required)]),
    say(r#"{"text": "where is my order"}"#, Who::Shopper, &[(Operation::Order, Required)]),
    say(r#"{"text": "show my basket"}"#, Who::Basket, &[(Operation::Cart, Required)]),
    say(r#"{"action": {"do": "checkout"}}"#, Who::Basket, &[(Operation::Cart, Required)]),
    say(
        r#"{"action": {"do": "add", "variant": "{variant}", "quantity": 1}}"#,
        Who::Anybody,
        &[(Operation::CreateCart, Required), (Operation::ChangeCart, Required)],
    ),
    change(
        r#"{"action": {"do": "add", "variant": "{variant}", "quantity": 1}}"#,
        Who::Basket,
        &[(Operation::Cart, Required), (Operation::ChangeCart, Required)],
        3,
    ),
    change(
        r#"{"action": {"do": "set", "line": "{line}", "quantity": 5}}"#,
        Who::Basket,
        &[(Operation::ChangeCart, Required)],
        5,
    ),
    change(
        r#"{"action": {"do": "remove", "line": "{line}"}}"#,
        Who::Basket,
        &[(Operation::Cart, Required), (Operation::ChangeCart, Required)],
        0,
    ),
    Case {
        asked: Asked::Form("/chat/?market=en-gb", "text=trench+coat"),
        form: Form::Page,
        ..say("", Who::Anybody, &[(Operation::Search, Required)])
    },
    Case::read(
        Head::Chat,
        Form::Page,
        "/chat/basket?market=en-gb&cart={handover}",
        Who::Basket,
        &[(Operation::Cart, Required)],
    ),
    slack("trench coat", &[(Operation::Search, Words)]),
    slack("stores", &[(Operation::Stores, Words)]),
    slack("departments", &[(Operation::Categories, Words)]),
];
