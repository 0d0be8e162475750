//! Which arm of each experiment the visitor sees.

use super::experiment::VISITOR;
use super::{Decision, Experiment, Participation, Reason, Rules, Visit};
use crate::attribute::{Schema, Value};
use crate::experiment::{self, Earlier, Ids, Known};
use std::borrow::Cow;

/// What may be hashed of a visitor.
struct Hashed<'a> {
    schema: &'a Schema,
    visit: &'a Visit<'a>,
}

impl Ids for Hashed<'_> {
    fn id(&self, attribute: &str) -> Option<Cow<'_, str>> {
        let id = if attribute == VISITOR {
            self.visit.id
        } else {
            match self.visit.values.get(self.schema.find(attribute)?.0) {
                Some(Value::Text(text)) => Some(text.as_ref()),
                _ => None,
            }
        };
        id.filter(|id| !id.is_empty()).map(Cow::Borrowed)
    }
}

impl Rules {
    pub(super) fn decide_experiments(&self, visit: &Visit<'_>, decision: &mut Decision) {
        decision.arms.clear();
        decision.arms.resize(self.experiments.len(), None);
        decision.experiments.clear();
        decision.experiments.resize(self.experiments.len(), Participation::NotRunning);
        for place in &self.experiment_order {
            let place = usize::from(*place);
            let Some(experiment) = self.experiments.get(place) else { continue };
            let (arm, why) = match self.assign(experiment, visit, decision) {
                Ok((arm, why)) => (Some(arm), why),
                Err(why) => (None, why),
            };
            if let (Some(kept), Some(reason)) =
                (decision.arms.get_mut(place), decision.experiments.get_mut(place))
            {
                (*kept, *reason) = (arm, why);
            }
        }
    }

    fn assign(
        &self,
        experiment: &Experiment,
        visit: &Visit<'_>,
        decision: &Decision,
    ) -> Result<(u16, Participation), Participation> {
        let told = |pairs: &[(&str, &str)]| {
            let mut own = pairs.iter().filter(|(name, _)| *name == experiment.name.as_ref());
            own.next().map(|(_, arm)| experiment.arm(arm))
        };
        let forced = told(visit.forced).map(|arm| arm.ok_or(Participation::NoSuchArm)).transpose()?;
        // Neither the end of an experiment nor a consent that was taken back waits for those who are in already.
        if forced.is_none() {
            experiment.is_open(visit)?;
        }
        let ids = Hashed { schema: &self.schema, visit };
        let id = ids.id(&experiment.split.hash_attribute);
        let forced = forced.map(|arm| (i64::from(arm), experiment::Reason::ForcedForVisitor));
        let known = Known { ids: &ids, id: id.as_deref(), forced, qa_mode: false };
        let earlier = || match told(visit.assigned).flatten().filter(|_| experiment.split.sticky) {
            Some(arm) => Earlier::Variation(usize::from(arm)),
            None => Earlier::Nothing,
        };
        let pick = experiment.split.pick(known, earlier, || experiment.means(visit, decision))?;
        let arm = u16::try_from(pick.variation).map_err(|_| Participation::NoSuchArm)?;
        Ok((arm, pick.reason.into()))
    }
}

impl Experiment {
    fn is_open(&self, visit: &Visit<'_>) -> Result<(), Participation> {
        if self.schedule.as_ref().is_some_and(|schedule| !schedule.runs(visit.now)) {
            return Err(Participation::NotMeant(Reason::Schedule));
        }
        match visit.consents_to(self.needs.as_deref()) {
            true => Ok(()),
            false => Err(Participation::NotMeant(Reason::Consent)),
        }
    }

    fn means(&self, visit: &Visit<'_>, decision: &Decision) -> Result<(), Participation> {
        let unmet = self.requires.iter().find(|required| {
            let arm = decision.arms.get(usize::from(required.experiment)).copied().flatten();
            arm != Some(required.arm)
        });
        if let Some(required) = unmet {
            return Err(Participation::Requires { experiment: required.experiment });
        }
        match self.target.refuses(visit, &decision.audiences) {
            Some(reason) => Err(Participation::NotMeant(reason)),
            None => Ok(()),
        }
    }
}
