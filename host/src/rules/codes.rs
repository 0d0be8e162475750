//! The codes of offers, asked of the shop through a running application's desk: an offer whose code the shop does not
//! know is shown and not charged.

use super::Desk;
use personalise::rules::Code;
use serde_json::{Value, json};

/// Codes of one question; the desk takes as many.
const AT_ONCE: usize = 3;
/// Codes that are asked for at all: a shop is no place to try hundreds.
const MOST: usize = 60;

/// What the shop said of a rule file's codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    /// A line for each thing to look at, as compilers tell it, and one that says what was asked.
    pub lines: Vec<String>,
    /// How many offers have a code that the shop does not know.
    pub unknown: usize,
}

impl Codes {
    /// Asks for the codes of a file; `shown` is its path. Nothing is asked where there are none.
    ///
    /// # Errors
    /// When the desk or the shop cannot be asked.
    pub async fn ask(desk: &Desk, shown: &str, all: &[Code]) -> anyhow::Result<Self> {
        let mut codes = Self { lines: Vec::new(), unknown: 0 };
        let asked = all.get(..MOST).unwrap_or(all);
        let (mut adapter, mut known, mut markets) = (String::new(), 0, Vec::new());
        for some in asked.chunks(AT_ONCE) {
            let question: Vec<Value> =
                some.iter().map(|one| json!({"code": one.code, "give": one.give})).collect();
            let told = &desk.codes(&json!({ "codes": question })).await?;
            adapter = text(&told["adapter"]).to_owned();
            let tried = told["tried"].as_array().map_or(&[][..], Vec::as_slice);
            for one in tried {
                let market = text(&one["market"]).to_owned();
                if !markets.contains(&market) {
                    markets.push(market);
                }
            }
            for code in some {
                let own: Vec<&Value> = tried.iter().filter(|one| one["code"] == code.code.as_str()).collect();
                let findings = judge(code, &own, &adapter);
                known += usize::from(findings.is_known);
                codes.unknown += usize::from(findings.is_unknown);
                let place = format!("{shown}:{}:{}", code.line, code.column);
                codes.lines.extend(findings.lines.iter().map(|line| format!("{place}: {line}")));
            }
        }
        if !asked.is_empty() {
            let count = asked.len();
            let asked = format!("asked in {}", markets.join(", "));
            codes
                .lines
                .push(format!("{shown}: the shop ({adapter}) knows {known} of {count} codes, {asked}"));
        }
        if all.len() > MOST {
            let more = all.len() - MOST;
            codes.lines.push(format!("{shown}: {more} more codes are not asked for; the first {MOST} are"));
        }
        Ok(codes)
    }
}

/// What is to be said of one code.
struct Findings {
    lines: Vec<String>,
    is_known: bool,
    is_unknown: bool,
}

fn judge(code: &Code, tried: &[&Value], adapter: &str) -> Findings {
    let Code { offer, code, .. } = code;
    let with = |outcome: &str| -> Vec<&Value> {
        tried.iter().copied().filter(|one| one["outcome"] == outcome).collect()
    };
    let (unknown, known, untold) = (with("unknown"), with("known"), with("untold"));
    let mut lines = Vec::new();
    if !unknown.is_empty() {
        let places = if known.is_empty() { String::new() } else { format!(" in {}", markets(&unknown)) };
        lines.push(format!(
            "error: offer `{offer}`: the shop ({adapter}) knows no code {code}{places}; make a promotion with it \
             there, or write the code of the one that there is"
        ));
    }
    for one in &untold {
        let said = text(&one["said"]);
        lines.push(format!(
            "note: offer `{offer}`: the shop ({adapter}) does not tell in {} whether it knows {code}: {said}",
            text(&one["market"])
        ));
    }
    for one in &known {
        let market = text(&one["market"]);
        if let Some(differs) = one["differs"].as_str() {
            lines.push(format!(
                "warning: offer `{offer}`: {code} does not charge what is promised: in {market} {differs}"
            ));
        } else if let Some(said) = one["said"].as_str() {
            let word = if one["charges"] == false { "warning" } else { "note" };
            lines.push(format!(
                "{word}: offer `{offer}`: the shop ({adapter}) knows {code}, but {said} ({market})"
            ));
        }
    }
    Findings { lines, is_known: unknown.is_empty() && !known.is_empty(), is_unknown: !unknown.is_empty() }
}

fn markets(tried: &[&Value]) -> String {
    tried.iter().map(|one| text(&one["market"])).collect::<Vec<_>>().join(", ")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(tried: &[Value]) -> (String, bool, bool) {
        let code = Code { offer: "welcome".into(), code: "TEN".into(), give: Vec::new(), line: 3, column: 8 };
        let findings = judge(&code, &tried.iter().collect::<Vec<_>>(), "vendure");
        (findings.lines.join("\n"), findings.is_known, findings.is_unknown)
    }

    fn tried(market: &str, outcome: &str, more: Value) -> Value {
        let mut tried = json!({"code": "TEN", "market": market, "outcome": outcome});
        tried.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        tried
    }

    #[test]
    fn a_code_that_is_not_there_is_an_error_and_one_that_cannot_be_told_a_note() {
        let known = || tried("en-gb", "known", json!({"charges": true}));
        assert_eq!(judged(&[known()]), (String::new(), true, false));
        let unknown = || tried("de-de", "unknown", json!({}));
        let (lines, is_known, is_unknown) = judged(&[unknown()]);
        assert!(!is_known && is_unknown && lines.contains("knows no code TEN; make a promotion"), "{lines}");
        let (lines, is_known, is_unknown) = judged(&[known(), unknown()]);
        assert!(!is_known && is_unknown && lines.contains("knows no code TEN in de-de; make"), "{lines}");
        let untold = tried("en-gb", "untold", json!({"said": "it refuses it and does not say why"}));
        let (lines, is_known, is_unknown) = judged(&[untold]);
        assert!(!is_known && !is_unknown && lines.starts_with("note: offer `welcome`: the shop (vendure)"));
    }

    #[test]
    fn what_is_charged_otherwise_is_a_warning() {
        let differs = tried("en-gb", "known", json!({"differs": "it takes GBP 1.00 off GBP 20.00"}));
        let over = tried("de-de", "known", json!({"charges": false, "said": "it refuses it: it is over"}));
        let idle = tried("de-de", "known", json!({"said": "it has no effect on a cart of EUR 20.00"}));
        let (lines, is_known, _) = judged(&[differs, over, idle]);
        assert!(
            is_known && lines.contains("TEN does not charge what is promised: in en-gb it takes"),
            "{lines}"
        );
        assert!(
            lines.contains("warning: offer `welcome`: the shop (vendure) knows TEN, but it refuses"),
            "{lines}"
        );
        assert!(
            lines.contains("note: offer `welcome`: the shop (vendure) knows TEN, but it has no"),
            "{lines}"
        );
    }
}
