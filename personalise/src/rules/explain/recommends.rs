//! Why products are recommended to a visitor, or not.

use super::{Account, Explained};
use crate::rules::{Pin, Pinned, Reason, Recommend};

impl Account<'_> {
    pub(super) fn recommend(&self, recommend: &Recommend) -> Explained {
        let places = recommend.at.join(", ");
        let refusal = recommend.refuses(self.visit, self.decision);
        let is_first = |at: &&str| {
            let first = self.rules.recommend_at(at, self.visit, self.decision);
            first.is_some_and(|first| first.name == recommend.name)
        };
        let won = recommend.at.iter().map(AsRef::as_ref).filter(is_first).collect::<Vec<&str>>();
        let why = match refusal {
            Some(reason) => self.rules.because(reason),
            None if won.is_empty() => format!("others before it are meant for the visitor at {places}"),
            None => format!("it is the first that is meant for the visitor at {}", won.join(", ")),
        };
        Explained {
            name: recommend.name.to_string(),
            holds: !won.is_empty(),
            why,
            steps: self.steps(&recommend.target),
            parts: recommend.pins.iter().map(|pin| self.pin(pin)).collect(),
        }
    }

    fn pin(&self, pin: &Pin) -> Explained {
        let name = match &pin.what {
            Pinned::Category(slug) => format!("category {slug}"),
            Pinned::Product(slug) => format!("product {slug}"),
        };
        let truth = pin.when.as_ref().map(|when| when.evaluate(self.visit.scene(&self.decision.audiences)));
        let refusal = truth.filter(|truth| !truth.holds()).map(Reason::Condition);
        Explained {
            name,
            holds: refusal.is_none(),
            why: refusal
                .map_or_else(|| format!("the first {} come first", pin.first), |why| self.rules.because(why)),
            steps: pin.when.as_ref().map(|when| self.trace(when)).unwrap_or_default(),
            parts: Vec::new(),
        }
    }
}
