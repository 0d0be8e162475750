//! Agreeing to be known, and being forgotten.

use crate::account;
use crate::ask::Ask;
use crate::edge::StoreError;
use crate::failure::{Failure, Trouble};
use crate::visitor::{Change, Consents, Profile, Purpose, Session, Signal, VisitorId};
use serde::Deserialize;

/// What the visitor agrees to, as channels without forms send it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    purposes: Vec<Purpose>,
}

impl Ask {
    /// What the visitor agrees to, as the JSON in the body tells: `{"purposes": ["personalisation"]}`; `[]` is nothing.
    ///
    /// # Errors
    /// `UnsupportedMedia` unless it is `application/json`; `BadInput` for anything else, such as a purpose that there
    /// is not: who agrees to that must not be taken to have agreed to less.
    pub fn purposes(&self) -> Result<Consents, Failure> {
        let Told { purposes } = self.json()?;
        Ok(purposes.into_iter().fold(Consents::NONE, Consents::with))
    }
}

/// See [`Ask::agree`].
pub(super) async fn agree(ask: &Ask, consents: Consents) -> Result<Session, Failure> {
    ask.reads.private();
    let allowed = Signal::of(ask.request.headers()).limit(consents);
    let failed = |error: StoreError| Failure {
        trouble: Trouble::Internal,
        detail: format!("what a visitor agreed to could not be kept: {error}"),
    };
    let former = ask.kept.visitor.clone();
    // Without being known there is nothing to keep the rest with.
    if !allowed.personalisation {
        if let Some(id) = &former {
            Profile::erase(&*ask.edge, id).await.map_err(failed)?;
        }
        return Ok(Session { visitor: None, refused: true, ..ask.kept.clone() });
    }
    let id = former.unwrap_or_else(|| VisitorId::new(ask.edge.random()));
    let mut changes = vec![Change::Agreed(allowed), Change::Seen];
    if ask.kept.order.is_some() && ask.kept.visitor.is_none() {
        // They ordered in this session, before they were known: that they did, not what.
        changes.push(Change::Ordered { offers: Vec::new(), products: Vec::new() });
    }
    // Who signed in before they agreed is known at once.
    changes.extend(account::asked(ask).await);
    Profile::write(&ask.edge, &id, &changes, ask.now).await.map_err(failed)?;
    Ok(Session { visitor: Some(id), refused: false, ..ask.kept.clone() })
}
