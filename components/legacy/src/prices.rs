//! The price list: `prices.tsv`, a line for each item.

use std::path::Path;

/// One line: what is for sale and for how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// The name of its page, `[a-z0-9-]+`.
    pub(crate) slug: String,
    /// Pence.
    pub(crate) price: u32,
    /// As it is called; text, not HTML.
    pub(crate) name: String,
}

/// What is for sale, in the order of the file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Prices(Vec<Item>);

impl Prices {
    /// Reads the list of a folder. A line that is none is left out, a file that is not there is an empty list.
    pub(crate) fn read(folder: &Path) -> Self {
        Self::of(&std::fs::read_to_string(folder.join("prices.tsv")).unwrap_or_default())
    }

    /// Reads `slug TAB pence TAB name` a line.
    pub(crate) fn of(list: &str) -> Self {
        let item = |line: &str| {
            let mut fields = line.splitn(3, '\t');
            let slug = fields.next().filter(|slug| is_slug(slug))?.to_owned();
            let price = fields.next()?.parse().ok()?;
            Some(Item { slug, price, name: fields.next()?.to_owned() })
        };
        Self(list.lines().filter_map(item).collect())
    }

    /// The item of a slug.
    pub(crate) fn item(&self, slug: &str) -> Option<&Item> {
        self.0.iter().find(|item| item.slug == slug)
    }

    /// All items.
    #[cfg(test)]
    pub(crate) fn items(&self) -> &[Item] {
        &self.0
    }
}

/// Only `[a-z0-9-]`, which needs no escaping in a cookie, an address or HTML.
pub(crate) fn is_slug(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=60).contains(&text.len()) && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::{Item, Prices};

    #[test]
    fn a_line_is_an_item_and_a_broken_line_is_none() {
        let list = "a-b\t250\tA & <b>\tB\n\nno price\nx\tfive\tX\nX\t1\tX\ny\t-1\tY\nz\t1\n";
        assert_eq!(
            Prices::of(list).items(),
            [Item { slug: "a-b".into(), price: 250, name: "A & <b>\tB".into() }]
        );
    }
}
