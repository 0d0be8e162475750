//! What the operator's commands have in common: they prove themselves to a running application and ask it.

use crate::manifest::{Manifest, Problems};
use crate::outbound::Clients;
use crate::variables::{Sources, Variables};
use anyhow::Context as _;
use bytes::Bytes;
use http::{Method, StatusCode};
use http_body_util::{BodyExt as _, Full, Limited};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::path::Path;
use std::time::Duration;
use wasmtime_wasi_http::WasiBody;

/// More than any honest answer, in bytes.
const MOST: usize = 8 << 20;
/// For the answer; the application gives up on its store before.
const PATIENCE: Duration = Duration::from_secs(20);

/// What only the holder of the key can say: the word is the address's own.
pub(crate) fn proof(word: &str, key: &str) -> String {
    let digest = Sha256::new().chain_update(word).chain_update(key).finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A manifest with the values of its variables.
///
/// # Errors
/// When the manifest cannot be found or read, or a value is not given as `NAME=VALUE`.
pub(crate) fn application(given: Option<&Path>, pairs: &[String]) -> anyhow::Result<(Manifest, Variables)> {
    let (manifest, problems) = Manifest::load(&Manifest::find(given)?)?;
    problems.into_result()?;
    let sources = Sources::gather(pairs, &manifest.folder)?;
    let variables = Variables::resolve(&manifest, &sources, &mut Problems::default());
    Ok((manifest, variables))
}

/// A question to a running application.
pub(crate) struct Question<'a> {
    /// Where it answers: `http:` or `https:`, without a path.
    pub(crate) url: &'a str,
    pub(crate) method: Method,
    /// From `/`, with the query.
    pub(crate) path: String,
    pub(crate) proof: String,
    pub(crate) content_type: &'static str,
    pub(crate) body: Bytes,
}

impl Question<'_> {
    /// The answer: its status and its JSON, null where it is none.
    ///
    /// # Errors
    /// When the address is none, or nothing answers there in time; with the cure.
    pub(crate) async fn ask(self) -> anyhow::Result<(StatusCode, Value)> {
        let url = self.url;
        let root: http::Uri = url.trim_end_matches('/').parse().with_context(|| format!("--url {url}"))?;
        anyhow::ensure!(
            matches!(root.scheme_str(), Some("http" | "https")) && matches!(root.path(), "" | "/"),
            "--url {url} must be http: or https: with a host and no path"
        );
        let mut parts = root.into_parts();
        parts.path_and_query = Some(self.path.parse()?);
        let body: WasiBody = Full::new(self.body).map_err(|never| match never {}).boxed_unsync();
        let request = http::Request::builder()
            .method(self.method)
            .uri(http::Uri::from_parts(parts)?)
            .header("authorization", format!("Bearer {}", self.proof))
            .header("content-type", self.content_type)
            .body(body)?;
        let asked = tokio::time::timeout(PATIENCE, send(url, request)).await;
        asked.with_context(|| format!("{url} does not answer within {} s", PATIENCE.as_secs()))?
    }
}

async fn send(url: &str, request: http::Request<WasiBody>) -> anyhow::Result<(StatusCode, Value)> {
    let unreachable = |error| {
        anyhow::anyhow!(
            "nothing answers at {url} ({error}); start the application with `headwater up`, or say where it is \
             with --url"
        )
    };
    let answer = Clients::new()?.send(request, None, true).await.map_err(unreachable)?;
    let status = answer.status();
    let body = Limited::new(answer.into_body(), MOST).collect().await;
    let body = body.map_err(|error| anyhow::anyhow!("{url}: {error}"))?.to_bytes();
    Ok((status, serde_json::from_slice(&body).unwrap_or(Value::Null)))
}
