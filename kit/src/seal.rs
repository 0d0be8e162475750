//! Sealing what a visitor keeps for us, so that it can be neither read nor changed outside.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use sha2::{Digest, Sha256};

/// Seals and opens with the operator's `session_key` (ChaCha20-Poly1305, RFC 8439); [`crate::keys::Keys::seal`] makes
/// one that opens what was sealed with the key before it, too.
#[derive(Clone)]
pub struct Seal {
    cipher: ChaCha20Poly1305,
    former: Option<ChaCha20Poly1305>,
}

/// What was sealed.
pub(crate) struct Opened {
    pub(crate) plain: Vec<u8>,
    /// Whether the former key sealed it.
    pub(crate) is_former: bool,
}

impl Seal {
    /// A seal from the operator's key text, of any length.
    pub fn new(key: &str) -> Self {
        Self { cipher: cipher(key), former: None }
    }

    /// The same, which also opens what another key sealed.
    pub(crate) fn or_by(self, former: Option<&str>) -> Self {
        Self { former: former.map(cipher), ..self }
    }

    /// Seals `plain` for one purpose; `chance` must be fresh for each call.
    pub fn close(&self, purpose: &str, plain: &[u8], chance: [u8; 16]) -> String {
        let mut nonce = [0_u8; 12];
        nonce.iter_mut().zip(chance).for_each(|(to, from)| *to = from);
        let payload = Payload { msg: plain, aad: purpose.as_bytes() };
        // Encryption fails only for messages of 256 GiB; an empty seal opens as nothing.
        let sealed = self.cipher.encrypt(&Nonce::from(nonce), payload).unwrap_or_default();
        URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Seal::close`] sealed for the same purpose; `None` for anything else.
    pub fn open(&self, purpose: &str, sealed: &str) -> Option<Vec<u8>> {
        self.opened(purpose, sealed).map(|opened| opened.plain)
    }

    /// As [`Seal::open`], and by which key.
    pub(crate) fn opened(&self, purpose: &str, sealed: &str) -> Option<Opened> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<12>()?;
        let by = |cipher: &ChaCha20Poly1305| {
            cipher.decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: purpose.as_bytes() }).ok()
        };
        let former = || Some(Opened { plain: by(self.former.as_ref()?)?, is_former: true });
        by(&self.cipher).map(|plain| Opened { plain, is_former: false }).or_else(former)
    }
}

fn cipher(key: &str) -> ChaCha20Poly1305 {
    let bytes: [u8; 32] = Sha256::digest(key.as_bytes()).into();
    ChaCha20Poly1305::new(&Key::from(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_sealed_for_the_purpose_opens() {
        let seal = Seal::new("key");
        let sealed = seal.close("session", b"cart", [7; 16]);
        assert_eq!(seal.open("session", &sealed).as_deref(), Some(&b"cart"[..]));
        assert_eq!(seal.open("other", &sealed), None);
        assert_eq!(Seal::new("another").open("session", &sealed), None);
        for at in 0..sealed.len() {
            let mut bytes = sealed.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let flipped = String::from_utf8(bytes).unwrap();
            // The last character of base64 may hold unused bits; those are refused too.
            assert_eq!(seal.open("session", &flipped), None, "flipped at {at}");
        }
        assert_eq!(seal.open("session", ""), None);
    }

    #[test]
    fn what_a_former_key_sealed_opens_and_nothing_is_sealed_with_it() {
        let (old, new) = (Seal::new("old"), Seal::new("new"));
        let both = new.clone().or_by(Some("old"));
        for purpose in ["session", "chat", "offer"] {
            let sealed = old.close(purpose, b"cart", [7; 16]);
            assert_eq!(both.open(purpose, &sealed).as_deref(), Some(&b"cart"[..]));
            assert_eq!((both.open("other", &sealed), new.open(purpose, &sealed)), (None, None));
            let sealed = both.close(purpose, b"cart", [8; 16]);
            assert_eq!(
                (old.open(purpose, &sealed), both.open(purpose, &sealed)),
                (None, Some(b"cart".to_vec()))
            );
        }
        let foreign = Seal::new("third").close("session", b"cart", [9; 16]);
        assert_eq!(both.open("session", &foreign), None);
    }
}
