//! A segment has the decision that makes it one.
use commerce::Product;
use kit::reads::Reads;
use kit::visibility::{Public, Segment};
use std::rc::Rc;

fn decide(product: Public<Product>, reads: &Rc<Reads>) -> Segment<Product> {
    product.for_segment(reads)
}

fn main() {}
