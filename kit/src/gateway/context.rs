//! The trace and the id that a request carries: W3C Trace Context (<https://www.w3.org/TR/trace-context/>) and
//! `X-Request-Id`. What came is carried on to every backend; where nothing came, nothing is made up. Nothing of it stands
//! in an answer, which a cache in front may give to others.

use http::{HeaderMap, HeaderName, HeaderValue};

const PARENT: HeaderName = HeaderName::from_static("traceparent");
const STATE: HeaderName = HeaderName::from_static("tracestate");
const ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest `tracestate` that is carried on: what the standard asks for at least.
const LONGEST_STATE: usize = 512;
/// The longest id that is carried on.
const LONGEST_ID: usize = 128;

/// What a request carries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// The trace's id and flags, as they are written.
    trace: Option<(String, String)>,
    state: Option<HeaderValue>,
    id: Option<String>,
}

impl Context {
    /// What the headers of a request carry. What is not written as it should be is not carried on.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let trace = text(&PARENT).and_then(parent);
        let state = headers.get(&STATE).filter(|state| trace.is_some() && state.len() <= LONGEST_STATE);
        let plain = |c: u8| c.is_ascii_alphanumeric() || b"-_.:+/=".contains(&c);
        let id = text(&ID).filter(|id| (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(plain));
        Self { state: state.cloned(), id: id.map(str::to_owned), trace }
    }

    /// Writes it on a call to a backend, of which `span` is the id.
    pub(crate) fn mark(&self, headers: &mut HeaderMap, span: impl FnOnce() -> [u8; 16]) {
        if let Some((trace, flags)) = &self.trace {
            // Half of what chance gives; an id of zeros only is none.
            let span = ((u128::from_be_bytes(span()) >> 64) as u64).max(1);
            if let Ok(parent) = HeaderValue::from_str(&format!("00-{trace}-{span:016x}-{flags}")) {
                headers.insert(PARENT, parent);
            }
        }
        if let Some(state) = &self.state {
            headers.insert(STATE, state.clone());
        }
        if let Some(id) = self.id.as_ref().and_then(|id| HeaderValue::from_str(id).ok()) {
            headers.insert(ID, id);
        }
    }

    /// For the operator's log: ` trace=… request=…`, or nothing.
    #[must_use]
    pub fn said(&self) -> String {
        let trace = self.trace.iter().map(|(trace, _)| format!(" trace={trace}"));
        trace.chain(self.id.iter().map(|id| format!(" request={id}"))).collect()
    }
}

/// The trace's id and flags of a `traceparent`, whichever version wrote it (section 3.2: `00-` 32 hex digits `-` 16 hex
/// digits `-` 2 hex digits, in lower case; later versions may add parts).
fn parent(text: &str) -> Option<(String, String)> {
    let mut parts = text.trim().split('-');
    let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_hex = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|c| c.is_ascii_digit() || (b'a'..=b'f').contains(&c))
    };
    let is_some = |text: &str| text.bytes().any(|c| c != b'0');
    let is_whole = is_hex(version, 2) && is_hex(trace, 32) && is_hex(span, 16) && is_hex(flags, 2);
    let is_known = version != "ff" && (version != "00" || parts.next().is_none());
    // Of the flags only the first is known to us: whether the trace is recorded.
    let flags = if flags.as_bytes().last().is_some_and(|c| b"13579bdf".contains(c)) { "01" } else { "00" };
    (is_whole && is_known && is_some(trace) && is_some(span)).then(|| (trace.to_owned(), flags.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

    fn context(pairs: &[(&'static str, &str)]) -> Context {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        Context::of(&headers)
    }

    #[test]
    fn a_trace_goes_on_under_a_span_of_its_own() {
        let parent = format!("00-{TRACE}-00f067aa0ba902b7-01");
        let context = context(&[("traceparent", &parent), ("tracestate", "a=1"), ("x-request-id", "r-7")]);
        let mut onward = HeaderMap::new();
        context.mark(&mut onward, || [7; 16]);
        assert_eq!(onward["traceparent"], format!("00-{TRACE}-0707070707070707-01"));
        assert_eq!(
            (&onward["tracestate"], &onward["x-request-id"]),
            (&"a=1".parse().unwrap(), &"r-7".parse().unwrap())
        );
        assert_eq!(context.said(), format!(" trace={TRACE} request=r-7"));
    }

    #[test]
    fn what_is_no_trace_is_not_carried_on() {
        let upper = TRACE.to_uppercase();
        for bad in [
            "".to_owned(),
            format!("00-{upper}-00f067aa0ba902b7-01"),
            format!("00-{TRACE}-0000000000000000-01"),
            format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32)),
            format!("ff-{TRACE}-00f067aa0ba902b7-01"),
            format!("00-{TRACE}-00f067aa0ba902b7-01-more"),
            format!("00-{TRACE}-00f067aa0ba902b7"),
            format!("00-{TRACE}\u{fc}-00f067aa0ba902b7-01"),
        ] {
            assert_eq!(context(&[("traceparent", &bad), ("tracestate", "a=1")]), Context::default(), "{bad}");
        }
        // A later version may say more; we say what we know.
        let later = context(&[("traceparent", &format!("01-{TRACE}-00f067aa0ba902b7-09-more"))]);
        assert_eq!(later.trace, Some((TRACE.to_owned(), "01".to_owned())));
        for bad in ["", "a b", "a\"b", "é", &"x".repeat(129)] {
            assert_eq!(context(&[("x-request-id", bad)]), Context::default(), "{bad:?}");
        }
    }
}
