//! Localized strings: `{"en": "Coat", "de-DE": "Mantel"}`, keyed by the project's own locales.
//! <https://docs.commercetools.com/api/types#localizedstring>

use crate::model::Market;
use std::collections::BTreeMap;

/// A text by locale.
pub(super) type Localized = BTreeMap<String, String>;

/// The key of a market among a project's locales: its locale, its language, any region of it, else English,
/// else the first; `None` only when there are none.
pub(super) fn best<'a>(market: &Market, keys: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let same_language = |key: &&str, language: &str| {
        *key == language || key.strip_prefix(language).is_some_and(|rest| rest.starts_with('-'))
    };
    keys.clone()
        .find(|key| *key == market.locale())
        .or_else(|| keys.clone().find(|key| *key == market.language()))
        .or_else(|| keys.clone().find(|key| same_language(key, market.language())))
        .or_else(|| keys.clone().find(|key| same_language(key, "en")))
        .or_else(|| keys.clone().next())
}

/// The text for a market; empty when there is none.
pub(super) fn said(text: &Localized, market: &Market) -> String {
    best(market, text.keys().map(String::as_str)).and_then(|key| text.get(key)).cloned().unwrap_or_default()
}

/// A localized field of a predicate that may be in the market's locale, its language or English, such as
/// ``slug(`de-DE`=:slug or de=:slug or en=:slug)``; the value goes in the variable.
pub(super) fn predicate(field: &str, variable: &str, market: &Market) -> String {
    let mut locales = vec![market.locale(), market.language(), "en"];
    locales.dedup();
    let any: Vec<String> = locales.iter().map(|locale| format!("`{locale}`=:{variable}")).collect();
    format!("{field}({})", any.join(" or "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_locale_is_taken() {
        fn of(keys: &[&str], market: &str) -> String {
            let text: Localized = keys.iter().map(|key| ((*key).to_owned(), (*key).to_owned())).collect();
            said(&text, &Market::parse(market).unwrap())
        }
        assert_eq!(of(&["de", "de-AT", "en"], "de-AT/EUR"), "de-AT");
        assert_eq!(of(&["de", "de-AT", "en"], "de-DE/EUR"), "de");
        assert_eq!(of(&["de-CH", "en-GB", "fr"], "de-DE/EUR"), "de-CH");
        assert_eq!(of(&["en-GB", "fr"], "ar-GB/GBP"), "en-GB");
        assert_eq!(of(&["fr", "it"], "ar-GB/GBP"), "fr");
        assert_eq!(of(&[], "ar-GB/GBP"), "");
        assert_eq!(
            predicate("slug", "slug", &Market::parse("en-GB/GBP").unwrap()),
            "slug(`en-GB`=:slug or `en`=:slug)"
        );
    }
}
