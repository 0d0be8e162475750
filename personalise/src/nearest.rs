//! The known name that an unknown one was meant to be.

/// Names longer than this are not guessed at; bounds the work.
const LONGEST: usize = 64;

/// The nearest of `known` by the number of letters added, dropped or changed: at most a third of the word's, and
/// at most three. The first of several that are as near.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = (word.len() / 3).clamp(1, 3);
    let near = known.into_iter().filter_map(|name| Some((distance(word, name, most)?, name)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// ", did you mean `x`?", or nothing.
pub(crate) fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

/// After Levenshtein, row by row; `None` beyond `most`.
fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most || a.len().max(b.len()) > LONGEST {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.bytes().enumerate() {
        let mut before = i;
        let mut left = i + 1;
        let mut least = left;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, to) in row.iter_mut().skip(1).zip(b.bytes()) {
            let changed = before + usize::from(from != to);
            before = *cell;
            *cell = changed.min(before + 1).min(left + 1);
            left = *cell;
            least = least.min(left);
        }
        if least > most {
            return None;
        }
    }
    row.last().copied().filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_and_a_far_one_is_not() {
        let known = ["visitor.visits", "visitor.orders", "cart.total", "a"];
        assert_eq!(nearest("visitor.visit", known), Some("visitor.visits"));
        assert_eq!(nearest("visitor.odrers", known), Some("visitor.orders"));
        assert_eq!(nearest("cart.totall", known), Some("cart.total"));
        assert_eq!(nearest("geo.country", known), None);
        assert_eq!(nearest("", known), Some("a"));
        assert_eq!(nearest(&"x".repeat(1 << 20), known), None);
    }

    #[test]
    fn distances_count_letters() {
        assert_eq!(distance("kitten", "sitting", 3), Some(3));
        assert_eq!(distance("kitten", "sitting", 2), None);
        assert_eq!(distance("same", "same", 1), Some(0));
        assert_eq!(distance("abc", "", 3), Some(3));
    }
}
