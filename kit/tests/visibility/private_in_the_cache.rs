//! The cache takes what everyone may see.
use commerce::Cart;
use kit::rehearsal::World;
use kit::visibility::Private;

fn keep(world: &World, cart: &Private<Cart>) {
    world.keep("cart", cart);
}

fn main() {}
