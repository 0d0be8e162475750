//! What is learned from the demo shop's orders: the committed table, what was planted, and orders that were held out.

#![expect(clippy::unwrap_used, reason = "fixtures that cannot be read are to fail the test at once")]

use fixtures::catalogue::{Catalogue, home};
use fixtures::missions::{MISSIONS, planted};
use fixtures::orders::{FILE, RESELLER};
use personalise::goes_with::GoesWith;
use personalise::goes_with::train::{Orders, Trained, Training, train};
use std::collections::{BTreeMap, BTreeSet};

fn orders() -> String {
    std::fs::read_to_string(home().join(FILE)).unwrap()
}

fn learn(csv: &str) -> Trained {
    let mut orders = Orders::default();
    let reading = orders.read(FILE, csv.as_bytes()).unwrap();
    assert_eq!(reading.unreadable, 0);
    train(&orders, &Training::default()).unwrap()
}

#[test]
fn the_committed_table_is_what_is_learned_from_the_committed_orders() {
    let committed = std::fs::read(home().join("goes-with.hw")).unwrap_or_default();
    let learned = learn(&orders()).table;
    assert!(
        committed == learned,
        "run `cargo run -- train fixtures/orders/demo.csv --into fixtures/goes-with.hw`"
    );
    let table = GoesWith::open(&committed).unwrap();
    let catalogue = Catalogue::load().unwrap();
    assert!(table.products().all(|slug| catalogue.product(slug).is_some()));
}

#[test]
fn what_was_planted_is_found_and_what_is_chance_is_not() {
    let trained = learn(&orders());
    let planted = planted();
    let kept: BTreeSet<[&str; 2]> =
        trained.kept.iter().map(|pair| [&*pair.products[0], &*pair.products[1]]).collect();
    let right = kept.intersection(&planted).count();
    let wrong: Vec<_> = kept.difference(&planted).collect();
    // What each mission is for: its first lead with the first of each group.
    let meant: BTreeSet<[&str; 2]> = MISSIONS
        .iter()
        .flat_map(|mission| mission.with.iter().map(|(group, _)| [mission.leads[0], group[0]]))
        .map(|[a, b]| if a < b { [a, b] } else { [b, a] })
        .collect();
    let missed: Vec<_> = meant.difference(&kept).collect();
    println!(
        "kept {} of {} pairs that were bought: {right} planted, {} not ({wrong:?}); of {} that missions are for, {} missed",
        kept.len(),
        trained.pairs,
        wrong.len(),
        meant.len(),
        missed.len(),
    );
    assert_eq!(missed, [&[""; 2]; 0]);
    assert!(right * 100 >= kept.len() * 95, "precision: {right} of {}", kept.len());
    let mut reseller = RESELLER;
    reseller.sort_unstable();
    assert!(!kept.contains(&reseller), "one shopper is not the public");
    assert_eq!(trained.too_large, 1, "the stock-take");
}

#[test]
fn a_phone_goes_with_its_own_protectors_and_cases() {
    let trained = learn(&orders());
    let table = GoesWith::open(&trained.table).unwrap();
    let two = |product| table.neighbours(product).take(2).map(|(slug, _)| slug).collect::<BTreeSet<_>>();
    for (phone, with) in [
        ("corvane-nine", ["clear-case-corvane-nine", "glasswing-protector-corvane-nine"]),
        ("corvane-nine-mini", ["clear-case-corvane-nine-mini", "glasswing-protector-corvane-nine-mini"]),
        ("tessaly-3", ["glasswing-protector-tessaly-3", "linen-case-tessaly-3"]),
    ] {
        assert_eq!(two(phone), BTreeSet::from(with), "{phone}");
    }
}

#[test]
fn opening_and_looking_up_ask_for_no_memory() {
    let bytes = std::fs::read(home().join("goes-with.hw")).unwrap();
    let mut found = 0;
    let asked = allocation_counter::measure(|| {
        if let Ok(table) = GoesWith::open(&bytes) {
            found =
                ["corvane-nine", "unknown", "zebra"].iter().map(|slug| table.neighbours(slug).count()).sum();
        }
    });
    assert!(found > 3);
    assert_eq!((asked.count_total, asked.bytes_total), (0, 0));
}

/// Of the products of these orders, each asked for what goes with it: how many, and for how many one of four answers
/// is in the same order.
fn hits<'a>(orders: &[Vec<&'a str>], answer: impl Fn(&'a str) -> Vec<&'a str>) -> (usize, usize) {
    let (mut asked, mut hit) = (0, 0);
    for order in orders.iter().filter(|order| order.len() > 1) {
        for product in order {
            let four = answer(product);
            assert!(four.len() <= 4);
            asked += 1;
            hit += usize::from(order.iter().any(|other| other != product && four.contains(other)));
        }
    }
    (asked, hit)
}

#[test]
fn orders_that_were_held_out_are_foretold_twice_as_well_as_by_popularity() {
    let csv = orders();
    let lines: Vec<&str> = csv.lines().collect();
    // By time: the last fifth is what the table has not seen. Only whole orders that are small are asked of.
    let (past, future) = lines.split_at(lines.len() * 4 / 5);
    let past_orders: BTreeSet<&str> = past.iter().filter_map(|line| line.split(',').next()).collect();
    let mut held_out: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for line in future {
        let fields: Vec<&str> = line.split(',').collect();
        if !past_orders.contains(fields[0]) && fields[4] != "reseller" && !fields[2].starts_with('-') {
            held_out.entry(fields[0]).or_default().insert(fields[1]);
        }
    }
    let held_out: Vec<Vec<&str>> = held_out.into_values().map(|order| order.into_iter().collect()).collect();
    let trained = learn(&past.join("\n"));
    let table = GoesWith::open(&trained.table).unwrap();
    let mut sold: BTreeMap<&str, usize> = BTreeMap::new();
    past.iter().skip(1).for_each(|line| *sold.entry(line.split(',').nth(1).unwrap()).or_default() += 1);
    let mut popular: Vec<(&str, usize)> = sold.into_iter().collect();
    popular.sort_by_key(|(_, times)| std::cmp::Reverse(*times));

    let (asked, ours) = hits(&held_out, |product| table.neighbours(product).take(4).map(|n| n.0).collect());
    let (_, theirs) = hits(&held_out, |product| {
        popular.iter().map(|(slug, _)| *slug).filter(|slug| *slug != product).take(4).collect()
    });
    let percent = |hits: usize| hits as f64 * 100.0 / asked as f64;
    println!(
        "hit rate at 4 over {asked} products of {} held-out orders: {:.1} % by the table, {:.1} % by popularity",
        held_out.iter().filter(|order| order.len() > 1).count(),
        percent(ours),
        percent(theirs)
    );
    assert!(asked > 500 && ours >= 2 * theirs, "{ours} and {theirs} of {asked}");
}
