//! One exchange with a browser: what it sent, and what it keeps sealed until the next.

use crate::once::{Once, hex};
use crate::talk::{Action, Heard, Memory, Part, Room, Said};
use kit::{Ask, Failure, Trouble};
use serde::{Deserialize, Serialize};

/// The longest message, in characters. (`Head::BODY_CAP` bounds the whole body.)
pub(super) const MOST_CHARACTERS: usize = 2000;
/// The longest sealed conversation, in bytes: the memory and the transcript are far smaller.
const MOST_SEALED: usize = 48 << 10;
/// What the seal is for.
const PURPOSE: &str = "chat";
/// Turns that the page without JavaScript still shows.
const MOST_TURNS: usize = 6;
/// The transcript's size, in bytes of JSON; older turns go first.
const MOST_TRANSCRIPT: usize = 24 << 10;

/// What the browser keeps for us.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Conversation {
    pub(super) memory: Memory,
    /// What was said so far; only kept for the page without JavaScript.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) turns: Vec<Turn>,
}

/// One message and what was said to it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Turn {
    pub(super) asked: String,
    pub(super) parts: Vec<Part>,
    /// The language it was answered in.
    pub(super) market: String,
}

impl Conversation {
    /// A new one.
    pub(super) fn new(ask: &Ask) -> Self {
        let memory = Memory { turn: hex(&ask.edge().random()), ..Memory::default() };
        Self { memory, turns: Vec::new() }
    }

    /// Opens a sealed conversation; a missing, broken or foreign one is a new one.
    pub(super) fn open(ask: &Ask, sealed: Option<&str>) -> Self {
        let sealed = sealed.filter(|sealed| sealed.len() <= MOST_SEALED);
        let plain = sealed.and_then(|sealed| ask.seal().open(PURPOSE, sealed));
        plain.and_then(|plain| serde_json::from_slice(&plain).ok()).unwrap_or_else(|| Self::new(ask))
    }

    pub(super) fn seal(&self, ask: &Ask) -> String {
        ask.seal().close(PURPOSE, &serde_json::to_vec(self).unwrap_or_default(), ask.edge().random())
    }

    /// Adds a turn to the transcript and lets old ones go.
    pub(super) fn record(&mut self, turn: Turn) {
        self.turns.push(turn);
        let size = |turns: &[Turn]| serde_json::to_vec(turns).map_or(0, |bytes| bytes.len());
        while self.turns.len() > 1 && (self.turns.len() > MOST_TURNS || size(&self.turns) > MOST_TRANSCRIPT) {
            self.turns.remove(0);
        }
    }
}

/// What a message says, checked.
///
/// # Errors
/// `BadInput`: `text` when there is none or too much of it, `action` when a button means nothing here.
pub(super) fn heard(text: Option<&str>, action: Option<Result<Action, String>>) -> Result<Heard, Failure> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    match (text, action) {
        (_, Some(Ok(action))) => Ok(Heard::Press(action)),
        (_, Some(Err(detail))) => Err(Failure { detail, ..Failure::bad_input("action") }),
        (Some(text), None) if text.chars().count() <= MOST_CHARACTERS => Ok(Heard::Text(text.to_owned())),
        (Some(_), None) => Err(Failure::bad_input("text-too-long")),
        (None, None) => Err(Failure::bad_input("text")),
    }
}

/// Says something in the browser's conversation.
pub(super) async fn exchange(ask: &Ask, heard: &Heard, memory: Memory) -> Result<Said, Failure> {
    // The same message in the same place of the conversation is a repeated one.
    let message = match heard {
        Heard::Text(text) => text.clone(),
        Heard::Press(action) => serde_json::to_string(action).unwrap_or_default(),
    };
    let once = match memory.turn.as_str() {
        "" => Once::open(ask.edge()),
        turn => Once::of(ask.edge(), "chat-turn", &format!("{turn}:{message}")),
    };
    Room { ask, once }.say(heard, memory).await
}

/// The words for a failure that only a conversation has.
pub(super) fn words(ask: &Ask, failure: &Failure) -> String {
    match &failure.trouble {
        Trouble::BadInput(name) if name == "text" => ask.locale.text("chat-empty").to_owned(),
        Trouble::BadInput(name) if name == "text-too-long" => {
            let number = ask.locale.number(i64::try_from(MOST_CHARACTERS).unwrap_or_default());
            ask.locale.say("chat-too-long", &[("number", number.into())])
        }
        _ => ask.locale.text(&format!("failure-{}", failure.code())).to_owned(),
    }
}
