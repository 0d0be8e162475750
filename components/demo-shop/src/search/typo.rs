//! One slip of the finger.

/// Words shorter than this must be right: in `oat`, one letter is a third of the word.
pub(crate) const SHORTEST: usize = 5;

/// Whether two words differ by one letter that is wrong, missing, too many, or swapped with its neighbour.
pub(crate) fn one_slip(typed: &str, meant: &str) -> bool {
    let (typed, meant): (Vec<char>, Vec<char>) = (typed.chars().collect(), meant.chars().collect());
    if typed.len().abs_diff(meant.len()) > 1 || typed == meant {
        return false;
    }
    let ahead = typed.iter().zip(&meant).take_while(|(a, b)| a == b).count();
    let rest = (typed.get(ahead..).unwrap_or_default(), meant.get(ahead..).unwrap_or_default());
    match rest {
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([a, b, x @ ..], [c, d, y @ ..]) if a == d && b == c && x == y => true,
        ([_, a @ ..], b) if a == b => true,
        (a, [_, b @ ..]) if a == b => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::one_slip;

    #[test]
    fn one_letter_and_no_more() {
        for typed in ["trensh", "trnch", "trrench", "rtench", "trenchh", "trenc"] {
            assert!(one_slip(typed, "trench"), "{typed}");
        }
        for typed in ["trench", "trns", "brunch", "hcnert", ""] {
            assert!(!one_slip(typed, "trench"), "{typed}");
        }
    }
}
