//! Tags: what a public answer is about, for caches, and for whoever purges them.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, percent_encode};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// What a tag may be about, its example, and whether a name follows the kind.
const KINDS: [(&str, &str, bool); 9] = [
    ("product", "product:trench-coat", true),
    ("variant", "variant:TRENCH-NAVY-S", true),
    ("category", "category:coats", true),
    ("content", "content:autumn-look", true),
    ("slot", "slot:home_hero", true),
    ("store", "store:london", true),
    ("market", "market:en-gb", true),
    ("listing", "listing", false),
    ("shop", "shop", false),
];

/// Bytes of the longest tag.
const LONGEST: usize = 100;

/// What would end a tag in a header or a list, and the sign of encoding itself. Non-ASCII is always encoded.
const ENCODED: &AsciiSet =
    &CONTROLS.add(b' ').add(b',').add(b'%').add(b'"').add(b'\\').add(b'<').add(b'>').add(b'`');

/// What a public answer is about, such as `product:trench-coat`.
///
/// The text has neither space, comma, control nor non-ASCII characters and at most 100 bytes, whatever a
/// backend calls its things: the rest of a name is percent-encoded, and a longer one is its SHA-256. Two names
/// that share a tag are only purged together.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(String);

impl Tag {
    /// A product, by its slug or the backend's id; an answer about it has both tags.
    pub fn product(slug_or_id: &str) -> Self {
        Self::named("product", slug_or_id.as_bytes())
    }

    /// A variant of a product, by its stock keeping unit or the backend's id.
    pub fn variant(sku_or_id: &str) -> Self {
        Self::named("variant", sku_or_id.as_bytes())
    }

    /// A category, by its slug or the backend's id.
    pub fn category(slug_or_id: &str) -> Self {
        Self::named("category", slug_or_id.as_bytes())
    }

    /// A content block or look, by its id.
    pub fn content(id: &str) -> Self {
        Self::named("content", id.as_bytes())
    }

    /// Whatever content a slot shows.
    pub fn slot(name: &str) -> Self {
        Self::named("slot", name.as_bytes())
    }

    /// A store, by its slug or the backend's id.
    pub fn store(slug_or_id: &str) -> Self {
        Self::named("store", slug_or_id.as_bytes())
    }

    /// Everything in one market, by [`super::Market::id`].
    pub fn market(id: &str) -> Self {
        Self::named("market", id.as_bytes())
    }

    /// Every list of products, in any of which a new one may appear, and the tree of categories.
    pub fn listing() -> Self {
        Self("listing".to_owned())
    }

    /// Everything.
    pub fn shop() -> Self {
        Self("shop".to_owned())
    }

    /// Reads a tag as it is written here, or with the characters as they are that [`Tag::as_str`] encodes.
    ///
    /// # Errors
    /// [`TagError`] when no kind of tag is so called, or a name is missing or one too many.
    pub fn parse(text: &str) -> Result<Self, TagError> {
        let text = text.trim();
        let (kind, name) = text.split_once(':').map_or((text, None), |(kind, name)| (kind, Some(name)));
        let wrong = || TagError(text.to_owned());
        let (_, _, has_name) = KINDS.iter().find(|(known, ..)| *known == kind).ok_or_else(wrong)?;
        match name {
            Some(name) if *has_name && !name.is_empty() => {
                Ok(Self::named(kind, &percent_decode_str(name).collect::<Vec<u8>>()))
            }
            None if !has_name => Ok(Self(kind.to_owned())),
            _ => Err(wrong()),
        }
    }

    /// Such as `product:trench-coat`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its short form for caches: the first 8 bytes of the SHA-256 of the text, big-endian.
    pub fn digest(&self) -> u64 {
        let digest = Sha256::digest(self.0.as_bytes());
        digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    fn named(kind: &str, name: &[u8]) -> Self {
        let text = format!("{kind}:{}", percent_encode(name, ENCODED));
        if text.len() <= LONGEST {
            return Self(text);
        }
        let digest = Sha256::digest(name);
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Self(format!("{kind}:~{hex}"))
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no tag; holds the text, and says what it might have meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagError(String);

impl fmt::Display for TagError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, name) = self.0.split_once(':').unwrap_or((&self.0, ""));
        let short = |text: &str| text.chars().take(LONGEST).collect::<String>().escape_debug().to_string();
        write!(f, "`{}` is not a tag", short(&self.0))?;
        let mut end = ".";
        if let Some((near, example, has_name)) = nearest(kind) {
            let meant = match (has_name, name) {
                (true, "") => (*example).to_owned(),
                (true, name) => format!("{near}:{}", short(name)),
                (false, _) => (*near).to_owned(),
            };
            write!(f, "; did you mean `{meant}`")?;
            end = "?";
        }
        let examples: Vec<&str> = KINDS.iter().map(|(_, example, _)| *example).collect();
        write!(f, "{end} Tags look like these: {}", examples.join(", "))
    }
}

impl std::error::Error for TagError {}

/// The kind that a word is meant to be: one of at most three changed letters, and at most half of its own.
fn nearest(word: &str) -> Option<&'static (&'static str, &'static str, bool)> {
    let word: Vec<char> = word.chars().take(LONGEST).map(|letter| letter.to_ascii_lowercase()).collect();
    let distances = KINDS.iter().map(|kind| (distance(&word, kind.0), kind));
    let (changes, kind) = distances.min_by_key(|(changes, _)| *changes)?;
    (changes <= (kind.0.len() / 2).min(3)).then_some(kind)
}

/// How many letters to change, add or leave out (Levenshtein).
fn distance(from: &[char], to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (at, letter) in from.iter().enumerate() {
        let mut next = vec![at + 1];
        for ((wanted, above), both) in to.iter().zip(row.iter().skip(1)).zip(&row) {
            let left = next.last().copied().unwrap_or_default();
            next.push((left + 1).min(above + 1).min(both + usize::from(letter != wanted)));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_reads_back_as_it_is_written() {
        for (text, written) in [
            ("product:trench-coat", "product:trench-coat"),
            ("product:gid://shopify/Product/1", "product:gid://shopify/Product/1"),
            ("listing", "listing"),
            (" shop\n", "shop"),
            ("slot:home hero, left", "slot:home%20hero%2C%20left"),
            ("category:mäntel", "category:m%C3%A4ntel"),
            ("product:100%", "product:100%25"),
            ("product:a%2Fb%00\u{7f}", "product:a/b%00%7F"),
        ] {
            let tag = Tag::parse(text).unwrap();
            assert_eq!(tag.as_str(), written);
            assert_eq!(Tag::parse(tag.as_str()).unwrap(), tag, "{text}");
        }
        assert_eq!(Tag::product("a:b"), Tag::parse("product:a:b").unwrap());
    }

    #[test]
    fn whatever_a_backend_calls_its_things_a_tag_fits_into_a_header_and_stays_apart() {
        let long = "x".repeat(93);
        let names =
            ["", " ", ",", "\r\nset-cookie: a", "ж", "\0", "%2C", "%", "a\"b", &long, &"ж".repeat(999)];
        let mut seen = std::collections::BTreeSet::new();
        for name in names {
            let tag = Tag::product(name);
            let fits = tag.as_str().bytes().all(|byte| matches!(byte, b'!'..=b'~') && byte != b',');
            assert!(fits && tag.as_str().len() <= 100, "{tag}");
            assert!(seen.insert(tag.digest()), "{name:?} shares its tag");
            assert!(name.is_empty() || Tag::parse(tag.as_str()).unwrap() == tag, "{tag}");
        }
        assert_eq!(Tag::product(&"x".repeat(92)).as_str().len(), 100);
        assert!(Tag::product(&long).as_str().starts_with("product:~"));
    }

    #[test]
    fn the_digest_is_that_of_the_text() {
        // printf 'product:trench-coat' | sha256sum | cut -c1-16
        assert_eq!(format!("{:016x}", Tag::product("trench-coat").digest()), "0e16ea79b7fcf7a8");
    }

    #[test]
    fn what_is_no_tag_is_told_what_it_might_have_meant() {
        for (text, meant) in [
            ("prodcut:trench-coat", "`product:trench-coat`?"),
            ("Product:a", "`product:a`?"),
            ("products:a", "`product:a`?"),
            ("categories:a", "`category:a`?"),
            ("listings", "`listing`?"),
            ("listing:coats", "`listing`?"),
            ("product", "`product:trench-coat`?"),
            ("slot:", "`slot:home_hero`?"),
        ] {
            let why = Tag::parse(text).unwrap_err().to_string();
            assert!(why.contains(&format!("did you mean {meant}")), "{why}");
            assert!(why.contains("store:london"), "{why}");
        }
        for text in ["", ":", "trench-coat", "\u{1b}[31m", &"x".repeat(9999)] {
            let why = Tag::parse(text).unwrap_err().to_string();
            assert!(!why.contains("did you mean") && why.len() < 400 && !why.contains('\u{1b}'), "{why}");
        }
    }
}
