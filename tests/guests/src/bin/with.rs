//! Everything of the engine that a head uses: reads rules, decides, and asks what is shown.

use jiff::Timestamp;
use personalise::attribute::{Value, Values};
use personalise::rules::{Candidate, Decision, Rules, Visit, arrange};
use std::io::Read as _;

fn main() -> std::io::Result<()> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    let Ok(rules) = Rules::from_compact(&bytes) else { return Ok(()) };
    let mut values = Values::new(&rules.schema);
    let known = values.set(&rules.schema, "visitor.visits", Some(Value::Int(1)));
    let visit = Visit {
        values: &values,
        now: Timestamp::UNIX_EPOCH,
        channel: "web",
        event: None,
        consents: &["personalisation"],
        history: &[],
        id: Some("visitor"),
        assigned: &[],
        forced: &[],
    };
    let mut decision = Decision::default();
    rules.decide(&visit, &mut decision);
    let mut shown = Vec::new();
    let candidates = [Candidate { id: "a", categories: &["b"], price: None, in_stock: true, rank: Some(0) }];
    if let Some(recommend) = rules.recommend_at("product", &visit, &decision) {
        arrange(recommend, &visit, &decision, &candidates, &["c"], &mut shown);
    }
    let key = decision.key(&rules, &["home_hero", "offer"]);
    let reads = rules.reads("cart.") && rules.reads_at(&["offer"], "cart");
    println!(
        "{} {:?} {known} {key} {reads} {}",
        bytes.len(),
        rules.content(&decision, "home_hero"),
        shown.len()
    );
    Ok(())
}
