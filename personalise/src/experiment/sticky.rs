//! Sticky buckets: a visitor keeps a variation when the traffic is split anew or an account replaces a device.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What one id was assigned to. Serialises in GrowthBook's form of a sticky bucket document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// The attribute that the id is of, such as `id` or `deviceId`.
    pub attribute_name: String,
    /// The id.
    pub attribute_value: String,
    /// `EXPERIMENT__BUCKET_VERSION` → the key of the arm.
    #[serde(default)]
    pub assignments: BTreeMap<String, String>,
}

/// The records of one visitor: one for each of the visitor's ids.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Assignments(pub Vec<Record>);

/// What the records say of one experiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found<'a> {
    /// Nothing.
    Nothing,
    /// The visitor took part in a version that must not count any more: it stays out.
    Blocked,
    /// The key of the arm.
    Arm(&'a str),
}

impl Assignments {
    /// What the records of `ids` (attribute and value; an earlier one wins) say of `experiment` at `version`, when
    /// versions below `minimum` bar from it.
    pub(super) fn find(
        &self,
        ids: &[(&str, &str)],
        experiment: &str,
        version: u64,
        minimum: u64,
    ) -> Found<'_> {
        let present = || ids.iter().filter(|(_, value)| !value.is_empty());
        let known = || present().filter_map(|(attribute, value)| self.record(attribute, value));
        let mut keys = known().flat_map(|record| record.assignments.keys());
        if keys.any(|key| version_of(key, experiment).is_some_and(|held| held < minimum)) {
            return Found::Blocked;
        }
        known()
            .flat_map(|record| &record.assignments)
            .find(|(key, _)| version_of(key, experiment) == Some(version))
            .map_or(Found::Nothing, |(_, arm)| Found::Arm(arm))
    }

    /// Keeps that the id `value` of `attribute` got `arm`; true when that is new, and the records are to be stored.
    pub fn remember(
        &mut self,
        attribute: &str,
        value: &str,
        experiment: &str,
        version: u64,
        arm: &str,
    ) -> bool {
        let key = format!("{experiment}__{version}");
        let at = self.0.iter().position(|record| record.is_of(attribute, value));
        match at.and_then(|at| self.0.get_mut(at)) {
            Some(record) if record.assignments.get(&key).is_some_and(|held| held == arm) => false,
            Some(record) => {
                record.assignments.insert(key, arm.to_owned());
                true
            }
            None => {
                self.0.push(Record {
                    attribute_name: attribute.to_owned(),
                    attribute_value: value.to_owned(),
                    assignments: BTreeMap::from([(key, arm.to_owned())]),
                });
                true
            }
        }
    }

    fn record(&self, attribute: &str, value: &str) -> Option<&Record> {
        self.0.iter().find(|record| record.is_of(attribute, value))
    }
}

impl Record {
    fn is_of(&self, attribute: &str, value: &str) -> bool {
        self.attribute_name == attribute && self.attribute_value == value
    }
}

/// The bucket version in `key`, when it is one of `experiment`.
fn version_of(key: &str, experiment: &str) -> Option<u64> {
    key.strip_prefix(experiment)?.strip_prefix("__")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arm_is_found_under_its_version_and_an_old_version_blocks() {
        let mut held = Assignments::default();
        assert!(held.remember("id", "7", "hero", 2, "short"));
        assert!(!held.remember("id", "7", "hero", 2, "short"), "nothing new");
        assert!(held.remember("device", "d", "hero", 2, "control"));
        let ids = [("id", "7"), ("device", "d")];
        assert_eq!(held.find(&ids, "hero", 2, 0), Found::Arm("short"));
        assert_eq!(held.find(&[("device", "d")], "hero", 2, 2), Found::Arm("control"));
        assert_eq!(held.find(&[("id", "8")], "hero", 2, 0), Found::Nothing);
        assert_eq!(held.find(&ids, "hero", 3, 0), Found::Nothing);
        assert_eq!(held.find(&ids, "hero", 3, 3), Found::Blocked);
        assert_eq!(held.find(&ids, "her", 2, 0), Found::Nothing, "another experiment whose key begins alike");
        held.remember("id", "9", "hero_", 2, "control");
        assert_eq!(held.find(&[("id", "9")], "hero", 2, 0), Found::Nothing, "the key is of `hero_`");
        held.remember("", "", "hero", 2, "control");
        assert_eq!(held.find(&[("", "")], "hero", 2, 0), Found::Nothing, "a visitor without an id");
        // A minimum beyond all measure is answered at once.
        assert_eq!(held.find(&ids, "other", 0, u64::MAX), Found::Nothing);
    }
}
