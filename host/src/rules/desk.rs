//! Where a running application takes what is published.

use super::Kind;
use crate::manifest::{Manifest, Target};
use crate::operator::{Question, application, proof};
use crate::routes::{Pattern, Router};
use crate::variables::Variables;
use anyhow::Context as _;
use bytes::Bytes;
use http::{Method, StatusCode};
use serde_json::Value;
use std::path::Path;
use std::time::Duration;

/// Below it are the addresses of the desk.
const BASE: &str = "/_headwater/";
/// The word of its proof.
const WORD: &str = "headwater-desk";

/// The desk of an application: its address, and what opens it.
#[derive(Clone)]
pub struct Desk {
    url: String,
    key: String,
}

/// What is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    /// `None` where nothing ever was.
    pub current: Option<Version>,
    /// What was before.
    pub former: Option<Version>,
    /// After it, every head goes by the current.
    pub seen_within: Duration,
}

/// Rules or placements that are or were in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// What they are known by.
    pub digest: String,
    /// What their table is known by, if they have one.
    pub goes_with: Option<String>,
    /// Since when.
    pub at: String,
}

impl Desk {
    /// The desk of the application at an address, opened by the `session_key` that its manifest and the variables say.
    ///
    /// # Errors
    /// When the manifest cannot be read, or has no desk; with the cure.
    pub fn of(manifest: Option<&Path>, variables: &[String], url: &str) -> anyhow::Result<Self> {
        let (manifest, variables) = application(manifest, variables)?;
        Ok(Self { url: url.to_owned(), key: key_of(&manifest, &variables)? })
    }

    /// What is in force of a kind.
    ///
    /// # Errors
    /// When the application cannot be asked or does not know us; with the cure.
    pub async fn live(&self, kind: Kind) -> anyhow::Result<Live> {
        self.ask_live(Method::GET, kind.words(), Bytes::new()).await
    }

    /// Puts something in force, in its compact form; rules with a table that was kept.
    ///
    /// # Errors
    /// As [`Desk::live`]; when they are refused.
    pub async fn publish(&self, kind: Kind, compact: Vec<u8>, table: Option<&str>) -> anyhow::Result<Live> {
        let query = table.map_or_else(String::new, |table| format!("?goes_with={table}"));
        self.ask_live(Method::POST, &format!("{}{query}", kind.words()), compact.into()).await
    }

    /// Keeps a table without using it; gives what it is known by.
    ///
    /// # Errors
    /// As [`Desk::live`]; when it is refused.
    pub async fn keep_table(&self, table: Vec<u8>) -> anyhow::Result<String> {
        let told = self.ask(Method::PUT, "goes-with?live=false", table.into()).await?;
        text(&told, "goesWith").with_context(|| self.foreign())
    }

    /// Goes back to what was in force before.
    ///
    /// # Errors
    /// As [`Desk::live`]; when there is nothing to go back to.
    pub async fn roll_back(&self, kind: Kind) -> anyhow::Result<Live> {
        self.ask_live(Method::POST, &format!("{}/rollback", kind.words()), Bytes::new()).await
    }

    /// What a visit comes to; the question is that of `POST /_headwater/explain`.
    ///
    /// # Errors
    /// As [`Desk::live`]; when there are no rules, or the visit does not fit them.
    pub async fn explain(&self, question: &Value) -> anyhow::Result<Value> {
        self.ask(Method::POST, "explain", question.to_string().into()).await
    }

    /// Whether the shop knows codes; the question is that of `POST /_headwater/codes`.
    ///
    /// # Errors
    /// As [`Desk::live`]; when the shop cannot be asked.
    pub async fn codes(&self, question: &Value) -> anyhow::Result<Value> {
        self.ask(Method::POST, "codes", question.to_string().into()).await
    }

    async fn ask_live(&self, method: Method, below: &str, body: Bytes) -> anyhow::Result<Live> {
        let told = self.ask(method, below, body).await?;
        let seen = told.get("seenWithinMs").and_then(Value::as_u64).with_context(|| self.foreign())?;
        Ok(Live {
            current: version(&told),
            former: told.get("former").and_then(version),
            seen_within: Duration::from_millis(seen),
        })
    }

    async fn ask(&self, method: Method, below: &str, body: Bytes) -> anyhow::Result<Value> {
        let question = Question {
            url: &self.url,
            method,
            path: format!("{BASE}{below}"),
            proof: proof(WORD, &self.key),
            content_type: "application/octet-stream",
            body,
        };
        let (status, content) = question.ask().await?;
        if status.is_success() {
            return Ok(content);
        }
        anyhow::ensure!(
            status != StatusCode::NOT_FOUND,
            "{} takes no rules from us: it runs with another session_key, so give that one with \
             --variable session_key=… or SPIN_VARIABLE_SESSION_KEY, or it is no application of Headwater",
            self.url
        );
        let detail = content.get("detail").and_then(Value::as_str).map(str::to_owned);
        Err(anyhow::anyhow!(detail.unwrap_or_else(|| format!("{} answers {status}", self.url))))
    }

    fn foreign(&self) -> String {
        format!("{} does not answer as a desk; is it an application of Headwater, of this version?", self.url)
    }
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").field("url", &self.url).finish_non_exhaustive()
    }
}

fn version(told: &Value) -> Option<Version> {
    Some(Version { digest: text(told, "digest")?, goes_with: text(told, "goesWith"), at: text(told, "at")? })
}

fn text(told: &Value, name: &str) -> Option<String> {
    told.get(name)?.as_str().map(str::to_owned)
}

/// The key of the component that answers below `/_headwater/`.
fn key_of(manifest: &Manifest, variables: &Variables) -> anyhow::Result<String> {
    let routes = manifest
        .triggers
        .iter()
        .filter_map(|trigger| Some((Pattern::parse(trigger.route.as_deref()?).ok()?, &trigger.target)));
    let router = Router::new(routes.collect());
    let found = router.find("/_headwater/rules").filter(|(pattern, ..)| pattern.written().starts_with(BASE));
    let Some((_, Target::Component(name), _)) = found else {
        anyhow::bail!(
            "{} has nobody who takes rules: give its spin.toml the component `desk` at the route \"/_headwater/...\"",
            manifest.name
        );
    };
    let template = manifest.components.get(name).and_then(|component| component.variables.get("session_key"));
    let (template, _) = template.with_context(|| {
        format!(
            "the component {name} has no variable session_key; give it one under [component.{name}.variables]"
        )
    })?;
    let key = variables.expand(template).map_err(|why| anyhow::anyhow!("session_key of {name}: {why}"))?;
    anyhow::ensure!(!key.is_empty(), "the session_key of {name} is empty, which opens nothing; set it");
    Ok(key)
}
