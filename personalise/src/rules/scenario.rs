//! A visit written down: for previews, explanations and the replay of what was recorded.

use super::{Decision, Explanation, Past, PastKind, Rules, Visit};
use crate::attribute::{Raw, Values, ValuesError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A visitor at a moment, as JSON. What is left out is unknown or was not so; the channel is `web`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// What is known, by the names of the rules' attributes. A text is read as the declared type: `"1"` is an int.
    pub attributes: BTreeMap<String, Raw>,
    /// The purposes that the visitor consented to.
    pub consents: Vec<String>,
    /// The channel that asks.
    pub channel: String,
    /// What just happened, such as `exit_intent`.
    pub event: Option<String>,
    /// The moment; that of the explanation where it is left out.
    pub now: Option<Timestamp>,
    /// What happened with offers before.
    pub history: Vec<Experience>,
    /// The visitor's pseudonymous id.
    pub visitor: Option<String>,
    /// Experiments and the arms that the visitor saw of them before.
    pub assigned: BTreeMap<String, String>,
    /// Experiments and the arms that are to be shown whoever comes.
    pub forced: BTreeMap<String, String>,
}

/// Something that happened with an offer before; see [`Past`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Experience {
    /// The offer's name.
    pub offer: String,
    /// When.
    pub at: Timestamp,
    /// What: `Shown` or `Used`.
    pub kind: PastKind,
    /// Whether it was in the session that goes on.
    #[serde(default)]
    pub this_session: bool,
}

/// What rules make of a scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// The moment.
    pub now: Timestamp,
    /// By name.
    pub shown: Shown,
    /// By place.
    pub decision: Decision,
    /// Why and why not.
    pub explanation: Explanation,
}

/// What the visitor would see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// The offers that won, the highest priority first.
    pub offers: Vec<String>,
    /// The content of each slot that shows any.
    pub slots: BTreeMap<String, String>,
    /// The arm of each experiment that the visitor takes part in.
    pub arms: BTreeMap<String, String>,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            attributes: BTreeMap::new(),
            consents: Vec::new(),
            channel: "web".to_owned(),
            event: None,
            now: None,
            history: Vec::new(),
            visitor: None,
            assigned: BTreeMap::new(),
            forced: BTreeMap::new(),
        }
    }
}

impl Scenario {
    /// What rules make of it; at `now`, where it names no moment.
    ///
    /// # Errors
    /// [`ValuesError`] for the first attribute that is not declared or does not fit.
    pub fn answer(&self, rules: &Rules, now: Timestamp) -> Result<Answered, ValuesError> {
        self.look(rules, now, |visit, decision| Answered {
            now: visit.now,
            shown: Shown::of(rules, decision),
            decision: decision.clone(),
            explanation: rules.explain(visit, decision),
        })
    }

    /// Looks at rules with the eyes of the visit, at `now`, where it names no moment, and at what they decide.
    ///
    /// # Errors
    /// As [`Scenario::answer`].
    pub fn look<T>(
        &self,
        rules: &Rules,
        now: Timestamp,
        look: impl FnOnce(&Visit<'_>, &Decision) -> T,
    ) -> Result<T, ValuesError> {
        let mut values = Values::new(&rules.schema);
        for (name, raw) in &self.attributes {
            let raw = match (raw, rules.schema.find(name)) {
                (Raw::Text(text), Some((_, declared))) => &Raw::of_text(declared, text),
                (raw, _) => raw,
            };
            values.read(&rules.schema, name, raw)?;
        }
        let consents: Vec<&str> = self.consents.iter().map(String::as_str).collect();
        let history: Vec<Past<'_>> = self.history.iter().map(Experience::past).collect();
        let now = self.now.unwrap_or(now);
        let visit = Visit {
            values: &values,
            now,
            channel: &self.channel,
            event: self.event.as_deref(),
            consents: &consents,
            history: &history,
            id: self.visitor.as_deref(),
            assigned: &pairs(&self.assigned),
            forced: &pairs(&self.forced),
        };
        let mut decision = Decision::default();
        rules.decide(&visit, &mut decision);
        Ok(look(&visit, &decision))
    }
}

impl Experience {
    fn past(&self) -> Past<'_> {
        Past { offer: &self.offer, at: self.at, kind: self.kind, this_session: self.this_session }
    }
}

impl Shown {
    /// What a decision shows, by name.
    fn of(rules: &Rules, decision: &Decision) -> Self {
        let offer = |place: &u16| rules.offers.get(usize::from(*place)).map(|offer| offer.name.to_string());
        let offers = decision.winners().iter().filter_map(offer).collect();
        let slots = rules.slots.iter().filter_map(|slot| {
            let content = rules.content(decision, &slot.name)?;
            Some((slot.name.to_string(), content.to_owned()))
        });
        let arms = rules.experiments.iter().zip(&decision.arms).filter_map(|(experiment, arm)| {
            let arm = experiment.arms.get(usize::from((*arm)?))?;
            Some((experiment.name.to_string(), arm.name.to_string()))
        });
        Self { offers, slots: slots.collect(), arms: arms.collect() }
    }
}

fn pairs(names: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    names.iter().map(|(name, arm)| (name.as_str(), arm.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::publish;

    fn rules() -> Rules {
        publish(include_str!("publish/example.toml"), Timestamp::UNIX_EPOCH).rules.unwrap()
    }

    fn answer(json: &str) -> Result<Answered, String> {
        let scenario: Scenario = serde_json::from_str(json).map_err(|error| error.to_string())?;
        scenario.answer(&rules(), "2026-11-21T12:00:00Z".parse().unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_scenario_is_decided_and_explained() {
        let first = r#"{"attributes": {"visitor.visits": 1, "visitor.orders": "0", "geo.country": "DE"}}"#;
        let answered = answer(first).unwrap();
        assert_eq!(answered.shown.offers, ["welcome"]);
        assert_eq!(answered.shown.slots["home_hero"], "hero-rain");
        assert_eq!(answered.explanation.audiences[0].name, "first_visit");
        assert_eq!(answered.now.to_string(), "2026-11-21T12:00:00Z");
        let json = serde_json::to_value(&answered).unwrap();
        assert_eq!(json["explanation"]["audiences"][0]["steps"][1]["value"], "true");
    }

    #[test]
    fn channel_event_consent_history_and_moment_count() {
        let lapsed =
            r#""attributes": {"visitor.email_subscriber": "true", "visitor.days_since_order": "121"}"#;
        let with = |rest: &str| answer(&format!("{{{lapsed}, {rest}}}")).unwrap().shown.offers;
        assert_eq!(with(r#""consents": ["personalisation"]"#), ["winback"]);
        assert!(with(r#""consents": []"#).is_empty());
        assert!(with(r#""consents": ["personalisation"], "channel": "tv""#).is_empty());
        let leaving = r#"{"attributes": {"cart.total": "GBP 5"}, "event": "exit_intent", "now": "2026-11-21T00:00:00Z""#;
        let seen = r#", "history": [{"offer": "stay", "at": "2026-11-15T00:00:00Z", "kind": "Shown"}]"#;
        assert_eq!(answer(&format!("{leaving}}}")).unwrap().shown.offers, ["stay"]);
        assert!(answer(&format!("{leaving}{seen}}}")).unwrap().shown.offers.is_empty());
    }

    #[test]
    fn who_comes_and_what_is_forced_decide_the_arm() {
        let arm = |json: &str| answer(json).unwrap().shown.arms.get("hero_copy").cloned();
        assert_eq!(arm("{}"), None);
        assert!(arm(r#"{"visitor": "v1"}"#).is_some());
        for forced in ["short", "control"] {
            let scenario = format!(r#"{{"visitor": "v1", "forced": {{"hero_copy": "{forced}"}}}}"#);
            assert_eq!(arm(&scenario).as_deref(), Some(forced));
        }
        let short = answer(r#"{"visitor": "v1", "forced": {"hero_copy": "short"}}"#).unwrap();
        assert_eq!(short.shown.slots["home_hero"], "hero-short");
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for (json, why) in [
            (r#"{"attributes": {"visitor.visit": 1}}"#, "\"visitor.visit\" is not declared"),
            (r#"{"attributes": {"visitor.visits": "one"}}"#, "visitor.visits is declared int"),
            (r#"{"chanel": "web"}"#, "unknown field `chanel`"),
        ] {
            let error = answer(json).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
    }
}
