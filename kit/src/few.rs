//! A set of a few things, in their order.
//!
//! A list that is kept sorted: for the tens of things that an answer reads it is no slower than a `BTreeSet`, whose
//! code would be in each head once for each type, some 5 KB.

use std::borrow::Borrow;
use std::fmt;

/// Things in their order, each once.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Few<T>(Vec<T>);

impl<T: Ord> Few<T> {
    /// Adds what is not there yet.
    pub(crate) fn insert(&mut self, thing: T) {
        if let Err(place) = self.0.binary_search(&thing) {
            self.0.insert(place, thing);
        }
    }

    /// Whether a thing is there.
    pub(crate) fn contains<Q: Ord + ?Sized>(&self, thing: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.binary_search_by(|known| known.borrow().cmp(thing)).is_ok()
    }

    /// The things, in their order.
    pub(crate) fn as_slice(&self) -> &[T] {
        &self.0
    }
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// As a list.
impl<T: fmt::Debug> fmt::Debug for Few<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Ord> Extend<T> for Few<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, things: I) {
        things.into_iter().for_each(|thing| self.insert(thing));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_is_there_once_and_in_its_order() {
        let mut few = Few::default();
        few.extend(["size", "page", "sort", "page", "colour"].map(str::to_owned));
        assert_eq!(few.as_slice(), ["colour", "page", "size", "sort"]);
        assert!(few.contains("page") && !few.contains("pages"));
        few.insert("page".to_owned());
        assert_eq!(format!("{few:?}"), r#"["colour", "page", "size", "sort"]"#);
    }
}
