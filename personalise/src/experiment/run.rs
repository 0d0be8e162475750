//! The order in which GrowthBook decides.

use std::borrow::Cow;

use super::bucket::bucket;
use super::definition::{Experiment, Ids, Status, Visit};
use super::forced::query_string_override;
use super::outcome::{Outcome, Reason};
use super::range::choose_variation;
use super::sticky::{Assignments, Found};

/// What is known before the hash is asked.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) ids: &'a dyn Ids,
    /// The value of the hash attribute.
    pub(crate) id: Option<&'a str>,
    /// A variation that was asked for, and how.
    pub(crate) forced: Option<(i64, Reason)>,
    /// Only who is forced sees a variation.
    pub(crate) qa_mode: bool,
}

/// What the visitor saw before.
pub(crate) enum Earlier {
    Nothing,
    Blocked,
    Variation(usize),
}

/// A variation that was decided on.
pub(crate) struct Pick {
    pub(crate) variation: usize,
    pub(crate) reason: Reason,
    bucket: Option<f64>,
}

impl Pick {
    fn forced(variation: usize, reason: Reason) -> Self {
        Self { variation, reason, bucket: None }
    }
}

/// The visitor's id: the attribute that it is of, and its value.
type Id<'a> = (&'a str, Option<Cow<'a, str>>);

impl Experiment {
    /// Decides which variation the visitor sees.
    ///
    /// `targeting` is asked once, after the filters, and answers with the reason where the visitor is not meant
    /// ([`Reason::Condition`], [`Reason::Prerequisite`]); not for a visitor who is in already, who stays in.
    /// `assignments` is what the visitor saw before; none where nothing may be kept, and no fallback attribute is used
    /// then. Allocates nothing where the ids are texts.
    pub fn run<'a>(
        &'a self,
        visit: &Visit<'a>,
        assignments: Option<&Assignments>,
        targeting: impl FnOnce() -> Result<(), Reason>,
    ) -> Outcome<'a> {
        let assignments = assignments.filter(|_| self.sticky);
        let (hash_attribute, hash_value) = self.hash_id(visit, assignments.is_some());
        let decided = self.decide(visit, hash_value.as_deref(), assignments, targeting);
        let blank = Outcome {
            variation: 0,
            in_experiment: false,
            hash_used: false,
            reason: Reason::NotCovered,
            bucket: None,
            sticky_used: false,
            hash_attribute,
            hash_value,
        };
        match decided {
            Ok(Pick { variation, reason, bucket }) => Outcome {
                variation,
                in_experiment: true,
                hash_used: matches!(reason, Reason::Assigned | Reason::Sticky),
                reason,
                bucket,
                sticky_used: reason == Reason::Sticky,
                ..blank
            },
            Err(reason) => Outcome { reason, sticky_used: reason == Reason::StickyBlocked, ..blank },
        }
    }

    fn decide(
        &self,
        visit: &Visit<'_>,
        id: Option<&str>,
        assignments: Option<&Assignments>,
        targeting: impl FnOnce() -> Result<(), Reason>,
    ) -> Result<Pick, Reason> {
        if self.variations < 2 {
            return Err(Reason::TooFewVariations);
        }
        if !visit.enabled {
            return Err(Reason::Disabled);
        }
        let by_url = query_string_override(&self.key, visit.url, self.variations);
        if let Some(variation) = by_url {
            return Ok(Pick::forced(variation, Reason::ForcedByUrl));
        }
        let forced = visit.forced.get(&self.key).map(|variation| (*variation, Reason::ForcedForVisitor));
        let known = Known { ids: visit.ids, id, forced, qa_mode: visit.qa_mode };
        self.pick(known, || self.earlier(visit, assignments), targeting)
    }

    /// The order of deciding, whatever an experiment is read from. `targeting` and `earlier` are asked at most once;
    /// the former says in its own words why a visitor is not meant.
    pub(crate) fn pick<E: From<Reason>>(
        &self,
        known: Known<'_>,
        earlier: impl FnOnce() -> Earlier,
        targeting: impl FnOnce() -> Result<(), E>,
    ) -> Result<Pick, E> {
        if let Some((variation, reason)) = known.forced {
            return Ok(Pick::forced(self.existing(variation)?, reason));
        }
        if self.status == Status::Draft {
            return Err(Reason::NotRunning(self.status).into());
        }
        let id = known.id.ok_or(Reason::NoId)?;
        let earlier = earlier();
        if !matches!(earlier, Earlier::Variation(_)) {
            self.admit(known.ids, id)?;
            targeting()?;
        }
        let seed = self.seed.as_deref().unwrap_or(&self.key);
        let bucket = bucket(seed, id, self.hash_version.ok_or(Reason::UnknownHash)?);
        let (variation, reason) = match earlier {
            Earlier::Variation(variation) => (variation, Reason::Sticky),
            Earlier::Blocked => return Err(Reason::StickyBlocked.into()),
            Earlier::Nothing => {
                let chosen = choose_variation(bucket, &self.ranges).filter(|at| *at < self.variations);
                (chosen.ok_or(Reason::NotCovered)?, Reason::Assigned)
            }
        };
        if let Some(variation) = self.force {
            return Ok(Pick::forced(self.existing(variation)?, Reason::ForcedByExperiment));
        }
        if known.qa_mode {
            return Err(Reason::QaMode.into());
        }
        if self.status == Status::Stopped {
            return Err(Reason::NotRunning(self.status).into());
        }
        Ok(Pick { variation, reason, bucket: Some(bucket) })
    }

    fn existing(&self, variation: i64) -> Result<usize, Reason> {
        let exists = usize::try_from(variation).ok().filter(|variation| *variation < self.variations);
        exists.ok_or(Reason::NoSuchVariation)
    }

    /// Filters took the namespace's place: with filters, the namespace does not count.
    fn admit(&self, ids: &dyn Ids, id: &str) -> Result<(), Reason> {
        if !self.filters.iter().all(|filter| filter.admits(ids)) {
            return Err(Reason::Filtered);
        }
        match &self.namespace {
            Some(namespace) if self.filters.is_empty() && !namespace.contains(id) => {
                Err(Reason::OutsideNamespace)
            }
            _ => Ok(()),
        }
    }

    fn hash_id<'a>(&'a self, visit: &Visit<'a>, sticky: bool) -> Id<'a> {
        let first = visit.ids.id(&self.hash_attribute);
        let fallback = self.fallback_attribute.as_deref().filter(|_| sticky);
        match (first, fallback) {
            (None, Some(fallback)) => match visit.ids.id(fallback) {
                Some(value) => (fallback, Some(value)),
                None => (&self.hash_attribute, None),
            },
            (first, _) => (&self.hash_attribute, first),
        }
    }

    /// What the visitor saw before, by the hash attribute's record or else by the fallback's.
    fn earlier(&self, visit: &Visit<'_>, assignments: Option<&Assignments>) -> Earlier {
        let Some(held) = assignments else { return Earlier::Nothing };
        let fallback = self.fallback_attribute.as_deref().unwrap_or_default();
        let first = visit.ids.id(&self.hash_attribute).unwrap_or_default();
        let second = visit.ids.id(fallback).unwrap_or_default();
        let ids = [(self.hash_attribute.as_str(), first.as_ref()), (fallback, second.as_ref())];
        match held.find(&ids, &self.key, self.bucket_version, self.min_bucket_version) {
            Found::Blocked => Earlier::Blocked,
            Found::Nothing => Earlier::Nothing,
            Found::Arm(held) => {
                let named = self.arms.iter().take(self.variations);
                named.map(|arm| arm.key.as_deref()).position(|key| key == Some(held)).map_or(
                    // An arm without a key is recorded by its number; one that is gone is as if never assigned.
                    self.numbered(held),
                    Earlier::Variation,
                )
            }
        }
    }

    fn numbered(&self, held: &str) -> Earlier {
        let nameless =
            |at: &usize| *at < self.variations && self.arms.get(*at).is_none_or(|arm| arm.key.is_none());
        held.parse().ok().filter(nameless).map_or(Earlier::Nothing, Earlier::Variation)
    }
}
