//! The key of a decision: equal where the same is shown.

use super::{Benefit, Decision, Recommend, Rules, Visit};
use crate::attribute::Value;
use crate::condition::{Condition, Truth};
use commerce::Money;

impl Decision {
    /// A number that is equal when what is shown in these places is equal: the content of slots, the offers that won
    /// with what they give and their codes, and the arms of experiments. A place is the name of a slot, of an offer's
    /// slot or of an experiment; their order counts. The same on every build and machine.
    ///
    /// FNV-1a with 64 bits (<https://datatracker.ietf.org/doc/html/rfc9923>): two things that are shown share a key
    /// by chance only, and by intent where someone who writes rules wants them to.
    pub fn key(&self, rules: &Rules, places: &[&str]) -> u64 {
        let mut key = Key::default();
        for place in places {
            key.text(b'p', place);
            if let Some(content) = rules.content(self, place) {
                key.text(b's', content);
            }
            let winners = self.winners().iter().filter_map(|won| rules.offers.get(usize::from(*won)));
            for offer in winners.filter(|offer| offer.slot.as_ref() == *place) {
                key.text(b'o', &offer.name);
                key.text(b'c', offer.code.as_deref().unwrap_or_default());
                offer.give.iter().for_each(|benefit| key.benefit(*benefit));
            }
            for (experiment, arm) in rules.experiments.iter().zip(&self.arms) {
                let arm = arm.and_then(|arm| experiment.arms.get(usize::from(arm)));
                if let Some(arm) = arm.filter(|_| experiment.name.as_ref() == *place) {
                    key.text(b'a', &arm.name);
                }
            }
        }
        key.0
    }
}

impl Rules {
    /// A number that is equal when what is recommended in these places is equal, as far as the visit decides it: which
    /// recommendation, which of its pins apply, and all that its filter asks of the visit but the time. A place is where
    /// recommendations are shown, such as `product`; their order counts. `decision` is that of the same visit.
    pub fn recommended_key(&self, places: &[&str], visit: &Visit<'_>, decision: &Decision) -> u64 {
        let mut key = Key::default();
        for place in places {
            if let Some(recommend) = self.recommend_at(place, visit, decision) {
                key.text(b'p', place);
                key.recommend(recommend, visit, decision);
            }
        }
        key.0
    }
}

struct Key(u64);

impl Default for Key {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Key {
    fn recommend(&mut self, recommend: &Recommend, visit: &Visit<'_>, decision: &Decision) {
        self.text(b'r', &recommend.name);
        for pin in &recommend.pins {
            self.bytes(&[u8::from(pin.applies(visit, decision))]);
        }
        recommend.filter.iter().for_each(|filter| self.asked(filter, visit, decision));
    }

    /// All that a condition asks of a visit.
    fn asked(&mut self, condition: &Condition, visit: &Visit<'_>, decision: &Decision) {
        for id in condition.attributes() {
            self.value(visit.values.get(id));
        }
        for (place, _) in condition.audiences() {
            let truth = decision.audiences.get(usize::from(place)).copied().unwrap_or_default();
            self.bytes(&[match truth {
                Truth::False => 0,
                Truth::Unknown => 1,
                Truth::True => 2,
            }]);
        }
    }

    fn value(&mut self, value: Option<&Value>) {
        match value {
            None => self.bytes(b"?"),
            Some(Value::Bool(bool)) => self.bytes(&[b'b', u8::from(*bool)]),
            Some(Value::Int(int)) => self.number(b'i', int.to_le_bytes()),
            Some(Value::Number(number)) => self.number(b'n', number.to_bits().to_le_bytes()),
            Some(Value::Text(text)) => self.text(b't', text),
            Some(Value::Money(money)) => self.money(b'm', *money),
            Some(Value::Time(time)) => {
                self.number(b'@', time.as_second().to_le_bytes());
                self.bytes(&time.subsec_nanosecond().to_le_bytes());
            }
            Some(Value::Duration(seconds)) => self.number(b'd', seconds.to_le_bytes()),
            Some(Value::List(items)) => {
                self.number(b'l', u64::try_from(items.len()).unwrap_or(u64::MAX).to_le_bytes());
                items.iter().for_each(|item| self.value(Some(item)));
            }
        }
    }

    fn number(&mut self, what: u8, bytes: [u8; 8]) {
        self.bytes(&[what]);
        self.bytes(&bytes);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// What it is, how long it is and what it says: no text runs into the next.
    fn text(&mut self, what: u8, text: &str) {
        self.bytes(&[what]);
        self.bytes(&u64::try_from(text.len()).unwrap_or(u64::MAX).to_le_bytes());
        self.bytes(text.as_bytes());
    }

    fn benefit(&mut self, benefit: Benefit) {
        match benefit {
            Benefit::PercentOff(hundredths) => {
                self.bytes(b"%");
                self.bytes(&hundredths.to_le_bytes());
            }
            Benefit::AmountOff(money) => self.money(b'-', money),
            Benefit::FreeShippingFrom(money) => self.money(b'f', money),
            Benefit::FreeShipping => self.bytes(b"F"),
        }
    }

    fn money(&mut self, what: u8, money: Money) {
        self.text(what, money.currency.code());
        self.bytes(&money.amount.to_le_bytes());
    }
}
