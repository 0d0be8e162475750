//! Files that are huge, deep or mangled.

use super::*;

/// Printed for people; a slow machine fails nothing.
#[test]
fn a_decision_is_measured() {
    let audiences: String =
        (0..200).map(|n| format!("[audience.a{n}]\nwhen = 'visits > {n} && country == \"DE\"'\n")).collect();
    let offers: String =
        (0..50).map(|n| format!("[offer.o{n}]\naudience = 'a{n}'\ngive = ['5% off']\n")).collect();
    let slots: String = (0..50)
        .map(|n| {
            format!(
                "[slot.s{n}]\nshow = [{{ audience = 'a{}', content = 'x' }}, {{ content = 'y' }}]\n",
                n * 4
            )
        })
        .collect();
    let rules = rules(&format!("{audiences}{offers}{slots}"));
    let known = values(&rules, &[("visits", Raw::Int(100)), ("country", Raw::Text("DE".to_owned()))]);
    let (visit, mut decision) = (visit(&known), Decision::default());
    let mut batch = || {
        let begin = std::time::Instant::now();
        (0..100).for_each(|_| rules.decide(std::hint::black_box(&visit), &mut decision));
        begin.elapsed() / 100
    };
    let least = (0..50).map(|_| batch()).min().unwrap();
    println!("200 audiences, 50 offers, 50 slots decided in {least:?} at best");
    assert_eq!(decision.winners(), [0]);
    assert_eq!(decision.slots.iter().filter(|shown| **shown == Some(0)).count(), 25);
}

#[test]
fn huge_files_are_bounded() {
    let many = |count: usize| -> String {
        (0..count).map(|n| format!("[audience.a{n}]\nwhen = 'visits == {n} && country == \"DE\"'\n[offer.o{n}]\naudience = 'a{n}'\ngive = ['5% off']\n")).collect()
    };
    for count in [1_000, 10_000] {
        let text = format!("{ATTRIBUTES}{}", many(count));
        let begin = std::time::Instant::now();
        let published = publish(&text, now());
        println!("{count} audiences and offers published in {:?}", begin.elapsed());
        assert!(published.rules.is_some());
    }
    let wrong: String = (0..10_000).map(|n| format!("[audience.a{n}]\nwhen = 'audience.b{n}'\n")).collect();
    let found = findings(&wrong);
    assert_eq!(found.len(), MAX_FINDINGS + 1);
    assert!(found.last().unwrap().contains("there is more"));
    // More than places can number.
    let over: String = (0..70_000).map(|n| format!("[audience.a{n}]\nwhen='true'\n")).collect();
    assert!(findings(&over).iter().any(|told| told.contains("more than 20000")));
    assert!(
        findings(&format!("[audience.a]\nwhen = '{}'", "x".repeat(1 << 20)))[0].contains("it may have 16384")
    );
    assert!(publish(&" ".repeat(MAX_FILE + 1), now()).findings[0].message.contains("it may have"));
    for deep in ["[", "{a=", "a.", "[[a.", "(", "'''", "\"\\u", "a=[{"] {
        let _ = findings(&deep.repeat(100_000));
        let _ = findings(&format!("x = {}", deep.repeat(100_000)));
    }
}

/// A mangled file is refused or published; it neither panics nor goes on without end.
#[test]
fn mangled_files_do_no_harm() {
    let text = include_str!("../example.toml");
    let pieces: Vec<&str> = text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()).collect();
    let odd = [
        "'",
        "\"",
        "[",
        "]",
        "{",
        "}",
        "=",
        "\n",
        "nan",
        "99999999999999999999",
        "-",
        "(",
        ")",
        "!",
        "ü",
        "audience.",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % 1_000_003).unwrap() % below
    };
    let (mut published, mut refused) = (0, 0);
    for _ in 0..1_500 {
        let mut mangled = pieces.clone();
        for _ in 0..=next(4) {
            let at = next(mangled.len());
            match next(4) {
                0 => drop(mangled.remove(at)),
                1 => mangled[at] = odd[next(odd.len())],
                2 => mangled[at] = pieces[next(pieces.len())],
                _ => mangled.insert(at, odd[next(odd.len())]),
            }
        }
        let text = mangled.concat();
        let result = publish(&text, now());
        match &result.rules {
            Some(rules) => {
                published += 1;
                let values = Values::new(&rules.schema);
                decide(rules, &visit(&values));
            }
            None => {
                refused += 1;
                assert!(result.findings.iter().any(|finding| finding.severity == Severity::Error), "{text}");
            }
        }
        let lines = text.matches('\n').count() + 1;
        assert!(result.findings.iter().all(|finding| (1..=lines).contains(&finding.line)), "{text}");
    }
    assert!(published > 20 && refused > 500, "{published} published, {refused} refused");
}
