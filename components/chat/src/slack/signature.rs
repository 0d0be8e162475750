//! Slack's request signature: <https://docs.slack.dev/authentication/verifying-requests-from-slack> (2026-11).

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use std::fmt;

/// How far a request's time may be from ours, in seconds, either way.
pub const WINDOW: i64 = 300;

/// Why a request is not believed; for the log, never for the sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forged {
    /// No time, or none that can be read.
    NoTime,
    /// Outside the window: a replay, or a clock that is wrong.
    Stale,
    /// No signature, or another one.
    Signature,
}

impl fmt::Display for Forged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoTime => "it has no readable X-Slack-Request-Timestamp",
            Self::Stale => "its time is more than five minutes from ours; check this host's clock",
            Self::Signature => "its signature is missing or wrong; check slack_signing_secret",
        })
    }
}

/// Checks `v0=` HMAC-SHA256 of `v0:timestamp:body`, in constant time.
///
/// # Errors
/// Why it is not believed.
pub fn check(secret: &str, timestamp: &str, given: &str, body: &[u8], now: Timestamp) -> Result<(), Forged> {
    let sent: i64 = timestamp.parse().map_err(|_| Forged::NoTime)?;
    if now.as_second().abs_diff(sent) > WINDOW.unsigned_abs() {
        return Err(Forged::Stale);
    }
    let given = given.strip_prefix("v0=").and_then(bytes).ok_or(Forged::Signature)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|_| Forged::Signature)?;
    mac.update(format!("v0:{timestamp}:").as_bytes());
    mac.update(body);
    mac.verify_slice(&given).map_err(|_| Forged::Signature)
}

/// 32 bytes from 64 hexadecimal digits.
fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = hex.chars().map(|digit| digit.to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len() == 64)?;
    digits
        .chunks_exact(2)
        .map(|pair| u8::try_from(pair.iter().fold(0, |sum, digit| sum * 16 + digit)).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // The example of Slack's own page.
    const SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";
    const TIME: &str = "1531420618";
    const BODY: &str = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    const SIGNATURE: &str = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    fn checked(time: &str, signature: &str, body: &str, later: i64) -> Result<(), Forged> {
        let now = Timestamp::from_second(1_531_420_618 + later).unwrap();
        check(SECRET, time, signature, body.as_bytes(), now)
    }

    #[test]
    fn slacks_own_example_is_believed() {
        assert_eq!(checked(TIME, SIGNATURE, BODY, 0), Ok(()));
        assert_eq!(checked(TIME, SIGNATURE, BODY, 300), Ok(()));
        assert_eq!(checked(TIME, SIGNATURE, BODY, -300), Ok(()));
    }

    #[test]
    fn nothing_else_is() {
        assert_eq!(checked(TIME, SIGNATURE, BODY, 301), Err(Forged::Stale));
        assert_eq!(checked(TIME, SIGNATURE, BODY, -301), Err(Forged::Stale));
        assert_eq!(checked("", SIGNATURE, BODY, 0), Err(Forged::NoTime));
        assert_eq!(checked("1531420618.0", SIGNATURE, BODY, 0), Err(Forged::NoTime));
        assert_eq!(checked(&i64::MIN.to_string(), SIGNATURE, BODY, 0), Err(Forged::Stale));
        assert_eq!(checked("1531420619", SIGNATURE, BODY, 0), Err(Forged::Signature));
        assert_eq!(checked(TIME, SIGNATURE, &format!("{BODY} "), 0), Err(Forged::Signature));
        for signature in [
            "",
            "v0=",
            "v0=zz",
            "v1=a2114d",
            SIGNATURE.trim_end_matches('3'),
            &SIGNATURE.replace('a', "b"),
            "v0=é",
        ] {
            assert_eq!(checked(TIME, signature, BODY, 0), Err(Forged::Signature), "{signature}");
        }
    }
}
