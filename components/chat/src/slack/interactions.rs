//! `POST /chat/slack/interactions`: a pressed button
//! (<https://docs.slack.dev/interactivity/handling-user-interaction>, 2026-11).

use super::desk::{Desk, Speaker};
use super::{acknowledged, post, proved};
use crate::once::Once;
use crate::talk::{Action, Heard};
use kit::{Answer, Ask, Failure, Trouble};
use serde::Deserialize;

/// What Slack sends; what is not named here is not read.
#[derive(Deserialize)]
struct Payload {
    #[serde(rename = "type")]
    kind: String,
    user: Named,
    #[serde(default)]
    team: Option<Named>,
    #[serde(default)]
    trigger_id: Option<String>,
    #[serde(default)]
    response_url: Option<String>,
    #[serde(default)]
    actions: Vec<Pressed>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    #[serde(default)]
    team_id: Option<String>,
}

#[derive(Deserialize)]
struct Pressed {
    #[serde(default)]
    value: Option<String>,
    #[serde(default)]
    action_ts: Option<String>,
}

/// Acknowledges a pressed button and answers it afterwards at its `response_url`.
///
/// # Errors
/// `UnsupportedMedia` or `BadInput` for what no Slack sends; `Internal` when the claim cannot be written.
pub async fn answer(ask: &Ask) -> Result<Answer, Failure> {
    if let Err(refused) = proved(ask).await {
        return Ok(refused);
    }
    let fields = ask.form()?;
    let payload: Payload = serde_json::from_slice(fields.require("payload", 64 << 10)?.as_bytes())
        .map_err(|error| Failure { detail: error.to_string(), ..Failure::bad_input("payload") })?;
    let pressed = payload.actions.into_iter().next();
    // A button that opens an address is told of as well; there is nothing to say to it.
    let Some(Pressed { value: Some(value), action_ts }) = pressed.filter(|_| payload.kind == "block_actions")
    else {
        return Ok(acknowledged());
    };
    let action = Action::read(&value).map_err(|detail| Failure { detail, ..Failure::bad_input("value") })?;
    let team = payload.team.map(|team| team.id).or(payload.user.team_id).unwrap_or_default();
    let speaker = Speaker { team, user: payload.user.id };
    let id = payload.trigger_id.or(action_ts).ok_or_else(|| Failure::bad_input("trigger_id"))?;
    let once = Once::of(ask.edge(), "slack-event", &format!("{}:{}:{id}", speaker.team, speaker.user));
    let is_first = once.claim().await.map_err(|error| Failure {
        trouble: Trouble::Internal,
        detail: format!("a pressed button was not claimed: {error}"),
    });
    if is_first? {
        let desk = Desk::open(ask).await;
        let response_url = payload.response_url.unwrap_or_default();
        ask.edge().clone().spawn(Box::pin(reply(desk, speaker, action, response_url)));
    }
    Ok(acknowledged())
}

async fn reply(desk: Desk, speaker: Speaker, action: Action, response_url: String) {
    let slots = desk.slots_behind();
    let message = desk.answer(slots, &speaker, &Heard::Press(action), Once::open(&desk.edge)).await;
    post::respond(&*desk.edge, &response_url, &message).await;
}
