//! Each thing that can be wrong with a file, where it is told, and its cure.

use super::*;
use crate::placements::{Placements, Put, Show};
use crate::rules::{Rules, Severity};
use serde_json::Value;
use std::collections::BTreeSet;

/// A reader of little: selectors have no `!`, and HTML has names in braces, of which `boom` cannot be printed.
struct Little;

impl Syntax for Little {
    fn selector(&self, selector: &str) -> Result<(), String> {
        if selector.contains('!') { Err("Unexpected token in selector.".to_owned()) } else { Ok(()) }
    }

    fn names(&self, html: &str) -> Result<BTreeSet<String>, Fault> {
        let mut names = BTreeSet::new();
        for (number, line) in html.lines().enumerate() {
            for part in line.split("{{").skip(1) {
                let Some((name, _)) = part.split_once("}}") else {
                    return Err(Fault { line: number + 1, message: "unexpected end".to_owned() });
                };
                names.insert(name.trim().split('.').next().unwrap_or_default().to_owned());
            }
        }
        Ok(names)
    }

    fn print(&self, html: &str, _: &Value) -> Result<String, Fault> {
        match html.lines().position(|line| line.contains("boom")) {
            Some(number) => Err(Fault { line: number + 1, message: "undefined value".to_owned() }),
            None => Ok(html.to_owned()),
        }
    }
}

fn told(text: &str, rules: Option<&Rules>) -> Vec<String> {
    let findings = publish(text, rules, &Little).findings;
    findings.iter().map(|finding| finding.told("rewrite.toml").to_string()).collect()
}

fn place(more: &str) -> String {
    format!("[links]\nproduct = \"/p/{{slug}}\"\n[[place]]\nselector = \"h1\"\nput = \"after\"\n{more}\n")
}

#[test]
fn each_error_has_its_line_and_column_and_its_cure() {
    for (text, begins, says) in [
        ("market = ".to_owned(), "1:10: error: ", ""),
        ("markt = \"en-gb\"".to_owned(), "1:1: error: ", "did you mean `market`?"),
        ("market = \"en_GB\"".to_owned(), "1:10: error: ", "such as \"en-gb\""),
        ("visitor_cookies = [\"sid\", \"a=b\"]".to_owned(), "1:27: error: ", "cannot name a cookie"),
        ("visitor_cookies = \"sid\"".to_owned(), "1:19: error: ", "must be a list"),
        ("[place]\nput = \"after\"".to_owned(), "1:1: error: ", "must be a list"),
        ("[links]\nprodukt = \"/{slug}\"".to_owned(), "2:1: error: ", "did you mean `product`?"),
        ("[links]\nfrom = \"hosts\"".to_owned(), "2:8: error: ", "did you mean `host`?"),
        ("[links]\nproduct = \"p/{slug}\"".to_owned(), "2:11: error: ", "\"/product/{slug}\""),
        ("[links]\nproduct = \"//p/{slug}\"".to_owned(), "2:11: error: ", "no single slash"),
        ("[links]\nproduct = \"/p/{slg}\"".to_owned(), "2:11: error: ", "say where {slug} stands"),
        ("[links]\nsearch = \"/s?q={words}<\"".to_owned(), "2:10: error: ", "percent-encode"),
        (place("shows = \"offer\"\nhtml = \"x\""), "6:1: error: ", "did you mean `show`?"),
        (place("show = \"ofer\""), "6:8: error: ", "did you mean `offer`?"),
        (place("show = \"nothing like it\""), "6:8: error: ", "one of offer, banner"),
        (place(""), "3:1: error: ", "add show = \"offer\""),
        (place("show = \"banner\""), "6:8: error: ", "slot = \"home_hero\""),
        (place("show = \"offer\"\nslot = \"x\""), "7:8: error: ", "leave it out"),
        (place("slot = \"x\"\nhtml = \"x\""), "6:8: error: ", "show = \"banner\""),
        (place("every = \"yes\"\nhtml = \"x\""), "6:9: error: ", "true or false"),
        (place("name = \"\"\nhtml = \"x\""), "6:8: error: ", "1 to 512 bytes"),
        (place("html = \"x\"\npages = [\"products/x\"]"), "7:10: error: ", "slash: \"/products/x\""),
        (place("html = \"x\"\npages = [\"/\", \"/{a\"]"), "7:15: error: ", "does not close"),
        (place("html = \"x\"\npages = []"), "7:9: error: ", "leave it out for all"),
        (place("show = \"offer\"\nhtml = \"{{ titel }}\""), "7:12: error: ", "did you mean `title`?"),
        (place("show = \"offer\"\nhtml = '''\n<b>\n  {{ title\n</b>'''"), "9:1: error: ", "unexpected end"),
        (place("show = \"offer\"\nhtml = '''{{ title }}\nboom'''"), "8:1: error: ", "undefined value"),
        (
            place("html = \"x\"").replace("\"h1\"", "\"h1!\""),
            "4:12: error: ",
            "Unexpected token in selector; use types",
        ),
        (place("html = \"x\"").replace("after", "beside"), "5:7: error: ", "before, after, first"),
        (place("html = \"x\"").replace("selector = \"h1\"\n", ""), "3:1: error: ", "#content"),
        (place("html = \"x\"").replace("put = \"after\"\n", ""), "3:1: error: ", "before, after"),
        (
            place("show = \"recommendations\"").replace("product", "category"),
            "6:8: error: ",
            "[links] product",
        ),
        (format!("#{}", "x".repeat(MAX_FILE)), "1:1: error: ", "262144"),
        (
            "[[place]]\nhtml = \"x\"\nselector = \"a\"\nput = \"after\"\n".repeat(MAX_PLACES + 1),
            "801:1: error: ",
            "200",
        ),
    ] {
        let lines = told(&text, None);
        let begins = format!("rewrite.toml:{begins}");
        assert!(
            lines.iter().any(|line| line.starts_with(&begins) && line.contains(says)),
            "{text}\n{lines:?}"
        );
        assert_eq!(publish(&text, None, &Little).placements, None, "{text}");
    }
}

#[test]
fn what_is_likely_not_meant_is_warned_of() {
    let rules = "[slot.home_hero]\nshow = [{ content = \"a\" }]\n";
    let rules = crate::rules::publish(rules, jiff::Timestamp::UNIX_EPOCH).rules.unwrap();
    let twice = |put: &str| {
        let one = "[[place]]\nselector = \"h1\"\npages = [\"/\"]\nhtml = \"x\"\nput =";
        format!("{one} \"instead\"\n{one} {put:?}\n")
    };
    for (text, begins, says) in [
        (place("show = \"price\""), "3:1: warning: ", "{product}.html"),
        (place("show = \"stock\"\npages = [\"/p/{slug}\"]"), "7:9: warning: ", "has a product"),
        (place("show = \"offer\""), "6:8: warning: ", "no offer in the slot `offer`"),
        (place("show = \"banner\"\nslot = \"home_heros\""), "7:8: warning: ", "did you mean `home_hero`?"),
        (place("html = \" \""), "6:8: warning: ", "leave the place out"),
        (place("show = \"consent\"\nhtml = \"<b>{{ lang }}</b>\""), "7:8: warning: ", "prints nothing of"),
        (place("html = \"x\"\npages = [\"/\", \"/\"]"), "7:15: warning: ", "named twice"),
        (twice("instead"), "6:1: warning: ", "can never both be seen"),
        (twice("first"), "6:1: warning: ", "\"place 2\" and \"place 1\""),
        (
            format!(
                "{0}name = \"a\"\n{0}name = \"a\"\n",
                "[[place]]\nselector = \"h1\"\nhtml = \"x\"\nput = \"after\"\n"
            ),
            "6:1: warning: ",
            "are called \"a\"",
        ),
    ] {
        let lines = told(&text, Some(&rules));
        let begins = format!("rewrite.toml:{begins}");
        assert!(
            lines.len() == 1 && lines[0].starts_with(&begins) && lines[0].contains(says),
            "{text}\n{lines:?}"
        );
        assert!(publish(&text, Some(&rules), &Little).placements.is_some(), "{text}");
    }
    for fine in [
        twice("before"),
        twice("instead").replacen("\"/\"", "\"/a\"", 1),
        place("html = \"\"").replace("after", "instead"),
        place("show = \"banner\"\nslot = \"home_hero\""),
        place("show = \"price\"\npages = [\"/p/{product}\"]\nhtml = \"{{ now }}\""),
    ] {
        assert_eq!(told(&fine, Some(&rules)), Vec::<String>::new(), "{fine}");
    }
}

#[test]
fn a_sound_file_is_what_it_says() {
    let text = "market = \"en-gb\"\nvisitor_cookies = [\"sid\"]\n[links]\nfrom = \"host\"\nproduct = \"/p/{slug}\"\n\
        [[place]]\npages = [\"/{*all}\", \"/p/{product}\"]\nselector = \"h1\"\nput = \"inside\"\nevery = true\n\
        show = \"banner\"\nslot = \"hero\"\nhtml = \"{{ title }}\"\n";
    let Placements { market, visitor_cookies, places, .. } = publish(text, None, &Little).placements.unwrap();
    assert_eq!((market.as_deref(), visitor_cookies.unwrap()[0].as_ref()), (Some("en-gb"), "sid"));
    let place = &places[0];
    assert_eq!((&place.show, place.put, place.every), (&Show::Banner("hero".into()), Put::Inside, true));
    assert_eq!(
        place.on("/p/coat").unwrap(),
        [("product", "coat")],
        "the most exact page says what is a product"
    );
    assert_eq!(place.on("/a/b").unwrap(), [("all", "a/b")]);
    assert_eq!((&*place.name, place.on("/")), ("place 1", None));
    assert_eq!(publish("", None, &Little).placements, Some(Placements::default()), "nothing stands anywhere");
}

#[test]
fn garbage_is_told_and_never_breaks() {
    for text in [
        "place = 1",
        "[[place]]\n[[place]]",
        "place = [1, []]",
        "\u{0}",
        "[links]\nproduct = 1",
        "=",
        "[[place]]\nhtml = 1",
    ] {
        let published = publish(text, None, &Little);
        assert!(published.findings.iter().any(|one| one.severity == Severity::Error), "{text}");
    }
}
