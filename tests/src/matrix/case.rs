//! A page, its visitor, its calls.

use crate::proxy::Operation;

/// A page of a head, asked for by a visitor.
#[derive(Debug)]
pub struct Case {
    /// Whose page.
    pub head: Head,
    /// Its request. `{slug}`, `{product}`, `{variant}`, `{line}`, `{order}` and `{handover}` stand for the
    /// visitor's.
    pub asked: Asked,
    /// Who asks.
    pub who: Who,
    /// The form of the page, which is that of its failures, too.
    pub form: Form,
    /// Its status when the shop is well.
    pub status: u16,
    /// Every question that it asks the shop.
    pub calls: &'static [(Operation, Part)],
    /// What it leaves in the cart.
    pub leaves: Leaves,
}

/// Whose page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Head {
    /// The web head.
    Web,
    /// The TV head.
    Tv,
    /// The watch head.
    Watch,
    /// The chat head.
    Chat,
    /// The head before a storefront that exists.
    Front,
}

impl Head {
    /// Every head.
    pub const ALL: [Self; 5] = [Self::Web, Self::Tv, Self::Watch, Self::Chat, Self::Front];

    /// The component's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Tv => "tv",
            Self::Watch => "watch",
            Self::Chat => "chat",
            Self::Front => "front",
        }
    }

    /// Its time for an answer, in milliseconds, when the operator says nothing.
    pub fn budget(self) -> u64 {
        match self {
            Self::Web => 800,
            Self::Tv => 1200,
            Self::Watch => 500,
            Self::Chat => 2500,
            Self::Front => 5000,
        }
    }
}

/// A request.
#[derive(Debug, Clone, Copy)]
pub enum Asked {
    /// `GET` of a path.
    Get(&'static str),
    /// A form posted to a path.
    Form(&'static str, &'static str),
    /// JSON posted to a path.
    Json(&'static str, &'static str),
    /// A slash command, signed by Slack, with a text.
    Slack(&'static str),
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Somebody without a session.
    Anybody,
    /// Somebody with two pieces in the basket.
    Basket,
    /// Somebody with two pieces in the basket and an order.
    Shopper,
}

/// The form of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A page of HTML.
    Page,
    /// A TV's screen.
    Screen,
    /// A watch's glance.
    Glance,
    /// A chat's reply.
    Reply,
    /// A message for a Slack user.
    Message,
}

/// What a call is to its page.
#[derive(Debug, Clone, Copy)]
pub enum Part {
    /// Without it there is no page: 502, 503 or 504.
    Required,
    /// Without it the page goes without the slot, and without the text that only this slot brings.
    Optional(&'static str, &'static str),
    /// One of several of a kind: without it the others are there, and the slot is told to have failed.
    Piece(&'static str),
    /// Slack shows nothing of an answer that is not 200: the failure is the message.
    Words,
}

/// What a page leaves in the cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaves {
    /// What was there.
    AsItWas,
    /// So many pieces, by this call.
    Pieces(Operation, u64),
    /// Nothing: the cart became an order.
    Gone,
}

impl Case {
    /// A page that is read.
    pub const fn read(
        head: Head,
        form: Form,
        path: &'static str,
        who: Who,
        calls: &'static [(Operation, Part)],
    ) -> Self {
        Self { head, asked: Asked::Get(path), who, form, status: 200, calls, leaves: Leaves::AsItWas }
    }

    /// The request in short, for reports.
    pub fn name(&self) -> String {
        let asked = match self.asked {
            Asked::Get(path) => path.to_owned(),
            Asked::Form(path, body) | Asked::Json(path, body) => format!("{path} {body}"),
            Asked::Slack(text) => format!("Slack `{text}`"),
        };
        format!("{asked} as {:?}", self.who)
    }
}
