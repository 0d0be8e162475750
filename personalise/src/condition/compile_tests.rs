use super::*;
use crate::attribute::{Raw, Values};
use crate::condition::{Scene, Truth};

fn schema() -> Schema {
    let declared = [
        ("visitor.visits", "int"),
        ("visitor.name", "string"),
        ("visitor.subscriber", "bool"),
        ("visitor.viewed", "list<string>"),
        ("visitor.score", "number"),
        ("visitor.last_order", "time"),
        ("visitor.stayed", "duration"),
        ("cart.total", "money"),
    ];
    Schema::new(declared.map(|(name, kind)| (name.to_owned(), Type::named(kind).unwrap()))).unwrap()
}

fn compiled(source: &str) -> Result<Condition, Vec<Fault>> {
    let audiences = BTreeMap::from([("regulars".to_owned(), 0), ("strangers".to_owned(), 1)]);
    compile(source, Names { schema: &schema(), audiences: &audiences, items: false })
}

fn values(json: &str) -> Values {
    let schema = schema();
    let mut values = Values::new(&schema);
    let given: BTreeMap<String, Raw> = serde_json::from_str(json).unwrap();
    for (name, raw) in given {
        values.read(&schema, &name, &raw).unwrap();
    }
    values
}

fn truth(source: &str, json: &str) -> Truth {
    let condition = compiled(source).unwrap_or_else(|faults| panic!("{source}: {faults:?}"));
    // What is published comes to the same as what was compiled.
    let sent = serde_json::to_string(&condition).unwrap();
    let condition: Condition = serde_json::from_str(&sent).unwrap();
    let now = "2026-11-21T12:00:00Z".parse().unwrap();
    condition.evaluate(Scene { values: &values(json), now, audiences: &[Truth::True], item: None })
}

fn all_hold(json: &str, sources: &[&str]) {
    for source in sources {
        assert_eq!(truth(source, json), Truth::True, "{source}");
        assert_eq!(truth(&format!("!({source})"), json), Truth::False, "!({source})");
    }
}

#[test]
fn operators_hold_as_cel_says() {
    all_hold(
        r#"{"visitor.visits":3,"visitor.name":"Jürgen O'Neil","visitor.subscriber":true,"visitor.score":0.5}"#,
        &[
            "visitor.visits == 3 && visitor.visits != 4",
            "visitor.visits < 4 && visitor.visits <= 3 && visitor.visits > 2 && visitor.visits >= 3",
            "visitor.visits == 3.0 && visitor.visits > visitor.score",
            "visitor.visits in [1, 2, 3] && !(visitor.visits in [4])",
            "1 + 2 * 3 == 7 && (1 + 2) * 3 == 9 && 7 - 2 - 1 == 4 && 7 / 2 == 3 && 7 % 4 == 3 && 7 / 2.0 == 3.5",
            "-visitor.visits == -3 && - -3 == 3 && -9223372036854775808 < -9223372036854775807",
            "true || false && false",
            "!false && !!true",
            "visitor.name.startsWith('Jür') && visitor.name.endsWith(\"Neil\") && visitor.name.contains('O\\'N')",
            "visitor.name > \"Ja\" && size(visitor.name) == 13",
            "visitor.subscriber && visitor.subscriber == true",
            "audience.regulars",
            "1.5e3 == 1500 && visitor.score == 0.5",
        ],
    );
}

#[test]
fn money_time_and_lists_have_their_own_rules() {
    all_hold(
        r#"{"cart.total":"GBP 29.99","visitor.viewed":["phones","coats"],"visitor.last_order":"2026-11-01T12:00:00Z",
            "visitor.stayed":"90 s"}"#,
        &[
            "cart.total < money(\"GBP\", 30) && cart.total == money(\"GBP 29.99\")",
            "cart.total + money(\"GBP\", 0.01) == money(\"GBP\", 30)",
            "cart.total * 0.5 == money(\"GBP\", 15) && 2 * cart.total == money(\"GBP 59.98\")",
            "cart.total / 2 == money(\"GBP 15\") && -cart.total / 2 == money(\"GBP -15\")",
            "\"phones\" in visitor.viewed && size(visitor.viewed) == 2",
            "now - visitor.last_order == duration(\"20 days\")",
            "visitor.last_order + duration(\"1h\") < now && now > time(\"2026-11-21T11:59:59Z\")",
            "visitor.stayed * 2 == duration(\"3m\") && visitor.stayed > duration(\"1 m\")",
        ],
    );
}

#[test]
fn what_is_missing_never_matches_by_accident() {
    for source in [
        "visitor.visits == 0",
        "visitor.visits != 1",
        "!(visitor.visits == 1)",
        "visitor.visits < 1 || visitor.visits >= 1",
        "visitor.visits in [0]",
        "!(\"phones\" in visitor.viewed)",
        "!visitor.subscriber",
        "visitor.name != \"\"",
        "!visitor.name.contains(\"x\")",
        "cart.total < money(\"GBP\", 30)",
        "size(visitor.viewed) == 0",
        "visitor.visits - visitor.visits == 0",
        "!audience.strangers",
        "1 / 0 == 1",
        "!(9223372036854775807 + 1 > 0)",
        "true && visitor.subscriber",
        "false || visitor.subscriber",
    ] {
        assert_eq!(truth(source, "{}"), Truth::Unknown, "{source}");
        assert_eq!(truth(source, r#"{"visitor.visits":null}"#), Truth::Unknown, "{source}");
    }
    assert_eq!(truth("cart.total > money(\"EUR\", 1)", r#"{"cart.total":"GBP 35"}"#), Truth::Unknown);
    all_hold("{}", &["!has(visitor.visits)", "true || visitor.subscriber", "!(visitor.subscriber && false)"]);
    all_hold(r#"{"visitor.visits":0}"#, &["has(visitor.visits) && visitor.visits == 0"]);
}

/// `source` with the faulty part between « and », and words of the message.
fn refused(marked: &str, words: &str) {
    let start = marked.find('«').unwrap();
    let source = marked.replace(['«', '»'], "");
    let length = marked.find('»').unwrap() - start - '«'.len_utf8();
    let faults = compiled(&source).expect_err(&source);
    let found = faults.iter().any(|fault| {
        fault.message.contains(words)
            && fault.span.start as usize == start
            && fault.span.of(&source).len() == length
    });
    assert!(found, "{marked}: {words}: {faults:?}");
}

#[test]
fn what_is_wrong_is_pointed_at_with_its_cure() {
    for (marked, words) in [
        ("true && «visitor.visit» == 1", "did you mean `visitor.visits`?"),
        ("«audience.regular»", "did you mean `regulars`?"),
        ("«regulars»", "did you mean `audience.regulars`?"),
        ("«visitor.visits == \"1\"»", "int cannot be compared with string; put a string in quotes"),
        ("true || «cart.total > 30»", "write an amount as money(\"GBP\", 30)"),
        ("«visitor.viewed == \"phones\"»", "ask `item in list`"),
        ("«visitor.visits»", "true or false, and this is int; compare it"),
        ("«visitor.visits» && true", "true or false is needed here, and this is int"),
        ("!«visitor.visits»", "true or false is needed"),
        ("«\"a\" in visitor.name»", ".contains"),
        ("«visitor.name.startWith(\"a\")»", "did you mean `startsWith`?"),
        ("«visitor.viewed.contains(\"a\")»", "item in list"),
        ("«has(1)»", "has is written has(visitor.visits)"),
        ("has(«visitor.visitz»)", "did you mean `visitor.visits`?"),
        ("cart.total > «money(\"GBP\", 1.234)»", "this is no money"),
        ("cart.total > «money(\"pounds\", 1)»", "this is no money"),
        ("visitor.stayed > «duration(\"1 moon\")»", "this is no duration"),
        ("visitor.visits in «[]»", "from 1 to"),
        ("visitor.visits in [1, «\"2\"»]", "of one type"),
        ("visitor.visits in [«visitor.visits»]", "only written values"),
        ("«visitor.subscriber > false»", "use == or !="),
        ("«visitor.name + cart.total» == 1", "cannot be reckoned"),
        ("visitor.visits «=» 1", "write =="),
        ("true «&» true", "write &&"),
        ("true «?» 1 : 2", "write two rules"),
        ("1 < 2 «<» 3", "cannot be chained"),
        ("«(»true", "add )"),
        ("visitor.visits == «7d»", "a length of time duration"),
        ("visitor.name == «\"»x", "not closed"),
        ("visitor.name == «\"\\»z\"", "may follow a backslash"),
        ("visitor.visits == «99999999999999999999»", "beyond 64 bits"),
        ("visitor.visits == «9223372036854775808»", "beyond 64 bits"),
        ("visitor.score == «1e999»", "too large"),
        ("visitor.name == «null»", "has(name)"),
        ("true «true»", "join conditions"),
        ("visitor.visits == «»", "a value is expected"),
        ("visitor.«»", "a name is expected after the point"),
        ("«§»", "no meaning"),
    ] {
        refused(marked, words);
    }
}

#[test]
fn every_fault_of_a_condition_is_told_at_once() {
    let faults = compiled("visitor.visit == 1 && cart.total > 30 || visitor.nam == 'x'").unwrap_err();
    assert_eq!(faults.len(), 3, "{faults:?}");
}

#[test]
fn what_is_hostile_is_refused_without_harm() {
    for (open, close) in [("(", ")"), ("!", ""), ("-", ""), ("[", "]"), ("size(", ")"), ("1 + (", ")")] {
        let nested = format!("{}1{}", open.repeat(1_000), close.repeat(1_000));
        let faults = compiled(&nested).expect_err(open);
        assert!(faults[0].message.contains("nested deeper than 64"), "{open}: {faults:?}");
    }
    let chain = format!("1 == 1{}", " + 1".repeat(1_000));
    assert!(compiled(&chain).unwrap_err()[0].message.contains("nested deeper"));
    let wide = format!("true{}", " || visitor.visits == 1".repeat(500));
    assert!(compiled(&wide).is_ok(), "width is no depth");
    let huge = format!("visitor.name == \"{}\"", "x".repeat(1 << 20));
    assert!(compiled(&huge).unwrap_err()[0].message.contains("it may have 16384"));
    for text in ["(", ")", "[", "]", "!", "-", "a.", ".", "\"", "\\", "\u{0}", "💥", "e", "1e", "1.", "in"]
    {
        for times in [1, 2, 7, 3_000] {
            assert!(compiled(&text.repeat(times)).is_err(), "{text} × {times}");
        }
    }
}

#[test]
fn a_trace_names_each_part_and_what_it_came_to() {
    let condition = compiled("visitor.visits == 1 && !(cart.total >= money(\"GBP\", 30))").unwrap();
    let now = "2026-11-21T12:00:00Z".parse().unwrap();
    let values = values(r#"{"visitor.visits":2}"#);
    let steps = condition.trace(Scene { values: &values, now, audiences: &[], item: None });
    let told: Vec<_> =
        steps.iter().map(|step| (step.depth, step.source.as_str(), step.value.as_str())).collect();
    assert_eq!(
        told,
        [
            (0, "visitor.visits == 1 && !(cart.total >= money(\"GBP\", 30))", "false"),
            (1, "visitor.visits == 1", "false"),
            (2, "visitor.visits", "2"),
            (1, "!(cart.total >= money(\"GBP\", 30))", "unknown"),
            (2, "(cart.total >= money(\"GBP\", 30))", "unknown"),
            (3, "cart.total", "unknown"),
        ]
    );
    assert!(!steps[5].known);
}
