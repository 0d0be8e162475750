//! `headwater purge`: tells a running application what has changed, so that no head shows what it kept of it.

use crate::manifest::{Manifest, Target};
use crate::operator::{Question, application, proof};
use crate::variables::Variables;
use anyhow::Context as _;
use http::StatusCode;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Duration;

/// Below the route of a head.
const PATH: &str = ".well-known/headwater/purge";
/// What to purge, and where.
#[derive(Debug, Clone)]
pub struct Purge {
    /// The application's manifest; found as by the other commands unless given.
    pub manifest: Option<PathBuf>,
    /// Values for variables, `NAME=VALUE`: the `session_key` that the application runs with proves us.
    pub variables: Vec<String>,
    /// Where the application answers: `http:` or `https:`, without a path.
    pub url: String,
    /// Such as `product:trench-coat`; the application says which there are.
    pub tags: Vec<String>,
}

impl Purge {
    /// Purges, and says in a line what was purged and when every head sees it.
    ///
    /// # Errors
    /// When the application cannot be reached, does not know us, does not understand a tag, or cannot write; each
    /// with the cure.
    pub async fn run(&self) -> anyhow::Result<String> {
        let (manifest, variables) = application(self.manifest.as_deref(), &self.variables)?;
        let (route, key) = desk(&manifest, &variables).with_context(|| {
            format!(
                "no component of {} has a route and a variable session_key: nobody could be told",
                manifest.name
            )
        })?;
        let question = Question {
            url: &self.url,
            method: http::Method::POST,
            path: format!("{route}{PATH}"),
            proof: proof("headwater-purge", &key),
            content_type: "application/json",
            body: json!({"tags": self.tags}).to_string().into(),
        };
        let (status, content) = question.ask().await?;
        tell(&self.url, status, &content)
    }
}

/// The route of a component that can be told, and the key that opens it; the shortest route, which is the one that
/// is most likely to be reachable from here.
fn desk(manifest: &Manifest, variables: &Variables) -> Option<(String, String)> {
    let known = manifest.triggers.iter().filter_map(|trigger| {
        let Target::Component(name) = &trigger.target else { return None };
        let base = trigger.route.as_deref()?.strip_suffix("...")?;
        let (template, _) = manifest.components.get(name)?.variables.get("session_key")?;
        Some((base.to_owned(), variables.expand(template).ok()?))
    });
    known.min_by_key(|(route, _)| route.len())
}

/// The answer as a line.
fn tell(url: &str, status: StatusCode, content: &Value) -> anyhow::Result<String> {
    let purged = content.get("purged").and_then(Value::as_array);
    let seen = content.get("seenWithinMs").and_then(Value::as_u64);
    if let (StatusCode::OK, Some(purged), Some(seen)) = (status, purged, seen) {
        let names: Vec<&str> = purged.iter().filter_map(Value::as_str).collect();
        let (seconds, it) =
            (Duration::from_millis(seen).as_secs_f64(), if names.len() == 1 { "it" } else { "them" });
        return Ok(format!("purged {}; every head sees {it} gone within {seconds} s", names.join(", ")));
    }
    if let Some(detail) = content.get("detail").and_then(Value::as_str).filter(|_| status != StatusCode::OK) {
        anyhow::bail!("{detail}");
    }
    anyhow::ensure!(
        status != StatusCode::NOT_FOUND,
        "{url} does not take purges from us: it runs with another session_key, so give that one with \
         --variable session_key=… or SPIN_VARIABLE_SESSION_KEY, or it is no application of Headwater"
    );
    anyhow::bail!("{url} answers {status} to a purge; is it an application of Headwater, of this version?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_purged_and_what_went_wrong_is_one_line() {
        let say = |status: u16, content: Value| {
            let status = StatusCode::from_u16(status).unwrap();
            tell("http://127.0.0.1:3000", status, &content).map_err(|error| error.to_string())
        };
        let one = say(200, json!({"purged": ["product:coat"], "seenWithinMs": 1050}));
        assert_eq!(one.unwrap(), "purged product:coat; every head sees it gone within 1.05 s");
        let two = say(200, json!({"purged": ["product:coat", "listing"], "seenWithinMs": 2000}));
        assert_eq!(two.unwrap(), "purged product:coat, listing; every head sees them gone within 2 s");
        assert_eq!(say(400, json!({"detail": "`x` is not a tag"})), Err("`x` is not a tag".to_owned()));
        assert!(say(404, Value::Null).unwrap_err().contains("runs with another session_key"));
        assert!(say(200, Value::Null).unwrap_err().contains("answers 200 OK to a purge"));
        assert!(say(200, json!({"purged": 1, "detail": "?"})).unwrap_err().contains("is it an application"));
    }

    #[test]
    fn the_proof_is_what_the_kit_expects() {
        // printf 'headwater-purgekey of the test' | sha256sum
        assert_eq!(
            proof("headwater-purge", "key of the test"),
            "c737d85102cfaccfc7146ad1ae75b1e3146eefd1a8537551b641665d6d3119aa"
        );
    }
}
