//! The natural order of sizes and the like: XS before S before M, 8 before 10, 128 GB before 1024.

/// Sizes by letters, smallest first.
const LETTERS: [&str; 7] = ["xxs", "xs", "s", "m", "l", "xl", "xxl"];

/// What to sort a value by; values that are neither keep the order in which the catalogue names them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Natural {
    Letters(usize),
    /// What stands before the number, and the number.
    Number(String, u64),
    Named,
}

/// The place of a value id.
pub(crate) fn natural(id: &str) -> Natural {
    if let Some(place) = LETTERS.iter().position(|letters| *letters == id) {
        return Natural::Letters(place);
    }
    let before: String = id.chars().take_while(|c| !c.is_ascii_digit()).collect();
    let digits: String =
        id.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    match digits.parse() {
        Ok(number) => Natural::Number(before, number),
        Err(_) => Natural::Named,
    }
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn sizes_grow() {
        let mut sizes = ["king", "uk-5", "uk10", "xl", "uk8", "s", "single", "xs", "512gb", "128gb"];
        sizes.sort_by_key(|id| natural(id));
        assert_eq!(
            sizes,
            ["xs", "s", "xl", "128gb", "512gb", "uk8", "uk10", "uk-5", "king", "single"].map(|id| id),
            "{sizes:?}"
        );
    }
}
