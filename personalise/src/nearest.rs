//! The known name that an unknown one was meant to be.

/// Names longer than this are not guessed at; bounds the work.
const LONGEST: usize = 64;

/// The nearest of `known` by the number of letters added, dropped, changed or swapped: at most a third of the
/// word's, and at most three. The first of several that are as near.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = (word.len() / 3).clamp(1, 3);
    let near = known.into_iter().filter_map(|name| Some((distance(word, name, most)?, name)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// ", did you mean `x`?", or nothing.
pub(crate) fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

/// Letters added, dropped, changed, or swapped with the next, row by row; `None` beyond `most`.
fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most || a.len().max(b.len()) > LONGEST {
        return None;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut above: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let of = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX - 1);
            let changed = of(&row, j) + usize::from(from != to);
            let mut least = changed.min(of(&row, j + 1) + 1).min(of(&next, j) + 1);
            let swaps = i > 0 && j > 0 && a.get(i - 1) == Some(to) && b.get(j - 1) == Some(from);
            if swaps {
                least = least.min(of(&above, j - 1) + 1);
            }
            next.push(least);
        }
        if next.iter().all(|distance| *distance > most) {
            return None;
        }
        above = std::mem::replace(&mut row, next);
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
        assert_eq!(distance("frist", "first", 1), Some(1));
        assert_eq!(distance("abc", "", 3), Some(3));
    }
}
