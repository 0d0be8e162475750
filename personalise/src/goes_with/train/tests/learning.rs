//! What goes with what, and what is no more than chance, a bot or one shopper.

use super::{HEADER, learn, neighbours, order, plain};
use crate::goes_with::train::{Training, train};
use crate::goes_with::{GoesWith, MAX_BYTES, MAX_NEIGHBOURS};
use std::time::Duration;

#[test]
fn what_is_bought_together_goes_together_both_ways_and_not_with_itself() {
    let trained = learn(&plain(), &Training::default());
    for (product, with) in [("phone", "case"), ("case", "phone"), ("mug", "plate"), ("plate", "mug")] {
        assert_eq!(neighbours(&trained, product), [with]);
    }
    assert_eq!((trained.orders, trained.products, trained.pairs, trained.kept.len()), (20, 4, 2, 2));
    assert_eq!(trained.kept[0].products, ["case", "phone"]);
    assert_eq!(trained.kept[0].shoppers, 10);
}

#[test]
fn a_pair_of_too_few_shoppers_is_not_kept() {
    let mut csv = plain();
    (0..4).for_each(|at| order(&mut csv, &format!("c{at}"), "", &["coat", "scarf"]));
    assert_eq!(learn(&csv, &Training::default()).alone, ["coat", "scarf"]);
    order(&mut csv, "c4", "", &["coat", "scarf"]);
    let trained = learn(&csv, &Training::default());
    assert_eq!(neighbours(&trained, "coat"), ["scarf"]);
    let strict = Training { least_shoppers: 6, ..Training::default() };
    assert_eq!(learn(&csv, &strict).alone, ["coat", "scarf"]);
}

#[test]
fn one_shopper_is_one_however_much_is_ordered() {
    let mut csv = plain();
    for at in 0..300 {
        order(&mut csv, &format!("r{at}"), "reseller", &["hamper", "game"]);
        order(&mut csv, &format!("s{at}"), &format!("v{at}"), &["pen"]);
        order(&mut csv, &format!("t{at}"), &format!("v{}", at % 7), &["ink", "pen"]);
    }
    let trained = learn(&csv, &Training::default());
    assert_eq!(trained.alone, ["game", "hamper"]);
    // And with four others who do the same, the reseller's orders weigh as ten.
    (0..4).for_each(|at| order(&mut csv, &format!("o{at}"), "", &["hamper", "game"]));
    let trained = learn(&csv, &Training::default());
    let pair = trained.kept.iter().find(|pair| pair.products[0] == "game").unwrap();
    assert_eq!(pair.shoppers, 5);
    assert!((pair.score - 14.0 / 24.0).abs() < 1e-3, "{pair:?}");
    let pair = trained.kept.iter().find(|pair| pair.products[0] == "ink").unwrap();
    assert_eq!(pair.shoppers, 7, "each is one, also when others order in between");
}

#[test]
fn an_order_that_comes_twice_is_one() {
    let csv = plain();
    let mut orders = super::read(&csv);
    let once = train(&orders, &Training::default()).unwrap();
    orders.read("again.csv", csv.as_bytes()).unwrap();
    assert_eq!(train(&orders, &Training::default()).unwrap(), once);
}

#[test]
fn what_was_sent_back_was_not_bought() {
    let mut csv = plain();
    for at in 0..10 {
        order(&mut csv, &format!("c{at}"), "", &["coat", "scarf"]);
        csv += &format!(
            "c{at},belt,-1,,\nc{at},belt,-1,,\nc{at},scarf,-1,,\nc{at},hat,2,,\nc{at},hat,-1,,\nc{at},belt,1,,\n"
        );
    }
    let trained = learn(&csv, &Training::default());
    assert_eq!(neighbours(&trained, "coat"), ["hat"]);
    assert_eq!(neighbours(&trained, "scarf"), [""; 0]);
    assert_eq!(trained.products, 6, "nobody kept a scarf or a belt");
}

#[test]
fn orders_of_everything_are_left_out_and_large_ones_weigh_less_per_pair() {
    let everything: Vec<String> = (0..41).map(|at| format!("p{at}")).collect();
    let everything: Vec<&str> = everything.iter().map(String::as_str).collect();
    let mut csv = plain();
    (0..10).for_each(|at| order(&mut csv, &format!("bot{at}"), "", &everything));
    let trained = learn(&csv, &Training::default());
    assert_eq!((trained.too_large, trained.products, trained.kept.len()), (10, 4, 2));
    // In orders of two, a pair weighs 1; in orders of eleven, a tenth.
    let mut csv = HEADER.to_owned();
    (0..20).for_each(|at| order(&mut csv, &format!("a{at}"), "", &["phone", "case"]));
    (0..20).for_each(|at| order(&mut csv, &format!("b{at}"), "", &everything[..11]));
    let trained = learn(&csv, &Training { significance: 0.0, ..Training::default() });
    assert_eq!(trained.kept[0].products, ["case", "phone"]);
    assert!((trained.kept[0].score - 20.0 / 30.0).abs() < 1e-4, "{:?}", trained.kept[0]);
    assert!((trained.kept[1].score - 0.1 * 2.0 / 12.0).abs() < 1e-4, "{:?}", trained.kept[1]);
}

#[test]
fn what_chance_explains_is_not_kept_however_popular() {
    // The bag is in half of all orders, whatever else is bought.
    let mut csv = HEADER.to_owned();
    for at in 0..4_000 {
        let (a, b) = (at % 10, at / 10 % 10);
        let mut products = vec![format!("p{a}"), format!("p{b}")];
        if at / 100 % 2 == 0 {
            products.push("bag".to_owned());
        }
        let products: Vec<&str> = products.iter().map(String::as_str).collect();
        order(&mut csv, &at.to_string(), "", &products);
    }
    let trained = learn(&csv, &Training::default());
    assert_eq!(trained.kept, []);
    assert_eq!(trained.alone.len(), 11);
    assert!(trained.pairs >= 55);
}

#[test]
fn a_product_keeps_its_strongest_neighbours() {
    let mut csv = plain();
    for with in 0..30 {
        (0..5 + with).for_each(|at| {
            order(&mut csv, &format!("{with}-{at}"), "", &["phone-b", &format!("with-{with:02}")]);
        });
    }
    let trained = learn(&csv, &Training { significance: 0.0, ..Training::default() });
    let expected: Vec<String> = (10..30).rev().map(|with| format!("with-{with}")).collect();
    assert_eq!(neighbours(&trained, "phone-b"), expected);
    assert_eq!(neighbours(&trained, "with-00"), ["phone-b"], "a weak one still knows its strongest");
    let three = learn(&csv, &Training { neighbours: 3, significance: 0.0, ..Training::default() });
    assert_eq!(neighbours(&three, "phone-b"), expected[..3]);
}

#[test]
fn old_orders_weigh_less_when_a_half_life_is_set() {
    let mut csv = HEADER.to_owned();
    for at in 0..40 {
        for (name, date, with) in [("o", "2025-01-01", "old-case"), ("n", "2026-01-01", "new-case")] {
            csv += &format!("{name}{at},phone,1,{date},\n{name}{at},{with},1,{date},\n");
        }
        csv += &format!("m{at},mug,1,,\nm{at},plate,1,,\n");
    }
    let even = learn(&csv, &Training::default());
    assert_eq!(neighbours(&even, "phone"), ["new-case", "old-case"]);
    let score = |trained: &super::Trained, of: &str| {
        trained.kept.iter().find(|pair| pair.products.contains(&of.to_owned())).map(|pair| pair.score)
    };
    assert_eq!(score(&even, "old-case"), score(&even, "new-case"));
    let year = Duration::from_secs(365 * 86_400);
    let decayed = learn(&csv, &Training { half_life: Some(year), ..Training::default() });
    // 20 of 60 orders of the phone, all 20 of the old case.
    let expected = 20.0 / (60.0_f64 * 20.0).sqrt() * 20.0 / 30.0;
    assert!((score(&decayed, "old-case").unwrap() - expected).abs() < 1e-4);
    // Without a time they are as old as the oldest.
    assert!((score(&decayed, "mug").unwrap() - 20.0 / 30.0).abs() < 1e-4);
}

#[test]
fn the_order_of_lines_changes_nothing() {
    let mut csv = plain();
    // An order is as old as its newest line.
    for (order, product, minute) in [(1, "phone", 0), (1, "mug", 20), (2, "phone", 10), (2, "plate", 10)] {
        csv += &format!("x{order},{product},1,2026-01-01T00:{minute:02}:00Z,v1\n");
    }
    let mut lines: Vec<&str> = csv.lines().skip(1).collect();
    let how =
        Training { half_life: Some(Duration::from_secs(1_000)), significance: 0.0, ..Training::default() };
    let first = learn(&csv, &how);
    for turn in 1..lines.len() {
        lines.rotate_left(turn);
        let turned = learn(&(HEADER.to_owned() + &lines.join("\n")), &how);
        assert_eq!(turned, first);
    }
}

#[test]
fn a_large_shop_fits_by_fewer_neighbours_or_is_told() {
    let shop = |products: usize, slug: usize| {
        let name = |at: usize| format!("{:0>slug$}", at % products);
        let mut csv = "order,product\n".to_owned();
        for at in 0..products {
            for step in [1, 2, 3, 5, 8] {
                csv += &format!("{at}-{step},{}\n{at}-{step},{}\n", name(at), name(at + step));
            }
        }
        learn_if_it_fits(&csv)
    };
    let fits = shop(6_000, 130).unwrap();
    assert!(fits.table.len() <= MAX_BYTES && fits.neighbours < 10, "{}", fits.neighbours);
    let table = GoesWith::open(&fits.table).unwrap();
    assert!(table.products().all(|product| table.neighbours(product).count() == fits.neighbours));
    let error = shop(6_000, 170).unwrap_err();
    assert!(error.to_string().contains("raise the least number of shoppers"), "{error}");
}

fn learn_if_it_fits(csv: &str) -> Result<super::Trained, crate::goes_with::train::TrainError> {
    train(&super::read(csv), &Training { least_shoppers: 1, significance: 0.0, ..Training::default() })
}

#[test]
fn settings_out_of_their_limits_are_told() {
    let sound = Training::default();
    for (how, told) in [
        (Training { least_shoppers: 0, ..sound }, "shoppers"),
        (Training { significance: f64::NAN, ..sound }, "significance"),
        (Training { significance: -1.0, ..sound }, "significance"),
        (Training { neighbours: 0, ..sound }, "1 to 20"),
        (Training { neighbours: MAX_NEIGHBOURS + 1, ..sound }, "1 to 20"),
        (Training { most_products: 1, ..sound }, "2 products"),
        (Training { half_life: Some(Duration::ZERO), ..sound }, "half-life"),
    ] {
        let error = train(&super::read(&plain()), &how).unwrap_err();
        assert!(error.to_string().contains(told), "{error}");
    }
    let error = train(&super::read("order,product\n"), &sound).unwrap_err();
    assert!(error.to_string().contains("no orders"), "{error}");
}
