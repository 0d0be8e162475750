//! From the words of a question to products, best first.
//!
//! A word of the question finds a word of the catalogue whole (best), by stem, as the tail of a compound or
//! as its beginning; only when there is none of those, as two words typed as one, or with one slip of the
//! finger. All words must be found; only when no product has them all, those with most of them are given.
//! Rare words say more.

use super::index::{Index, Postings};
use super::typo::{self, one_slip};
use super::word::{Word, is_empty_word, words};
use std::collections::BTreeMap;

const WHOLE: f32 = 4.0;
const STEM: f32 = 3.0;
const TAIL: f32 = 2.0;
const BEGINNING: f32 = 1.0;
const SLIP: f32 = 0.25;

/// Letters of each half of two words that were typed as one.
const SHORTEST_PART: usize = 3;

/// More words than anyone types; the rest of a question is not looked at.
const MOST_WORDS: usize = 16;

type Scores = BTreeMap<usize, f32>;

/// The numbers of the products that match, best first; equals keep the merchandiser's order.
pub(crate) fn best(index: &Index, question: &str) -> Vec<usize> {
    let asked = asked(index, question);
    let last = asked.len().saturating_sub(1);
    let found: Vec<Scores> =
        asked.iter().enumerate().map(|(at, word)| matches(index, word, at == last)).collect();
    let mut sums: BTreeMap<usize, (usize, f32)> = BTreeMap::new();
    for (number, score) in found.iter().flatten() {
        let sum = sums.entry(*number).or_default();
        *sum = (sum.0 + 1, sum.1 + score);
    }
    let most = sums.values().map(|(words, _)| *words).max().unwrap_or_default();
    // With every word found somewhere together, the rest is left out; else those with the most come first.
    let complete = most == asked.len();
    let mut ranked: Vec<(usize, usize, f32)> = sums
        .into_iter()
        .filter(|(_, (words, _))| !complete || *words == most)
        .map(|(number, (words, score))| (number, words, score * named(index, number, &asked)))
        .collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(b.2.total_cmp(&a.2)).then(a.0.cmp(&b.0)));
    ranked.into_iter().map(|(number, ..)| number).collect()
}

/// More for a product whose name is asked for as a whole: "Corvane Nine Mini" is the phone before its cases.
fn named(index: &Index, number: usize, asked: &[Word]) -> f32 {
    let Some(name) = index.names.get(number) else { return 1.0 };
    let said = asked.iter().filter(|word| name.contains(&word.stem)).count();
    1.0 + 0.5 * said as f32 / name.len().max(1) as f32
}

fn asked(index: &Index, question: &str) -> Vec<Word> {
    let mut asked = words(index.language, question);
    let mut seen = Vec::new();
    asked.retain(|word| {
        !seen.contains(&word.exact) && {
            seen.push(word.exact.clone());
            true
        }
    });
    let says = |word: &Word| !is_empty_word(index.language, &word.exact);
    if asked.iter().any(says) {
        asked.retain(says);
    }
    asked.truncate(MOST_WORDS);
    asked
}

/// The products with one word of the question, each with its best score. Only the last word, or one that
/// is long enough to mean something, may be a beginning: it may still be being typed.
fn matches(index: &Index, word: &Word, last: bool) -> Scores {
    let mut scores = Scores::new();
    let letters = word.exact.chars().count();
    let tries = [
        (&index.exact, &word.exact, WHOLE),
        (&index.stems, &word.stem, STEM),
        (&index.tails, &word.stem, TAIL),
    ];
    for (map, key, tier) in tries {
        if let Some(postings) = map.get(key) {
            take(index, &mut scores, postings, tier);
        }
    }
    if letters >= 4 || (last && letters >= 2) {
        let longer = index.exact.range(word.exact.clone()..).take_while(|(w, _)| w.starts_with(&word.exact));
        for (_, postings) in longer.filter(|(w, _)| **w != word.exact) {
            take(index, &mut scores, postings, BEGINNING);
        }
    }
    if scores.is_empty() {
        scores = joined(index, &word.exact);
    }
    if scores.is_empty() && letters >= typo::SHORTEST {
        for (_, postings) in index.exact.iter().filter(|(meant, _)| one_slip(&word.exact, meant)) {
            take(index, &mut scores, postings, SLIP);
        }
    }
    scores
}

/// Two words that were typed as one: `trenchcoat` finds what has both `trench` and `coat`.
fn joined(index: &Index, word: &str) -> Scores {
    let mut scores = Scores::new();
    for (at, _) in word.char_indices().skip(SHORTEST_PART) {
        let Some((one, other)) = word.split_at_checked(at) else { continue };
        if other.chars().count() < SHORTEST_PART {
            break;
        }
        let (Some(one), Some(other)) = (index.exact.get(one), index.exact.get(other)) else { continue };
        let both = one
            .iter()
            .filter_map(|(number, weight)| Some((*number, *weight.min(other.get(number)?))))
            .collect();
        take(index, &mut scores, &both, BEGINNING);
    }
    scores
}

fn take(index: &Index, scores: &mut Scores, postings: &Postings, tier: f32) {
    let rarity = rarity(index.products, postings.len());
    for (number, weight) in postings {
        let best = scores.entry(*number).or_default();
        *best = best.max(*weight as f32 * tier * rarity);
    }
}

/// How much a word says that `having` of `all` products have: from 1 (all) upwards.
fn rarity(all: usize, having: usize) -> f32 {
    1.0 + (all as f32 / having.max(1) as f32).ln().max(0.0)
}
