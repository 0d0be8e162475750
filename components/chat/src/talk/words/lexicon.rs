//! The words of one language, read from its data.

use super::fold::{Token, fold, forms, tokens};
use std::collections::HashSet;
use std::sync::LazyLock;

/// What a word or phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the word of the data files")]
pub enum Sign {
    Polite,
    Filler,
    Near,
    It,
    Pieces,
    Show,
    Find,
    Add,
    Remove,
    Change,
    Cart,
    Checkout,
    Stores,
    Stock,
    Order,
    Offer,
    Departments,
    Help,
    Greeting,
    Thanks,
    Bye,
    Remember,
    Forget,
    Person,
    More,
    Yes,
    No,
    /// From 1; -1 is the last.
    Nth(i32),
    Number(u32),
}

impl Sign {
    /// A small word of the language rather than one of a command.
    const fn is_small(self) -> bool {
        matches!(
            self,
            Self::Polite | Self::Filler | Self::Near | Self::It | Self::Pieces | Self::Yes | Self::No
        )
    }
}

const NAMES: [(&str, Sign); 38] = [
    ("polite", Sign::Polite),
    ("filler", Sign::Filler),
    ("near", Sign::Near),
    ("it", Sign::It),
    ("pieces", Sign::Pieces),
    ("show", Sign::Show),
    ("find", Sign::Find),
    ("add", Sign::Add),
    ("remove", Sign::Remove),
    ("change", Sign::Change),
    ("cart", Sign::Cart),
    ("checkout", Sign::Checkout),
    ("stores", Sign::Stores),
    ("stock", Sign::Stock),
    ("order", Sign::Order),
    ("offer", Sign::Offer),
    ("departments", Sign::Departments),
    ("help", Sign::Help),
    ("greeting", Sign::Greeting),
    ("thanks", Sign::Thanks),
    ("bye", Sign::Bye),
    ("remember", Sign::Remember),
    ("forget", Sign::Forget),
    ("person", Sign::Person),
    ("more", Sign::More),
    ("yes", Sign::Yes),
    ("no", Sign::No),
    ("first", Sign::Nth(1)),
    ("second", Sign::Nth(2)),
    ("third", Sign::Nth(3)),
    ("fourth", Sign::Nth(4)),
    ("fifth", Sign::Nth(5)),
    ("sixth", Sign::Nth(6)),
    ("seventh", Sign::Nth(7)),
    ("eighth", Sign::Nth(8)),
    ("ninth", Sign::Nth(9)),
    ("tenth", Sign::Nth(10)),
    ("last", Sign::Nth(-1)),
];

/// The words of one language.
pub struct Lexicon {
    /// Phrases, the longest first.
    phrases: Vec<(Vec<String>, Sign)>,
    goods: HashSet<String>,
}

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("en.txt")).0);
static GERMAN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("de.txt")).0);
static ARABIC: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("ar.txt")).0);

/// The words of a language; English ones where there are none.
pub fn lexicon(language: &str) -> &'static Lexicon {
    match language {
        "de" => &GERMAN,
        "ar" => &ARABIC,
        _ => &ENGLISH,
    }
}

impl Lexicon {
    /// Reads a data file; the second value names the lines that mean nothing.
    fn read(source: &str) -> (Self, Vec<String>) {
        let mut phrases = Vec::new();
        let mut goods = HashSet::new();
        let mut faults = Vec::new();
        for line in source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (name, words) = line.split_once(':').unwrap_or((line, ""));
            let words = words.split(',').map(str::trim).filter(|word| !word.is_empty());
            let known = NAMES.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign);
            match known.or_else(|| name.parse().ok().map(Sign::Number)) {
                Some(sign) => phrases.extend(words.map(|words| (folded(words), sign))),
                None if name == "goods" => goods.extend(words.map(fold)),
                None => faults.push(line.to_owned()),
            }
        }
        phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        (Self { phrases, goods }, faults)
    }

    /// What the words at the front stand for, how many they are, and whether they are spelt right.
    /// Exact spelling wins over a guess, a longer phrase over a shorter one.
    pub fn at(&self, words: &[Token]) -> Option<(Sign, usize, bool)> {
        let guess = || {
            let meant = |sign: Sign| !matches!(sign, Sign::Number(_)) && !sign.is_small();
            self.matching(words, meant, |word, listed| self.is_meant(word, listed))
        };
        let listed = self.matching(words, |_| true, is_listed).map(|(sign, count)| (sign, count, true));
        listed.or_else(|| guess().map(|(sign, count)| (sign, count, false)))
    }

    fn matching(
        &self,
        words: &[Token],
        allowed: impl Fn(Sign) -> bool,
        same: impl Fn(&Token, &str) -> bool,
    ) -> Option<(Sign, usize)> {
        let fits = |phrase: &[String]| {
            words.len() >= phrase.len() && phrase.iter().zip(words).all(|(listed, word)| same(word, listed))
        };
        let found = self.phrases.iter().find(|(phrase, sign)| allowed(*sign) && fits(phrase));
        found.map(|(phrase, sign)| (*sign, phrase.len()))
    }

    /// Within the slips of a hurried hand: one in a word of four letters, two in one of eight. Words that
    /// name goods are never taken for a mistyped command.
    fn is_meant(&self, word: &Token, listed: &str) -> bool {
        if is_listed(word, listed) {
            return true;
        }
        let length = listed.chars().count().min(word.folded.chars().count());
        let slips = match length {
            0..=3 => return false,
            4..=7 => 1,
            _ => 2,
        };
        // The first letter is nearly always right, and it tells "shop" from "chop".
        word.folded.chars().next() == listed.chars().next()
            && !self.goods.contains(&word.folded)
            && strsim::osa_distance(&word.folded, listed) <= slips
    }

    /// How much a text looks like this language: two for a word of a command, one for a small word.
    pub fn weight(&self, words: &[Token]) -> u32 {
        let mut rest = words;
        let mut weight = 0;
        while let Some((_, after)) = rest.split_first() {
            match self.matching(rest, |_| true, is_listed) {
                Some((sign, count)) => {
                    let long = rest.first().is_some_and(|word| word.folded.chars().count() >= 4);
                    weight += if count == 1 && (sign.is_small() || matches!(sign, Sign::Number(_)) || !long) {
                        1
                    } else {
                        2
                    };
                    rest = rest.get(count..).unwrap_or_default();
                }
                None => rest = after,
            }
        }
        weight
    }
}

fn is_listed(word: &Token, listed: &str) -> bool {
    forms(&word.folded).contains(&listed)
}

fn folded(phrase: &str) -> Vec<String> {
    tokens(phrase).into_iter().map(|token| token.folded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_means_something() {
        for source in [include_str!("en.txt"), include_str!("de.txt"), include_str!("ar.txt")] {
            let (lexicon, faults) = Lexicon::read(source);
            assert_eq!(faults, Vec::<String>::new());
            for (name, sign) in NAMES {
                assert!(lexicon.phrases.iter().any(|(_, known)| *known == sign), "no words for {name}");
            }
            for number in 1..=10 {
                assert!(lexicon.phrases.iter().any(|(_, known)| *known == Sign::Number(number)), "{number}");
            }
            assert!(lexicon.phrases.iter().all(|(words, _)| !words.is_empty()));
        }
        assert_eq!(Lexicon::read("nonsense: a").1, ["nonsense: a"]);
    }

    #[test]
    fn slips_are_forgiven_by_length() {
        let sign = |text: &str| lexicon("en").at(&tokens(text)).map(|(sign, _, sure)| (sign, sure));
        assert_eq!(sign("basket"), Some((Sign::Cart, true)));
        assert_eq!(sign("baskte"), Some((Sign::Cart, false)));
        assert_eq!(sign("bskt"), None);
        assert_eq!(sign("chekcout"), Some((Sign::Checkout, false)));
        assert_eq!(sign("shoes"), None, "shoes are goods, not shops");
        assert_eq!(sign("hop"), None);
    }
}
