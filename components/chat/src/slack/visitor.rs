//! Who a Slack user is to us: a keyed digest, under which the conversation and the cart's id are kept.

use crate::once::hex;
use crate::talk::Memory;
use commerce::date;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use kit::edge::{Edge, StoreError};
use kit::keys::Keys;
use kit::own;
use kit::visitor::Session;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// Key-value has no expiry, so what is older is not believed.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

/// A Slack user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlackVisitor {
    key: String,
    /// Where the operator's former key put them, while something may still lie there.
    former: Option<String>,
}

/// What is kept of a Slack user's conversation. Two messages at the very same moment both start from the
/// state before them, and the later one's is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// What the conversation remembers.
    pub memory: Memory,
    /// The cart and the latest order.
    pub session: Session,
    /// When it was written.
    #[serde(deserialize_with = "date::moment_or_none", skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

impl SlackVisitor {
    /// A user of a team. The store never sees either id: the operator's key is the key of the digest.
    pub fn new(keys: &Keys, team: &str, user: &str) -> Self {
        let under = |key| place(key, team, user);
        Self { key: under(keys.present()), former: keys.former().map(under) }
    }

    /// What is kept; nothing, when it is too old or cannot be read. Where there is nothing, it is looked where the
    /// former key put it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn recall(&mut self, edge: &dyn Edge, now: Timestamp) -> Result<Kept, StoreError> {
        let bytes = match (edge.get(&self.key).await?, &self.former) {
            (None, Some(former)) => edge.get(former).await?,
            (bytes, _) => {
                self.former = None;
                bytes
            }
        };
        if bytes.is_none() {
            self.former = None;
        }
        let kept: Kept = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        let is_fresh = kept.at.is_some_and(|at| now.duration_since(at) < KEPT);
        Ok(if is_fresh { kept } else { Kept::default() })
    }

    /// Keeps it, and leaves nothing of it where the former key put it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn keep(&self, edge: &dyn Edge, kept: &Kept) -> Result<(), StoreError> {
        edge.set(&self.key, &serde_json::to_vec(kept).unwrap_or_default()).await?;
        match &self.former {
            Some(former) => edge.delete(former).await,
            None => Ok(()),
        }
    }
}

fn place(key: &str, team: &str, user: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes());
    let digest = mac.map(|mut mac| {
        // Lengths apart, so that no team and user look like another pair.
        mac.update(format!("slack:{}:{team}:{user}", team.len()).as_bytes());
        hex(&mac.finalize().into_bytes())
    });
    // HMAC takes keys of any length.
    own::key("chat", &format!("slack:{}", digest.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_users_are_the_same_visitor() {
        let of = |key, team, user| SlackVisitor::new(&Keys::new(key, ""), team, user);
        let one = of("key", "T1", "U1");
        assert_eq!(one, of("key", "T1", "U1"));
        for other in [("key", "T1", "U2"), ("key", "T2", "U1"), ("other", "T1", "U1"), ("key", "T1:U1", "")] {
            assert_ne!(one, of(other.0, other.1, other.2));
        }
        assert_ne!(of("key", "a:b", "c"), of("key", "a", "b:c"));
        assert!(!one.key.contains("U1"));
    }
}
