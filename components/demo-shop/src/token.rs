//! Unguessable names: 128 random bits as 26 letters and digits that are safe in an address and on the phone.

/// Crockford's base 32, lower case: no `i`, `l`, `o`, `u`.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: u32 = 26;

/// The bits in words.
pub(crate) fn token(bits: [u8; 16]) -> String {
    let bits = u128::from_be_bytes(bits);
    let letter = |place: u32| {
        let five = (bits.checked_shr(place * 5).unwrap_or_default() & 31) as usize;
        ALPHABET.get(five).copied().map_or('0', char::from)
    };
    (0..LENGTH).rev().map(letter).collect()
}

/// Whether a text could have come from [`token`].
pub(crate) fn is_token(text: &str) -> bool {
    text.len() == LENGTH as usize && text.bytes().all(|b| ALPHABET.contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_bits_are_kept() {
        assert_eq!(token([0; 16]), "0".repeat(26));
        assert_eq!(token([255; 16]), format!("7{}", "z".repeat(25)));
        assert_eq!(token(33_u128.to_be_bytes()), format!("{}11", "0".repeat(24)));
        assert!(is_token(&token([7; 16])) && !is_token("") && !is_token(&"u".repeat(26)));
    }
}
