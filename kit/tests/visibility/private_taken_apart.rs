//! What is in it cannot be copied out past `open`.
use commerce::Cart;
use kit::visibility::Private;

fn copied(cart: &Private<Cart>) -> Cart {
    cart.value.clone()
}

fn main() {}
