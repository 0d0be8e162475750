//! Conversations as people have them: `golden/*.txt`, each a script of lines `> what is typed` (or `! label`,
//! a pressed button of the last answer) with the answers below. `UPDATE_GOLDEN=1` writes them anew.

use crate::browser::{Browser, schema};
use crate::world::World;
use serde_json::{Value, json};
use std::fmt::Write as _;

#[test]
fn conversations_go_as_written() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/golden");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    assert!(files.len() >= 3, "a conversation per language");
    let mut wrong = Vec::new();
    for path in files {
        let script = std::fs::read_to_string(&path).unwrap();
        let market = path.file_stem().unwrap().to_str().unwrap()[..5].to_owned();
        let played = play(&market, &script);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, &played).unwrap();
        } else if played != script {
            let line = played.lines().zip(script.lines()).position(|(a, b)| a != b);
            let at = line.unwrap_or(script.lines().count().min(played.lines().count()));
            let part =
                |text: &str| text.lines().skip(at.saturating_sub(3)).take(8).collect::<Vec<_>>().join("\n");
            wrong.push(format!(
                "{path:?} line {}:\n{}\n--- but now:\n{}",
                at + 1,
                part(&script),
                part(&played)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}\nUPDATE_GOLDEN=1 writes them anew", wrong.join("\n\n"));
}

fn play(market: &str, script: &str) -> String {
    let mut browser = Browser::new(World::new(), market);
    let mut played = String::new();
    let mut last = Value::Null;
    let schema = schema();
    for line in script.lines().filter(|line| line.starts_with(['#', '>', '!'])) {
        writeln!(played, "{line}").unwrap();
        let message = match (line.strip_prefix("> "), line.strip_prefix("! ")) {
            (Some(text), _) => json!({ "text": text }),
            (_, Some(label)) => json!({ "action": action(&last, label) }),
            _ => continue,
        };
        let (status, reply) = browser.send(&message);
        assert_eq!(status, 200, "{line}: {reply}");
        assert!(schema.is_valid(&reply), "{line}: {reply}");
        played.push_str(&render(&reply));
        played.push('\n');
        last = reply;
    }
    played.truncate(played.trim_end().len());
    played.push('\n');
    played
}

/// The payload of the last answer's button with that label, or `label @ card`.
fn action(reply: &Value, label: &str) -> Value {
    let (label, of) = label.split_once(" @ ").map_or((label, None), |(label, card)| (label, Some(card)));
    let parts = reply["parts"].as_array().unwrap();
    let all = parts.iter().flat_map(|part| {
        let own = part["buttons"].as_array().into_iter().flatten().map(|button| (None, button));
        let cards = part["cards"].as_array().into_iter().flatten();
        let of_cards = cards.flat_map(|card| {
            card["buttons"].as_array().into_iter().flatten().map(|button| (card["title"].as_str(), button))
        });
        own.chain(of_cards).collect::<Vec<_>>()
    });
    let mut fitting = all.filter(|(card, button)| button["label"] == label && (of.is_none() || *card == of));
    fitting.next().unwrap_or_else(|| panic!("no button {label} in {reply}")).1["action"].clone()
}

/// A reply as lines of text.
pub fn render(reply: &Value) -> String {
    let mut text = String::new();
    let labels = |value: &Value| {
        let buttons = value["buttons"].as_array().into_iter().flatten();
        buttons.map(|button| format!("[{}]", button["label"].as_str().unwrap())).collect::<Vec<_>>().join(" ")
    };
    for part in reply["parts"].as_array().unwrap() {
        match part["kind"].as_str().unwrap() {
            "text" => {
                for line in part["text"].as_str().unwrap().lines() {
                    writeln!(text, "  {line}").unwrap();
                }
            }
            "cards" => {
                for card in part["cards"].as_array().unwrap() {
                    let price = card["price"].as_str().map(|price| format!(" — {price}")).unwrap_or_default();
                    let subtitle = card["subtitle"].as_str().unwrap_or_default().replace('\n', " / ");
                    let subtitle = if subtitle.is_empty() { subtitle } else { format!(" ({subtitle})") };
                    let line =
                        format!("  * {}{price}{subtitle} {}", card["title"].as_str().unwrap(), labels(card));
                    writeln!(text, "{}", line.trim_end()).unwrap();
                }
            }
            "choices" => writeln!(text, "  {}", labels(part)).unwrap(),
            _ => writeln!(text, "  {} → {}", part["label"].as_str().unwrap(), part["url"].as_str().unwrap())
                .unwrap(),
        }
    }
    text
}
