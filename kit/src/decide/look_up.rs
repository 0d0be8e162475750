//! A real visitor, looked up for the operator by the session that the visitor keeps.
//!
//! Nothing of the session is told or logged but what rules decide by, and nothing is written.

use super::learned::tell_profile;
use crate::edge::{Edge, StoreError};
use crate::keys::Keys;
use crate::visitor::{Bought, Change, Profile, Session};
use jiff::Timestamp;
use personalise::attribute::{Raw, Value, Values};
use personalise::rules::{Experience, PastKind, Rules, Scenario};
use serde::Serialize;
use std::collections::BTreeMap;

/// What is known of a visitor, as rules see it.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LookedUp {
    /// Whether they are known, and why not.
    pub standing: Standing,
    /// The same for people, and what else an explanation does not show.
    pub said: Vec<&'static str>,
    /// Attributes of theirs that the rules declare.
    pub attributes: BTreeMap<&'static str, Raw>,
    /// Which source told what of it; of two, the one that says more counts.
    pub sources: Vec<Source>,
    /// What they agreed to.
    pub consents: Vec<&'static str>,
    /// What happened with offers before.
    pub history: Vec<Experience>,
    /// Their id, by which experiments go; never told.
    #[serde(skip)]
    id: Option<String>,
    /// What they bought, by which products are left out; never told.
    #[serde(skip)]
    pub bought: Bought,
}

/// A field as one source has it.
#[derive(Clone, Serialize)]
pub struct Source {
    /// The field's name in the rules.
    pub name: &'static str,
    /// Its value, as the rules write it.
    pub value: String,
    /// `own` for what heads saw, else the backend: `shop` or `second`.
    pub source: String,
    /// When that was (RFC 3339), where it is known.
    pub at: Option<String>,
    /// Whether rules go by it.
    pub counts: bool,
}

/// Whether a visitor is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// They agreed to be known.
    Known,
    /// They were asked and agreed to nothing.
    Refused,
    /// They were never asked, or did not answer.
    NotAsked,
    /// What was known of them was erased, or never written.
    Erased,
}

/// Why nobody can be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoVisitor {
    /// It is no session that this application sealed.
    Foreign,
    /// The store does not answer.
    Store(StoreError),
}

/// Looks up the visitor of a sealed session as they would be seen if they asked for a page at `now`.
///
/// # Errors
/// [`NoVisitor`].
pub async fn look_up(
    edge: &dyn Edge,
    sealed: &str,
    rules: &Rules,
    now: Timestamp,
) -> Result<LookedUp, NoVisitor> {
    let keys = Keys::read(edge).await;
    if keys.present().is_empty() {
        return Err(NoVisitor::Foreign);
    }
    let session = Session::try_open(sealed.trim(), &keys.seal()).ok_or(NoVisitor::Foreign)?;
    let mut said = Vec::new();
    if session.cart.is_some() {
        said.push("what is in their cart is not read; tell it, such as by cart.total");
    }
    if session.declined {
        said.push("they took an offer's code out of their cart: no offer with a code is shown beside it");
    }
    let Some(id) = &session.visitor else {
        let standing = if session.refused { Standing::Refused } else { Standing::NotAsked };
        return Ok(LookedUp::stranger(standing, said));
    };
    match Profile::read(edge, id).await.map_err(NoVisitor::Store)? {
        None => Ok(LookedUp::stranger(Standing::Erased, said)),
        Some(profile) if !profile.consents().personalisation => {
            Ok(LookedUp::stranger(Standing::Refused, said))
        }
        Some(profile) => Ok(LookedUp::known(profile, id.as_str(), rules, now, said)),
    }
}

impl LookedUp {
    fn stranger(standing: Standing, mut said: Vec<&'static str>) -> Self {
        said.insert(0, standing.words());
        Self {
            standing,
            said,
            attributes: BTreeMap::new(),
            sources: Vec::new(),
            consents: Vec::new(),
            history: Vec::new(),
            id: None,
            bought: Bought::default(),
        }
    }

    fn known(
        mut profile: Profile,
        id: &str,
        rules: &Rules,
        now: Timestamp,
        mut said: Vec<&'static str>,
    ) -> Self {
        // Heads count the visit before they decide.
        profile.learn(&Change::Seen, now);
        said.insert(0, Standing::Known.words());
        let mut fitting = Values::new(&rules.schema);
        let mut attributes = BTreeMap::new();
        tell_profile(&profile, now, |name, value| {
            let raw = raw(&value);
            if fitting.set(&rules.schema, name, Some(value)) {
                attributes.insert(name, raw);
            }
        });
        let history = profile.history.iter().map(|mark| Experience {
            offer: mark.offer.clone(),
            at: Timestamp::from_second(mark.at).unwrap_or(Timestamp::MIN),
            kind: if mark.used { PastKind::Used } else { PastKind::Shown },
            this_session: mark.visit == profile.visits,
        });
        let sources = profile.fields().into_iter().map(|field| Source {
            name: field.name,
            value: field.value,
            source: field.source,
            at: field.at.map(|at| at.to_string()),
            counts: field.counts,
        });
        Self {
            standing: Standing::Known,
            said,
            attributes,
            sources: sources.collect(),
            consents: profile.consents().names(),
            history: history.collect(),
            id: Some(id.to_owned()),
            bought: profile.bought,
        }
    }

    /// A visit with what is known of the visitor; what the visit says already stays.
    pub fn fill(&self, visit: &mut Scenario) {
        for (name, raw) in &self.attributes {
            visit.attributes.entry((*name).to_owned()).or_insert_with(|| raw.clone());
        }
        if visit.consents.is_empty() {
            visit.consents = self.consents.iter().map(|name| (*name).to_owned()).collect();
        }
        if visit.history.is_empty() {
            visit.history.clone_from(&self.history);
        }
        visit.visitor = visit.visitor.take().or_else(|| self.id.clone());
    }
}

impl Standing {
    const fn words(self) -> &'static str {
        match self {
            Self::Known => {
                "known: they agreed to it; what their browser may forbid by Sec-GPC is not in a session"
            }
            Self::Refused => "a stranger: they were asked and agreed to nothing, so nothing is kept of them",
            Self::NotAsked => "a stranger: they did not agree to be known, so nothing is kept of them",
            Self::Erased => "a stranger: what was known of them was erased",
        }
    }
}

fn raw(value: &Value) -> Raw {
    match value {
        Value::Bool(bool) => Raw::Bool(*bool),
        Value::Int(int) => Raw::Int(*int),
        Value::Text(text) => Raw::Text(text.to_string()),
        Value::List(items) => Raw::List(items.iter().map(raw).collect()),
        // A profile tells nothing of the other kinds.
        _ => Raw::Null,
    }
}

#[cfg(test)]
mod tests;
