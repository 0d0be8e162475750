//! `/chat/`: the page to talk on, complete without JavaScript.

use super::exchange::{self, Conversation, Turn};
use super::view::{self, PAGE};
use crate::talk::{Action, Heard, Part};
use kit::answer::Keep;
use kit::decide::{Choices, Topic};
use kit::template::Templates;
use kit::{Answer, Ask, Failure};

thread_local! {
    /// Read once an instance; holds nothing of a visitor.
    static TEMPLATES: Templates = Templates::new(view::TEMPLATES).0;
}

/// Opens the page with a greeting.
///
/// # Errors
/// `Internal` when the template is broken.
pub async fn open(ask: &Ask) -> Result<Answer, Failure> {
    let conversation = Conversation::new(ask);
    let choices = ask.choices(Topic::page("chat")).await;
    print(ask, &conversation, None, Some(&choices))
}

/// Answers the form and shows the conversation so far.
///
/// # Errors
/// `UnsupportedMedia`, `BadInput`, or whatever the shop has.
pub async fn say(ask: &Ask) -> Result<Answer, Failure> {
    let fields = ask.form()?;
    let mut conversation = Conversation::open(ask, fields.get("conversation"));
    let action = fields.get("action").filter(|action| !action.is_empty());
    let action = action.map(Action::read);
    let heard = exchange::heard(fields.get("text"), action)?;
    let said = exchange::exchange(ask, &heard, conversation.memory).await?;
    let asked = match heard {
        Heard::Text(text) => text,
        Heard::Press(_) => fields.get("label").unwrap_or_default().chars().take(120).collect(),
    };
    conversation.memory = said.memory;
    conversation.record(Turn { asked, parts: said.reply.parts, market: said.market.id() });
    let answer = print(ask, &conversation, None, None)?;
    Ok(if said.session == *ask.session() { answer } else { answer.session(said.session) })
}

/// The page with a failure as the last answer; the conversation stays as it was.
pub fn fail(ask: &Ask, failure: &Failure) -> Answer {
    // A form that cannot be read has no conversation to keep.
    let fields = ask.form().unwrap_or_default();
    let conversation = Conversation::open(ask, fields.get("conversation"));
    let said = Part::Text { text: exchange::words(ask, failure) };
    print(ask, &conversation, Some(said), None).unwrap_or_else(|broken| {
        ask.log(&broken.detail);
        Answer::new("text/plain; charset=utf-8", exchange::words(ask, failure))
    })
}

fn print(
    ask: &Ask,
    conversation: &Conversation,
    failed: Option<Part>,
    choices: Option<&Choices>,
) -> Result<Answer, Failure> {
    let view = view::page(ask, conversation, failed, choices);
    let page = TEMPLATES.with(|templates| templates.print(PAGE, &view))?;
    let mut answer = Answer::html(page);
    // Each page holds a conversation of its own.
    answer.keep = Keep::Never;
    Ok(answer)
}
