//! Words as search compares them: folded, and cut to their stems.

use crate::market::Language;
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word in the forms that are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Folded.
    pub(crate) exact: String,
    /// Folded, cut to its stem.
    pub(crate) stem: String,
    /// Another form that is looked for, folded: `fuer` for `für`, `هاتف` for `لهاتف`; for texts only.
    pub(crate) spelt: Option<String>,
}

/// Words that say nothing of a product; left out of a question that has others.
const EMPTY: [&[&str]; 3] = [
    &[
        "a", "an", "and", "the", "for", "of", "in", "on", "to", "with", "or", "my", "our", "by", "from",
        "her", "him", "me",
    ],
    &[
        "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "und", "oder",
        "fur", "mit", "im", "in", "am", "an", "auf", "aus", "von", "zu", "zum", "zur",
    ],
    &["في", "من", "على", "الى", "مع", "عن", "او", "و", "هذا", "هذه"],
];

pub(crate) fn is_empty_word(language: Language, folded: &str) -> bool {
    let lists = EMPTY.iter().zip(Language::ALL);
    lists.filter(|(_, of)| *of == language).any(|(list, _)| list.contains(&folded))
}

/// The words of a text in their order.
pub(crate) fn words(language: Language, text: &str) -> Vec<Word> {
    let algorithm = match language {
        Language::English => Algorithm::English,
        Language::German => Algorithm::German,
        Language::Arabic => Algorithm::Arabic,
    };
    let stemmer = Stemmer::create(algorithm);
    // Marks belong to the letter before them and must not part a word (Arabic tashkeel); the apostrophe of
    // "cook's" must not either.
    let inside = |c: char| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, 'ـ' | '\'' | '’');
    let parts = text.split(|c| !inside(c)).filter(|part| part.chars().any(char::is_alphanumeric));
    parts.map(|part| word(language, &stemmer, part)).filter(|word| !word.exact.is_empty()).collect()
}

fn word(language: Language, stemmer: &Stemmer, part: &str) -> Word {
    let plain = part.replace(['\'', '’', 'ـ'], "'").to_lowercase();
    let plain = plain.strip_suffix("'s").unwrap_or(&plain).replace('\'', "");
    let exact = without_article(language, &fold(&plain)).into_owned();
    // The stemmers know their own letters (ü, ة), so they come before folding.
    let unmarked: String = match language {
        Language::Arabic => plain.chars().filter(|c| !is_combining_mark(*c)).collect(),
        _ => plain.nfc().collect(),
    };
    let stem = fold(&stemmer.stem(&unmarked));
    let stem = if stem.is_empty() { exact.clone() } else { without_article(language, &stem).into_owned() };
    let spelt = match language {
        Language::German if plain.contains(['ä', 'ö', 'ü']) => {
            Some(fold(&plain.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue")))
        }
        // "For", "and" and "with" are one letter before the word.
        Language::Arabic => {
            let bare = exact.strip_prefix(['ل', 'و', 'ب']);
            bare.filter(|rest| rest.chars().count() >= 4).map(str::to_owned)
        }
        _ => None,
    };
    Word { exact, stem, spelt }
}

/// Lower case without accents: `ü` is `u`, `ß` is `ss`, the forms of alef are one, as are those of ya, and
/// ta marbuta is ha.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'ٱ' => folded.push('ا'),
            'ى' | 'ی' => folded.push('ي'),
            'ة' => folded.push('ه'),
            'ک' => folded.push('ك'),
            'ـ' => {}
            other => folded.push(other),
        }
    }
    folded
}

fn without_article(language: Language, folded: &str) -> Cow<'_, str> {
    let bare = folded.strip_prefix("ال").filter(|rest| rest.chars().count() >= 3);
    match (language, bare) {
        (Language::Arabic, Some(bare)) => Cow::Borrowed(bare),
        _ => Cow::Borrowed(folded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(language: Language, text: &str) -> Vec<String> {
        words(language, text).into_iter().map(|word| word.exact).collect()
    }

    #[test]
    fn words_are_parted_by_unicode_and_folded() {
        assert_eq!(exact(Language::English, "The cook's CAFÉ, USB-C!"), ["the", "cook", "cafe", "usb", "c"]);
        assert_eq!(exact(Language::German, "Größe für Straße"), ["grosse", "fur", "strasse"]);
        assert_eq!(words(Language::German, "Hüllen")[0].spelt.as_deref(), Some("huellen"));
    }

    #[test]
    fn arabic_is_compared_without_marks_article_and_letter_forms() {
        assert_eq!(exact(Language::Arabic, "المِعْطَف"), exact(Language::Arabic, "معطف"));
        assert_eq!(exact(Language::Arabic, "أحذية"), exact(Language::Arabic, "احذيه"));
        assert_eq!(exact(Language::Arabic, "كـــوب"), exact(Language::Arabic, "كوب"));
        assert_eq!(exact(Language::Arabic, "مصلى"), exact(Language::Arabic, "مصلي"));
    }

    #[test]
    fn stems_join_the_forms_of_a_word() {
        let stem = |language, text: &str| words(language, text)[0].stem.clone();
        assert_eq!(stem(Language::English, "candles"), stem(Language::English, "candle"));
        assert_eq!(stem(Language::German, "Hüllen"), stem(Language::German, "Hülle"));
        assert_eq!(stem(Language::German, "Mäntel"), stem(Language::German, "Mantel"));
    }
}
