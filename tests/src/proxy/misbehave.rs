//! A fault as an answer.

use super::fault::{Fault, LATE, SECRET};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures::StreamExt;
use futures::stream;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::Frame;
use std::io::{self, Write};
use std::sync::LazyLock;
use std::time::Duration;

pub(super) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// What becomes of a request.
pub(super) enum Outcome {
    /// An answer.
    Answer(http::Response<Body>),
    /// An answer after a time.
    After(Duration, http::Response<Body>),
    /// These bytes, then the end of the connection.
    Cut(&'static [u8]),
}

/// Between two bytes of [`Fault::Drip`]: well below any time-out between bytes.
const DRIP: Duration = Duration::from_millis(20);

static HUGE: LazyLock<Bytes> = LazyLock::new(|| {
    let item = format!("\"{SECRET} {}\",", "x".repeat(1000));
    Bytes::from(format!("[{}0]", item.repeat((10 << 20) / item.len() + 1)))
});

static BOMB: LazyLock<Bytes> = LazyLock::new(|| {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    let spaces = vec![b' '; 1 << 20];
    // Writing into memory does not fail.
    (0..64).for_each(|_| packed.write_all(&spaces).unwrap_or_default());
    Bytes::from(packed.finish().unwrap_or_default())
});

static DEEP: LazyLock<Bytes> = LazyLock::new(|| Bytes::from("[".repeat(100_000)));

/// What becomes of a request under a fault, given the shop's own answer where it was asked.
pub(super) fn outcome(fault: Option<Fault>, truth: Option<http::Response<Bytes>>) -> Outcome {
    let truth = truth.unwrap_or_else(|| said(200, format!("{{\"id\":\"{SECRET}\",\"x\":\"{:900}\"}}", "")));
    let Some(fault) = fault else { return Outcome::Answer(whole(truth)) };
    let words = format!("{{\"error\":\"{SECRET}\",\"trace\":\"at {SECRET}.internal:5432\"}}");
    Outcome::Answer(match fault {
        Fault::Refuse | Fault::LostAnswer => return Outcome::Cut(b""),
        Fault::NoHttp => return Outcome::Cut(b"\x16\x03\x01secret-detail\r\n\r\n"),
        Fault::BlackHole | Fault::SlowFirstByte => return Outcome::After(LATE, whole(truth)),
        Fault::SlowBody => halved(truth, |rest| {
            stream::once(async {
                tokio::time::sleep(LATE).await;
                Ok(rest)
            })
            .boxed()
        }),
        Fault::Truncated => {
            halved(truth, |_| stream::once(async { Err(io::Error::other("the fault is meant")) }).boxed())
        }
        Fault::Drip => dripping(truth),
        Fault::Broken => whole(said(500, words)),
        Fault::Unavailable => whole(said(503, words)),
        Fault::Throttled => {
            let mut answer = said(429, words);
            answer.headers_mut().insert("retry-after", http::HeaderValue::from_static("60"));
            whole(answer)
        }
        Fault::Garbage => whole(said(200, [b"\x00\xff\xfe{\"".as_slice(), SECRET.as_bytes()].concat())),
        Fault::Html => {
            let mut answer = said(200, format!("<html><body>{SECRET}: maintenance</body></html>"));
            answer.headers_mut().insert("content-type", http::HeaderValue::from_static("text/html"));
            whole(answer)
        }
        Fault::WrongType => whole(said(200, format!("{{\"{SECRET}\":[1,2,3]}}"))),
        Fault::Huge => whole(said(200, HUGE.clone())),
        Fault::GzipBomb => {
            let mut answer = said(200, BOMB.clone());
            answer.headers_mut().insert("content-encoding", http::HeaderValue::from_static("gzip"));
            whole(answer)
        }
        Fault::Deep => whole(said(200, DEEP.clone())),
    })
}

/// An answer with words of a backend's own.
fn said(status: u16, body: impl Into<Bytes>) -> http::Response<Bytes> {
    let mut answer = http::Response::new(body.into());
    *answer.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    let headers = answer.headers_mut();
    headers.insert("content-type", http::HeaderValue::from_static("application/json"));
    headers.insert("x-powered-by", http::HeaderValue::from_static(SECRET));
    headers.insert("set-cookie", http::HeaderValue::from_static("secret-detail=1"));
    answer
}

fn whole(answer: http::Response<Bytes>) -> http::Response<Body> {
    answer.map(|bytes| Full::new(bytes).map_err(|never| match never {}).boxed_unsync())
}

/// The head with its true length and half of the body, then whatever follows.
fn halved(
    answer: http::Response<Bytes>,
    then: impl FnOnce(Bytes) -> stream::BoxStream<'static, io::Result<Bytes>>,
) -> http::Response<Body> {
    let (mut parts, bytes) = answer.into_parts();
    parts.headers.insert(http::header::CONTENT_LENGTH, http::HeaderValue::from(bytes.len()));
    let rest = bytes.slice(bytes.len() / 2..);
    let first = bytes.slice(..bytes.len() / 2);
    let parts_of_body = stream::once(async { Ok(first) }).chain(then(rest));
    http::Response::from_parts(parts, framed(parts_of_body.boxed()))
}

/// A byte at a time; after the last one spaces, which JSON allows, for ever.
fn dripping(answer: http::Response<Bytes>) -> http::Response<Body> {
    let (mut parts, bytes) = answer.into_parts();
    parts.headers.remove(http::header::CONTENT_LENGTH);
    let drops = stream::unfold(0, move |at| {
        let drop = if at < bytes.len() { bytes.slice(at..=at) } else { Bytes::from_static(b" ") };
        async move {
            tokio::time::sleep(DRIP).await;
            Some((Ok(drop), at + 1))
        }
    });
    http::Response::from_parts(parts, framed(drops.boxed()))
}

fn framed(bytes: stream::BoxStream<'static, io::Result<Bytes>>) -> Body {
    StreamBody::new(bytes.map(|part| part.map(Frame::data))).boxed_unsync()
}
