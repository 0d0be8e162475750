//! Money, numbers and dates by ICU4X, the Unicode Consortium's library over CLDR.

use commerce::{Currency, Market, Money};
use fixed_decimal::Decimal;
use icu_calendar::{Gregorian, Iso};
use icu_datetime::fieldsets::{T, YMD, YMDT};
use icu_datetime::input::{Date, DateTime, Time};
use icu_datetime::{FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_experimental::dimension::currency::formatter::CurrencyFormatter;
use icu_locale_core::Locale;
use jiff::civil;

type Dates<F> = Option<FixedCalendarDateTimeFormatter<Gregorian, F>>;

/// The formatters of one market. One that CLDR does not have falls back to ISO forms.
pub(super) struct Formats {
    locale: Locale,
    currency: Currency,
    money: Option<CurrencyFormatter<DecimalFormatter>>,
    decimal: Option<DecimalFormatter>,
    date: Dates<YMD>,
    date_time: Dates<YMDT>,
    time: Option<NoCalendarFormatter<T>>,
}

impl Formats {
    pub(super) fn new(market: &Market) -> Self {
        let locale: Locale = market.locale().parse().unwrap_or(Locale::UNKNOWN);
        Self {
            currency: market.currency(),
            money: currency_formatter(&locale, market.currency()),
            decimal: DecimalFormatter::try_new((&locale).into(), Default::default()).ok(),
            date: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMD::medium()).ok(),
            date_time: FixedCalendarDateTimeFormatter::try_new(
                (&locale).into(),
                YMD::medium().with_time_hm(),
            )
            .ok(),
            time: NoCalendarFormatter::try_new((&locale).into(), T::hm()).ok(),
            locale,
        }
    }

    pub(super) fn money(&self, money: Money) -> String {
        let amount = scaled(money.amount, money.currency.exponent());
        let own = (money.currency == self.currency).then_some(self.money.as_ref()).flatten();
        match own {
            Some(formatter) => formatter.format_fixed_decimal(&amount).to_string(),
            // An order of another market: rare, so its formatter is made when needed.
            None => match currency_formatter(&self.locale, money.currency) {
                Some(formatter) => formatter.format_fixed_decimal(&amount).to_string(),
                None => format!("{amount} {}", money.currency),
            },
        }
    }

    pub(super) fn decimal(&self, number: i64, places: u8) -> String {
        let number = scaled(number, places);
        match &self.decimal {
            Some(formatter) => formatter.format(&number).to_string(),
            None => number.to_string(),
        }
    }

    pub(super) fn date(&self, date: civil::Date) -> String {
        let gregorian = icu_date(date).map(|date| date.to_calendar(Gregorian));
        match (&self.date, gregorian) {
            (Some(formatter), Some(gregorian)) => formatter.format(&gregorian).to_string(),
            _ => date.to_string(),
        }
    }

    pub(super) fn date_time(&self, at: civil::DateTime) -> String {
        let date = icu_date(at.date()).map(|date| date.to_calendar(Gregorian));
        match (&self.date_time, date, icu_time(at.time())) {
            (Some(formatter), Some(date), Some(time)) => {
                formatter.format(&DateTime { date, time }).to_string()
            }
            _ => at.to_string(),
        }
    }

    pub(super) fn time(&self, time: civil::Time) -> String {
        match (&self.time, icu_time(time)) {
            (Some(formatter), Some(input)) => formatter.format(&input).to_string(),
            _ => time.to_string(),
        }
    }
}

fn scaled(amount: i64, places: u8) -> Decimal {
    let mut decimal = Decimal::from(amount);
    decimal.multiply_pow10(-i16::from(places));
    decimal
}

fn currency_formatter(locale: &Locale, currency: Currency) -> Option<CurrencyFormatter<DecimalFormatter>> {
    let code = currency.code().parse().ok()?;
    CurrencyFormatter::try_new_symbol(locale.into(), code, Default::default()).ok()
}

fn icu_date(date: civil::Date) -> Option<Date<Iso>> {
    Date::try_new_iso(date.year().into(), date.month().try_into().ok()?, date.day().try_into().ok()?).ok()
}

fn icu_time(time: civil::Time) -> Option<Time> {
    let part = |number: i8| u8::try_from(number).ok();
    Time::try_new(part(time.hour())?, part(time.minute())?, part(time.second())?, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_market_reads_its_own_money_and_dates() {
        let day = civil::date(2026, 9, 14);
        let table = [
            ("en-GB/GBP", 123450, "£1,234.50", "14 Sept 2026"),
            ("de-DE/EUR", 123450, "1.234,50\u{a0}€", "14.09.2026"),
            ("en-JP/JPY", 36500, "¥36,500", "Sep 14, 2026"),
        ];
        for (market, amount, money, date) in table {
            let market = Market::parse(market).unwrap();
            let formats = Formats::new(&market);
            assert_eq!(formats.money(Money::new(amount, market.currency())), money);
            assert_eq!(formats.date(day), date);
        }
        let arabic = Formats::new(&Market::parse("ar-GB/GBP").unwrap());
        assert_eq!(arabic.money(Money::new(123450, Currency::GBP)), "\u{200f}1,234.50\u{a0}UK£");
        assert_eq!(arabic.date(day), "14\u{200f}/09\u{200f}/2026");
    }
}
