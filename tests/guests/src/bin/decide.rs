//! Decides again and again by the rules of its input and prints what it took, one `name value` a line: times in
//! nanoseconds.

use guests::counting::allocations;
use jiff::Timestamp;
use personalise::attribute::{Value, Values};
use personalise::rules::{Decision, Rules, Visit};
use std::hint::black_box;
use std::io::Read as _;
use std::time::Instant;

/// How many audiences are decided on in all, so that large files do not take for ever.
const AUDIENCES: usize = 4_000_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    let begin = Instant::now();
    let rules = Rules::from_compact(&bytes)?;
    println!("read {}", begin.elapsed().as_nanos());
    println!("bytes {}", bytes.len());
    println!("audiences {}", rules.audiences.len());
    let shoppers: Vec<(Values, String)> = (0..64).map(|number| shopper(&rules, number)).collect();
    let mut decision = Decision::default();
    let decide = |(values, id): &(Values, String), decision: &mut Decision| {
        let visit = Visit {
            values,
            now: Timestamp::UNIX_EPOCH,
            channel: "web",
            event: None,
            consents: &["personalisation"],
            history: &[],
            id: Some(id),
            assigned: &[],
            forced: &[],
        };
        rules.decide(black_box(&visit), decision);
    };
    shoppers.iter().for_each(|shopper| decide(shopper, &mut decision));
    let before = allocations();
    let mut shown = 0;
    for shopper in &shoppers {
        decide(shopper, &mut decision);
        let content = rules.content(&decision, "s0");
        shown += usize::from(content.is_some()) + (decision.key(&rules, &["s0", "o0", "e0"]) & 1) as usize;
    }
    black_box(shown);
    println!("allocations {}", allocations() - before);
    // A look at the clock is a call of the host, and a part of each figure.
    let count = AUDIENCES / rules.audiences.len().max(1);
    let mut took = Vec::with_capacity(count);
    for shopper in shoppers.iter().cycle().take(count) {
        let begin = Instant::now();
        decide(shopper, &mut decision);
        took.push(begin.elapsed());
    }
    took.sort();
    for (name, share) in [("least", 0), ("p50", 50), ("p99", 99)] {
        println!("{name} {}", took.get(count * share / 100).map_or(0, std::time::Duration::as_nanos));
    }
    Ok(())
}

/// Shoppers differ, so that no decision is like the one before.
fn shopper(rules: &Rules, number: i64) -> (Values, String) {
    let mut values = Values::new(&rules.schema);
    let country = ["GB", "DE", "FR", "US"].into_iter().cycle().nth(usize::try_from(number).unwrap_or(0));
    let known = [
        ("visitor.visits", Value::Int(number * 7 % 300)),
        ("visitor.orders", Value::Int(number % 3)),
        ("geo.country", Value::Text(country.unwrap_or_default().into())),
    ];
    for (name, value) in known {
        assert!(values.set(&rules.schema, name, Some(value)), "{name} is not declared as it is set");
    }
    (values, format!("shopper-{number}"))
}
