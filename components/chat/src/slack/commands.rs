//! `POST /chat/slack/commands`: a slash command, answered at once and for its user's eyes
//! (<https://docs.slack.dev/interactivity/implementing-slash-commands>, 2026-11).

use super::desk::{Desk, Speaker};
use super::post::ephemeral;
use super::proved;
use super::text::plain;
use crate::once::Once;
use crate::talk::Heard;
use http::HeaderName;
use kit::answer::Keep;
use kit::{Answer, Ask, Failure};

/// Says what was cut to fit.
const CUT: HeaderName = HeaderName::from_static("headwater-cut");

/// Answers a command. Slack shows nothing of an answer that is not 200, so the shop's failures are messages.
///
/// # Errors
/// `UnsupportedMedia` or `BadInput` for what no Slack sends.
pub async fn answer(ask: &Ask) -> Result<Answer, Failure> {
    if let Err(refused) = proved(ask).await {
        return Ok(refused);
    }
    let fields = ask.form()?;
    let speaker = Speaker {
        team: fields.require("team_id", 64)?.to_owned(),
        user: fields.require("user_id", 64)?.to_owned(),
    };
    let text = plain(fields.get("text").unwrap_or_default());
    let once = match fields.get("trigger_id") {
        Some(id) if !id.is_empty() => Once::of(ask.edge(), "slack-command", id),
        _ => Once::open(ask.edge()),
    };
    let desk = Desk::open(ask).await;
    let message = desk.answer(ask.slots.clone(), &speaker, &Heard::Text(text), once).await;
    let mut answer = Answer::json(&ephemeral(&message));
    answer.keep = Keep::Never;
    Ok(match message.cut.summary() {
        Some(cut) => answer.header(CUT, &cut),
        None => answer,
    })
}
