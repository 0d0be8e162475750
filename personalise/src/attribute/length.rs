//! Lengths of time as people write them.

/// Reads a length such as `7 days`, `1h30m` or `90 s`: whole seconds, at most a hundred years.
///
/// A day is 24 hours, a week seven days. The units are s, m, h, d, w and their English words; each has a whole
/// number before it. `None` for anything else.
pub fn seconds(text: &str) -> Option<i64> {
    const MOST: i64 = 100 * 366 * 86_400;
    let mut rest = text.trim();
    let mut total = 0_i64;
    if rest.is_empty() || rest.len() > 64 {
        return None;
    }
    while !rest.is_empty() {
        let (digits, after) = rest.split_at_checked(run(rest, |c| c.is_ascii_digit()))?;
        let after = after.trim_start();
        let (unit, after) = after.split_at_checked(run(after, |c| c.is_ascii_alphabetic()))?;
        total = total.checked_add(digits.parse::<i64>().ok()?.checked_mul(unit_seconds(unit)?)?)?;
        rest = after.trim_start();
    }
    (total <= MOST).then_some(total)
}

fn run(text: &str, belongs: fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn unit_seconds(unit: &str) -> Option<i64> {
    Some(match unit {
        "s" | "sec" | "second" | "seconds" => 1,
        "m" | "min" | "minute" | "minutes" => 60,
        "h" | "hour" | "hours" => 3_600,
        "d" | "day" | "days" => 86_400,
        "w" | "week" | "weeks" => 604_800,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for (text, expected) in [
            ("7 days", Some(604_800)),
            ("1h30m", Some(5_400)),
            ("1 week 2 days", Some(777_600)),
            ("0s", Some(0)),
            ("7", None),
            ("days", None),
            ("", None),
            ("-1 day", None),
            ("1 month", None),
            ("99999999999999999999 s", None),
            ("9999999 weeks", None),
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }
}
