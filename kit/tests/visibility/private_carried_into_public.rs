//! The function that changes a public value sees that value and nothing else.
use commerce::{Cart, Product};
use kit::visibility::{Private, Public};

fn smuggle(product: &Public<Product>, cart: Private<Cart>) -> Public<String> {
    let cart = cart.into_open();
    product.map(|product| format!("{} for {}", product.name, cart.id))
}

fn main() {}
