//! What is said back, in parts that every channel can show.

use super::action::Action;
use super::flat::FlatPart;
use serde::{Deserialize, Serialize};

/// An answer: parts in the order to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// What to show.
    pub parts: Vec<Part>,
    /// Whether it tells of this visitor's cart or order, so that nobody else may see it.
    pub private: bool,
}

/// One part of an answer. Texts are plain: each channel escapes them for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "FlatPart")]
pub enum Part {
    /// A paragraph; line breaks count.
    Text {
        /// What to read.
        text: String,
    },
    /// Things side by side.
    Cards {
        /// At least one.
        cards: Vec<Card>,
    },
    /// What can be said next.
    Choices {
        /// At least one.
        buttons: Vec<Button>,
    },
    /// A way out of the conversation.
    Link {
        /// What to read.
        label: String,
        /// `https:`, or a path from the site's root.
        url: String,
    },
}

/// A product, a line of the cart, a store.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// What it is.
    pub title: String,
    /// More about it; line breaks count.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subtitle: String,
    /// What it costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
    /// What it cost before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// How it looks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Picture>,
    /// Its page, a path from the site's root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// What can be done with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Button>,
}

/// A picture in one size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// `https:`, or a path from the site's root.
    pub url: String,
    /// What it shows.
    pub alt: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// Something to press.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What to read.
    pub label: String,
    /// What it means.
    pub action: Action,
}

impl Reply {
    /// A reply of one text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::default().and_text(text)
    }

    /// With one more text; an empty one is left out.
    #[must_use]
    pub fn and_text(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.parts.push(Part::Text { text });
        }
        self
    }

    /// With cards; none are left out.
    #[must_use]
    pub fn and_cards(mut self, cards: Vec<Card>) -> Self {
        if !cards.is_empty() {
            self.parts.push(Part::Cards { cards });
        }
        self
    }

    /// With buttons, beside those that came last; none are left out.
    #[must_use]
    pub fn and_choices(mut self, buttons: Vec<Button>) -> Self {
        match self.parts.last_mut() {
            _ if buttons.is_empty() => {}
            Some(Part::Choices { buttons: before }) => before.extend(buttons),
            _ => self.parts.push(Part::Choices { buttons }),
        }
        self
    }

    /// With a link.
    #[must_use]
    pub fn and_link(mut self, label: impl Into<String>, url: impl Into<String>) -> Self {
        self.parts.push(Part::Link { label: label.into(), url: url.into() });
        self
    }

    /// With a line below its cards, or below its first text where there are none.
    #[must_use]
    pub fn with_note(mut self, text: String) -> Self {
        let cards = self.parts.iter().rposition(|part| matches!(part, Part::Cards { .. }));
        let place = cards.or_else(|| self.parts.iter().position(|part| matches!(part, Part::Text { .. })));
        self.parts.insert(place.map_or(0, |place| place + 1), Part::Text { text });
        self
    }

    /// For nobody else's eyes.
    #[must_use]
    pub fn private(mut self) -> Self {
        self.private = true;
        self
    }

    /// This reply, then another.
    #[must_use]
    pub fn then(mut self, next: Self) -> Self {
        self.parts.extend(next.parts);
        self.private |= next.private;
        self
    }
}

impl Button {
    /// A button.
    pub fn new(label: impl Into<String>, action: Action) -> Self {
        Self { label: label.into(), action }
    }
}
