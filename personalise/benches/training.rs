//! What learning from a million order lines takes, and reading the table: `cargo bench -p personalise`.

#![expect(clippy::unwrap_used, reason = "a measurement of what does not work is none")]

use fixtures::dice::Dice;
use personalise::goes_with::GoesWith;
use personalise::goes_with::train::{Orders, Training, train};
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

const LINES: usize = 1_000_000;
const PRODUCTS: usize = 10_000;
const VISITORS: usize = 150_000;

/// Orders of one to five products: the popular ones far more often, half of them with what goes with the first.
fn orders() -> String {
    let mut dice = Dice::new(7);
    let mut text = "order,product,quantity,time,visitor\n".to_owned();
    let mut lines = 0;
    for order in 0.. {
        let mut line = |product: usize, visitor: usize| {
            lines += 1;
            writeln!(
                text,
                "{order},product-of-this-shop-{product},1,2026-03-{:02},v{visitor}",
                1 + order % 28
            )
        };
        let visitor = dice.roll(VISITORS);
        // The logarithm of the rank is even: Zipf's law.
        let mut popular = || {
            let even = f64::from(u32::try_from(dice.roll(1 << 20)).unwrap()) / f64::from(1 << 20);
            f64::from(u32::try_from(PRODUCTS).unwrap()).powf(even) as usize - 1
        };
        let first = popular();
        line(first, visitor).unwrap();
        for at in 0..order % 5 {
            let with = if at < 2 { (first + 1 + at * 7) % PRODUCTS } else { popular() };
            line(with, visitor).unwrap();
        }
        if lines >= LINES {
            return text;
        }
    }
    text
}

fn main() {
    let csv = orders();
    println!("{} lines, {} MB", csv.lines().count() - 1, csv.len() / 1_000_000);
    let start = Instant::now();
    let mut orders = Orders::default();
    orders.read("orders", csv.as_bytes()).unwrap();
    println!("read in {:.2} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let trained = train(&orders, &Training::default()).unwrap();
    println!("learned in {:.2} s", start.elapsed().as_secs_f64());
    println!(
        "{} orders of {} products, {} pairs, {} kept, at most {} for a product, {} bytes",
        trained.orders,
        trained.products,
        trained.pairs,
        trained.kept.len(),
        trained.neighbours,
        trained.table.len()
    );
    let start = Instant::now();
    let table = GoesWith::open(&trained.table).unwrap();
    println!("opened in {:.0} µs", start.elapsed().as_secs_f64() * 1e6);
    let products: Vec<&str> = table.products().collect();
    let start = Instant::now();
    let found: usize =
        products.iter().map(|product| table.neighbours(black_box(product)).take(4).count()).sum();
    let each = start.elapsed().as_secs_f64() * 1e9 / products.len() as f64;
    println!("four neighbours of each of {} products: {each:.0} ns ({found})", products.len());
}
