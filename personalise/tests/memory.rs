//! A decision asks for no memory, and rules that were damaged on their way do no harm.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what is expected here is tested elsewhere")]

use allocation_counter::measure;
use jiff::Timestamp;
use personalise::attribute::{Raw, Values};
use personalise::rules::{Candidate, Decision, Past, PastKind, Rules, Visit, arrange, publish};

const EXAMPLE: &str = include_str!("../src/rules/publish/example.toml");

/// The example, with what it does not use.
fn file() -> String {
    let more = r#"
[audience.names]
when = '"a" + 1 == 2 || geo.country in ["DE", "FR"] || geo.country.contains("x") || size(geo.country) > 2 || now > time("2026-01-01T00:00:00Z")'
[offer.night]
audience = "names"
when = 'cart.total * 2 >= money("GBP", 0.5)'
give = ["GBP 5 off", "free shipping"]
code = "NIGHT"
slot = "night"
hours = "22:00-06:00"
days = ["mon", "sat"]
from = 2026-01-01
once_per = "visitor"
[experiment.second]
variants = { a = 1, b = 2, c = 3 }
requires = [{ experiment = "hero_copy", arm = "short" }]
namespace = { name = "n", from = 0, to = 0.9 }
hash = "geo.country"
sticky = true
coverage = 0.9
"#;
    format!("{EXAMPLE}{}", more.replace("\"a\" + 1 == 2 || ", ""))
}

fn rules() -> Rules {
    let published = publish(&file(), Timestamp::UNIX_EPOCH);
    published.rules.unwrap_or_else(|| panic!("{:#?}", published.findings))
}

fn values(rules: &Rules) -> Values {
    let mut values = Values::new(&rules.schema);
    for (name, raw) in [
        ("visitor.visits", Raw::Int(1)),
        ("visitor.orders", Raw::Int(0)),
        ("cart.total", Raw::Text("GBP 35".to_owned())),
        ("product.price", Raw::Text("GBP 99".to_owned())),
        ("product.category", Raw::Text("phones".to_owned())),
        ("geo.country", Raw::Text("DE".to_owned())),
    ] {
        // Damaged rules may have other names.
        let _ = values.read(&rules.schema, name, &raw);
    }
    values
}

fn with_visit<T>(values: &Values, see: impl FnOnce(&Visit<'_>) -> T) -> T {
    let history =
        [Past { offer: "stay", at: Timestamp::UNIX_EPOCH, kind: PastKind::Shown, this_session: false }];
    see(&Visit {
        values,
        now: "2026-11-21T23:00:00Z".parse().unwrap(),
        channel: "web",
        event: Some("exit_intent"),
        consents: &["personalisation"],
        history: &history,
        id: Some("visitor-1"),
        assigned: &[("second", "b")],
        forced: &[("hero_copy", "short")],
    })
}

#[test]
fn a_decision_asks_for_no_memory() {
    let rules = Rules::from_compact(&rules().to_compact().unwrap()).unwrap();
    let values = values(&rules);
    with_visit(&values, |visit| {
        let (mut decision, mut shown) = (Decision::default(), Vec::new());
        rules.decide(visit, &mut decision);
        let candidates = [0, 1, 2].map(|rank| Candidate {
            id: "p",
            categories: &["phones"],
            price: None,
            in_stock: true,
            rank: Some(rank),
        });
        let again = |decision: &mut Decision, shown: &mut Vec<usize>| {
            rules.decide(visit, decision);
            let recommend = rules.recommend_at("cart", visit, decision).unwrap();
            arrange(recommend, visit, decision, &candidates, &["q"], shown);
            assert_eq!(rules.content(decision, "home_hero"), Some("hero-short"));
            let read = rules.reads("cart.") && rules.reads_at(&["home_hero"], "geo");
            (read, decision.key(&rules, &["home_hero", "offer", "second"]))
        };
        again(&mut decision, &mut shown);
        let counted = measure(|| assert!(again(&mut decision, &mut shown).0));
        assert_eq!(decision.arms.iter().filter(|arm| arm.is_some()).count(), 2);
        assert!(decision.winners().len() == 2, "{decision:?}");
        assert_eq!(counted.count_total, 0, "{counted:?}");
        // The counter counts.
        assert!(measure(|| rules.decide(visit, &mut Decision::default())).count_total > 0);
    });
}

/// Bits that flip, bytes that are lost or come twice: the rules are refused, or they decide something.
#[test]
fn damaged_rules_do_no_harm() {
    const TIMES: usize = 100_000;
    let sent = rules().to_compact().unwrap();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % 1_000_003).unwrap() % below
    };
    let (mut read, mut most) = (0, 0);
    let mut decision = Decision::default();
    for _ in 0..TIMES {
        let mut bytes = sent.clone();
        for _ in 0..=next(3) {
            if bytes.len() == 8 {
                break;
            }
            let at = 8 + next(bytes.len() - 8);
            match next(6) {
                0 => drop(bytes.remove(at)),
                1 => bytes.insert(at, u8::try_from(next(256)).unwrap()),
                2 => bytes.truncate(at + 1),
                3 => {
                    let end = (at + 5).min(bytes.len());
                    bytes.splice(at..end, [0xff, 0xff, 0xff, 0x7f]);
                }
                _ => {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte ^= 1 << next(8);
                    }
                }
            }
        }
        let mut damaged = None;
        let counted = measure(|| damaged = Rules::from_compact(&bytes).ok());
        most = most.max(counted.bytes_max);
        let Some(rules) = damaged else { continue };
        read += 1;
        let values = values(&rules);
        with_visit(&values, |visit| {
            rules.decide(visit, &mut decision);
            let key = decision.key(&rules, &["home_hero", "offer", "hero_copy"]);
            let recommend = rules.recommend_at("product", visit, &decision);
            let candidates = [0, 1].map(|rank| Candidate {
                id: "p",
                categories: &[],
                price: None,
                in_stock: true,
                rank: Some(rank),
            });
            let mut shown = Vec::new();
            recommend
                .into_iter()
                .for_each(|one| arrange(one, visit, &decision, &candidates, &[], &mut shown));
            assert!(shown.len() <= 2, "{key}");
            if read % 16 == 0 {
                rules.explain(visit, &decision);
            }
        });
    }
    println!(
        "{read} of {TIMES} damaged forms of {} bytes were read; {most} bytes were asked for at most",
        sent.len()
    );
    assert!((TIMES / 100..TIMES).contains(&read), "{read} were read");
    assert!(most < 4 << 20, "{most} bytes were asked for at once");
}
