//! GrowthBook's own cases for SDKs (spec version 5), read from beside the repository where they are; skipped elsewhere.
//! `cargo test -p personalise --test growthbook -- --nocapture` prints the score of each section.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a case that is not of the suite's form is to fail the test at once"
)]

mod arithmetic;
mod evaluation;

use std::path::Path;

use serde_json::Value;

/// Cases that cannot apply: the section, the case's name, and why.
const NOT_APPLICABLE: &[(&str, &str, &str)] = &[
    ("decrypt", "Valid feature", ENCRYPTED),
    ("decrypt", "Broken JSON", ENCRYPTED),
    ("decrypt", "Wrong key", ENCRYPTED),
    ("decrypt", "Invalid key length", ENCRYPTED),
    ("decrypt", "Invalid key characters", ENCRYPTED),
    ("decrypt", "Invalid body", ENCRYPTED),
    ("decrypt", "Invalid iv length", ENCRYPTED),
    ("decrypt", "Invalid iv", ENCRYPTED),
    ("decrypt", "Missing delimiter", ENCRYPTED),
    ("decrypt", "Corrupted payload", ENCRYPTED),
    ("urlRedirect", "redirects correctly without query strings", REDIRECT),
    ("urlRedirect", "redirects with query string on original url and persistQueryString enabled", REDIRECT),
    (
        "urlRedirect",
        "merges query strings on original url & redirect url with param conflicts correctly when persistQueryString enabled",
        REDIRECT,
    ),
    (
        "urlRedirect",
        "only performs a redirect for first eligible experiment when there are multiple eligible experiments",
        REDIRECT,
    ),
];
const ENCRYPTED: &str = "a payload is decrypted where it is fetched; here it is JSON already";
const REDIRECT: &str = "a redirect test swaps one page for another in the browser; a head has slots instead";

type Check = fn(&Value) -> Result<(), String>;

/// The sections that apply, how many cases each has, and how a case is judged.
const SECTIONS: &[(&str, usize, Check)] = &[
    ("evalCondition", 248, evaluation::condition),
    ("hash", 15, arithmetic::hash),
    ("getBucketRange", 13, arithmetic::bucket_range),
    ("chooseVariation", 13, arithmetic::choice),
    ("getEqualWeights", 6, arithmetic::weights),
    ("inNamespace", 16, arithmetic::namespace),
    ("getQueryStringOverride", 16, arithmetic::query_string),
    ("feature", 55, evaluation::feature),
    ("run", 73, evaluation::run),
    ("stickyBucket", 13, evaluation::sticky),
    ("contextualBandit", 35, evaluation::feature),
];

#[test]
fn growthbook_cases_pass() {
    let beside = "shared/suites/growthbook/cases.json";
    let mut places = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join(beside));
    let Some(path) = places.find(|path| path.exists()) else {
        println!("skipped: no {beside} in a folder above this one");
        return;
    };
    let suite: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut failures = Vec::new();
    for (section, count, check) in SECTIONS {
        let cases = suite[section].as_array().unwrap();
        assert_eq!(cases.len(), *count, "{section}: the suite has changed");
        let failed =
            cases.iter().filter_map(|case| Some(format!("{section} {}: {}", case[0], check(case).err()?)));
        let failed = failed.collect::<Vec<_>>();
        println!("{section}: {} of {count}", count - failed.len());
        failures.extend(failed);
    }
    for (section, name, reason) in NOT_APPLICABLE {
        let cases = suite[section].as_array().unwrap();
        assert!(cases.iter().any(|case| case[0] == **name), "{section} has no case {name:?}");
        println!("{section} {name:?}: cannot apply: {reason}");
    }
    let run = SECTIONS.iter().map(|(section, ..)| *section);
    let known = run.chain(NOT_APPLICABLE.iter().map(|(section, ..)| *section)).collect::<Vec<_>>();
    let unknown = suite
        .as_object()
        .unwrap()
        .iter()
        .find(|(name, cases)| cases.is_array() && !known.contains(&name.as_str()));
    assert!(
        unknown.is_none(),
        "a section that is neither run nor listed: {:?}",
        unknown.map(|(name, _)| name)
    );
    for section in ["decrypt", "urlRedirect"] {
        let listed = NOT_APPLICABLE.iter().filter(|(of, ..)| *of == section).count();
        assert_eq!(
            suite[section].as_array().unwrap().len(),
            listed,
            "{section}: a case is neither run nor listed"
        );
    }
    assert!(failures.is_empty(), "{} cases fail:\n{}", failures.len(), failures.join("\n"));
}
