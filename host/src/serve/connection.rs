//! One connection: what is checked before the application sees a request, and what is logged after.

use super::wire::{Doubt, Framing, Watched};
use crate::answers;
use crate::application::{Answered, Application};
use crate::log::Log;
use crate::runtime::MAX_BODY;
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::Watcher;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use wasmtime_wasi_http::{Error, WasiBody};

/// The head of a request has to be here this long after its connection or its predecessor.
const HEADER_TIMEOUT: Duration = Duration::from_secs(15);

/// All headers of a request together, in bytes; more is a 431.
const MAX_HEADERS: usize = 64 << 10;

/// Longest path and query, in bytes; more is a 414.
const MAX_URI: usize = 8192;

/// The path of Spin's health check.
const HEALTH: &str = "/.well-known/spin/health";

/// What all connections share.
pub(super) struct Front {
    pub(super) application: Arc<Application>,
    pub(super) log: Log,
    pub(super) access_log: bool,
}

pub(super) async fn serve(front: Arc<Front>, stream: TcpStream, client: SocketAddr, graceful: Watcher) {
    // Answers leave when they are written: Nagle's wait for more costs keep-alive clients 40 ms.
    drop(stream.set_nodelay(true));
    let doubt = Doubt::default();
    let stream = Watched { stream, framing: Framing::new(), doubt: Arc::clone(&doubt) };
    let service = hyper::service::service_fn(move |request| {
        let (front, doubt) = (Arc::clone(&front), Arc::clone(&doubt));
        async move { Ok::<_, Infallible>(front.answer(request, client, &doubt).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .max_header_size(MAX_HEADERS)
        .max_headers(100)
        .serve_connection(TokioIo::new(stream), service);
    // A connection that breaks is the client's affair; what it asked has been logged.
    drop(graceful.watch(connection).await);
}

impl Front {
    async fn answer(
        &self,
        request: Request<Incoming>,
        client: SocketAddr,
        doubt: &Doubt,
    ) -> Response<Logged> {
        let started = Instant::now();
        let line = self.access_log.then(|| (request.method().clone(), request.uri().path().to_owned()));
        let Answered { by, mut response } = match refusal(&request, doubt) {
            Some(status) => {
                let mut response = answers::error(status, request.headers());
                response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                Answered { by: "-".to_owned(), response }
            }
            None if request.uri().path() == HEALTH => {
                Answered { by: "-".to_owned(), response: Response::new(answers::whole("OK")) }
            }
            None => {
                let request = request.map(|body| body.map_err(Error::from).boxed_unsync());
                self.application.answer(request, client).await
            }
        };
        // What the request's head could not tell, its body may have.
        if doubt.load(Ordering::Acquire) {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        let status = response.status();
        let length = response.headers().get(header::CONTENT_LENGTH);
        let promised = length.and_then(|length| length.to_str().ok()?.parse().ok());
        response.map(|inner| Logged {
            inner,
            entry: line.map(|(method, path)| Entry {
                log: self.log.clone(),
                method,
                path,
                by,
                status,
                started,
                bytes: 0,
                promised,
            }),
            whole: AtomicBool::new(false),
        })
    }
}

/// Why a request goes no further.
fn refusal(request: &Request<Incoming>, doubt: &Doubt) -> Option<StatusCode> {
    let headers = request.headers();
    if doubt.load(Ordering::Acquire) {
        return Some(StatusCode::BAD_REQUEST);
    }
    let path = request.uri().path_and_query().map_or(0, |path| path.as_str().len());
    if path > MAX_URI {
        return Some(StatusCode::URI_TOO_LONG);
    }
    let hosts = headers.get_all(header::HOST).iter().count();
    if hosts > 1
        || (hosts == 0 && request.version() == http::Version::HTTP_11)
        || request.method() == Method::CONNECT
    {
        return Some(StatusCode::BAD_REQUEST);
    }
    if request.body().size_hint().lower() > MAX_BODY {
        return Some(StatusCode::PAYLOAD_TOO_LARGE);
    }
    None
}

struct Entry {
    log: Log,
    method: Method,
    path: String,
    by: String,
    status: StatusCode,
    started: Instant,
    bytes: u64,
    /// `Content-Length`; hyper asks for no more than that, so the end of the body is never seen.
    promised: Option<u64>,
}

/// A body that writes its line of the access log when it has gone out, or has failed to.
pub(super) struct Logged {
    inner: WasiBody,
    entry: Option<Entry>,
    whole: AtomicBool,
}

impl Body for Logged {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = Pin::new(&mut self.inner).poll_frame(cx);
        match &frame {
            Poll::Ready(Some(Ok(frame))) => {
                if let (Some(entry), Some(bytes)) = (&mut self.entry, frame.data_ref()) {
                    entry.bytes += bytes.len() as u64;
                }
            }
            Poll::Ready(None) => self.whole.store(true, Ordering::Relaxed),
            _ => {}
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        let ended = self.inner.is_end_stream();
        if ended {
            self.whole.store(true, Ordering::Relaxed);
        }
        ended
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

impl Drop for Logged {
    fn drop(&mut self) {
        if let Some(entry) = &self.entry {
            let Entry { log, method, path, by, status, started, bytes, promised } = entry;
            let bodiless = *method == Method::HEAD || *status == StatusCode::NOT_MODIFIED;
            let whole = self.whole.load(Ordering::Relaxed) || *promised == Some(*bytes) || bodiless;
            let cut = if whole { "" } else { " cut" };
            let milliseconds = started.elapsed().as_secs_f64() * 1000.0;
            log.line(format!("{method} {path} {by} {} {bytes}B {milliseconds:.1}ms{cut}", status.as_u16()));
        }
    }
}
