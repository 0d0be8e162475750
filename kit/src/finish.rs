//! What becomes of a head's answer: its headers follow from what was read.

use crate::answer::{Answer, Keep};
use crate::ask::Ask;
use crate::body::Chunks;
use crate::visitor::{Carrier, SESSION_COOKIE, SESSION_HEADER, Session};
use bytes::Bytes;
use futures::StreamExt;
use http::{HeaderName, HeaderValue, header};
use std::rc::Rc;

/// A session is sealed anew after so many seconds.
const SEALED_FOR: i64 = 24 * 60 * 60;

/// An answer with the session of a visitor who has just become known, or whose session was sealed long ago.
pub(crate) fn with_session(ask: &Ask, answer: Answer) -> Answer {
    if answer.keep == Keep::AsGiven {
        // Another's answer says by itself who may keep it.
        return answer;
    }
    let now = ask.now.as_second();
    let known = ask.known.get().and_then(Option::as_ref);
    let newcomer = known.and_then(|known| known.to_be_kept(answer.session.as_ref().unwrap_or(&ask.kept)));
    let is_old = |issued: i64| now.saturating_sub(issued) >= SEALED_FOR;
    let again = || ask.kept.issued.is_some_and(is_old).then(|| ask.kept.clone());
    // A stranger's page may be everybody's; of a visitor's own page the cookie makes no more than it is.
    let session = newcomer.or(answer.session).or_else(|| ask.reads.is_own().then(again).flatten());
    Answer { session: session.map(|session| Session { issued: Some(now), ..session }), ..answer }
}

/// A body that goes on after the answer has begun. What was learned of the visitor is kept when it has ended, also
/// when whoever asked has gone away.
pub(crate) fn go_on(ask: Rc<Ask>, first: Bytes, rest: Chunks) -> Chunks {
    let (ended, end) = futures::channel::oneshot::channel::<()>();
    let edge = ask.edge.clone();
    edge.spawn(Box::pin(async move {
        let _ = end.await;
        ask.leave().await;
    }));
    let first = (!first.is_empty()).then_some(Ok(first));
    let rest = rest.map(move |chunk| {
        let _held = &ended;
        chunk
    });
    Box::pin(futures::stream::iter(first).chain(rest).fuse())
}

/// The answer with its headers. `is_begun`: more of its body is to come.
pub(crate) fn finish(ask: &Ask, answer: Answer, is_begun: bool) -> http::Response<Bytes> {
    let Answer { status, mut headers, body, rest: _, keep, session } = answer;
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            // Cookies of a site that we stand before stay beside ours.
            match name {
                header::SET_COOKIE => headers.append(name, value),
                _ => headers.insert(name, value).is_some(),
            };
        }
    };
    if let Some(session) = &session {
        ask.reads.private();
        let sealed = session.close(&ask.seal, ask.edge.random());
        match ask.carrier {
            Carrier::Header => set(SESSION_HEADER, &sealed),
            Carrier::Cookie => {
                let secure = if ask.site().starts_with("https:") { "; Secure" } else { "" };
                let cookie = format!(
                    "{SESSION_COOKIE}={sealed}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax{secure}"
                );
                set(header::SET_COOKIE, &cookie);
            }
        }
    }
    let cache_control = match keep {
        _ if session.is_some() => "private, no-store".to_owned(),
        // A head that says "for ever" of what is a visitor's is not believed.
        Keep::Immutable | Keep::Hour if ask.reads.is_own() => "private, no-store".to_owned(),
        Keep::Immutable => "public, max-age=31536000, immutable".to_owned(),
        Keep::Hour => "public, max-age=3600".to_owned(),
        Keep::Never | Keep::AsGiven => "no-store".to_owned(),
        // What lacks a part is not to be shown to others once the part is back.
        // What is still to come may read whatever it likes.
        Keep::Derived if is_begun => "private, no-store".to_owned(),
        Keep::Derived if ask.slots.is_partial() && !ask.reads.is_private() => "no-store".to_owned(),
        Keep::Derived => ask.reads.cache_control(),
    };
    if keep != Keep::AsGiven || session.is_some() {
        set(header::CACHE_CONTROL, &cache_control);
    }
    if keep == Keep::Derived
        && !is_begun
        && let Some(tags) = ask.reads.surrogate_key()
    {
        set(HeaderName::from_static("surrogate-key"), &tags);
        set(HeaderName::from_static("cache-tag"), &tags.replace(' ', ","));
    }
    if let Some(vary) = ask.reads.vary().filter(|_| keep != Keep::AsGiven) {
        set(header::VARY, &vary);
    }
    if is_begun {
        ask.slots.begun();
    }
    let slots = ask.slots.summary();
    if !slots.is_empty() {
        set(HeaderName::from_static("headwater-slots"), &slots);
    }
    set(HeaderName::from_static("server-timing"), &ask.slots.timing());
    if keep != Keep::AsGiven {
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    }
    // A site that we stand before may have said so itself.
    if keep != Keep::AsGiven && !headers.contains_key(header::REFERRER_POLICY) {
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    }
    if let Some(calls) = ask.trace.line() {
        ask.edge.log(&format!("{} {} asked {calls}", ask.request.method(), ask.request.uri().path()));
    }
    let mut response = http::Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
