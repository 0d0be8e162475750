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
            // Both are asked about the product, and so are not there without it.
            (Operation::StoreStock, Optional("stock", "")),
            (Operation::Related, Optional("related", "")),
        ],
    ),
    page("/shop-plus/about.html", &[]),
];
