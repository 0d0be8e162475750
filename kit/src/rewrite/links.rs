//! The addresses of a site as they are seen through us.

use url::Url;

/// Attributes that hold one address.
pub(super) const ADDRESSES: [&str; 7] = ["href", "src", "action", "formaction", "poster", "data", "data-src"];
/// Attributes that hold several, each with a size.
pub(super) const SETS: [&str; 2] = ["srcset", "data-srcset"];

/// How addresses of the site become ours: `https://origin.example/shop/x` and `/shop/x` are seen at `/base/x`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// The site's scheme, host and port.
    site: String,
    /// The path that all of the site is below; without a slash at its end.
    from: String,
    /// The path that it is seen below; without a slash at its end.
    to: String,
}

impl Links {
    /// The site at `origin`, seen below the path `base`.
    #[must_use]
    pub fn new(origin: &Url, base: &str) -> Self {
        let trimmed = |path: &str| path.trim_end_matches('/').to_owned();
        Self { site: origin.origin().ascii_serialization(), from: trimmed(origin.path()), to: trimmed(base) }
    }

    /// A path of the site, below all of it, as it is seen through us.
    #[must_use]
    pub fn below(&self, path: &str) -> String {
        format!("{}{path}", self.to)
    }

    /// An address of the site as it is seen through us; `None` when it stays as it is: one of another site, one that
    /// is relative to the page, or none at all.
    #[must_use]
    pub fn seen(&self, address: &str) -> Option<String> {
        let trimmed = address.trim_matches(|c: char| c.is_ascii_whitespace());
        let path = match trimmed.get(..self.site.len()) {
            Some(site) if site.eq_ignore_ascii_case(&self.site) => trimmed.get(self.site.len()..)?,
            _ if trimmed.starts_with("//") => {
                let (_, host) = self.site.split_once(':')?;
                trimmed.strip_prefix(host)?
            }
            _ if trimmed.starts_with('/') => {
                let seen = self.path(trimmed)?;
                return (seen != trimmed).then_some(seen);
            }
            _ => return None,
        };
        // `http://origin.example.evil.test` begins like the site and is not of it.
        match path.chars().next() {
            None => Some(format!("{}/", self.to)),
            Some('/') => self.path(path),
            Some('?' | '#') => self.path(&format!("/{path}")),
            Some(_) => None,
        }
    }

    /// A path of the site, with its query, as it is seen through us; `None` outside of what is shown.
    fn path(&self, path: &str) -> Option<String> {
        let rest = path.strip_prefix(&self.from)?;
        match rest.chars().next() {
            // Two slashes would be another host.
            None | Some('/' | '?' | '#') => Some(format!("{}{rest}", self.to))
                .filter(|seen| !seen.starts_with("//") && !seen.starts_with("/\\")),
            Some(_) => None,
        }
    }

    /// The addresses of a `srcset`; `None` when all of them stay.
    #[must_use]
    pub fn seen_set(&self, set: &str) -> Option<String> {
        let mut changed = false;
        let parts: Vec<String> = set
            .split(", ")
            .map(|part| {
                let trimmed = part.trim();
                let (address, size) = trimmed.split_once(' ').unwrap_or((trimmed, ""));
                match self.seen(address) {
                    Some(seen) => {
                        changed = true;
                        format!("{seen} {size}").trim_end().to_owned()
                    }
                    None => trimmed.to_owned(),
                }
            })
            .collect();
        changed.then(|| parts.join(", "))
    }

    /// The path of a cookie as it is seen through us.
    #[must_use]
    pub fn cookie_path(&self, path: &str) -> String {
        let path = path.trim_end_matches('/');
        // A cookie of a wider path than what is shown is narrowed: the rest of the host is not the site's.
        if self.from.starts_with(path) {
            return if self.to.is_empty() { "/".to_owned() } else { self.to.clone() };
        }
        self.path(path).unwrap_or_else(|| if self.to.is_empty() { "/".to_owned() } else { self.to.clone() })
    }
}
