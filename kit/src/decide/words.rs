//! What an offer gives, in words.

use super::Given;
use crate::locale::Locale;
use commerce::Money;
use personalise::rules::Benefit;

impl Given<'_> {
    /// What it gives in a market, each in a few words, such as `10% off` and `free delivery from £30`. What is meant for
    /// another currency is left out.
    pub fn words(&self, locale: &Locale) -> Vec<String> {
        let here = locale.market().currency();
        let amount = |key: &str, money: Money| locale.say(key, &[("amount", locale.money(money).into())]);
        let word = |benefit: &Benefit| match *benefit {
            Benefit::PercentOff(hundredths) => {
                Some(locale.say("offer-percent", &[("number", locale.percent(hundredths).into())]))
            }
            Benefit::AmountOff(money) => (money.currency == here).then(|| amount("offer-amount", money)),
            Benefit::FreeShippingFrom(least) => {
                (least.currency == here).then(|| amount("offer-delivery-from", least))
            }
            Benefit::FreeShipping => Some(locale.text("offer-delivery").to_owned()),
        };
        self.give.iter().filter_map(word).collect()
    }

    /// All that it gives in one phrase, such as `10% off and free delivery from £30`; `None` where nothing of it is
    /// meant for the market.
    pub fn phrase(&self, locale: &Locale) -> Option<String> {
        let join = |one: String, other: String| {
            locale.say("offer-and", &[("one", one.into()), ("other", other.into())])
        };
        self.words(locale).into_iter().reduce(join)
    }

    /// What a cart of this total lacks until its delivery is free; `None` where it is free, or never will be.
    pub fn lacks(&self, total: Money) -> Option<Money> {
        self.give.iter().find_map(|benefit| match benefit {
            Benefit::FreeShippingFrom(least) if least.currency == total.currency => {
                let amount = least.amount.checked_sub(total.amount).filter(|lacks| *lacks > 0)?;
                Some(Money { amount, ..*least })
            }
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use commerce::{Currency, Market};

    fn given(give: &[Benefit]) -> Given<'_> {
        Given { name: "welcome", give, code: None }
    }

    #[test]
    fn benefits_are_told_in_the_market_s_money() {
        let pounds = |amount| Money::new(amount, Currency::GBP);
        let give = [
            Benefit::PercentOff(1_250),
            Benefit::FreeShippingFrom(pounds(3_000)),
            Benefit::AmountOff(pounds(500)),
        ];
        let told = |market: &str| {
            let locale = Locale::of(&Market::parse(market).unwrap(), &[("en", ""), ("de", "")]);
            given(&give).words(&locale).join("; ")
        };
        assert_eq!(told("en-GB/GBP"), "12.5% off; free delivery from £30.00; £5.00 off");
        assert_eq!(told("de-DE/EUR"), "12,5\u{a0}% Rabatt");
        assert_eq!(given(&give).lacks(pounds(2_999)), Some(pounds(1)));
        assert_eq!(given(&give).lacks(pounds(3_000)), None);
        assert_eq!(given(&give).lacks(Money::new(1, Currency::EUR)), None);
    }
}
