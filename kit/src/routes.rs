//! Which page an address means.

use crate::failure::{Failure, Trouble};
use http::Method;
use matchit::Router;

/// A head's addresses: matchit patterns (`/{market}/p/{slug}`), each with its methods and pages.
pub struct Routes<P> {
    router: Router<Vec<(Method, P)>>,
}

/// An address that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<P> {
    /// What is asked.
    pub page: P,
    /// The named parts of the address, decoded.
    pub parts: Vec<(String, String)>,
}

impl<P: Copy> Routes<P> {
    /// Reads a table of method, pattern and page. A pattern that clashes with an earlier one is left out
    /// and named by [`Routes::new`]'s second value, which a head's test asserts to be empty.
    pub fn new(table: &[(Method, &str, P)]) -> (Self, Vec<String>) {
        let mut router: Router<Vec<(Method, P)>> = Router::new();
        let mut clashes = Vec::new();
        let mut done: Vec<&str> = Vec::new();
        for (_, pattern, _) in table {
            if done.contains(pattern) {
                continue;
            }
            done.push(pattern);
            let methods =
                table.iter().filter(|(_, p, _)| p == pattern).map(|(m, _, page)| (m.clone(), *page));
            if let Err(error) = router.insert(*pattern, methods.collect()) {
                clashes.push(format!("{pattern}: {error}"));
            }
        }
        (Self { router }, clashes)
    }

    /// Finds the page; `HEAD` is taken where `GET` is.
    ///
    /// # Errors
    /// `UnknownRoute`, or `MethodNotAllowed` with the methods that are.
    pub fn find(&self, method: &Method, path: &str) -> Result<Found<P>, Failure> {
        let unknown = || Failure::new(Trouble::UnknownRoute);
        let matched = self.router.at(path).map_err(|_| unknown())?;
        let wanted = if method == Method::HEAD { &Method::GET } else { method };
        let Some((_, page)) = matched.value.iter().find(|(m, _)| m == wanted) else {
            let mut allow: Vec<&str> = matched.value.iter().map(|(m, _)| m.as_str()).collect();
            if allow.contains(&"GET") {
                allow.push("HEAD");
            }
            return Err(Failure::new(Trouble::MethodNotAllowed(allow.join(", "))));
        };
        let mut parts = Vec::new();
        for (name, value) in matched.params.iter() {
            let value = percent_decode(value).ok_or_else(unknown)?;
            parts.push((name.to_owned(), value));
        }
        Ok(Found { page: *page, parts })
    }
}

/// Decodes one part of a path; `None` when it is not UTF-8 or holds a control character.
#[must_use]
pub fn percent_decode(text: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8().ok()?;
    (!decoded.chars().any(char::is_control)).then(|| decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum Page {
        Home,
        Cart,
        Add,
        Product,
    }

    fn routes() -> Routes<Page> {
        let (routes, clashes) = Routes::new(&[
            (Method::GET, "/{market}/", Page::Home),
            (Method::GET, "/{market}/cart", Page::Cart),
            (Method::POST, "/{market}/cart", Page::Add),
            (Method::GET, "/{market}/p/{slug}", Page::Product),
        ]);
        assert_eq!(clashes, Vec::<String>::new());
        routes
    }

    #[test]
    fn an_address_is_a_page_with_decoded_parts() {
        let found = routes().find(&Method::HEAD, "/en-gb/p/a%C3%A9").unwrap();
        assert_eq!((found.page, found.parts[1].1.as_str()), (Page::Product, "aé"));
        for path in ["/", "/en-gb/p/%00", "/en-gb/p/%ff", "/en-gb/x", "//", "/en-gb/p/a/b"] {
            assert_eq!(
                routes().find(&Method::GET, path).unwrap_err().trouble,
                Trouble::UnknownRoute,
                "{path}"
            );
        }
    }

    #[test]
    fn another_method_is_told_which_are_taken() {
        let failure = routes().find(&Method::DELETE, "/en-gb/cart").unwrap_err();
        assert_eq!(failure.trouble, Trouble::MethodNotAllowed("GET, POST, HEAD".into()));
    }
}
