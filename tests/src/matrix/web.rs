//! The pages of the web head.

use super::case::{Asked, Case, Form, Head, Leaves, Part, Who};
use crate::proxy::Operation;
use Part::{Optional, Required};

const NAV: (Operation, Part) = (Operation::Categories, Optional("categories", "class=\"nav-list"));
const BADGE: (Operation, Part) = (Operation::Cart, Optional("badge", "class=\"bag-count\""));
const PROMISE: (Operation, Part) = (Operation::Content, Optional("content", "class=\"buy-promise\""));

const PRODUCT: &[(Operation, Part)] = &[
    (Operation::Product, Required),
    NAV,
    (Operation::Related, Optional("related", "id=\"related\"")),
    (Operation::Reviews, Optional("reviews", "id=\"reviews\"")),
    (Operation::StoreStock, Optional("stock", "class=\"in-stores\"")),
    PROMISE,
];

const fn page(path: &'static str, who: Who, calls: &'static [(Operation, Part)]) -> Case {
    Case::read(Head::Web, Form::Page, path, who, calls)
}

const fn post(
    path: &'static str,
    form: &'static str,
    who: Who,
    calls: &'static [(Operation, Part)],
    leaves: Leaves,
) -> Case {
    Case {
        head: Head::Web,
        asked: Asked::Form(path, form),
        who,
        form: Form::Page,
        status: 303,
        calls,
        leaves,
    }
}

/// The pages. Where a part is the only one that is asked for, the page cannot do without it.
pub const CASES: &[Case] = &[
    page(
        "/en-gb/",
        Who::Anybody,
        &[
            (Operation::Categories, Optional("categories", "id=\"departments\"")),
            (Operation::Content, Optional("content", "id=\"hero\"")),
        ],
    ),
    page(
        "/en-gb/c/trench-coats",
        Who::Anybody,
        &[(Operation::Listing, Required), NAV, (Operation::Content, Optional("content", "class=\"note\""))],
    ),
    page("/en-gb/search?q=coat", Who::Anybody, &[(Operation::Search, Required), NAV]),
    page(
        "/en-gb/search?q=zzzzqqqq",
        Who::Anybody,
        &[(Operation::Search, Required), NAV, (Operation::Content, Optional("content", "class=\"rail"))],
    ),
    page("/en-gb/search", Who::Anybody, &[(Operation::Categories, Required)]),
    page("/en-gb/p/harbour-trench-coat", Who::Anybody, PRODUCT),
    page(
        "/de-de/p/harbour-trench-coat",
        Who::Basket,
        &[
            (Operation::Product, Required),
            NAV,
            BADGE,
            (Operation::Related, Optional("related", "id=\"related\"")),
            (Operation::Reviews, Optional("reviews", "id=\"reviews\"")),
            (Operation::StoreStock, Optional("stock", "class=\"in-stores\"")),
            PROMISE,
        ],
    ),
    page("/en-gb/stores", Who::Anybody, &[(Operation::Stores, Required), NAV]),
    page(
        "/en-gb/sitemap.xml",
        Who::Anybody,
        &[
            (Operation::Listing, Required),
            (Operation::Categories, Optional("categories", "/en-gb/c/fashion")),
        ],
    ),
    page("/en-gb/cart", Who::Basket, &[(Operation::Cart, Required), NAV, PROMISE]),
    page(
        "/en-gb/checkout",
        Who::Basket,
        &[(Operation::Cart, Required), (Operation::Stores, Optional("stores", "id=\"store-1\""))],
    ),
    page("/en-gb/order", Who::Basket, &[NAV, BADGE]),
    page(
        "/en-gb/account/sign-in?back=%2Fen-gb%2Fcart",
        Who::Basket,
        &[NAV, BADGE, (Operation::Content, Optional("content", "class=\"note\""))],
    ),
    page("/en-gb/account", Who::Customer, &[(Operation::Customer, Required), NAV, BADGE]),
    page("/en-gb/privacy", Who::Basket, &[NAV, BADGE]),
    page("/en-gb/order/{order}", Who::Anybody, &[(Operation::Order, Required), NAV]),
    post(
        "/en-gb/cart/add",
        "product={slug}&quantity=1",
        Who::Anybody,
        &[
            (Operation::Product, Required),
            (Operation::Categories, Optional("categories", "")),
            (Operation::CreateCart, Required),
            (Operation::ChangeCart, Required),
        ],
        Leaves::AsItWas,
    ),
    post(
        "/en-gb/cart/add",
        "product={slug}&quantity=1",
        Who::Basket,
        &[
            (Operation::Product, Required),
            (Operation::Categories, Optional("categories", "")),
            (Operation::Cart, Optional("badge", "")),
            (Operation::ChangeCart, Required),
        ],
        Leaves::Pieces(Operation::ChangeCart, 3),
    ),
    post(
        "/en-gb/cart/change",
        "line={line}&quantity=5",
        Who::Basket,
        &[(Operation::ChangeCart, Required)],
        Leaves::Pieces(Operation::ChangeCart, 5),
    ),
    post(
        "/en-gb/cart/remove",
        "line={line}",
        Who::Basket,
        &[(Operation::ChangeCart, Required)],
        Leaves::Pieces(Operation::ChangeCart, 0),
    ),
    post(
        "/en-gb/cart/code",
        "code=WELCOME10",
        Who::Basket,
        &[(Operation::ChangeCart, Required)],
        Leaves::AsItWas,
    ),
    // Who is let in is in, even when the shop tells no more of them.
    post(
        "/en-gb/account/sign-in",
        "email=tom%40example.test&password=tea-before-noon&back=%2Fen-gb%2Fcart",
        Who::Basket,
        &[(Operation::SignIn, Required), (Operation::Customer, Optional("customer", ""))],
        Leaves::AsItWas,
    ),
    // What was granted to nobody is refused, on the page of the basket.
    Case {
        status: 400,
        ..post(
            "/en-gb/cart/offer",
            "grant=nothing",
            Who::Basket,
            &[(Operation::Cart, Required), NAV, PROMISE],
            Leaves::AsItWas,
        )
    },
    post(
        "/en-gb/checkout",
        "name=Ada+Example&email=ada%40example.com&delivery=pickup&store=leeds",
        Who::Basket,
        &[(Operation::CheckOut, Required)],
        Leaves::Gone,
    ),
];
