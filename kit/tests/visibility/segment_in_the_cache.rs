//! What only those with the same decision may see is not everyone's.
use commerce::Product;
use kit::rehearsal::World;
use kit::visibility::Segment;

fn keep(world: &World, product: &Segment<Product>) {
    world.keep("product", product);
}

fn main() {}
