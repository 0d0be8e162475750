//! What is learned, and what of it is kept.

use super::*;
use crate::visitor::{Field, Orders};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

#[test]
fn a_visit_ends_after_half_an_hour_of_rest() {
    let mut profile = Profile::default();
    let mut visits = |second| {
        profile.learn(&Change::Seen, at(second));
        profile.visits
    };
    assert_eq!([visits(0), visits(60), visits(1_000), visits(2_700), visits(4_600)], [1, 1, 1, 1, 2]);
    let mut profile = Profile::default();
    assert!(profile.learn(&Change::Seen, at(0)));
    assert!(!profile.learn(&Change::Seen, at(899)), "no write for every page");
    assert!(profile.learn(&Change::Seen, at(900)));
}

#[test]
fn what_was_used_is_kept_longest_and_lists_are_short() {
    let mut profile = Profile::default();
    profile.learn(&Change::Ordered { offers: vec!["welcome".to_owned()], products: Vec::new() }, at(0));
    for n in 0..100 {
        profile.learn(&Change::Shown(format!("offer-{n}")), at(n));
        profile.learn(&Change::Viewed(format!("category-{n}")), at(n));
    }
    profile.learn(&Change::Viewed("category-97".to_owned()), at(200));
    assert_eq!(profile.history.len(), HISTORY);
    assert!(profile.history.iter().any(|mark| mark.used && mark.offer == "welcome"));
    assert_eq!(profile.categories[..3], ["category-97", "category-99", "category-98"]);
    assert_eq!((profile.categories.len(), profile.orders(), profile.ordered()), (8, 1, Some(1_800_000_000)));
    assert!(!profile.learn(&Change::Viewed("category-97".to_owned()), at(201)));
    let shown = profile.history.len();
    profile.learn(&Change::Shown("offer-99".to_owned()), at(300));
    assert_eq!(profile.history.len(), shown, "one showing a visit");
}

fn ordered() -> Change {
    Change::Ordered { offers: Vec::new(), products: Vec::new() }
}

fn known(count: u32, latest: i64) -> Acquaintance {
    Acquaintance {
        source: "shop",
        orders: Some(Orders { count, latest: Some(at(latest).as_second()) }),
        subscriber: Some(true),
        tier: Some("gold".to_owned()),
        wish_list: Some(vec!["lamp".to_owned(), "scarf".to_owned()]),
    }
}

#[test]
fn a_backend_adds_to_what_heads_saw_and_takes_nothing_away() {
    let mut profile = Profile::default();
    profile.learn(&ordered(), at(100));
    let none = Acquaintance { orders: Some(Orders::default()), ..known(0, 0) };
    assert!(profile.learn(&Change::Known(none), at(200)));
    assert_eq!((profile.orders(), profile.ordered()), (1, Some(at(100).as_second())));
    assert_eq!((profile.subscriber(), profile.tier()), (Some(true), Some("gold")));
    profile.learn(&Change::Known(known(7, 150)), at(300));
    assert_eq!((profile.orders(), profile.ordered()), (7, Some(at(150).as_second())));
    // One more, which the backend has not told of yet; then it has.
    profile.learn(&ordered(), at(400));
    assert_eq!((profile.orders(), profile.ordered()), (8, Some(at(400).as_second())));
    profile.learn(&Change::Known(known(8, 400)), at(500));
    assert_eq!(profile.orders(), 8);
}

#[test]
fn a_source_that_is_down_leaves_what_others_said() {
    let mut profile = Profile::default();
    profile.learn(&Change::Known(known(3, 10)), at(20));
    // Orders and wishes cannot be had, and the backend does not tell whether it writes to them any more.
    let partial = Acquaintance { orders: None, subscriber: None, tier: None, wish_list: None, ..known(0, 0) };
    profile.learn(&Change::Known(partial), at(1_000));
    assert_eq!((profile.orders(), profile.subscriber(), profile.tier()), (3, Some(true), None));
    assert_eq!(profile.wish_list().map(<[_]>::len), Some(2));
    let emptied = Acquaintance { wish_list: Some(Vec::new()), ..known(3, 10) };
    profile.learn(&Change::Known(emptied), at(1_000));
    assert_eq!(profile.wish_list(), Some(&[][..]), "what was taken off is off");
    profile.learn(&Change::Known(known(3, 10)), at(20));
    let orders: Vec<Field> =
        profile.fields().into_iter().filter(|field| field.name == "visitor.orders").collect();
    let told: Vec<_> = orders.iter().map(|f| (f.value.as_str(), f.source.as_str(), f.at, f.counts)).collect();
    assert_eq!(
        told,
        [("0", "own", None, false), ("3", "shop", Some(at(20)), true)],
        "since when it is known"
    );
}

#[test]
fn every_field_tells_who_said_it_and_when() {
    let mut profile = Profile::default();
    profile.learn(&Change::Seen, at(0));
    profile.learn(&Change::Viewed("coats".to_owned()), at(0));
    profile.learn(&ordered(), at(5));
    profile.learn(&Change::Known(Acquaintance { source: "second", ..known(1, 4) }), at(9));
    let fields = profile.fields();
    let told: Vec<_> =
        fields.iter().map(|f| (f.name, f.value.as_str(), f.source.as_str(), f.at, f.counts)).collect();
    let (own, second) = (at(5).to_string(), at(4).to_string());
    assert_eq!(
        told,
        [
            ("visitor.visits", "1", "own", Some(at(0)), true),
            ("visitor.orders", "1", "own", Some(at(5)), true),
            ("visitor.orders", "1", "second", Some(at(9)), true),
            ("visitor.ordered", own.as_str(), "own", Some(at(5)), true),
            ("visitor.ordered", second.as_str(), "second", Some(at(9)), false),
            ("visitor.email_subscriber", "true", "second", Some(at(9)), true),
            ("visitor.tier", "gold", "second", Some(at(9)), true),
            ("visitor.wish_list", "lamp, scarf", "second", Some(at(9)), true),
            ("visitor.viewed_categories", "coats", "own", None, true),
        ]
    );
}

#[test]
fn who_signs_out_takes_along_what_backends_said() {
    let mut profile = Profile::default();
    profile.learn(&Change::Seen, at(0));
    profile.learn(&Change::Known(known(7, 10)), at(20));
    assert!(profile.learn(&Change::SignedOut, at(30)));
    assert_eq!((profile.visits, profile.orders(), profile.ordered()), (1, 0, None));
    assert_eq!((profile.subscriber(), profile.tier(), profile.wish_list()), (None, None, None));
    assert!(!serde_json::to_string(&profile).unwrap().contains("gold"));
}

#[test]
fn a_backend_is_asked_once_a_day_and_after_an_order() {
    let day = 24 * 60 * 60;
    let mut profile = Profile::default();
    let signed_in = at(0).as_second();
    assert!(profile.is_due(signed_in, at(0)), "never asked");
    profile.learn(&Change::Asked, at(0));
    assert!(!profile.is_due(signed_in, at(day - 1)) && profile.is_due(signed_in, at(day)));
    assert!(profile.is_due(at(1).as_second(), at(2)), "somebody has signed in since");
    profile.learn(&Change::Known(known(1, 0)), at(5));
    assert!(!profile.is_due(signed_in, at(6)));
    profile.learn(&ordered(), at(7));
    assert!(profile.is_due(signed_in, at(8)));
}

#[test]
fn profiles_of_before_are_read() {
    let old = r#"{"c":7,"v":3,"s":1800000000,"k":["coats"],"o":2,"l":1799990000,"e":null,"t":null,
        "h":[{"o":"welcome","a":1799990000,"u":true,"v":1}],"b":[1,2]}"#;
    let profile: Profile = serde_json::from_str(old).unwrap();
    assert_eq!((profile.visits, profile.orders(), profile.ordered()), (3, 2, Some(1_799_990_000)));
    assert_eq!((profile.consents(), profile.bought.len(), profile.history.len()), (Consents::ALL, 2, 1));
    let mut strange: Profile = serde_json::from_str("{}").unwrap();
    assert!(strange.learn(&Change::Known(known(1, 1)), at(2)));
    let bytes = serde_json::to_vec(&strange).unwrap();
    assert!(serde_json::from_slice::<Profile>(&bytes).unwrap() == strange);
}
