//! What an instance keeps from one request to the next, of the shop's own.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

/// More entries than adapters ever need; beyond it, all is forgotten.
const MOST: usize = 256;

thread_local! {
    // Shared by all visitors of this instance: access tokens of ours and the like. `commerce::Upstream::keep`
    // forbids adapters to put a visitor's things here.
    static KEPT: RefCell<HashMap<String, (String, Duration)>> = RefCell::default();
}

/// What is kept under a key and still good; `now` by [`crate::edge::Edge::elapsed`], since a wall clock that is set
/// back would keep a token past its end.
pub(crate) fn recall(key: &str, now: Duration) -> Option<String> {
    KEPT.with_borrow(|kept| kept.get(key).filter(|(_, until)| now < *until).map(|(value, _)| value.clone()))
}

/// Keeps a value for a time.
pub(crate) fn keep(key: String, value: &str, good_for: Duration, now: Duration) {
    let until = now.saturating_add(good_for);
    KEPT.with_borrow_mut(|kept| {
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, (value.to_owned(), until));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_expires() {
        let now = Duration::from_secs(100);
        keep("token".into(), "secret", Duration::from_secs(60), now);
        assert_eq!(recall("token", now).as_deref(), Some("secret"));
        assert_eq!(recall("token", now + Duration::from_secs(59)).as_deref(), Some("secret"));
        assert_eq!(recall("token", now + Duration::from_secs(60)), None);
        assert_eq!(recall("other", now), None);
    }
}
