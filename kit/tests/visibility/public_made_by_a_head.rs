//! Only the kit says that a value is for everyone.
use commerce::Product;
use kit::visibility::{Public, Source};
use std::rc::Rc;

fn declare(product: Product, source: Source) -> Public<Product> {
    Public::of(Rc::new(product), source)
}

fn main() {}
