//! What must be found, in which order, and what must not.

use super::index::Index;
use super::rank::best;
use super::search;
use crate::catalogue::catalogue;
use crate::catalogue::record::ProductRecord;
use crate::market::Language;
use serde_json::json;

/// Slugs from the real catalogue, best first.
fn found(language: Language, words: &str) -> Vec<&'static str> {
    search(catalogue(), language, words).into_iter().map(|product| product.slug.as_str()).collect()
}

fn first(language: Language, words: &str) -> &'static str {
    found(language, words).first().copied().unwrap_or("nothing")
}

/// A product of its own for an exact expectation.
fn product(name: &str, description: &str) -> ProductRecord {
    let same = |text: &str| json!({ "en": text, "de": text, "ar": text });
    let record = json!({
        "id": name, "slug": name, "name": same(name), "summary": same(""), "description": same(description),
        "brand": "", "categories": [], "tags": [], "options": [], "variants": [], "pictures": [], "attributes": [],
    });
    serde_json::from_value(record).unwrap()
}

fn names(language: Language, products: &[ProductRecord], words: &str) -> Vec<String> {
    let index = Index::of(products, &[], language);
    best(&index, words).into_iter().map(|number| products[number].id.clone()).collect()
}

#[test]
fn whole_before_stem_before_beginning_before_slip() {
    let products = ["Trenches", "Trenchcoat", "Trench", "Other"]
        .map(|name| product(name, "Words that all of them have."));
    assert_eq!(names(Language::English, &products, "trench"), ["Trench", "Trenches", "Trenchcoat"]);
    assert_eq!(
        names(Language::English, &products, "trensh"),
        ["Trench"],
        "a slip, when nothing else is found"
    );
    assert_eq!(names(Language::English, &products, "Othar"), ["Other"]);
    assert_eq!(names(Language::English, &products, "othr x"), [""; 0], "four letters must be right");
}

#[test]
fn a_name_says_more_than_a_description() {
    let products =
        [product("Wool scarf", "Warm."), product("Mug", "Comes in a wool bag."), product("Wool", "")];
    assert_eq!(
        names(Language::English, &products, "wool"),
        ["Wool", "Wool scarf", "Mug"],
        "and the whole name most"
    );
}

#[test]
fn all_words_or_else_most_of_them() {
    let products = [product("Linen shirt", ""), product("Linen dress", ""), product("Silk shirt", "")];
    assert_eq!(names(Language::English, &products, "linen shirt"), ["Linen shirt"]);
    assert_eq!(
        names(Language::English, &products, "linen shirt zzzz"),
        ["Linen shirt", "Linen dress", "Silk shirt"],
        "the one with most words leads"
    );
    assert_eq!(
        names(Language::English, &products, "the shirt of linen"),
        ["Linen shirt"],
        "empty words ask nothing"
    );
}

#[test]
fn a_part_of_a_word_is_not_the_word() {
    let products = [product("Raincoat", "A coat."), product("Oat mug", "")];
    assert_eq!(names(Language::English, &products, "oat"), ["Oat mug"]);
    for slug in found(Language::English, "oat") {
        let product = catalogue().product_by_slug(slug).unwrap();
        let said = serde_json::to_string(product).unwrap().to_lowercase();
        assert!(
            said.contains("oat\"") || said.contains("\"oat ") || said.contains(" oat "),
            "{slug} has no oat"
        );
    }
}

#[test]
fn english_words_find_the_right_things_first() {
    assert!(first(Language::English, "trench coat").contains("trench"));
    assert_eq!(first(Language::English, "Corvane Nine Mini"), "corvane-nine-mini");
    assert_eq!(first(Language::English, "screen protector tessaly"), "glasswing-protector-tessaly-3");
    assert!(
        first(Language::English, "candles").contains("candle")
            || first(Language::English, "candles").contains("beeswax")
    );
    assert_eq!(first(Language::English, "teapto"), "saltmarsh-teapot", "one slip");
    assert_eq!(first(Language::English, "cooks knife"), "cooks-knife");
    assert!(first(Language::English, "trenchcoat").contains("trench"), "two words typed as one");
    let gifts = found(Language::English, "gift for her");
    assert!(gifts.len() > 1 && gifts.contains(&"ribboned-gift-box"), "{gifts:?}");
    assert_eq!(found(Language::English, "zzzzzz"), [""; 0]);
    assert_eq!(found(Language::English, "!?"), [""; 0]);
}

#[test]
fn german_finds_umlauts_forms_and_compounds() {
    assert_eq!(first(Language::German, "Teekanne"), "saltmarsh-teapot");
    let cases = found(Language::German, "Hülle Corvane Nine Mini");
    assert_eq!(cases.first().copied(), Some("clear-case-corvane-nine-mini"));
    assert_eq!(found(Language::German, "Huelle Tessaly"), found(Language::German, "Hülle Tessaly"));
    assert!(found(Language::German, "Mantel").contains(&"tidewater-raincoat"), "a Regenmantel is a Mantel");
    assert!(found(Language::German, "Kleid").contains(&"larkspur-tea-dress"), "a Teekleid is a Kleid");
    assert!(
        !found(Language::German, "jumper").contains(&"fisher-cable-jumper"),
        "English words are not German"
    );
}

#[test]
fn arabic_finds_with_and_without_article_and_marks() {
    assert_eq!(first(Language::Arabic, "إبريق شاي"), "saltmarsh-teapot");
    let coats = found(Language::Arabic, "معطف");
    assert!(
        coats.iter().take(3).all(|slug| slug.contains("trench") || slug.contains("raincoat")),
        "{coats:?}"
    );
    assert_eq!(found(Language::Arabic, "المعطف"), coats);
    assert_eq!(found(Language::Arabic, "مِعْطَف"), coats);
    let cases = found(Language::Arabic, "غطاء هاتف");
    assert!(cases.first().is_some_and(|slug| slug.contains("case")), "`لهاتف` is `هاتف`: {cases:?}");
    assert!(found(Language::Arabic, "شموع").contains(&"beeswax-pillars"));
}

#[test]
fn any_text_is_an_answerable_question() {
    let long = "ا".repeat(200);
    for words in [
        "",
        " ",
        "\0",
        "ال",
        "'",
        "’s",
        "ß",
        "ﷺ",
        "🧥",
        "\u{301}",
        "a b c d e f g h i j k l m n o p q r",
        &long,
    ] {
        for language in Language::ALL {
            found(language, words);
        }
    }
}
