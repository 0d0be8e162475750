//! The glances of the watch head.

use super::case::{Case, Form, Head, Part, Who};
use crate::proxy::Operation;
use Part::{Piece, Required};

const fn glance(path: &'static str, who: Who, calls: &'static [(Operation, Part)]) -> Case {
    Case::read(Head::Watch, Form::Glance, path, who, calls)
}

/// The glances.
pub const CASES: &[Case] = &[
    glance(
        "/watch/glances?market=en-gb",
        Who::Shopper,
        &[
            (Operation::Order, Piece("order")),
            (Operation::Cart, Piece("cart")),
            (Operation::Content, Piece("content")),
        ],
    ),
    glance("/watch/glances/offer?market=en-gb", Who::Anybody, &[(Operation::Content, Required)]),
    glance("/watch/glances/cart?market=en-gb", Who::Basket, &[(Operation::Cart, Required)]),
    glance("/watch/glances/order?market=en-gb", Who::Shopper, &[(Operation::Order, Required)]),
    glance("/watch/glances/order/{order}?market=en-gb", Who::Anybody, &[(Operation::Order, Required)]),
    // Nothing waits in a store yet, and that is said by a 404.
    Case {
        status: 404,
        ..glance("/watch/glances/pickup?market=en-gb", Who::Shopper, &[(Operation::Order, Required)])
    },
];
