//! The screens of the TV head.

use super::case::{Asked, Case, Form, Head, Leaves, Part, Who};
use crate::proxy::Operation;
use Part::{Optional, Required};

const fn screen(path: &'static str, who: Who, calls: &'static [(Operation, Part)]) -> Case {
    Case::read(Head::Tv, Form::Screen, path, who, calls)
}

const fn post(
    path: &'static str,
    json: &'static str,
    who: Who,
    calls: &'static [(Operation, Part)],
    leaves: Leaves,
) -> Case {
    let asked = Asked::Json(path, json);
    Case { head: Head::Tv, asked, who, form: Form::Screen, status: 200, calls, leaves }
}

/// The screens.
pub const CASES: &[Case] = &[
    screen(
        "/tv/screens/home?market=en-gb",
        Who::Anybody,
        &[(Operation::Categories, Required), (Operation::Content, Optional("content", "\"id\":\"today\""))],
    ),
    screen(
        "/tv/screens/category/fashion?market=en-gb",
        Who::Anybody,
        &[
            (Operation::Listing, Required),
            (Operation::Categories, Optional("categories", "\"id\":\"below\"")),
        ],
    ),
    screen(
        "/tv/screens/product/harbour-trench-coat?market=en-gb",
        Who::Anybody,
        &[(Operation::Product, Required), (Operation::Related, Optional("related", "\"id\":\"related\""))],
    ),
    screen(
        "/tv/screens/search?market=en-gb&q=trench",
        Who::Anybody,
        &[
            (Operation::Search, Required),
            (Operation::Categories, Optional("categories", "\"id\":\"suggestions\"")),
        ],
    ),
    screen("/tv/screens/search?market=en-gb", Who::Anybody, &[(Operation::Categories, Required)]),
    screen("/tv/screens/cart?market=en-gb", Who::Basket, &[(Operation::Cart, Required)]),
    post(
        "/tv/screens/cart/lines?market=en-gb",
        r#"{"variant": "{variant}", "quantity": 1}"#,
        Who::Anybody,
        &[(Operation::CreateCart, Required), (Operation::ChangeCart, Required)],
        Leaves::AsItWas,
    ),
    post(
        "/tv/screens/cart/lines?market=en-gb",
        r#"{"variant": "{variant}", "quantity": 1}"#,
        Who::Basket,
        &[(Operation::ChangeCart, Required)],
        Leaves::Pieces(Operation::ChangeCart, 3),
    ),
    post(
        "/tv/screens/cart/lines/{line}?market=en-gb",
        r#"{"quantity": 5}"#,
        Who::Basket,
        &[(Operation::ChangeCart, Required)],
        Leaves::Pieces(Operation::ChangeCart, 5),
    ),
];
