//! The function that changes it cannot put it elsewhere.
use commerce::Cart;
use kit::visibility::Private;

fn smuggle(cart: Private<Cart>) -> Option<Cart> {
    let mut out = None;
    cart.map(|cart| out = Some(cart));
    out
}

fn main() {}
