//! An explanation as people read it.

use serde_json::Value;
use std::fmt::Write as _;

/// Values stand in one column, up to this one.
const COLUMN: usize = 72;

/// The tree of an answer of `POST /_headwater/explain`: every rule, whether it held and why, and below it each part of
/// its condition with what it came to.
pub(super) fn print(told: &Value) -> String {
    let answer = &told["answer"];
    let mut tree = format!("rules {} at {}\n", text(&told["rules"]), text(&answer["now"]));
    let visitor = &told["visitor"];
    for words in list(&visitor["said"]) {
        let _ = writeln!(tree, "visitor {}", text(words));
    }
    for told in list(&visitor["sources"]).iter().filter(|told| told["source"] != "own") {
        let (source, name, value) = (text(&told["source"]), text(&told["name"]), text(&told["value"]));
        let counts = if told["counts"] == true { "" } else { "; another source says more" };
        let _ = writeln!(tree, "  {source} says {name} is {value}, since {}{counts}", text(&told["at"]));
    }
    if let Some(known) = visitor["attributes"].as_object() {
        for (name, value) in known {
            let _ = writeln!(tree, "  {name} = {value}");
        }
    }
    beside(&mut tree, &told["beside"]);
    for kind in ["audiences", "offers", "slots", "experiments"] {
        let rules = answer["explanation"].get(kind).map_or(&[][..], list);
        if rules.is_empty() {
            continue;
        }
        let _ = write!(tree, "\n{kind}\n");
        rules.iter().for_each(|rule| explained(&mut tree, rule, 1));
    }
    tree
}

/// What stands beside the product, and why other products do not.
fn beside(tree: &mut String, told: &Value) {
    if told.is_null() {
        return;
    }
    let _ =
        writeln!(tree, "\nbeside the product, by {}", told["rule"].as_str().unwrap_or("no recommendation"));
    for product in list(&told["products"]) {
        let sign = if product["shown"] == true { "yes" } else { "no " };
        let _ = writeln!(tree, "  {sign} {}: {}", text(&product["slug"]), text(&product["why"]));
    }
    if let Some(fault) = told["fault"].as_str() {
        let _ = writeln!(tree, "  the shop cannot be asked: {fault}");
    }
}

fn explained(tree: &mut String, rule: &Value, depth: usize) {
    let sign = if rule["holds"] == true { "yes" } else { "no " };
    let indent = "  ".repeat(depth);
    let _ = writeln!(tree, "{indent}{sign} {}: {}", text(&rule["name"]), text(&rule["why"]));
    for step in list(&rule["steps"]) {
        let below = usize::try_from(step["depth"].as_u64().unwrap_or_default()).unwrap_or_default();
        let source = format!("{indent}      {}{}", "  ".repeat(below), line(text(&step["source"])));
        let _ = writeln!(tree, "{source:<COLUMN$}  {}", line(text(&step["value"])));
    }
    list(&rule["parts"]).iter().for_each(|part| explained(tree, part, depth + 2));
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A condition may be written over several lines.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use personalise::rules::{Scenario, publish};
    use serde_json::json;

    #[test]
    fn a_visitor_who_was_looked_up_stands_above_the_rules() {
        let visitor = json!({"said": ["known: they agreed to it"], "attributes": {"visitor.visits": 3}});
        let tree = print(&json!({"rules": "draft", "answer": {"now": "now"}, "visitor": visitor}));
        let told = |counts| json!({"source": "shop", "name": "visitor.tier", "value": "gold", "at": "noon", "counts": counts});
        let own =
            json!({"source": "own", "name": "visitor.visits", "value": "3", "at": "noon", "counts": true});
        let visitor = json!({"said": [], "sources": [told(true), own, told(false)]});
        let sources = print(&json!({"rules": "draft", "answer": {"now": "now"}, "visitor": visitor}));
        let line = "  shop says visitor.tier is gold, since noon";
        assert_eq!(sources, format!("rules draft at now\n{line}\n{line}; another source says more\n"));
        assert_eq!(tree, "rules draft at now\nvisitor known: they agreed to it\n  visitor.visits = 3\n");
        let product = json!({"slug": "hat", "shown": false, "why": "the visitor bought it before"});
        let tree = print(&json!({"beside": {"rule": "together", "products": [product]}}));
        assert!(
            tree.ends_with("\nbeside the product, by together\n  no  hat: the visitor bought it before\n"),
            "{tree}"
        );
    }

    #[test]
    fn every_rule_says_why_down_to_its_parts() {
        let file = r#"
            [attributes]
            "visitor.visits" = "int"
            "geo.country" = "string"
            [audience.new]
            when = 'visitor.visits == 1 && geo.country == "GB"'
            [slot.hero]
            show = [{ audience = "new", content = "welcome" }, { content = "default" }]
        "#;
        let rules = publish(file, Timestamp::UNIX_EPOCH).rules.unwrap();
        let visit: Scenario = serde_json::from_value(json!({"attributes": {"visitor.visits": 2}})).unwrap();
        let answer = visit.answer(&rules, Timestamp::UNIX_EPOCH).unwrap();
        let tree = print(&json!({"rules": "draft", "answer": answer}));
        assert_eq!(tree.lines().next(), Some("rules draft at 1970-01-01T00:00:00Z"));
        // The indentation counts; how far the values stand to the right does not.
        let read = |line: &str| {
            let indent = line.len() - line.trim_start().len();
            (indent, line.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        for expected in [
            "  no  new: it does not hold",
            "        visitor.visits == 1 && geo.country == \"GB\" false",
            "          visitor.visits == 1 false",
            "            visitor.visits 2",
            "            geo.country unknown",
            "  yes hero: it shows default",
            "      no  welcome: its audience new: it does not hold",
            "      yes default: it is the first that is meant for the visitor",
        ] {
            assert!(tree.lines().any(|line| read(line) == read(expected)), "{expected}\nis not in\n{tree}");
        }
    }
}
