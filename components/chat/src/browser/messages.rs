//! `POST /chat/messages`: `{"text": …}` or `{"action": …}` with the `conversation` of the last answer in, a
//! reply out (`schema/reply.schema.json`).

use super::exchange::{self, Conversation};
use crate::talk::{Action, Part};
use commerce::Market;
use kit::answer::Keep;
use kit::{Answer, Ask, Failure, Locale};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// What the page's script sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    action: Option<Box<RawValue>>,
    #[serde(default)]
    conversation: Option<String>,
}

/// A reply as JSON.
#[derive(Serialize)]
struct Spoken<'a> {
    /// BCP 47 language of the parts.
    language: &'a str,
    /// `ltr` or `rtl`.
    direction: &'a str,
    parts: &'a [Part],
    /// To be sent with the next message.
    #[serde(skip_serializing_if = "Option::is_none")]
    conversation: Option<String>,
    /// What failed, in a word.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

/// Answers one message.
///
/// # Errors
/// `UnsupportedMedia`, `BadInput`, or whatever the shop has.
pub async fn answer(ask: &Ask) -> Result<Answer, Failure> {
    let message: Message = ask.json()?;
    let action = message.action.map(|action| Action::read(action.get()));
    let heard = exchange::heard(message.text.as_deref(), action)?;
    let conversation = Conversation::open(ask, message.conversation.as_deref());
    let said = exchange::exchange(ask, &heard, conversation.memory).await?;
    let kept = Conversation { memory: said.memory, turns: Vec::new() };
    let locale = spoken(&said.market);
    let mut answer = Answer::json(&Spoken {
        language: locale.tag(),
        direction: locale.direction(),
        parts: &said.reply.parts,
        conversation: Some(kept.seal(ask)),
        error: None,
    });
    // Each answer holds a conversation of its own, whatever it speaks of.
    answer.keep = Keep::Never;
    Ok(if said.session == *ask.session() { answer } else { answer.session(said.session) })
}

/// Says a failure as a reply. Without a `conversation` in it, the page keeps the one it has.
pub fn fail(ask: &Ask, failure: &Failure) -> Answer {
    let text = exchange::words(ask, failure);
    Answer::json(&Spoken {
        language: ask.locale.tag(),
        direction: ask.locale.direction(),
        parts: &[Part::Text { text }],
        conversation: None,
        error: Some(failure.code()),
    })
}

pub(super) fn spoken(market: &Market) -> std::rc::Rc<Locale> {
    Locale::of(market, crate::head::TEXTS)
}
