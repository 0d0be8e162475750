//! Colours from the shop.

/// A colour that may stand in a `fill` attribute: `#rrggbb` and nothing else.
pub(crate) fn tone(text: &str) -> Option<String> {
    let digits = text.strip_prefix('#')?;
    (digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit())).then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::tone;

    #[test]
    fn only_a_plain_colour_is_taken() {
        assert_eq!(tone("#C9B08a").as_deref(), Some("#c9b08a"));
        for text in ["", "#fff", "red", "#c9b08a;x", "url(#a)", "#c9b08é"] {
            assert_eq!(tone(text), None, "{text}");
        }
    }
}
