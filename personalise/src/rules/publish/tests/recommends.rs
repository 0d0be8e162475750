//! `[recommend.*]`: read, chosen, arranged.

use super::*;
use crate::rules::{Candidate, Model, Recommend, arrange};
use commerce::{Currency, Money};

const RULES: &str = r#"[audience.fans]
when = 'visits > 3'
[recommend.night]
at = ["product"]
model = "related"
hours = "22:00-06:00"
[recommend.fans]
at = ["product", "home"]
audience = "fans"
needs = "personalisation"
model = "looks"
fallback = "related"
limit = 2
repeat = true
[recommend.all]
at = ["product", "cart"]
model = "goes-with"
pin = [
  { when = 'country == "GB"', category = "cases", first = 2 },
  { product = "gift-card" },
]
filter = 'item.price < cart.total && item.category != "coats" && (item.in_stock || visits == 1)'
"#;

fn named<'r>(rules: &'r Rules, name: &str) -> &'r Recommend {
    rules.recommends.iter().find(|recommend| recommend.name.as_ref() == name).unwrap()
}

#[test]
fn the_first_that_is_meant_is_chosen() {
    let rules = rules(RULES);
    let fan = values(&rules, &[("visits", Raw::Int(4))]);
    let visit = visit(&fan);
    let at = |place: &str, visit: &Visit<'_>| {
        let chosen = rules.recommend_at(place, visit, &decide(&rules, visit));
        chosen.map(|recommend| recommend.name.to_string())
    };
    assert_eq!(at("product", &visit).as_deref(), Some("fans"));
    assert_eq!(at("cart", &visit).as_deref(), Some("all"));
    assert_eq!(at("search", &visit), None);
    let refused = Visit { consents: &[], ..visit };
    assert_eq!(at("product", &refused).as_deref(), Some("all"));
    assert_eq!(at("home", &refused), None);
    let night = Visit { now: "2026-11-21T23:00:00Z".parse().unwrap(), ..visit };
    assert_eq!(at("product", &night).as_deref(), Some("night"));
    let fans = named(&rules, "fans");
    assert_eq!((fans.model, fans.fallback, fans.limit), (Model::Looks, Some(Model::Related), 2));
    assert_eq!(named(&rules, "all").limit, 4);
    assert_eq!((fans.repeat, named(&rules, "all").repeat), (true, false));
    let told = rules.explain(&night, &decide(&rules, &night)).recommends;
    let why: Vec<_> = told.iter().map(|one| (one.holds, one.why.as_str())).collect();
    assert_eq!(
        why,
        [
            (true, "it is the first that is meant for the visitor at product"),
            (true, "it is the first that is meant for the visitor at home"),
            (true, "it is the first that is meant for the visitor at cart"),
        ]
    );
    assert_eq!(told[2].parts[0].name, "category cases");
    assert!(!told[2].parts[0].holds && told[2].parts[1].holds);
}

fn candidate<'a>(id: &'a str, categories: &'a [&'a str], pounds: i64, rank: Option<u32>) -> Candidate<'a> {
    let price = Some(Money::new(pounds * 100, Currency::GBP));
    Candidate { id, categories, price, in_stock: true, rank }
}

fn shown<'a>(
    rules: &Rules,
    given: &[(&str, Raw)],
    candidates: &[Candidate<'a>],
    left_out: &[&str],
) -> Vec<&'a str> {
    let known = values(rules, given);
    let visit = visit(&known);
    let mut places = vec![7, 7, 7];
    let decision = decide(rules, &visit);
    arrange(named(rules, "all"), &visit, &decision, candidates, left_out, &mut places);
    places.into_iter().map(|place| candidates[place].id).collect()
}

#[test]
fn pins_come_first_and_what_may_not_be_shown_is_left_out() {
    let rules = rules(RULES);
    let (cart, british) =
        (("cart.total", Raw::Text("GBP 50".to_owned())), ("country", Raw::Text("GB".to_owned())));
    let mut candidates = vec![
        candidate("charger", &["chargers"], 20, Some(1)),
        candidate("case-b", &["cases"], 20, None),
        candidate("stand", &["stands"], 20, Some(0)),
        candidate("case-a", &["cases", "gifts"], 20, Some(5)),
        candidate("case-c", &["gifts", "cases"], 20, None),
        candidate("gift-card", &[], 10, None),
        candidate("cable", &["chargers"], 5, Some(1)),
        candidate("lamp", &["home"], 5, None),
    ];
    let all = |given: &[(&str, Raw)], candidates: &[Candidate<'static>], left_out: &[&str]| {
        shown(&rules, given, candidates, left_out)
    };
    let known = [cart.clone(), british.clone()];
    assert_eq!(all(&known, &candidates, &[]), ["case-a", "case-b", "gift-card", "stand"]);
    assert_eq!(all(&known, &candidates, &["case-a", "stand"]), ["case-b", "case-c", "gift-card", "charger"]);
    assert_eq!(
        all(std::slice::from_ref(&cart), &candidates, &[]),
        ["gift-card", "stand", "charger", "cable"]
    );
    assert_eq!(
        all(std::slice::from_ref(&british), &candidates, &[]),
        [""; 0],
        "no total, no comparison with it"
    );
    candidates[2].in_stock = false;
    candidates[6].price = None;
    candidates[5].price = Some(Money::new(1_000, Currency::EUR));
    assert_eq!(all(&known, &candidates, &[]), ["case-a", "case-b", "charger"]);
    candidates[3].categories = &["coats", "cases"];
    assert_eq!(
        all(&known, &candidates, &[]),
        ["case-b", "case-c", "charger"],
        "the main category is asked for"
    );
    candidates[7] = Candidate { id: "charger", rank: Some(0), ..candidates[7] };
    assert_eq!(all(&known, &candidates, &[]), ["case-b", "case-c", "charger"], "the same comes once");
    let sold_out = Candidate { in_stock: false, ..candidates[0] };
    let once = [cart, ("visits", Raw::Int(1))];
    assert_eq!(all(&once, &[sold_out], &[]), [""; 0], "whatever the filter says");
    let many: Vec<String> = (0..2_000).map(|n| format!("p{n}")).collect();
    let many: Vec<_> = many.iter().map(|id| candidate(id, &[], 1, Some(9))).collect();
    assert_eq!(shown(&rules, &known, &many, &["p1"]), ["p0", "p2", "p3", "p4"]);
    assert_eq!(shown(&rules, &known, &many[256..], &[]).len(), 4);
    assert_eq!(all(&known, &[], &[]), [""; 0]);
}

#[test]
fn wrong_recommendations_are_told_with_their_place_and_cure() {
    for (keys, expected) in [
        ("at = ['product']", "8:12 needs `model`"),
        ("model = 'looks'", "8:12 needs `at`"),
        ("at = ['prodct']\nmodel = 'looks'", "9:7 did you mean `product`?"),
        ("at = ['cart']\nmodel = 'look'", "10:9 did you mean `looks`?"),
        ("at = ['cart']\nmodel = 'looks'\nfallback = 'looks'", "11:12 cannot stand in for itself"),
        ("at = ['cart']\nmodel = 'looks'\nlimit = 0", "11:9 limit must be from 1 to 50"),
        (
            "at = ['cart']\nmodel = 'looks'\npin = [{ first = 1 }]",
            "11:8 names either a `category` or a `product`",
        ),
        ("at = ['cart']\nmodel = 'looks'\npin = [{ product = 'a', category = 'b' }]", "11:8 names either"),
        (
            "at = ['cart']\nmodel = 'looks'\npin = [{ product = 'a', first = 51 }]",
            "11:33 first must be from 1 to 50",
        ),
        (
            "at = ['cart']\nmodel = 'looks'\nfilter = 'item.prise > cart.total'",
            "11:11 did you mean `item.price`?",
        ),
        (
            "at = ['cart']\nmodel = 'looks'\nfilter = 'item.price > 3'",
            "11:11 money cannot be compared with int",
        ),
        (
            "at = ['cart']\nmodel = 'looks'\nwhen = 'item.in_stock'",
            "11:9 only the `filter` of a recommendation",
        ),
        ("at = ['cart']\nmodel = 'looks'\naudience = 'x'", "11:12 there is no audience"),
    ] {
        let found = findings(&format!("[recommend.r]\n{keys}\n"));
        let (place, words) = expected.split_once(' ').unwrap();
        let at = format!("p.toml:{place}: error: ");
        assert!(found.iter().any(|told| told.starts_with(&at) && told.contains(words)), "{keys}\n{found:#?}");
    }
    told(
        "[recommend.all]\nat = ['cart', 'home']\nmodel = 'looks'\n\
         [recommend.late]\nat = ['product', 'home']\nmodel = 'looks'\nfilter = 'item.in_stock && !item.in_stock'\n\
         [recommend.dead]\nat = ['product']\nwhen = 'visits > 2'\nmodel = 'looks'\nfilter = '1 == 2'\n",
        &[
            "11:12 warning: `late` is never shown at `home`: `all` comes before",
            "15:12 warning: a condition of the recommendation `dead` can never hold",
            "15:12 warning: `dead` is never shown at `product`: `late` comes before",
        ],
    );
    assert!(findings("[recommend.r]\nat = ['cart']\nmodel = 'looks'\n[[check]]\nexpect = { recommend = { cart = false } }\n")[0]
        .contains("none was expected, and `r` is shown"));
}
