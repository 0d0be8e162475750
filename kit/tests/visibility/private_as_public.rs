//! A visitor's own value does not become everyone's.
use commerce::Cart;
use kit::visibility::{Private, Public};

fn publish(cart: Private<Cart>) -> Public<Cart> {
    cart.into()
}

fn main() {}
