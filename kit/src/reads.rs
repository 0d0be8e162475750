//! What an answer read, from which its caching headers follow.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::time::Duration;

/// Keeps account of what one answer read.
#[derive(Debug, Default)]
pub struct Reads {
    private: Cell<bool>,
    fresh_for: Cell<Option<Duration>>,
    varies: RefCell<BTreeSet<&'static str>>,
}

impl Reads {
    /// Something that is the same for everyone in a market and good for a time.
    pub fn public(&self, fresh_for: Duration) {
        let shortest = self.fresh_for.get().map_or(fresh_for, |known| known.min(fresh_for));
        self.fresh_for.set(Some(shortest));
    }

    /// Something that is this visitor's own.
    pub fn private(&self) {
        self.private.set(true);
    }

    /// A request header that decided something.
    pub fn varies_by(&self, header: &'static str) {
        self.varies.borrow_mut().insert(header);
    }

    /// Whether anything private was read.
    pub fn is_private(&self) -> bool {
        self.private.get()
    }

    /// `Cache-Control`: `private, no-store` after anything private; without any read nothing is known to be
    /// public, so `no-store`.
    pub fn cache_control(&self) -> String {
        match self.fresh_for.get() {
            _ if self.is_private() => "private, no-store".to_owned(),
            None => "no-store".to_owned(),
            Some(fresh) => {
                let fresh = fresh.as_secs();
                format!("public, max-age={fresh}, stale-while-revalidate={}, stale-if-error=3600", fresh * 5)
            }
        }
    }

    /// `Vary`, if anything is to be said.
    pub fn vary(&self) -> Option<String> {
        let varies = self.varies.borrow();
        let names: Vec<&str> = varies.iter().copied().collect();
        (!names.is_empty()).then(|| names.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caching_follows_from_what_was_read() {
        let reads = Reads::default();
        assert_eq!(reads.cache_control(), "no-store");
        reads.public(Duration::from_secs(300));
        reads.public(Duration::from_secs(60));
        assert_eq!(
            reads.cache_control(),
            "public, max-age=60, stale-while-revalidate=300, stale-if-error=3600"
        );
        reads.private();
        reads.public(Duration::from_secs(60));
        assert_eq!(reads.cache_control(), "private, no-store");
    }
}
