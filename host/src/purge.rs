//! `headwater purge`: tells a running application what has changed, so that no head shows what it kept of it.

use crate::manifest::{Manifest, Problems, Target};
use crate::outbound::Clients;
use crate::variables::{Sources, Variables};
use anyhow::Context as _;
use http::StatusCode;
use http_body_util::{BodyExt as _, Full, Limited};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::path::PathBuf;
use std::time::Duration;
use wasmtime_wasi_http::WasiBody;

/// Below the route of a head.
const PATH: &str = ".well-known/headwater/purge";
/// More than any honest answer, in bytes.
const MOST: usize = 1 << 20;
/// For the answer; the application gives up on its store before.
const PATIENCE: Duration = Duration::from_secs(20);

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
        let manifest = Manifest::find(self.manifest.as_deref())?;
        let (manifest, problems) = Manifest::load(&manifest)?;
        problems.into_result()?;
        let sources = Sources::gather(&self.variables, &manifest.folder)?;
        let variables = Variables::resolve(&manifest, &sources, &mut Problems::default());
        let (route, key) = desk(&manifest, &variables).with_context(|| {
            format!(
                "no component of {} has a route and a variable session_key: nobody could be told",
                manifest.name
            )
        })?;
        let root: http::Uri =
            self.url.trim_end_matches('/').parse().with_context(|| format!("--url {}", self.url))?;
        anyhow::ensure!(
            matches!(root.scheme_str(), Some("http" | "https")) && matches!(root.path(), "" | "/"),
            "--url {} must be http: or https: with a host and no path",
            self.url
        );
        let mut parts = root.into_parts();
        parts.path_and_query = Some(format!("{route}{PATH}").parse()?);
        let body = json!({"tags": self.tags}).to_string();
        let body: WasiBody = Full::new(body.into()).map_err(|never| match never {}).boxed_unsync();
        let request = http::Request::post(http::Uri::from_parts(parts)?)
            .header("authorization", format!("Bearer {}", proof(&key)))
            .header("content-type", "application/json")
            .body(body)?;
        let asked = tokio::time::timeout(PATIENCE, self.ask(request)).await;
        let (status, content) = asked
            .with_context(|| format!("{} does not answer within {} s", self.url, PATIENCE.as_secs()))??;
        tell(&self.url, status, &content)
    }

    async fn ask(&self, request: http::Request<WasiBody>) -> anyhow::Result<(StatusCode, Value)> {
        let unreachable = |error| {
            anyhow::anyhow!(
                "nothing answers at {} ({error}); start the application with `headwater up`, or say where it is \
                 with --url",
                self.url
            )
        };
        let answer = Clients::new()?.send(request, None, true).await.map_err(unreachable)?;
        let status = answer.status();
        let body = Limited::new(answer.into_body(), MOST).collect().await;
        let body = body.map_err(|error| anyhow::anyhow!("{}: {error}", self.url))?.to_bytes();
        Ok((status, serde_json::from_slice(&body).unwrap_or(Value::Null)))
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

/// What only the holder of the key can say.
fn proof(key: &str) -> String {
    let digest = Sha256::new().chain_update("headwater-purge").chain_update(key).finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
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
            proof("key of the test"),
            "c737d85102cfaccfc7146ad1ae75b1e3146eefd1a8537551b641665d6d3119aa"
        );
    }
}
