//! What is known of a visitor, field by field, with where each is from: for an operator who looks.

use super::profile::Profile;
use super::told::Said;
use jiff::Timestamp;

/// The source of what heads saw by themselves.
pub const OWN: &str = "own";

/// A field of a profile, as one source has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in the rules, such as `visitor.orders`.
    pub name: &'static str,
    /// Its value, as the rules write it.
    pub value: String,
    /// Who says so: [`OWN`] for what heads saw, else the backend: `shop` or `second`.
    pub source: String,
    /// When that was, where it is known.
    pub at: Option<Timestamp>,
    /// Whether rules go by it: of two sources, the one that says more.
    pub counts: bool,
}

impl Profile {
    /// Every field that is known, by every source that has one. A backend that was down when it was asked has none, and
    /// what others said stands.
    pub fn fields(&self) -> Vec<Field> {
        let told = &self.told;
        let count = told.order_count();
        let mut fields = vec![
            own("visitor.visits", self.visits.to_string(), Some(self.seen), true),
            own("visitor.orders", self.own_orders.to_string(), self.own_ordered, self.own_orders >= count),
        ];
        if let Some(orders) = &told.orders {
            fields.push(said("visitor.orders", count.to_string(), orders, count >= self.own_orders));
        }
        let latest = self.ordered();
        if let Some(at) = self.own_ordered {
            fields.push(own("visitor.ordered", moment(at), Some(at), latest == Some(at)));
        }
        if let Some(ordered) = &told.ordered {
            fields.push(said(
                "visitor.ordered",
                moment(ordered.value),
                ordered,
                latest == Some(ordered.value),
            ));
        }
        if let Some(subscriber) = &told.subscriber {
            fields.push(said("visitor.email_subscriber", subscriber.value.to_string(), subscriber, true));
        }
        if let Some(tier) = &told.tier {
            fields.push(said("visitor.tier", tier.value.clone(), tier, true));
        }
        if let Some(wishes) = &told.wish_list {
            fields.push(said("visitor.wish_list", wishes.value.join(", "), wishes, true));
        }
        if !self.categories.is_empty() {
            fields.push(own("visitor.viewed_categories", self.categories.join(", "), None, true));
        }
        fields
    }
}

fn own(name: &'static str, value: String, at: Option<i64>, counts: bool) -> Field {
    Field { name, value, source: OWN.to_owned(), at: at.and_then(time), counts }
}

fn said<T>(name: &'static str, value: String, said: &Said<T>, counts: bool) -> Field {
    Field { name, value, source: said.source.clone(), at: time(said.at), counts }
}

fn time(second: i64) -> Option<Timestamp> {
    Timestamp::from_second(second).ok()
}

fn moment(second: i64) -> String {
    time(second).map(|at| at.to_string()).unwrap_or_default()
}
