//! An answer of a head, whole.

use anyhow::Result;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// An answer, with its body as text.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// Status of HTTP.
    pub status: u16,
    /// Headers by name, in lower case; of several of a name all, one a line.
    pub headers: BTreeMap<String, String>,
    /// The body; bytes that are no text are replaced.
    pub body: String,
    /// From the request to the last byte.
    pub took: Duration,
}

impl Answer {
    /// Sends a request and reads its answer.
    ///
    /// # Errors
    /// When there is no whole answer.
    pub async fn to(request: reqwest::RequestBuilder) -> Result<Self> {
        let start = Instant::now();
        let response = request.send().await?;
        let mut answer = Self { status: response.status().as_u16(), ..Self::default() };
        for (name, value) in response.headers() {
            answer.push(name.as_str(), &String::from_utf8_lossy(value.as_bytes()));
        }
        answer.body = String::from_utf8_lossy(&response.bytes().await?).into_owned();
        answer.took = start.elapsed();
        Ok(answer)
    }

    /// Adds a header.
    pub fn push(&mut self, name: &str, value: &str) {
        let known = self.headers.entry(name.to_ascii_lowercase()).or_default();
        let line = if known.is_empty() { "" } else { "\n" };
        let _ = write!(known, "{line}{value}");
    }

    /// A header; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The start of the body, for reports.
    pub fn start(&self) -> String {
        self.body.chars().take(300).collect()
    }
}

/// A client that keeps no cookies and follows no redirects.
///
/// # Errors
/// Never on a working machine.
pub fn client() -> Result<reqwest::Client> {
    // The host ends connections that rest; one that is used again at that very moment would be lost.
    let rest = Duration::from_secs(1);
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
    Ok(client.pool_idle_timeout(rest).build()?)
}
