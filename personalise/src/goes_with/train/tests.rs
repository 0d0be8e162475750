//! What is learned, from what, and what is told of bad input.

mod input;
mod learning;

use super::{Orders, Trained, Training, train};
use crate::goes_with::GoesWith;

fn read(csv: &str) -> Orders {
    let mut orders = Orders::default();
    orders.read("orders.csv", csv.as_bytes()).unwrap();
    orders
}

fn learn(csv: &str, how: &Training) -> Trained {
    train(&read(csv), how).unwrap()
}

fn neighbours(trained: &Trained, product: &str) -> Vec<String> {
    let table = GoesWith::open(&trained.table).unwrap();
    table.neighbours(product).map(|(slug, _)| slug.to_owned()).collect()
}

/// The lines of one order.
fn order(csv: &mut String, name: &str, visitor: &str, products: &[&str]) {
    for product in products {
        *csv += &format!("{name},{product},1,,{visitor}\n");
    }
}

const HEADER: &str = "order,product,quantity,time,visitor\n";

/// Phones with cases by ten shoppers, mugs with plates by ten others.
fn plain() -> String {
    let mut csv = HEADER.to_owned();
    for at in 0..10 {
        order(&mut csv, &format!("p{at}"), "", &["phone", "case"]);
        order(&mut csv, &format!("m{at}"), "", &["mug", "plate"]);
    }
    csv
}
