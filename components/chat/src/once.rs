//! One effect for one message, however often it arrives.
//!
//! A claim is written to key-value before the effect. `spin:key-value@3.0.0` has no compare-and-set, so two
//! deliveries at the very same moment on two instances can both pass; within one instance they cannot. A
//! crash between claim and effect loses the message: at most once, never twice in a row.

use kit::edge::{Edge, StoreError};
use kit::own;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::rc::Rc;

/// Claims that an instance remembers; a platform repeats within minutes.
const REMEMBERED: usize = 512;

thread_local! {
    /// Digests of message ids, which tell nothing of a visitor.
    static CLAIMED: RefCell<VecDeque<String>> = RefCell::default();
}

/// The claim to one effect.
pub struct Once {
    edge: Rc<dyn Edge>,
    key: Option<String>,
}

impl Once {
    /// The claim of a message by its id: `name` says whose ids they are.
    pub fn of(edge: &Rc<dyn Edge>, name: &str, id: &str) -> Self {
        Self { edge: edge.clone(), key: Some(own::key("chat", &format!("{name}:{}", digest(id.as_bytes())))) }
    }

    /// No claim: the effect is always allowed, since something else has claimed it.
    pub fn open(edge: &Rc<dyn Edge>) -> Self {
        Self { edge: edge.clone(), key: None }
    }

    /// Whether the effect is still to come; from now on it is not.
    ///
    /// # Errors
    /// When the store does not answer; then nothing is claimed.
    pub async fn claim(&self) -> Result<bool, StoreError> {
        let Some(key) = &self.key else { return Ok(true) };
        // Before the first wait: another request of this instance may run meanwhile.
        if !remember(key) {
            return Ok(false);
        }
        let written = match self.edge.get(key).await {
            Ok(Some(_)) => return Ok(false),
            Ok(None) => self.edge.set(key, b"1").await,
            Err(error) => Err(error),
        };
        written.map(|()| true).inspect_err(|_| forget(key))
    }

    /// Gives the claim back, for an effect that surely did not happen.
    pub async fn release(&self) {
        let Some(key) = &self.key else { return };
        forget(key);
        if let Err(error) = self.edge.delete(key).await {
            self.edge.log(&format!(
                "a claim could not be given back, so a repeated message will be ignored: {error}"
            ));
        }
    }
}

fn remember(key: &str) -> bool {
    CLAIMED.with_borrow_mut(|claimed| {
        if claimed.iter().any(|known| known == key) {
            return false;
        }
        claimed.push_back(key.to_owned());
        if claimed.len() > REMEMBERED {
            claimed.pop_front();
        }
        true
    })
}

fn forget(key: &str) {
    CLAIMED.with_borrow_mut(|claimed| claimed.retain(|known| known != key));
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
