//! The pages of the head before the demo shop's old website: the shop is asked for slots alone, and whatever it does,
//! the site's own page stays.

use super::case::{Case, Form, Head, Part, Who};
use crate::proxy::Operation;
use Part::Optional;

const fn page(path: &'static str, calls: &'static [(Operation, Part)]) -> Case {
    Case::read(Head::Front, Form::Page, path, Who::Anybody, calls)
}

/// The pages.
pub const CASES: &[Case] = &[
    page("/shop-plus/", &[(Operation::Content, Optional("content", "hw-banner"))]),
    page(
        "/shop-plus/products/harbour-trench-coat.html",
        &[
            (Operation::Product, Optional("product", "hw-price")),
            (Operation::StoreStock, Optional("stock", "hw-stock")),
            (Operation::Related, Optional("related", "hw-row")),
        ],
    ),
    page("/shop-plus/about.html", &[]),
];
