//! Reading it is what makes the answer one for this decision only, so it is read by `open` alone.
use commerce::Product;
use kit::visibility::Segment;

fn name(product: &Segment<Product>) -> &str {
    &product.name
}

fn main() {}
