//! The address of a backend.

use crate::error::{Error, Kind, Subject};
use url::Url;

/// A checked base address.
#[derive(Debug, Clone)]
pub(crate) struct Root(Url);

impl Root {
    /// Reads the setting `name`, such as `shop_url`.
    ///
    /// # Errors
    /// `Internal`, with the cure, unless it is an `http:` or `https:` address with a host.
    pub(crate) fn new(name: &str, text: &str) -> Result<Self, Error> {
        let wrong = |why: &str| {
            let cure = format!("set {name} to an http: or https: address");
            Error::new(Kind::Internal, "", format!("{name} `{}`: {why}; {cure}", text.escape_debug()))
        };
        let url = Url::parse(text.trim_end_matches('/')).map_err(|e| wrong(&e.to_string()))?;
        match url.scheme() {
            "http" | "https" if url.has_host() => Ok(Self(url)),
            _ => Err(wrong("not an address to call")),
        }
    }

    /// Whether it leads to more than a host.
    pub(crate) fn has_path(&self) -> bool {
        self.0.path() != "/"
    }

    /// The address itself.
    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    /// The place below it that an operator or an adapter names, such as `shop-api` or `/v2/api/`.
    pub(crate) fn below(mut self, path: &str) -> Self {
        let parts = path.split('/').filter(|part| !part.is_empty());
        if let Ok(mut segments) = self.0.path_segments_mut() {
            segments.pop_if_empty().extend(parts);
        }
        self
    }

    /// The address below the root with each part percent-encoded, so that no value leaves its part.
    ///
    /// # Errors
    /// `NotFound` for an empty or dotted part: nothing has such a name, and `..` would climb.
    pub(crate) fn at(&self, operation: &'static str, path: &[&str]) -> Result<Url, Error> {
        if path.iter().any(|part| part.is_empty() || *part == "." || *part == "..") {
            return Err(Error::new(
                Kind::NotFound(Subject::Product),
                operation,
                "an empty or dotted path part",
            ));
        }
        let mut url = self.0.clone();
        url.path_segments_mut()
            .map_err(|()| Error::new(Kind::Internal, operation, "the address cannot be a base"))?
            .pop_if_empty()
            .extend(path);
        Ok(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_leave_their_path_part() {
        let root = Root::new("shop_url", "http://shop.test/api/").unwrap();
        let at = |part: &str| root.at("test", &["products", part]).map(|url| url.to_string());
        assert_eq!(at("coat").unwrap(), "http://shop.test/api/products/coat");
        assert_eq!(at("../x?y#z").unwrap(), "http://shop.test/api/products/..%2Fx%3Fy%23z");
        for part in ["", ".", ".."] {
            assert!(at(part).is_err(), "{part:?}");
        }
    }

    #[test]
    fn a_path_goes_below_the_host() {
        let root = |path: &str| {
            let root = Root::new("shop_url", "http://shop.test").unwrap().below(path);
            root.at("test", &["x"]).unwrap().to_string()
        };
        assert_eq!(root(""), "http://shop.test/x");
        assert_eq!(root("/v2/api/"), "http://shop.test/v2/api/x");
        assert_eq!(root("shop-api"), "http://shop.test/shop-api/x");
    }

    #[test]
    fn an_address_that_cannot_be_called_is_refused_with_its_cure() {
        for text in ["", "shop.test", "file:///etc/passwd", "mailto:a@b"] {
            let error = Root::new("shop_url", text).unwrap_err();
            assert!(error.detail.contains("set shop_url to"), "{text}: {error}");
        }
    }
}
