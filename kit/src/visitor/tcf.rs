//! The consent string of the IAB's Transparency and Consent Framework, version 2
//! (<https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework>, "TC string format").

use super::Consents;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The cookie in which consent platforms keep it.
pub(super) const COOKIE: &str = "euconsent-v2";

/// Where the 24 bits of the purposes' consent begin in the core segment, in bits.
const PURPOSES: usize = 152;
/// Longer strings are not worth reading; real ones have some hundred characters.
const LONGEST: usize = 8_192;

/// What a string allows; `None` when it cannot be read. Storing (purpose 1) belongs to all; personalisation asks for
/// the making (5) and the use (6) of profiles for content, analytics for the measuring of content (8), and marketing
/// for the making (3) and use (4) of profiles for advertising.
pub(super) fn read(text: &str) -> Option<Consents> {
    let core = text.split('.').next().filter(|core| core.len() <= LONGEST)?;
    let bytes = URL_SAFE_NO_PAD.decode(core.trim_end_matches('=')).ok()?;
    let version = bytes.first()? >> 2;
    let field = bytes.get(PURPOSES / 8..PURPOSES / 8 + 3)?;
    let may = |purpose: usize| {
        field.get((purpose - 1) / 8).is_some_and(|byte| byte & (0x80 >> ((purpose - 1) % 8)) != 0)
    };
    (version == 2).then(|| Consents {
        personalisation: may(1) && may(5) && may(6),
        analytics: may(1) && may(8),
        marketing: may(1) && may(3) && may(4),
    })
    // What tells analytics from personalisation is ours: the framework has no such words.
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A string that agrees to some purposes.
    pub(in super::super) fn written(purposes: &[usize]) -> String {
        let mut bytes = [0_u8; 27];
        bytes[0] = 2 << 2;
        for purpose in purposes {
            bytes[PURPOSES / 8 + (purpose - 1) / 8] |= 0x80 >> ((purpose - 1) % 8);
        }
        URL_SAFE_NO_PAD.encode(bytes)
    }

    #[test]
    fn purposes_are_read_and_what_is_no_string_is_none() {
        let of = |purposes: &[usize]| read(&written(purposes)).unwrap().names();
        assert_eq!(of(&[1, 5, 6]), ["personalisation"]);
        assert_eq!(of(&[5, 6, 8]), [""; 0], "nothing may be stored");
        assert_eq!(of(&[1, 3, 4, 5, 8]), ["analytics", "marketing"]);
        assert_eq!(
            read(&format!("{}.YAAAAAAAAAAA", written(&[1, 5, 6]))).unwrap().names(),
            ["personalisation"]
        );
        let third = written(&[1, 5, 6]).replacen('C', "D", 1);
        for wrong in ["", ".", "CO", "%%%", written(&[1]).get(..20).unwrap(), &third, &"A".repeat(100_000)] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
