//! Which pages are meant: `/products/{product}.html`, `/sale/{*rest}`.

use serde::{Deserialize, Serialize};

/// The most bytes that a pattern may have.
const LONGEST: usize = 512;

/// A pattern of paths. A part in braces stands for at least one byte that is no slash, one with a star for all the rest;
/// a part of the path has one such at most, with what stands before and after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern(Vec<Part>);

/// What stands between two slashes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Part {
    Exactly(Box<str>),
    Named { before: Box<str>, name: Box<str>, after: Box<str> },
    Rest(Box<str>),
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is wrong with it, and what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.len() > LONGEST {
            return Err(format!("a page's pattern has at most {LONGEST} bytes, and this has {}", text.len()));
        }
        let Some(path) = text.strip_prefix('/') else {
            return Err(format!("pages begin with a slash: {:?}", format!("/{text}")));
        };
        if path.contains(['?', '#']) {
            return Err("pages are told by their path alone; leave out what follows ? or #".to_owned());
        }
        let mut parts = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        for text in path.split('/') {
            if matches!(parts.last(), Some(Part::Rest(_))) {
                return Err("nothing may follow {*…}, which stands for all the rest".to_owned());
            }
            let (part, name) = part(text)?;
            if let Some(name) = name {
                if names.contains(&name) {
                    return Err(format!("{{{name}}} stands twice; give each part a name of its own"));
                }
                names.push(name);
            }
            parts.push(part);
        }
        Ok(Self(parts))
    }

    /// The parts of a path that the pattern names; `None` when it does not match.
    #[must_use]
    pub fn matches<'p>(&self, path: &'p str) -> Option<Vec<(&str, &'p str)>> {
        let mut rest = Some(path.strip_prefix('/')?);
        let mut found = Vec::new();
        for part in &self.0 {
            let left = rest?;
            if let Part::Rest(name) = part {
                return (!left.is_empty()).then(|| {
                    found.push((&**name, left));
                    found
                });
            }
            let (text, more) = left.split_once('/').map_or((left, None), |(text, more)| (text, Some(more)));
            match part {
                Part::Named { before, name, after } => {
                    let value = text.strip_prefix(&**before)?.strip_suffix(&**after)?;
                    found.push((&**name, Some(value).filter(|value| !value.is_empty())?));
                }
                Part::Exactly(word) if **word == *text => {}
                Part::Exactly(_) | Part::Rest(_) => return None,
            }
            rest = more;
        }
        rest.is_none().then_some(found)
    }

    /// Whether it names a part so.
    #[must_use]
    pub fn names(&self, wanted: &str) -> bool {
        self.0.iter().any(|part| match part {
            Part::Named { name, .. } | Part::Rest(name) => **name == *wanted,
            Part::Exactly(_) => false,
        })
    }

    /// How exact it is: of two that match a path, the greater says what its parts are called.
    #[must_use]
    pub fn exactness(&self) -> usize {
        let of = |part: &Part| match part {
            Part::Exactly(word) => 2 * word.len() + 2,
            Part::Named { before, after, .. } => 2 * (before.len() + after.len()) + 1,
            Part::Rest(_) => 0,
        };
        self.0.iter().map(of).sum()
    }

    /// Whether there may be a path that both match.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let (mut mine, mut theirs) = (self.0.iter(), other.0.iter());
        loop {
            match (mine.next(), theirs.next()) {
                (None, None) => return true,
                // The rest is at least one byte.
                (Some(Part::Rest(_)), Some(other)) => return !is_empty(other) || theirs.next().is_some(),
                (Some(one), Some(Part::Rest(_))) => return !is_empty(one) || mine.next().is_some(),
                (Some(one), Some(other)) if meet(one, other) => {}
                _ => return false,
            }
        }
    }
}

fn is_empty(part: &Part) -> bool {
    matches!(part, Part::Exactly(word) if word.is_empty())
}

/// Whether a text between two slashes may be both.
fn meet(one: &Part, other: &Part) -> bool {
    let fits = |before: &str, after: &str, word: &str| {
        word.len() > before.len() + after.len() && word.starts_with(before) && word.ends_with(after)
    };
    match (one, other) {
        (Part::Exactly(one), Part::Exactly(other)) => one == other,
        (Part::Exactly(word), Part::Named { before, after, .. })
        | (Part::Named { before, after, .. }, Part::Exactly(word)) => fits(before, after, word),
        (Part::Named { before: b, after: a, .. }, Part::Named { before: d, after: c, .. }) => {
            let begins = b.starts_with(&**d) || d.starts_with(&**b);
            begins && (a.ends_with(&**c) || c.ends_with(&**a))
        }
        _ => true,
    }
}

/// A part, and what it names.
fn part(text: &str) -> Result<(Part, Option<&str>), String> {
    let Some((before, rest)) = text.split_once('{') else {
        return match text.contains('}') {
            true => Err(format!("{text:?} closes a brace that it does not open")),
            false => Ok((Part::Exactly(text.into()), None)),
        };
    };
    let Some((name, after)) = rest.split_once('}') else {
        return Err(format!("{text:?} opens a brace that it does not close; write {{product}}"));
    };
    if before.contains('}') || after.contains(['{', '}']) {
        return Err(format!("{text:?} may have one part in braces between two slashes"));
    }
    let (is_rest, name) = name.strip_prefix('*').map_or((false, name), |name| (true, name));
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    if !is_name {
        return Err(format!("{text:?}: a part is named by a-z and _, such as {{product}}"));
    }
    match is_rest {
        true if before.is_empty() && after.is_empty() => Ok((Part::Rest(name.into()), Some(name))),
        true => Err(format!("{{*{name}}} stands alone after a slash, for all the rest")),
        false => {
            let (before, after) = (before.into(), after.into());
            Ok((Part::Named { before, name: name.into(), after }, Some(name)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        Pattern::parse(text).unwrap()
    }

    #[test]
    fn a_pattern_matches_whole_paths_and_names_their_parts() {
        let parts = |text: &str, path: &str| -> Option<String> {
            let pattern = pattern(text);
            let found = pattern.matches(path)?;
            Some(found.iter().map(|(name, value)| format!("{name}={value} ")).collect())
        };
        let said = |text: &str| Some(text.to_owned());
        assert_eq!(parts("/", "/"), said(""));
        assert_eq!(parts("/a/b", "/a/b"), said(""));
        assert_eq!(parts("/products/{product}.html", "/products/coat.html"), said("product=coat "));
        assert_eq!(parts("/p-{product}/{more}", "/p-a%20b/x"), said("product=a%20b more=x "));
        assert_eq!(parts("/sale/{*rest}", "/sale/a/b"), said("rest=a/b "));
        for (text, path) in [
            ("/", "/a"),
            ("/a", "/"),
            ("/a", "/a/"),
            ("/a/", "/a"),
            ("/a", "/ab"),
            ("/{x}", "/"),
            ("/{x}", "/a/b"),
            ("/p/{x}.html", "/p/.html"),
            ("/p/{x}.html", "/p/a.htm"),
            ("/{*rest}", "/"),
            ("/a", "a"),
        ] {
            assert_eq!(parts(text, path), None, "{text} {path}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_told_with_its_cure() {
        for (text, word) in [
            ("", "slash: \"/\""),
            ("products", "slash: \"/products\""),
            ("/a?b", "path alone"),
            ("/{x", "does not close"),
            ("/x}", "does not open"),
            ("/{a}-{b}", "one part in braces"),
            ("/{}", "named by a-z"),
            ("/{Product}", "named by a-z"),
            ("/{*all}/x", "nothing may follow"),
            ("/x{*all}", "stands alone"),
            ("/{a}/{a}", "stands twice"),
            (&format!("/{}", "x".repeat(600)), "at most 512"),
        ] {
            let why = Pattern::parse(text).unwrap_err();
            assert!(why.contains(word), "{text}: {why}");
        }
    }

    #[test]
    fn the_more_a_pattern_says_the_more_exact_it_is() {
        let order = ["/{*rest}", "/{a}/{*rest}", "/p/{a}", "/p/{a}.html", "/p/sale.html"];
        assert!(order.map(pattern).windows(2).all(|two| two[0].exactness() < two[1].exactness()));
    }

    #[test]
    fn patterns_overlap_where_one_path_may_be_both() {
        let overlap = |a: &str, b: &str| {
            let both = pattern(a).overlaps(&pattern(b));
            assert_eq!(both, pattern(b).overlaps(&pattern(a)), "{a} {b}");
            both
        };
        for (a, b) in
            [("/", "/"), ("/{x}", "/a"), ("/{*rest}", "/p/{x}.html"), ("/a{x}", "/{y}b"), ("/p{x}", "/pq{y}")]
        {
            assert!(overlap(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("/", "/a"),
            ("/a", "/a/b"),
            ("/a/{x}", "/b/{x}"),
            ("/{x}.html", "/{y}.php"),
            ("/a{x}", "/b{y}"),
            ("/{x}.html", "/.html"),
            ("/{*rest}", "/"),
            ("/a/{*rest}", "/a"),
        ] {
            assert!(!overlap(a, b), "{a} {b}");
        }
    }
}
