//! The index of one language: which words stand where, and how much that says.

use super::word::{Word, words};
use crate::catalogue::record::{CategoryRecord, ProductRecord};
use crate::market::Language;
use std::collections::{BTreeMap, BTreeSet};

/// Product number → weight of the fields in which the word stands.
pub(crate) type Postings = BTreeMap<usize, u32>;

/// Where words stand.
pub(crate) struct Index {
    pub(crate) language: Language,
    pub(crate) products: usize,
    /// The stems of each product's name.
    pub(crate) names: Vec<BTreeSet<String>>,
    pub(crate) exact: BTreeMap<String, Postings>,
    pub(crate) stems: BTreeMap<String, Postings>,
    /// The last parts of compounds: `mantel` of `Regenmantel`.
    pub(crate) tails: BTreeMap<String, Postings>,
}

// What a word says of a product, by where it stands.
const NAME: u32 = 12;
const CATEGORY: u32 = 6;
const BRAND: u32 = 6;
const OPTION: u32 = 4;
const SUMMARY: u32 = 3;
const ATTRIBUTE: u32 = 2;
const DESCRIPTION: u32 = 1;

impl Index {
    pub(crate) fn of(products: &[ProductRecord], categories: &[CategoryRecord], language: Language) -> Self {
        let mut index = Self {
            language,
            products: products.len(),
            names: products.iter().map(|product| stems(language, language.of(&product.name))).collect(),
            exact: BTreeMap::new(),
            stems: BTreeMap::new(),
            tails: BTreeMap::new(),
        };
        for (number, product) in products.iter().enumerate() {
            for (weight, text) in fields(product, categories, language) {
                // A word says as much once as often: a long text must not win by repeating itself.
                let mut seen = BTreeSet::new();
                for word in words(language, &text) {
                    if seen.insert(word.exact.clone()) {
                        index.add(number, weight, word);
                    }
                }
            }
        }
        if language == Language::German {
            index.part_compounds();
        }
        index
    }

    fn add(&mut self, number: usize, weight: u32, word: Word) {
        if let Some(spelt) = word.spelt {
            *self.exact.entry(spelt).or_default().entry(number).or_default() += weight;
        }
        *self.exact.entry(word.exact).or_default().entry(number).or_default() += weight;
        *self.stems.entry(word.stem).or_default().entry(number).or_default() += weight;
    }

    /// German writes "rain coat" as one word. A tail counts when the shop uses it as a word of its own.
    fn part_compounds(&mut self) {
        let mut tails: BTreeMap<String, Postings> = BTreeMap::new();
        for (whole, postings) in &self.stems {
            // Cotton is "tree wool" in German, and no wool.
            if whole.starts_with("baumwoll") {
                continue;
            }
            let heads = whole.char_indices().skip(3).filter_map(|(at, _)| whole.get(at..));
            for tail in heads.filter(|tail| tail.chars().count() >= 4 && self.stems.contains_key(*tail)) {
                let known = tails.entry(tail.to_owned()).or_default();
                for (number, weight) in postings {
                    *known.entry(*number).or_default() += weight;
                }
            }
        }
        self.tails = tails;
    }
}

fn stems(language: Language, text: &str) -> BTreeSet<String> {
    words(language, text).into_iter().map(|word| word.stem).collect()
}

fn fields(product: &ProductRecord, categories: &[CategoryRecord], language: Language) -> Vec<(u32, String)> {
    let say = |text| language.of(text).to_owned();
    let mut fields = vec![
        (NAME, say(&product.name)),
        (BRAND, product.brand.clone()),
        (SUMMARY, say(&product.summary)),
        (DESCRIPTION, say(&product.description)),
    ];
    let mut above: Vec<String> = Vec::new();
    let mut next: Vec<&str> = product.categories.iter().map(String::as_str).collect();
    while let Some(id) = next.pop() {
        let Some(category) = categories.iter().find(|c| c.id == id) else { continue };
        if !above.contains(&category.id) {
            above.push(category.id.clone());
            fields.push((CATEGORY, say(&category.name)));
            next.extend(category.parent.as_deref());
        }
    }
    let values = product.options.iter().flat_map(|option| &option.values);
    fields.extend(values.map(|value| (OPTION, say(&value.name))));
    fields.extend(product.attributes.iter().map(|attribute| (ATTRIBUTE, say(&attribute.value))));
    // Numbers of what people read off a label.
    fields.extend(product.variants.iter().map(|variant| (OPTION, variant.sku.clone())));
    fields.extend(product.tags.iter().map(|tag| (SUMMARY, tag_in_words(tag, language))));
    fields
}

fn tag_in_words(tag: &str, language: Language) -> String {
    match tag {
        "new" => language.pick("new", "neu", "جديد").to_owned(),
        "sale" => language.pick("sale", "Sale reduziert", "تخفيضات").to_owned(),
        "bestseller" => language.pick("bestseller", "Bestseller", "الأكثر مبيعا").to_owned(),
        "sustainable" => language.pick("sustainable", "nachhaltig", "مستدام").to_owned(),
        _ => String::new(),
    }
}
