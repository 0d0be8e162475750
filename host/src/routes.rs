//! Which trigger answers a path.
//!
//! The rules are those of Spin's HTTP trigger (spinframework.dev, "HTTP Trigger Routes"): an exact segment beats
//! `:name`, which beats the closing `...`; a longer match beats a shorter one; `/x/...` also answers `/x`; a slash
//! at the end of a path does not matter.

use std::cmp::Ordering;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Exact(String),
    Named(String),
    Rest,
}

/// A route as written in the manifest, ready to be matched.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    written: String,
    segments: Vec<Segment>,
}

/// What a match found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Matched {
    /// The values of `:name` segments, in order.
    pub named: Vec<(String, String)>,
    /// What `...` stood for: empty, or a path with its leading slash.
    pub rest: String,
}

impl Pattern {
    /// Reads a route.
    ///
    /// # Errors
    /// What is wrong with it, worded to follow the quoted route.
    pub(crate) fn parse(route: &str) -> Result<Self, String> {
        let Some(path) = route.strip_prefix('/') else {
            return Err("must start with /".to_owned());
        };
        let path = path.strip_suffix('/').unwrap_or(path);
        let mut segments = Vec::new();
        for part in path.split('/').filter(|_| !path.is_empty()) {
            if segments.last() == Some(&Segment::Rest) {
                return Err("may have `...` only at its end".to_owned());
            }
            segments.push(match part.strip_prefix(':') {
                _ if part == "..." => Segment::Rest,
                Some(name) if crate::manifest::is_variable_name(&name.replace('-', "_")) => {
                    if segments.iter().any(|other| *other == Segment::Named(name.to_owned())) {
                        return Err(format!("names `:{name}` twice"));
                    }
                    Segment::Named(name.to_owned())
                }
                Some(_) => return Err("needs a name after `:`, in lower-case letters".to_owned()),
                None if part.is_empty() => return Err("has an empty segment".to_owned()),
                None if part.contains(['*', '?', '#', ' ']) || part.contains("...") => {
                    return Err("may have only plain segments, `:name` and a closing `...`".to_owned());
                }
                None => Segment::Exact(part.to_owned()),
            });
        }
        Ok(Self { written: route.to_owned(), segments })
    }

    /// The route as the manifest has it.
    #[must_use]
    pub(crate) fn written(&self) -> &str {
        &self.written
    }

    /// Two patterns with the same identity answer exactly the same paths.
    #[must_use]
    pub(crate) fn identity(&self) -> String {
        let part = |segment: &Segment| match segment {
            Segment::Exact(text) => format!("/{text}"),
            Segment::Named(_) => "/:".to_owned(),
            Segment::Rest => "/...".to_owned(),
        };
        self.segments.iter().map(part).collect()
    }

    /// The route without its closing `/...` (Spin's `spin-component-route`).
    #[must_use]
    pub(crate) fn prefix(&self) -> &str {
        let path = self.written.strip_suffix("/...").unwrap_or(&self.written);
        path.strip_suffix('/').unwrap_or(path)
    }

    /// The match of a request's path, if it is one.
    #[must_use]
    pub(crate) fn matches(&self, path: &str) -> Option<Matched> {
        let mut left = path.strip_prefix('/').unwrap_or(path);
        let mut named = Vec::new();
        // Everything after the part last taken, with its slash, for the rest.
        let mut after = if path == "/" { "" } else { path };
        for segment in &self.segments {
            if *segment == Segment::Rest {
                return Some(Matched { named, rest: after.to_owned() });
            }
            if left.is_empty() {
                return None;
            }
            let (part, next) = left.split_once('/').unwrap_or((left, ""));
            after = after.get(part.len() + 1..).unwrap_or("");
            left = next;
            match segment {
                Segment::Exact(text) if text == part => {}
                Segment::Named(name) if !part.is_empty() => named.push((name.clone(), part.to_owned())),
                _ => return None,
            }
        }
        left.is_empty().then(|| Matched { named, rest: String::new() })
    }

    /// The more particular of two patterns is the greater.
    fn particularity(&self, other: &Self) -> Ordering {
        let weight = |segment: &Segment| match segment {
            Segment::Exact(_) => 3,
            Segment::Named(_) => 2,
            Segment::Rest => 0,
        };
        for place in 0..self.segments.len().max(other.segments.len()) {
            // A pattern that has ended is worth more than a rest and less than one more segment.
            let ours = self.segments.get(place).map_or(1, weight);
            let theirs = other.segments.get(place).map_or(1, weight);
            if ours != theirs {
                return ours.cmp(&theirs);
            }
        }
        Ordering::Equal
    }
}

/// The application's routes, most particular first.
#[derive(Clone, Debug)]
pub(crate) struct Router<T> {
    routes: Vec<(Pattern, T)>,
}

impl<T> Router<T> {
    /// Orders the routes; the order given does not matter.
    #[must_use]
    pub(crate) fn new(mut routes: Vec<(Pattern, T)>) -> Self {
        routes.sort_by(|one, other| other.0.particularity(&one.0));
        Self { routes }
    }

    /// The most particular route that answers this path.
    #[must_use]
    pub(crate) fn find(&self, path: &str) -> Option<(&Pattern, &T, Matched)> {
        self.routes.iter().find_map(|(pattern, target)| Some((pattern, target, pattern.matches(path)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn router(routes: &[&'static str]) -> Router<&'static str> {
        Router::new(routes.iter().map(|route| (Pattern::parse(route).unwrap(), *route)).collect())
    }

    #[test]
    fn the_most_particular_route_wins_whatever_the_order() {
        let routes =
            ["/...", "/x", "/x/...", "/x/:id", "/x/y/...", "/x/y", "/:one/deep/...", "/x/:id/z", "/tv/..."];
        let table = [
            ("/", "/..."),
            ("/other", "/..."),
            ("/x", "/x"),
            ("/x/", "/x"),
            ("/x/1", "/x/:id"),
            ("/x/y", "/x/y"),
            ("/x/y/z", "/x/y/..."),
            ("/x/1/z", "/x/:id/z"),
            ("/x/1/other", "/x/..."),
            ("/q/deep/er", "/:one/deep/..."),
            ("/tv", "/tv/..."),
            ("/tv/", "/tv/..."),
            ("/tv/home/1", "/tv/..."),
            ("/tvx", "/..."),
            ("/TV", "/..."),
        ];
        let mut reversed = routes;
        reversed.reverse();
        for router in [router(&routes), router(&reversed)] {
            for (path, wanted) in table {
                assert_eq!(router.find(path).map(|(_, route, _)| *route), Some(wanted), "{path}");
            }
        }
    }

    #[test]
    fn an_exact_route_matches_nothing_else() {
        let router = router(&["/cart"]);
        for path in ["/", "/car", "/cart/checkout", "/carts", "//cart"] {
            assert!(router.find(path).is_none(), "{path}");
        }
    }

    #[test]
    fn the_rest_and_the_names_come_back() {
        let found = |route: &str, path: &str| Pattern::parse(route).unwrap().matches(path).unwrap();
        assert_eq!(found("/...", "/a/b").rest, "/a/b");
        assert_eq!(found("/...", "/").rest, "");
        assert_eq!(found("/x/...", "/x").rest, "");
        assert_eq!(found("/x/...", "/x/").rest, "/");
        assert_eq!(found("/x/...", "/x/a//b/").rest, "/a//b/");
        let matched = found("/u/:user/...", "/u/42/bar");
        assert_eq!(matched.named, [("user".to_owned(), "42".to_owned())]);
        assert_eq!(matched.rest, "/bar");
        assert_eq!(Pattern::parse("/u/:user/...").unwrap().prefix(), "/u/:user");
    }

    #[test]
    fn wrong_routes_say_why() {
        for route in ["x", "/a/.../b", "/a//b", "/a/:", "/a/*", "/:x/:x", "/a..."] {
            assert!(Pattern::parse(route).is_err(), "{route}");
        }
    }
}
