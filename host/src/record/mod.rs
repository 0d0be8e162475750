//! `headwater record`: stands between an adapter and a backend and keeps what both said, without secrets and
//! personal data, so that a new adapter's tests start from real bytes.

mod mask;

use crate::outbound::Clients;
use anyhow::Context as _;
use bytes::Bytes;
use http::header;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use mask::Mask;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use wasmtime_wasi_http::{Error, WasiBody};

/// Bytes of a body, either way.
const MOST: usize = 16 << 20;

/// What belongs to one connection (RFC 9110, section 7.6.1), and what would compress an answer.
const NOT_FORWARDED: [&str; 8] = [
    "host",
    "connection",
    "keep-alive",
    "transfer-encoding",
    "te",
    "upgrade",
    "content-length",
    "accept-encoding",
];

/// Where to record from and to.
#[derive(Debug, Clone)]
pub struct Recording {
    /// The backend, `http:` or `https:`, without a path.
    pub upstream: String,
    /// The folder for the recorded exchanges; it is made.
    pub into: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
}

/// A recorder that is listening.
pub struct Recorder {
    listener: TcpListener,
    tape: Arc<Tape>,
}

struct Tape {
    upstream: http::Uri,
    into: PathBuf,
    clients: Clients,
    /// The number of the next exchange, and what is known to be secret.
    state: Mutex<(usize, Mask)>,
}

impl Recorder {
    /// Begins to listen. Numbers go on after what the folder holds; nothing is overwritten.
    ///
    /// # Errors
    /// When the address of the backend is none, the folder cannot be made, or the port is taken.
    pub async fn start(recording: &Recording) -> anyhow::Result<Self> {
        let upstream: http::Uri = recording
            .upstream
            .trim_end_matches('/')
            .parse()
            .with_context(|| format!("--upstream {}", recording.upstream))?;
        anyhow::ensure!(
            upstream.scheme().is_some() && upstream.host().is_some() && matches!(upstream.path(), "" | "/"),
            "--upstream {} must be http: or https: with a host and no path",
            recording.upstream
        );
        std::fs::create_dir_all(&recording.into)
            .with_context(|| format!("cannot make {}", recording.into.display()))?;
        let next = std::fs::read_dir(&recording.into)?.count() + 1;
        let listener = TcpListener::bind(recording.listen).await.with_context(|| {
            format!("cannot listen on {}; choose another with --listen", recording.listen)
        })?;
        let tape = Tape {
            upstream,
            into: recording.into.clone(),
            clients: Clients::new()?,
            state: Mutex::new((next, Mask::default())),
        };
        Ok(Self { listener, tape: Arc::new(tape) })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// Never on a bound socket.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Forwards and records until it is dropped.
    pub async fn run(self) {
        while let Ok((stream, _)) = self.listener.accept().await {
            drop(stream.set_nodelay(true));
            let tape = Arc::clone(&self.tape);
            let service = hyper::service::service_fn(move |request| {
                let tape = Arc::clone(&tape);
                async move { Ok::<_, Infallible>(tape.exchange(request).await) }
            });
            let connection = hyper::server::conn::http1::Builder::new();
            tokio::spawn(connection.serve_connection(TokioIo::new(stream), service));
        }
    }
}

impl Tape {
    async fn exchange(&self, request: http::Request<Incoming>) -> http::Response<Full<Bytes>> {
        match self.forward(request).await {
            Ok(response) => response,
            Err(error) => {
                eprintln!("record: {error:#}");
                let mut response = http::Response::new(Full::new(Bytes::from(format!("{error:#}\n"))));
                *response.status_mut() = http::StatusCode::BAD_GATEWAY;
                response
            }
        }
    }

    async fn forward(&self, request: http::Request<Incoming>) -> anyhow::Result<http::Response<Full<Bytes>>> {
        let (mut head, body) = request.into_parts();
        let sent = whole(body).await.context("the request")?;
        let target = head.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str).to_owned();
        let mut parts = self.upstream.clone().into_parts();
        parts.path_and_query = Some(target.parse()?);
        head.uri = http::Uri::from_parts(parts)?;
        NOT_FORWARDED.iter().for_each(|name| drop(head.headers.remove(*name)));
        let forwarded: WasiBody = Full::new(sent.clone()).map_err(|never| match never {}).boxed_unsync();
        let asked = head.clone();
        let answer = self.clients.send(http::Request::from_parts(head, forwarded), None, true).await;
        let answer = answer.map_err(|error: Error| anyhow::anyhow!("{}: {error}", self.upstream))?;
        let (mut head, body) = answer.into_parts();
        let given = whole(body).await.context("the answer")?;
        let name = self.keep(&asked, &sent, &head, &given)?;
        eprintln!("{} {} {} -> {}", head.status.as_u16(), asked.method, target, name.display());
        NOT_FORWARDED.iter().for_each(|name| drop(head.headers.remove(*name)));
        Ok(http::Response::from_parts(head, Full::new(given)))
    }

    fn keep(
        &self,
        asked: &http::request::Parts,
        sent: &Bytes,
        answered: &http::response::Parts,
        given: &Bytes,
    ) -> anyhow::Result<PathBuf> {
        let mut state = self.state.lock().map_err(|_| anyhow::anyhow!("an earlier exchange broke off"))?;
        let (number, mask) = &mut *state;
        let (request_headers, request_removed) = mask.headers(&asked.headers);
        let (answer_headers, answer_removed) = mask.headers(&answered.headers);
        for bytes in [sent, given] {
            if let Ok(value) = serde_json::from_slice::<Value>(bytes) {
                mask.study(&value);
            }
        }
        let query = asked.uri.query().map(|query| mask.pairs(query));
        let sent = body(mask, &asked.headers, sent);
        let given = body(mask, &answered.headers, given);
        let exchange = json!({
            "request": {
                "method": asked.method.as_str(),
                "path": mask.text(asked.uri.path()),
                "query": query,
                "headers": object(request_headers),
                "removed": request_removed,
                "body": sent,
            },
            "answer": {
                "status": answered.status.as_u16(),
                "headers": object(answer_headers),
                "removed": answer_removed,
                "body": given,
            },
        });
        let path = self.into.join(file_name(*number, asked.method.as_str(), &mask.text(asked.uri.path())));
        std::fs::write(&path, format!("{exchange:#}\n"))
            .with_context(|| format!("cannot write {}", path.display()))?;
        *number += 1;
        Ok(path)
    }
}

async fn whole<B>(body: B) -> anyhow::Result<Bytes>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let body = Limited::new(body, MOST).collect().await;
    Ok(body.map_err(|error| anyhow::anyhow!("{error}"))?.to_bytes())
}

/// A body as it is written down: JSON as JSON, a form as pairs, text as text, and of anything else its size.
fn body(mask: &mut Mask, headers: &http::HeaderMap, bytes: &Bytes) -> Value {
    let media = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if bytes.is_empty() {
        return Value::Null;
    }
    if let Ok(mut value) = serde_json::from_slice::<Value>(bytes) {
        mask.json(&mut value);
        return value;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if media.starts_with("application/x-www-form-urlencoded") => Value::String(mask.pairs(text)),
        Ok(text) => Value::String(mask.text(text)),
        Err(_) => Value::String(format!("({} bytes of {media})", bytes.len())),
    }
}

fn object(pairs: Vec<(String, String)>) -> Value {
    Value::Object(pairs.into_iter().map(|(name, value)| (name, Value::String(value))).collect())
}

fn file_name(number: usize, method: &str, path: &str) -> PathBuf {
    let words: String = path
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .take(60)
        .collect();
    let words = words.trim_matches('-');
    Path::new(&format!("{number:04}-{}-{words}.json", method.to_ascii_lowercase())).to_owned()
}
