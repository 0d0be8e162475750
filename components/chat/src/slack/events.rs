//! `POST /chat/slack/events`: Slack's Events API (<https://docs.slack.dev/apis/events-api>, 2026-11).
//!
//! Slack gives three seconds and sends again when it doubts; so an event is claimed by its id, acknowledged
//! at once, and answered afterwards by the Web API.

use super::desk::{Desk, Speaker};
use super::post::{self, Place};
use super::text::plain;
use super::{acknowledged, proved};
use crate::once::Once;
use crate::talk::Heard;
use kit::{Answer, Ask, Failure, Trouble};
use serde::{Deserialize, Serialize};

/// What Slack sends; what is not named here is not read.
#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    challenge: Option<String>,
    #[serde(default)]
    team_id: Option<String>,
    #[serde(default)]
    event_id: Option<String>,
    #[serde(default)]
    event: Option<Event>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    subtype: Option<String>,
    #[serde(default)]
    bot_id: Option<String>,
    #[serde(default)]
    user: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    channel: Option<String>,
    #[serde(default)]
    channel_type: Option<String>,
    #[serde(default)]
    ts: Option<String>,
    #[serde(default)]
    thread_ts: Option<String>,
}

/// A message to answer.
struct Addressed {
    speaker: Speaker,
    place: Place,
    text: String,
    /// Whether others read along.
    in_public: bool,
}

/// Acknowledges an event and answers it afterwards.
///
/// # Errors
/// `UnsupportedMedia` or `BadInput` for what no Slack sends; `Internal` when the claim cannot be written, so
/// that Slack sends it again.
pub async fn answer(ask: &Ask) -> Result<Answer, Failure> {
    if let Err(refused) = proved(ask).await {
        return Ok(refused);
    }
    let envelope: Envelope = ask.json()?;
    match (envelope.kind.as_str(), envelope.challenge) {
        ("url_verification", Some(challenge)) => {
            #[derive(Serialize)]
            struct Challenge {
                challenge: String,
            }
            return Ok(Answer::json(&Challenge { challenge }));
        }
        ("event_callback", _) => {}
        _ => return Ok(acknowledged()),
    }
    let (Some(id), Some(team), Some(event)) = (envelope.event_id, envelope.team_id, envelope.event) else {
        return Err(Failure::bad_input("event"));
    };
    let Some(addressed) = addressed(team, event) else { return Ok(acknowledged()) };
    let once = Once::of(ask.edge(), "slack-event", &id);
    let is_first = once.claim().await.map_err(|error| Failure {
        trouble: Trouble::Internal,
        detail: format!("an event was not claimed, Slack will send it again: {error}"),
    });
    if is_first? {
        let desk = Desk::open(ask).await;
        ask.edge().clone().spawn(Box::pin(reply(desk, addressed)));
    }
    Ok(acknowledged())
}

/// A message that a person wrote to us; `None` for bots (ourselves too), edits, joins and other channels.
fn addressed(team: String, event: Event) -> Option<Addressed> {
    let in_public = match (event.kind.as_str(), event.channel_type.as_deref()) {
        ("message", Some("im")) => false,
        ("app_mention", _) => true,
        _ => return None,
    };
    if event.bot_id.is_some() || event.subtype.is_some() {
        return None;
    }
    let user = event.user?;
    // In a channel the answer goes into a thread, as not to drown the others' talk.
    let thread = if in_public { event.thread_ts.or(event.ts) } else { event.thread_ts };
    Some(Addressed {
        speaker: Speaker { team, user },
        place: Place { channel: event.channel?, thread, only: None },
        text: plain(&event.text?),
        in_public,
    })
}

async fn reply(desk: Desk, addressed: Addressed) {
    let slots = desk.slots_behind();
    let Addressed { speaker, mut place, text, in_public } = addressed;
    // The event's claim covers all that it does.
    let message = desk.answer(slots, &speaker, &Heard::Text(text), Once::open(&desk.edge)).await;
    if in_public && message.private {
        place.only = Some(speaker.user);
    }
    post::post(&*desk.edge, &place, &message).await;
}
