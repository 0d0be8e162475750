//! `[experiment.*]`: read, decided, explained.

use super::*;
use crate::rules::Participation;

const HERO: &str = r#"[slot.hero]
show = [{ when = 'country == "DE"', content = "rain" }, { content = "sun" }]
[experiment.copy]
slot = "hero"
variants = { control = 50, short = 50 }
show = { short = "brief" }
"#;

fn arm(rules: &Rules, visit: &Visit<'_>, name: &str) -> (Option<u16>, Participation) {
    let decision = decide(rules, visit);
    let place = rules.experiments.iter().position(|one| one.name.as_ref() == name).unwrap();
    (decision.arms[place], decision.experiments[place])
}

#[test]
fn an_arm_fills_its_slot_and_the_control_leaves_it() {
    let rules = rules(HERO);
    let germany = values(&rules, &[("country", Raw::Text("DE".to_owned()))]);
    let visit = visit(&germany);
    let content = |visit: &Visit<'_>| rules.content(&decide(&rules, visit), "hero").map(str::to_owned);
    let nobody = decide(&rules, &visit);
    assert_eq!((nobody.arms[0], nobody.experiments[0]), (None, Participation::NoId));
    assert_eq!(content(&visit).as_deref(), Some("rain"));
    assert_eq!(content(&Visit { forced: &[("copy", "control")], ..visit }).as_deref(), Some("rain"));
    assert_eq!(content(&Visit { forced: &[("copy", "short")], ..visit }).as_deref(), Some("brief"));
    assert_eq!(rules.content(&nobody, "her"), None);
    let gone = Visit { forced: &[("copy", "gone")], ..visit };
    assert_eq!(arm(&rules, &gone, "copy"), (None, Participation::NoSuchArm));
    // What the hash of GrowthBook's own SDK gives for these ids: `hash("copy", id, 2)`.
    for id in ["visitor-1", "visitor-2", "visitor-3", "visitor-4", "ü"] {
        let expected =
            u16::from(crate::experiment::bucket("copy", id, crate::experiment::HashVersion::V2) >= 0.5);
        let seen = arm(&rules, &Visit { id: Some(id), ..visit }, "copy");
        assert_eq!(seen, (Some(expected), Participation::Assigned), "{id}");
    }
    assert_eq!(arm(&rules, &Visit { id: Some(""), ..visit }, "copy").1, Participation::NoId);
}

#[test]
fn everything_that_keeps_a_visitor_out_is_told() {
    let rules = rules(
        r#"[audience.fans]
when = 'visits > 3'
[experiment.first]
audience = "fans"
variants = { a = 0, b = 1 }
from = 2026-11-01
until = 2026-12-01
needs = "analytics"
[experiment.second]
variants = { x = 1, y = 0 }
requires = [{ experiment = "first", arm = "b" }]
[experiment.other]
variants = { x = 1, y = 1 }
requires = [{ experiment = "first", arm = "a" }]
[experiment.none]
variants = { x = 1, y = 1 }
coverage = 0
[experiment.apart]
variants = { x = 1, y = 1 }
namespace = { name = "n", from = 0.0, to = 0.0001 }
[experiment.draft]
variants = { x = 1, y = 1 }
status = "draft"
[experiment.won]
variants = { x = 1, y = 1 }
force = "y"
[experiment.country]
variants = { x = 1, y = 1 }
hash = "country"
[experiment.kept]
variants = { x = 1, y = 0 }
sticky = true
[experiment.first_hash]
variants = { x = 1, y = 1 }
hash_version = 1
seed = "s"
"#,
    );
    let fan = values(&rules, &[("visits", Raw::Int(4))]);
    let visit = Visit { id: Some("v-1"), ..visit(&fan) };
    let seen = |visit: &Visit<'_>, name: &str| arm(&rules, visit, name);
    assert_eq!(seen(&visit, "first"), (Some(1), Participation::Assigned));
    let late = Visit { now: "2026-12-01T00:00:00Z".parse().unwrap(), ..visit };
    assert_eq!(seen(&late, "first"), (None, Participation::NotMeant(Reason::Schedule)));
    let refused = Visit { consents: &["personalisation"], ..visit };
    assert_eq!(seen(&refused, "first"), (None, Participation::NotMeant(Reason::Consent)));
    let stranger = values(&rules, &[("visits", Raw::Int(3))]);
    let stranger = Visit { values: &stranger, ..visit };
    let unmet = Reason::Audience { audience: 0, truth: crate::condition::Truth::False };
    assert_eq!(seen(&stranger, "first"), (None, Participation::NotMeant(unmet)));
    assert_eq!(seen(&visit, "second"), (Some(0), Participation::Assigned));
    assert_eq!(seen(&stranger, "second"), (None, Participation::Requires { experiment: 0 }));
    assert_eq!(seen(&visit, "other"), (None, Participation::Requires { experiment: 0 }));
    assert_eq!(seen(&visit, "none"), (None, Participation::NotCovered));
    assert_eq!(seen(&visit, "apart"), (None, Participation::OutsideNamespace));
    assert_eq!(seen(&visit, "draft"), (None, Participation::NotRunning));
    let asked = Visit { forced: &[("draft", "y"), ("first", "a")], ..late };
    assert_eq!(seen(&asked, "draft"), (Some(1), Participation::Forced));
    assert_eq!(seen(&asked, "first"), (Some(0), Participation::Forced), "a preview of any time");
    assert_eq!(seen(&visit, "won"), (Some(1), Participation::ForcedForAll));
    assert!(!Participation::ForcedForAll.counts() && Participation::Sticky.counts());
    assert_eq!(seen(&visit, "country"), (None, Participation::NoId));
    let german = values(&rules, &[("country", Raw::Text("DE".to_owned()))]);
    let german = Visit { values: &german, id: None, ..visit };
    assert_eq!(seen(&german, "country").1, Participation::Assigned);
    let again = Visit { assigned: &[("kept", "y"), ("won", "x"), ("first", "a")], ..visit };
    assert_eq!(seen(&again, "kept"), (Some(1), Participation::Sticky));
    assert_eq!(seen(&again, "first"), (Some(1), Participation::Assigned), "it is not sticky");
    let gone = Visit { assigned: &[("kept", "gone")], ..visit };
    assert_eq!(seen(&gone, "kept"), (Some(0), Participation::Assigned));
    let bucket = crate::experiment::bucket("s", "v-1", crate::experiment::HashVersion::V1);
    assert_eq!(seen(&visit, "first_hash").0, Some(u16::from(bucket >= 0.5)));
    // Each is told in words, with the names that it is about.
    let explained = rules.explain(&stranger, &decide(&rules, &stranger)).experiments;
    let why = |name: &str| explained.iter().find(|one| one.name == name).unwrap().why.clone();
    assert_eq!(why("first"), "its audience fans: it does not hold");
    assert_eq!(why("second"), "it builds on first, and the visitor is not in the arm that it needs");
}

#[test]
fn an_experiment_is_explained_with_its_arms() {
    let rules = rules(HERO);
    let known = values(&rules, &[]);
    let visit = Visit { forced: &[("copy", "short")], ..visit(&known) };
    let told = rules.explain(&visit, &decide(&rules, &visit));
    assert_eq!(told.slots[0].why, "it shows brief, as the arm short of the experiment copy has it");
    let experiment = &told.experiments[0];
    assert!(experiment.holds && experiment.why == "the arm was asked for");
    let arms: Vec<_> = experiment.parts.iter().map(|arm| (arm.holds, arm.why.as_str())).collect();
    assert_eq!(
        arms,
        [
            (false, "it leaves everything as the rules have it; the hashes from 0 up to 0.5 are its"),
            (true, "it shows brief; the hashes from 0.5 up to 1 are its"),
        ]
    );
}

#[test]
fn wrong_experiments_are_told_with_their_place_and_cure() {
    for (keys, expected) in [
        ("variants = { a = 1 }", "9:12 compares from 2 to 32 arms"),
        ("variants = { a = 0, b = 0 }", "9:12 the weights add up to 0, so nobody"),
        ("variants = { a = -1, b = 2 }", "9:18 cannot weigh less than nothing"),
        ("variants = { a = nan, b = 2 }", "9:18 must be a finite number"),
        ("variants = { a = 1e308, b = 1e308, c = 1e308 }", "9:12 the weights add up to inf"),
        ("variants = { a = 'x', b = 2 }", "9:18 must be a finite number, and this is of type string"),
        ("variants = { 'A b' = 1, b = 2 }", "9:14 cannot name an arm"),
        ("slot = 'hera'", "10:8 there is no slot \"hera\"; did you mean `hero`?"),
        (
            "slot = 'hero'\nshow = { conrol = 'x' }",
            "11:10 there is no arm \"conrol\"; did you mean `control`?",
        ),
        ("slot = 'hero'\nshow = { short = '' }", "11:18 no content has an empty id"),
        ("show = { short = 'x' }", "8:13 `show` needs `slot`"),
        ("audience = 'fan'", "10:12 there is no audience"),
        ("hash = 'visits'", "10:8 did you mean `visitor`?; it is \"visitor\" or an attribute of type string"),
        ("hash = 'contry'", "10:8 did you mean `country`?"),
        ("hash_version = 3", "10:16 hash_version is 2"),
        ("coverage = 1.5", "10:12 coverage must be from 0 to 1"),
        ("coverage = inf", "10:12 coverage must be a finite number"),
        ("namespace = { name = 'n', from = 0.5, to = 0.5 }", "10:13 a share that grows"),
        ("namespace = { from = 0, to = 1 }", "10:13 a namespace has a name"),
        ("force = 'sort'", "10:9 there is no arm \"sort\"; did you mean `short`?"),
        ("status = 'runing'", "10:10 did you mean `running`?"),
        ("sticky = 1", "10:10 sticky must be true or false"),
        ("weights = [1, 1]", "10:1 [experiment.copy] has no key `weights`"),
        ("requires = [{ experiment = 'coppy', arm = 'a' }]", "10:28 there is no experiment \"coppy\""),
        (
            "requires = [{ experiment = 'copy', arm = 'shot' }]",
            "10:42 there is no arm \"shot\"; did you mean `short`?",
        ),
        ("requires = [{ experiment = 'copy' }]", "10:13 a requirement is written"),
        ("requires = [{ experiment = 'copy', arm = 'short' }]", "10:13 circle: copy → copy; take one out"),
    ] {
        let variants =
            if keys.starts_with("variants") { "" } else { "variants = { control = 1, short = 1 }\n" };
        let found = findings(&format!(
            "[experiment.copy]\n{variants}{keys}\n[slot.hero]\nshow = [{{ content = 'x' }}]\n"
        ));
        let (place, words) = expected.split_once(' ').unwrap();
        let at = format!("p.toml:{place}: error: ");
        assert!(found.iter().any(|told| told.starts_with(&at) && told.contains(words)), "{keys}\n{found:#?}");
    }
    let circle: String = (0..3)
        .map(|n| {
            let next = (n + 1) % 3;
            format!("[experiment.e{n}]\nvariants = {{ a = 1, b = 1 }}\nrequires = [{{ experiment = 'e{next}', arm = 'a' }}]\n")
        })
        .collect();
    told(&circle, &["16:13 experiments ask for each other in a circle: e0 → e1 → e2 → e0; take one out"]);
}

#[test]
fn experiments_that_clash_are_warned_of() {
    told(
        r#"[slot.hero]
show = [{ content = "x" }]
[experiment.a]
slot = "hero"
variants = { x = 1, y = 1 }
namespace = { name = "n", from = 0, to = 0.5 }
[experiment.b]
slot = "hero"
variants = { x = 1, y = 1 }
show = { y = "y" }
namespace = { name = "n", from = 0.4, to = 1 }
[experiment.c]
slot = "hero"
variants = { x = 1, y = 1 }
show = { y = "z" }
[experiment.d]
when = '1 == 2'
variants = { x = 1, y = 1 }
namespace = { name = "m", from = 0, to = 0.5 }
[experiment.e]
variants = { x = 1, y = 1 }
namespace = { name = "m", from = 0.5, to = 1 }
"#,
        &[
            "10:13 warning: no arm of `a` puts anything into its slot",
            "14:13 warning: `b` and `a` take the same visitors of their namespace",
            "19:13 warning: `c` and `b` fill the same slot, and `b` wins",
            "23:13 warning: the condition of the experiment `d` can never hold",
        ],
    );
}

#[test]
fn checks_ask_for_arms() {
    let check = |check: &str| findings(&format!("{HERO}[[check]]\n{check}\n"));
    let told = |check_text: &str| check(check_text).first().cloned().unwrap_or_default();
    assert_eq!(
        told(
            "visitor_id = 'v'\nforced = { copy = 'short' }\nexpect = { arm = { copy = 'short' }, slot = { hero = 'brief' } }"
        ),
        ""
    );
    assert_eq!(told("expect = { arm = { copy = false }, slot = { hero = 'sun' } }"), "");
    let wrong = told("expect = { arm = { copy = 'short' } }");
    assert!(
        wrong.starts_with(
            "p.toml:15:27: error: `short` was expected, and it is no arm: nothing that could be hashed"
        ),
        "{wrong}"
    );
    let wrong = told("forced = { copy = 'short' }\nexpect = { slot = { hero = 'sun' } }");
    assert!(wrong.contains("\"brief\" is shown"), "{wrong}");
    assert!(told("expect = { arm = { coppy = 'x' } }").contains("did you mean `copy`?"));
    assert!(told("expect = { arm = { copy = 'shorter' } }").contains("there is no arm"));
    assert!(told("forced = { copy = 'shor' }\nexpect = {}").contains("did you mean `short`?"));
    let ids: Vec<String> = (0..40).map(|id| format!("v-{id}")).collect();
    let seen = |arm: &str| {
        let asks = |id: &&String| {
            told(&format!("visitor_id = '{id}'\nexpect = {{ arm = {{ copy = '{arm}' }} }}")).is_empty()
        };
        ids.iter().filter(asks).count()
    };
    let (control, short) = (seen("control"), seen("short"));
    assert!(control + short == 40 && control > 8 && short > 8, "{control} and {short}");
}

/// A mismatch of what was asked for and what came is called at p < 0.001.
#[test]
fn a_million_visitors_are_split_as_the_weights_say() {
    const IDS: u32 = 1_000_000;
    let rules = rules("[experiment.e]\nvariants = { a = 50, b = 30, c = 20 }\ncoverage = 0.9\n");
    let known = values(&rules, &[]);
    let visit = visit(&known);
    let mut decision = Decision::default();
    let mut counts = [0_u32; 4];
    let mut id = String::new();
    for number in 0..IDS {
        use std::fmt::Write;
        id.clear();
        write!(id, "visitor-{number:x}").unwrap();
        rules.decide(&Visit { id: Some(&id), ..visit }, &mut decision);
        counts[decision.arms[0].map_or(3, usize::from)] += 1;
    }
    let expected = [0.45, 0.27, 0.18, 0.1].map(|share| share * f64::from(IDS));
    let part = |(count, expected): (&u32, f64)| (f64::from(*count) - expected).powi(2) / expected;
    let chi_square: f64 = counts.iter().zip(expected).map(part).sum();
    println!("{counts:?} of {IDS}, chi-square {chi_square:.2} with 3 degrees of freedom");
    assert!(chi_square < 16.27, "{counts:?}, chi-square {chi_square:.2}");
}
