//! Cutting words to the room that a channel has.

/// At most `most` characters, cut after a word where there is one, with `…` for the rest. Control
/// characters, which no screen can show, become spaces.
pub fn cut(text: &str, most: usize) -> String {
    let clean: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if clean.chars().count() <= most {
        return clean;
    }
    let kept: String = clean.chars().take(most.saturating_sub(1)).collect();
    // A word longer than a third of the room is cut within.
    let word = kept.rsplit_once(' ').map(|(before, _)| before);
    let kept = word.filter(|before| before.chars().count() * 3 > most * 2).unwrap_or(&kept);
    // A joiner at the end would bind the ellipsis into an emoji.
    format!(
        "{}…",
        kept.trim_end_matches(|c: char| c == '\u{200d}' || c.is_whitespace() || ",;:.–-".contains(c))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_between_and_never_over() {
        assert_eq!(cut("  short\u{7}name ", 20), "short name");
        assert_eq!(cut("a long coat for rain, wind and more", 24), "a long coat for rain…");
        assert_eq!(cut(&"x".repeat(300), 10), format!("{}…", "x".repeat(9)));
        for most in 1..60 {
            for text in ["👨‍👩‍👧 family of three 👨‍👩‍👧‍👦 and four", "معطف المرفأ المطري الطويل بصفّي أزرار", "ééééé"]
            {
                assert!(cut(text, most).chars().count() <= most, "{most}: {text}");
            }
        }
    }
}
