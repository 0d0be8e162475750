//! In which language a message is written.

use super::fold::{Token, tokens};
use super::lexicon::lexicon;

/// The language of a message among those spoken here, when it is clear; `None` when it could be any.
///
/// Arabic is told by its script, English and German by their everyday words: one telling word, or twice as
/// many as of any other language. A product's name alone says nothing.
pub fn detect<'a>(text: &str, spoken: &[&'a str]) -> Option<&'a str> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let arabic = text.chars().filter(|c| matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}')).count();
    if arabic * 2 > letters {
        return spoken.iter().copied().find(|language| *language == "ar");
    }
    let words: Vec<Token> = tokens(text);
    let mut weights: Vec<(u32, &'a str)> = spoken
        .iter()
        .filter(|l| **l != "ar")
        .map(|l| (lexicon(l).weight(&words) + letters_of(l, text), *l))
        .collect();
    weights.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    match weights.as_slice() {
        [(best, language), (next, _), ..] if *best >= 2 && *best >= next * 2 => Some(language),
        [(best, language)] if *best >= 2 => Some(language),
        _ => None,
    }
}

/// Letters that only one of the languages has.
fn letters_of(language: &str, text: &str) -> u32 {
    u32::from(language == "de" && text.contains(['ä', 'ö', 'ü', 'ß', 'Ä', 'Ö', 'Ü'])) * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_message_has_a_language() {
        let spoken = ["en", "de", "ar"];
        for (text, language) in [
            ("please show me my basket", Some("en")),
            ("hello", Some("en")),
            ("zeig mir bitte den Warenkorb", Some("de")),
            ("Hallo", Some("de")),
            ("Mäntel", Some("de")),
            ("wo ist meine bestellung", Some("de")),
            ("أين طلبي", Some("ar")),
            ("كورفان ناين", Some("ar")),
            ("Corvane Nine", None),
            ("trench", None),
            ("hi", None),
            ("2", None),
            ("", None),
        ] {
            assert_eq!(detect(text, &spoken), language, "{text}");
        }
        assert_eq!(detect("Hallo", &["en"]), None, "not spoken here");
    }
}
