//! Messages to Slack, and to nobody else.

use super::blocks::Message;
use bytes::Bytes;
use http::header;
use kit::edge::{Edge, FetchError};
use serde_json::{Value, json};
use std::time::Duration;
use url::Url;

/// Slack answers within a second; a message is not worth more than this.
const PATIENCE: Duration = Duration::from_secs(5);
/// Slack's answer to a message, at most.
const ANSWER_CAP: usize = 256 << 10;

/// Where a message goes in Slack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The channel or direct message.
    pub channel: String,
    /// The thread, when it is answered in one.
    pub thread: Option<String>,
    /// The only user who may see it, for a private message in a channel.
    pub only: Option<String>,
}

/// Posts a message by the Web API (`chat.postMessage`, `chat.postEphemeral`). Failing is logged: there is
/// nobody to tell. A message is never sent twice, since Slack has no key to recognise a second one.
pub async fn post(edge: &dyn Edge, place: &Place, message: &Message) {
    let token = edge.variable("slack_bot_token").await.unwrap_or_default();
    if token.is_empty() {
        edge.log(
            "slack: slack_bot_token is empty, so events cannot be answered; set it to the bot token (xoxb-…)",
        );
        return;
    }
    let method = if place.only.is_some() { "chat.postEphemeral" } else { "chat.postMessage" };
    let mut body = json!({
        "channel": place.channel,
        "text": message.text,
        "blocks": message.blocks,
        "unfurl_links": false,
        "unfurl_media": false,
    });
    if let Some(fields) = body.as_object_mut() {
        fields.extend(place.thread.iter().map(|thread| ("thread_ts".to_owned(), json!(thread))));
        fields.extend(place.only.iter().map(|user| ("user".to_owned(), json!(user))));
    }
    let address = format!("{}/api/{method}", api(edge).await.trim_end_matches('/'));
    send(edge, &address, Some(&token), &body).await;
}

/// Answers a pressed button at its `response_url`, when that is Slack's.
pub async fn respond(edge: &dyn Edge, response_url: &str, message: &Message) {
    if !is_slack(response_url, &api(edge).await) {
        edge.log("slack: a response_url that is not Slack's was refused");
        return;
    }
    let mut body = ephemeral(message);
    if let Some(fields) = body.as_object_mut() {
        fields.insert("replace_original".to_owned(), json!(false));
    }
    send(edge, response_url, None, &body).await;
}

/// A message for its reader alone, as Slack takes it in an answer.
pub fn ephemeral(message: &Message) -> Value {
    json!({ "response_type": "ephemeral", "text": message.text, "blocks": message.blocks })
}

/// Whether an address is Slack's: `https://hooks.slack.com`, or the very origin of the configured API. The
/// signature proves that Slack sent it, and still nothing else is ever called.
pub fn is_slack(address: &str, api: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let bare = url.username().is_empty() && url.password().is_none();
    let hooks = url.scheme() == "https" && url.host_str() == Some("hooks.slack.com") && url.port().is_none();
    let own = Url::parse(api).is_ok_and(|api| api.has_host() && api.origin() == url.origin());
    bare && (hooks || own)
}

async fn api(edge: &dyn Edge) -> String {
    edge.variable("slack_api")
        .await
        .filter(|api| !api.is_empty())
        .unwrap_or_else(|| "https://slack.com".to_owned())
}

async fn send(edge: &dyn Edge, address: &str, token: Option<&str>, body: &Value) {
    let body = Bytes::from(body.to_string());
    let mut request = http::Request::post(address)
        .header(header::CONTENT_TYPE, "application/json; charset=utf-8")
        // Hosts never state the length by themselves, and not every server takes a body in chunks.
        .header(header::CONTENT_LENGTH, body.len());
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    // Neither the token nor what was said may reach the log.
    let Ok(request) = request.body(body) else {
        edge.log("slack: a message could not be addressed; check slack_api and slack_bot_token");
        return;
    };
    match edge.fetch(request, PATIENCE, ANSWER_CAP).await {
        Ok(answer) if !answer.status().is_success() => {
            edge.log(&format!("slack: a message was refused with HTTP {}", answer.status()));
        }
        Ok(answer) => {
            // The Web API says no with 200 (https://docs.slack.dev/apis/web-api, 2026-11).
            let said: Option<Value> = serde_json::from_slice(answer.body()).ok();
            let said = said.filter(|said| said.get("ok") == Some(&Value::Bool(false)));
            if let Some(error) = said.as_ref().and_then(|said| said.get("error")?.as_str()) {
                let error: String = error.chars().take(80).collect();
                edge.log(&format!("slack: a message was refused: {}", error.escape_debug()));
            }
        }
        Err(FetchError::Unreachable(why)) => {
            edge.log(&format!("slack: not reachable: {}", why.escape_debug()))
        }
        Err(FetchError::TimedOut) => edge.log("slack: no answer in time; the message may have arrived"),
        Err(FetchError::TooLarge) => edge.log("slack: an answer was too large"),
    }
}

#[cfg(test)]
mod tests {
    use super::is_slack;

    #[test]
    fn only_slack_is_answered() {
        let api = "https://slack.com";
        for address in ["https://hooks.slack.com/actions/T1/2/3", "https://slack.com/api/x"] {
            assert!(is_slack(address, api), "{address}");
        }
        assert!(is_slack("http://127.0.0.1:4100/r", "http://127.0.0.1:4100"));
        for address in [
            "http://hooks.slack.com/x",
            "https://hooks.slack.com.evil.test/x",
            "https://hooks.slack.com@evil.test/x",
            "https://user:pass@hooks.slack.com/x",
            "https://hooks.slack.com:8443/x",
            "https://evil.test/hooks.slack.com",
            "http://169.254.169.254/latest",
            "http://127.0.0.1:4101/r",
            "file:///etc/passwd",
            "//hooks.slack.com/x",
            "",
        ] {
            assert!(!is_slack(address, api), "{address}");
            assert!(!is_slack(address, ""), "{address}");
        }
    }
}
