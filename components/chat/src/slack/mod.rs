//! Slack: events, slash commands and pressed buttons in; Block Kit out.
//!
//! - [`signature`]: nothing is read before its sender is proved.
//! - [`events`], [`commands`], [`interactions`]: the three doors.
//! - [`desk`]: answers one Slack user, also after the request is acknowledged.
//! - [`blocks`], [`limits`], [`text`]: a reply as Block Kit, within what Slack takes.
//! - [`visitor`]: who a Slack user is to us, and what is kept of the conversation.
//! - [`post`]: messages to Slack, and to nobody else.

pub mod blocks;
pub mod commands;
pub mod desk;
pub mod events;
pub mod interactions;
pub mod limits;
pub mod post;
pub mod signature;
pub mod text;
pub mod visitor;

use http::StatusCode;
use kit::answer::Keep;
use kit::{Answer, Ask, Failure};
use serde::Serialize;

/// A failure before a Slack user can be told: JSON for whoever sent it.
pub fn fail(_ask: &Ask, failure: &Failure) -> Answer {
    refusal(failure.code())
}

/// That the sender is Slack: the configured secret signed this very body within five minutes.
async fn proved(ask: &Ask) -> Result<(), Answer> {
    let secret = ask.edge().variable("slack_signing_secret").await.unwrap_or_default();
    if secret.is_empty() {
        ask.log(
            "slack: a request came but slack_signing_secret is empty; set it to the signing secret of your \
             Slack app (api.slack.com/apps, Basic Information), or take the address out of the app",
        );
        return Err(refusal("not-configured").status(StatusCode::SERVICE_UNAVAILABLE));
    }
    let timestamp = ask.header("x-slack-request-timestamp").unwrap_or_default();
    let given = ask.header("x-slack-signature").unwrap_or_default();
    match signature::check(&secret, timestamp, given, ask.body(), ask.now) {
        Ok(()) => Ok(()),
        Err(why) => {
            ask.log(&format!("slack: a request was refused: {why}"));
            // The sender learns nothing of which part was wrong.
            Err(refusal("unauthorized").status(StatusCode::UNAUTHORIZED))
        }
    }
}

fn refusal(error: &str) -> Answer {
    #[derive(Serialize)]
    struct Refusal<'a> {
        error: &'a str,
    }
    let mut answer = Answer::json(&Refusal { error });
    answer.keep = Keep::Never;
    answer
}

/// "I have it": an empty 200.
fn acknowledged() -> Answer {
    let mut answer = Answer::new("text/plain; charset=utf-8", "");
    answer.keep = Keep::Never;
    answer
}
