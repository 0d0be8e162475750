//! The real world around a component: Spin's SDK, and nothing else in Headwater names it.

use crate::body::{Body, Chunks, Cut};
use crate::edge::{Edge, FetchError, Instance, StoreError, Wait};
use crate::own;
use bytes::Bytes;
use futures::future::{Either, select};
use futures::{Stream, StreamExt};
use jiff::Timestamp;
use spin_sdk::http::body::IncomingBodyExt;
use spin_sdk::http::{FullBody, send};
use spin_sdk::key_value::Store;
use spin_sdk::wasip3::http::types::ErrorCode;
use spin_sdk::wasip3::http_compat::IncomingResponseBody;
use std::cell::Cell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::LazyLock;
use std::task::{Context, Poll};
use std::time::{Duration, Instant, SystemTime};

pub use spin_sdk::http::Request;

/// What a handler gives to the host.
pub type Response = http::Response<Outgoing>;

/// A body as the host takes it.
pub struct Outgoing(Body);

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Cut>>> {
        match &mut self.0 {
            Body::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Body::Whole(bytes) => Poll::Ready(Some(Ok(http_body::Frame::data(std::mem::take(bytes))))),
            Body::Streamed(chunks) => {
                chunks.as_mut().poll_next(context).map(|chunk| Some(chunk?.map(http_body::Frame::data)))
            }
        }
    }
}

/// A request body over the cap, or one that broke off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// Reads a request with its body.
///
/// # Errors
/// [`TooLarge`] when the body is over `cap` bytes, and the rest of it is not read, or when it broke off.
pub async fn receive(request: Request, cap: usize) -> Result<http::Request<Bytes>, TooLarge> {
    let (parts, body) = request.into_parts();
    let declared =
        parts.headers.get(http::header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|length| length > cap as u64) {
        return Err(TooLarge);
    }
    let mut whole = Vec::new();
    let mut chunks = body.stream();
    while let Some(chunk) = chunks.next().await {
        // Whoever sent half of it is gone and reads no answer, but half of a form must not pass for the whole.
        let chunk = chunk.map_err(|_| TooLarge)?;
        if whole.len() + chunk.len() > cap {
            return Err(TooLarge);
        }
        whole.extend_from_slice(&chunk);
    }
    Ok(http::Request::from_parts(parts, Bytes::from(whole)))
}

/// Gives an answer to the host. The length is stated, since the host never does; 204 and 304 have none
/// (RFC 9110, section 8.6).
pub fn respond(response: http::Response<impl Into<Body>>) -> Response {
    let (mut parts, body) = response.into_parts();
    let body = body.into();
    if let Body::Whole(whole) = &body
        && !matches!(parts.status, http::StatusCode::NO_CONTENT | http::StatusCode::NOT_MODIFIED)
    {
        parts.headers.insert(http::header::CONTENT_LENGTH, http::HeaderValue::from(whole.len()));
    }
    http::Response::from_parts(parts, Outgoing(body))
}

/// The world as Spin gives it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spin;

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

thread_local! {
    static INSTANCE: Rc<Instance> = Rc::new(Instance::new(START.elapsed()));
    /// Whether this host is known to have no store of the component's own.
    static SHARES: Cell<bool> = const { Cell::new(false) };
}

impl Edge for Spin {
    fn now(&self) -> Timestamp {
        // A clock past the year 9999 is none that can be told.
        Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::MAX)
    }

    fn elapsed(&self) -> Duration {
        START.elapsed()
    }

    fn random(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        #[expect(clippy::expect_used, reason = "without chance no session is safe: better no answer at all")]
        getrandom::fill(&mut bytes).expect("the host gives random bytes");
        bytes
    }

    fn sleep(&self, time: Duration) -> Wait<'_, ()> {
        Box::pin(spin_sdk::time::sleep(time))
    }

    fn fetch(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
        cap: usize,
    ) -> Wait<'_, Result<http::Response<Bytes>, FetchError>> {
        Box::pin(async move {
            let whole = pin!(fetch_whole(request, timeout, cap));
            // The host's own time-outs cover connection and silence; the clock covers a body that drips.
            match select(whole, pin!(spin_sdk::time::sleep(timeout))).await {
                Either::Left((result, _)) => result,
                Either::Right(_) => Err(FetchError::TimedOut),
            }
        })
    }

    fn open(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Wait<'_, Result<http::Response<Chunks>, FetchError>> {
        Box::pin(async move {
            let head = pin!(begin(request, timeout));
            let response = match select(head, pin!(spin_sdk::time::sleep(timeout))).await {
                Either::Left((result, _)) => result?,
                Either::Right(_) => return Err(FetchError::TimedOut),
            };
            Ok(response.map(|body| Box::pin(patient(body, timeout)) as Chunks))
        })
    }

    fn get<'a>(&'a self, key: &'a str) -> Wait<'a, Result<Option<Vec<u8>>, StoreError>> {
        Box::pin(async move { open(key).await?.get(key).await.map_err(store_error) })
    }

    fn set<'a>(&'a self, key: &'a str, value: &'a [u8]) -> Wait<'a, Result<(), StoreError>> {
        Box::pin(async move { open(key).await?.set(key, value).await.map_err(store_error) })
    }

    fn delete<'a>(&'a self, key: &'a str) -> Wait<'a, Result<(), StoreError>> {
        Box::pin(async move { open(key).await?.delete(key).await.map_err(store_error) })
    }

    fn variable<'a>(&'a self, name: &'a str) -> Wait<'a, Option<String>> {
        Box::pin(async move { spin_sdk::variables::get(name).await.ok() })
    }

    fn spawn(&self, work: Pin<Box<dyn Future<Output = ()> + 'static>>) {
        spin_sdk::wasip3::spawn(work);
    }

    fn log(&self, line: &str) {
        eprintln!("{line}");
    }

    fn instance(&self) -> Rc<Instance> {
        INSTANCE.with(Rc::clone)
    }
}

/// The label of a store that is the component's alone.
const OWN: &str = "own";

/// The store that a key lies in.
async fn open(key: &str) -> Result<Store, StoreError> {
    use spin_sdk::key_value::Error;
    if key.starts_with(own::PREFIX) && !SHARES.get() {
        match Store::open(OWN).await {
            // This host has none.
            Err(Error::AccessDenied | Error::NoSuchStore) => SHARES.set(true),
            opened => return opened.map_err(store_error),
        }
    }
    Store::open_default().await.map_err(store_error)
}

fn store_error(error: spin_sdk::key_value::Error) -> StoreError {
    StoreError(error.to_string())
}

async fn fetch_whole(
    request: http::Request<Bytes>,
    timeout: Duration,
    cap: usize,
) -> Result<http::Response<Bytes>, FetchError> {
    let (parts, body) = begin(request, timeout).await?.into_parts();
    let mut whole = Vec::new();
    let mut chunks = body.stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(broken)?;
        if whole.len() + chunk.len() > cap {
            return Err(FetchError::TooLarge);
        }
        whole.extend_from_slice(&chunk);
    }
    Ok(http::Response::from_parts(parts, Bytes::from(whole)))
}

fn broken(code: ErrorCode) -> FetchError {
    match code {
        ErrorCode::ConnectionTimeout | ErrorCode::HttpResponseTimeout | ErrorCode::ConnectionReadTimeout => {
            FetchError::TimedOut
        }
        other => FetchError::Unreachable(format!("{other:?}")),
    }
}

/// Sends a request; the answer's body is still to come.
async fn begin(
    request: http::Request<Bytes>,
    timeout: Duration,
) -> Result<spin_sdk::http::Response, FetchError> {
    use spin_sdk::wasip3::http::types::RequestOptions;
    use spin_sdk::wasip3::http_compat::RequestOptionsExtension;

    let options = RequestOptions::new();
    let nanoseconds = u64::try_from(timeout.as_nanos()).unwrap_or(u64::MAX);
    // A host may not support one of them; the race with the clock holds in any case.
    let _ = options.set_connect_timeout(Some(nanoseconds));
    let _ = options.set_first_byte_timeout(Some(nanoseconds));
    let _ = options.set_between_bytes_timeout(Some(nanoseconds));
    let length = request.body().len();
    let mut request = request.map(FullBody::new);
    if length > 0 {
        // The host would send it in chunks, which small servers do not read.
        request.headers_mut().insert(http::header::CONTENT_LENGTH, http::HeaderValue::from(length));
    }
    request.extensions_mut().insert(RequestOptionsExtension(options));
    send(request).await.map_err(broken)
}

/// A body whose sender may be silent for so long, and no longer.
fn patient(body: IncomingResponseBody, silence: Duration) -> impl Stream<Item = Result<Bytes, Cut>> {
    futures::stream::unfold(Some(body.stream()), move |chunks| async move {
        let mut chunks = chunks?;
        let next = match select(chunks.next(), pin!(spin_sdk::time::sleep(silence))).await {
            Either::Left((next, _)) => next?.map_err(|code| Cut(format!("{code:?}"))),
            Either::Right(_) => Err(Cut(format!("nothing came for {} ms", silence.as_millis()))),
        };
        let more = next.is_ok().then_some(chunks);
        Some((next, more))
    })
}
