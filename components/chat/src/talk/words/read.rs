//! One grammar for all languages: from signs to a wish. It prefers asking the shop's search over guessing a
//! command, and a command over nothing.

use super::fold::{Token, tokens};
use super::lexicon::{Lexicon, Sign};

/// What is wished for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "named after the questions of `talk::say`")]
pub enum Wish {
    Nothing,
    Greet,
    Thank,
    Bye,
    Remember,
    Forget,
    Help,
    Person,
    Offer,
    Departments,
    More,
    Cart,
    Checkout,
    Yes,
    No,
    /// With the order's number, if one was said.
    Order(Option<String>),
    /// Near a town, if one was said.
    Stores(Option<String>),
    Stock {
        which: Which,
        town: Option<String>,
    },
    Show(Which),
    Add {
        which: Which,
        quantity: Option<u32>,
    },
    Set {
        which: Which,
        quantity: u32,
    },
    Remove(Which),
    /// A number and nothing else.
    Number(u32),
    Search(String),
}

/// Which product or line is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Nothing was said.
    Unsaid,
    /// The one last spoken of.
    It,
    /// By its place, from 1; -1 is the last.
    Nth(i32),
    /// By words.
    Words(String),
}

/// A message understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// The wish.
    pub wish: Wish,
    /// Whether every word of a command was spelt as listed. If not, a product of that name goes first.
    pub sure: bool,
    /// The words that carry meaning, for a search.
    pub plain: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    kind: Kind,
    raw: String,
    sure: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sign(Sign),
    /// `2x`.
    Times(u32),
    Word,
}

/// Understands a message.
pub fn read(lexicon: &Lexicon, text: &str) -> Meaning {
    let pieces = pieces(lexicon, &tokens(text));
    let said = Said { pieces: &pieces };
    let sure = pieces.iter().all(|piece| piece.sure);
    Meaning { wish: said.wish(text), sure, plain: said.plain() }
}

fn pieces(lexicon: &Lexicon, words: &[Token]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut rest = words;
    while let Some((word, after)) = rest.split_first() {
        let (kind, count, sure) = match (number(&word.folded), lexicon.at(rest)) {
            (Some(kind), _) => (kind, 1, true),
            (None, Some((sign, count, sure))) => (Kind::Sign(sign), count, sure),
            (None, None) => (Kind::Word, 1, true),
        };
        let raw: Vec<&str> = rest.iter().take(count).map(|word| word.raw.as_str()).collect();
        let after_place = matches!(pieces.last(), Some(Piece { kind: Kind::Sign(Sign::Nth(_)), .. }));
        // "The second one": that one is no number.
        if !(after_place && kind == Kind::Sign(Sign::Number(1))) {
            pieces.push(Piece { kind, raw: raw.join(" "), sure });
        }
        rest = rest.get(count..).unwrap_or(after);
    }
    pieces
}

fn number(folded: &str) -> Option<Kind> {
    let digits = |text: &str| text.parse::<u32>().ok().filter(|number| *number <= 999);
    let times = folded.strip_suffix('x').or_else(|| folded.strip_prefix('x'));
    digits(folded).map(|n| Kind::Sign(Sign::Number(n))).or_else(|| times.and_then(digits).map(Kind::Times))
}

struct Said<'a> {
    pieces: &'a [Piece],
}

impl Said<'_> {
    fn has(&self, sign: Sign) -> bool {
        self.pieces.iter().any(|piece| piece.kind == Kind::Sign(sign))
    }

    /// Whether a sign stands before any word that is none.
    fn leads(&self, sign: Sign) -> bool {
        let before = self.pieces.iter().take_while(|piece| piece.kind != Kind::Word);
        before.into_iter().any(|piece| piece.kind == Kind::Sign(sign))
    }

    fn only(&self, signs: &[Sign]) -> bool {
        let mut significant = self.pieces.iter().filter(|piece| !is_courtesy(piece)).peekable();
        significant.peek().is_some()
            && significant.all(|piece| matches!(piece.kind, Kind::Sign(sign) if signs.contains(&sign)))
    }

    /// Words that are no sign, and the numbers among or after them.
    fn words(&self) -> String {
        let mut begun = false;
        self.collect(|piece| {
            begun |= piece.kind == Kind::Word;
            piece.kind == Kind::Word || begun && matches!(piece.kind, Kind::Sign(Sign::Number(_)))
        })
    }

    /// All that could be part of a product's name: "laundry basket" keeps its basket.
    fn plain(&self) -> String {
        let mut begun = false;
        self.collect(|piece| match piece.kind {
            Kind::Sign(Sign::Number(number)) => begun || number > 10,
            Kind::Times(_) => false,
            Kind::Word => {
                begun = true;
                true
            }
            Kind::Sign(Sign::Near | Sign::Show | Sign::Find | Sign::Add | Sign::It | Sign::Pieces) => {
                !piece.sure
            }
            Kind::Sign(_) => !is_courtesy(piece),
        })
    }

    fn collect(&self, mut keep: impl FnMut(&Piece) -> bool) -> String {
        let kept: Vec<&str> = self.pieces.iter().filter(|p| keep(p)).map(|p| p.raw.as_str()).collect();
        kept.join(" ")
    }

    /// The words after the last "in" or "near".
    fn town(&self) -> Option<String> {
        let place = self.pieces.iter().rposition(|piece| piece.kind == Kind::Sign(Sign::Near))?;
        let after = self.pieces.iter().skip(place).filter(|piece| piece.kind == Kind::Word);
        let town: Vec<&str> = after.map(|piece| piece.raw.as_str()).collect();
        (!town.is_empty()).then(|| town.join(" "))
    }

    fn before_town(&self) -> String {
        let place = self.pieces.iter().rposition(|piece| piece.kind == Kind::Sign(Sign::Near));
        let before = self.pieces.get(..place.unwrap_or(self.pieces.len())).unwrap_or_default();
        Said { pieces: before }.words()
    }

    fn nth(&self) -> Option<i32> {
        self.pieces.iter().find_map(|piece| match piece.kind {
            Kind::Sign(Sign::Nth(place)) => Some(place),
            _ => None,
        })
    }

    fn which(&self, words: String) -> Which {
        match self.nth() {
            Some(place) => Which::Nth(place),
            None if !words.is_empty() => Which::Words(words),
            None if self.has(Sign::It) => Which::It,
            None => Which::Unsaid,
        }
    }

    /// `2x`, or a number before any word.
    fn quantity(&self) -> Option<u32> {
        let mut leading = self.pieces.iter().take_while(|piece| piece.kind != Kind::Word);
        let times = self.pieces.iter().find_map(|piece| match piece.kind {
            Kind::Times(number) => Some(number),
            _ => None,
        });
        times.or_else(|| {
            leading.find_map(|piece| match piece.kind {
                Kind::Sign(Sign::Number(number)) => Some(number),
                _ => None,
            })
        })
    }

    fn last_number(&self) -> Option<u32> {
        self.pieces.iter().rev().find_map(|piece| match piece.kind {
            Kind::Sign(Sign::Number(number)) | Kind::Times(number) => Some(number),
            _ => None,
        })
    }

    fn wish(&self, text: &str) -> Wish {
        let words = self.words();
        let bare = words.is_empty();
        let order_id = order_number(text);
        if self.only(&[Sign::Greeting]) {
            return Wish::Greet;
        }
        if self.only(&[Sign::Thanks, Sign::Greeting, Sign::Yes]) && self.has(Sign::Thanks) {
            return Wish::Thank;
        }
        for (sign, wish) in
            [(Sign::Remember, Wish::Remember), (Sign::Forget, Wish::Forget), (Sign::Bye, Wish::Bye)]
        {
            // Nothing else may be said with it: the forget-me-not is a flower.
            if self.has(sign) && self.only(&[sign, Sign::Thanks, Sign::Greeting, Sign::Yes, Sign::No]) {
                return wish;
            }
        }
        if self.has(Sign::Person) || self.has(Sign::Remove) && self.has(Sign::Order) {
            return Wish::Person;
        }
        if self.has(Sign::Remove) {
            return Wish::Remove(self.which(words));
        }
        if let (true, Some(quantity)) = (self.leads(Sign::Change), self.last_number()) {
            let words = self.pieces.iter().filter(|piece| piece.kind == Kind::Word);
            let words: Vec<&str> = words.map(|piece| piece.raw.as_str()).collect();
            return Wish::Set { which: self.which(words.join(" ")), quantity };
        }
        match () {
            () if self.has(Sign::Checkout) && bare => Wish::Checkout,
            () if self.has(Sign::Order) && order_id.is_some() => Wish::Order(order_id),
            () if self.has(Sign::Order) && bare => Wish::Order(None),
            () if self.has(Sign::Add) => Wish::Add { which: self.which(words), quantity: self.quantity() },
            () if self.has(Sign::Stock) || self.asks_for_town() => {
                Wish::Stock { which: self.which(self.before_town()), town: self.town() }
            }
            () if self.has(Sign::Stores) => Wish::Stores((!bare).then_some(words)),
            () if !bare => self.with_words(words),
            () => self.without_words(),
        }
    }

    /// "Is it in Leeds", "the second in Bath".
    fn asks_for_town(&self) -> bool {
        (self.has(Sign::It) || self.nth().is_some()) && self.town().is_some() && self.before_town().is_empty()
    }

    fn with_words(&self, words: String) -> Wish {
        let signs = [Sign::Cart, Sign::Checkout, Sign::Remove, Sign::Change, Sign::More, Sign::Thanks];
        let own = [Sign::Bye, Sign::Remember, Sign::Forget];
        // Words of a name that happen to be signs stay in it.
        let named = signs.into_iter().chain(own).any(|sign| self.has(sign));
        if self.pieces.iter().find(|p| !is_courtesy(p)).is_some_and(|p| p.kind == Kind::Sign(Sign::Near)) {
            return Wish::Stores(Some(words));
        }
        match (self.nth(), self.quantity()) {
            (Some(place), Some(quantity)) => Wish::Add { which: Which::Nth(place), quantity: Some(quantity) },
            _ => Wish::Search(if named { self.plain() } else { words }),
        }
    }

    fn without_words(&self) -> Wish {
        let which = self.which(String::new());
        match () {
            () if self.has(Sign::Cart) => Wish::Cart,
            () if self.has(Sign::Offer) => Wish::Offer,
            () if self.has(Sign::Departments) => Wish::Departments,
            () if self.has(Sign::Help) => Wish::Help,
            () if self.has(Sign::More) => Wish::More,
            () if which != Which::Unsaid => match self.quantity() {
                Some(quantity) => Wish::Add { which, quantity: Some(quantity) },
                None => Wish::Show(which),
            },
            () if self.pieces.iter().any(|piece| matches!(piece.kind, Kind::Times(_))) => {
                Wish::Add { which: Which::It, quantity: self.quantity() }
            }
            () if self.has(Sign::No) => Wish::No,
            () if self.has(Sign::Yes) => Wish::Yes,
            () => match self.quantity() {
                Some(number) => Wish::Number(number),
                None if self.has(Sign::Show) => Wish::Show(Which::It),
                None if self.has(Sign::Greeting) => Wish::Greet,
                None => Wish::Nothing,
            },
        }
    }
}

fn is_courtesy(piece: &Piece) -> bool {
    matches!(piece.kind, Kind::Sign(Sign::Polite | Sign::Filler | Sign::Pieces))
}

/// A word that can be an order's number: it has a digit and at least five characters.
pub(crate) fn order_number(text: &str) -> Option<String> {
    let trimmed = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let is_number = |word: &String| {
        (5..=80).contains(&word.chars().count())
            && word.chars().any(|c| c.is_ascii_digit())
            && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    text.split_whitespace().map(trimmed).find(is_number)
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
