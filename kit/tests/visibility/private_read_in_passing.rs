//! A visitor's own value does not read like the value itself: whoever reads it says so by `open`.
use commerce::{Cart, Money};
use kit::visibility::Private;

fn total(cart: &Private<Cart>) -> Money {
    cart.total
}

fn main() {}
