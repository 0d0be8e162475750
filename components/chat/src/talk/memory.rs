//! What a conversation remembers: enough for "the second one" and "add two of it", and no more.

use super::action::{Action, Purpose};
use super::flat::FlatQuestion;
use commerce::{Choice, ProductCard, ProductId, VariantId};
use serde::{Deserialize, Serialize};

/// The most products that "the third one" can mean.
pub const MOST_SHOWN: usize = 10;

/// Kept between two messages: sealed by the visitor, or in key-value for Slack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// The market that the conversation turned to, such as `de-de`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub market: Option<String>,
    /// The products shown last, in the order shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shown: Vec<Shown>,
    /// The product that "it" means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub focus: Option<Shown>,
    /// What was asked back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<Question>,
    /// What "more" means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more: Option<Action>,
    /// When something was last said, in seconds since 1970, to the minute; only where there is a cart to leave behind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<i64>,
    /// Names this state of the conversation, so that one message sent twice has one effect.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub turn: String,
}

/// A product that was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Which.
    pub id: ProductId,
    /// As it was called.
    pub name: String,
    /// Its variant, when there is one or one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<VariantId>,
}

/// What was asked back, so that a bare answer is understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", try_from = "FlatQuestion")]
pub enum Question {
    /// Which of the shown products.
    Which {
        /// What for.
        purpose: Purpose,
    },
    /// Which variant.
    Variant {
        /// Of which product.
        product: ProductId,
        /// What is chosen so far.
        choices: Vec<Choice>,
        /// What for.
        purpose: Purpose,
    },
    /// Which order.
    Order,
}

impl Memory {
    /// Remembers a list; a list of one is what "it" means.
    pub fn show(&mut self, cards: &[ProductCard]) {
        self.show_beside(cards);
        self.focus = match self.shown.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        };
    }

    /// Remembers a list that stands beside what "it" means.
    pub fn show_beside(&mut self, cards: &[ProductCard]) {
        self.shown = cards.iter().take(MOST_SHOWN).map(Shown::of).collect();
    }

    /// The shown product of a number from 1; a negative number counts from the end.
    pub fn nth(&self, number: i32) -> Option<&Shown> {
        let back = usize::try_from(number.unsigned_abs()).ok()?;
        let place = if number > 0 { back.checked_sub(1)? } else { self.shown.len().checked_sub(back)? };
        self.shown.get(place)
    }
}

impl Shown {
    fn of(card: &ProductCard) -> Self {
        let name = card.name.chars().take(120).collect();
        Self { id: card.id.clone(), name, variant: card.only_variant.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(id: &str) -> Shown {
        Shown { id: ProductId::new(id), name: id.to_owned(), variant: None }
    }

    #[test]
    fn numbers_count_from_either_end_and_never_beyond() {
        let memory = Memory { shown: vec![shown("a"), shown("b"), shown("c")], ..Memory::default() };
        let nth = |number| memory.nth(number).map(|shown| shown.id.as_str());
        assert_eq!((nth(1), nth(3), nth(-1), nth(-3)), (Some("a"), Some("c"), Some("c"), Some("a")));
        assert_eq!((nth(0), nth(4), nth(-4), nth(i32::MIN)), (None, None, None, None));
    }
}
