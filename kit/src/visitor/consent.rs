//! What a visitor agreed to.

use super::tcf;
use http::{HeaderMap, header};
use serde::Deserialize;

/// The purposes that a visitor may agree to; rules name them the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Consents {
    /// Being known from one visit to the next, and shown what suits.
    pub personalisation: bool,
    /// Being counted.
    pub analytics: bool,
    /// Being won over: offers by what was bought, and reminders.
    pub marketing: bool,
}

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// [`Consents::personalisation`].
    Personalisation,
    /// [`Consents::analytics`].
    Analytics,
    /// [`Consents::marketing`].
    Marketing,
}

impl Consents {
    /// Every purpose.
    pub const ALL: Self = Self { personalisation: true, analytics: true, marketing: true };
    /// No purpose.
    pub const NONE: Self = Self { personalisation: false, analytics: false, marketing: false };

    /// With one more purpose.
    #[must_use]
    pub const fn with(mut self, purpose: Purpose) -> Self {
        match purpose {
            Purpose::Personalisation => self.personalisation = true,
            Purpose::Analytics => self.analytics = true,
            Purpose::Marketing => self.marketing = true,
        }
        self
    }

    /// Reads names parted by anything but letters, as a form or a query has them; what is unknown is left out.
    pub fn named(names: &str) -> Self {
        let words = names.split(|c: char| !c.is_ascii_alphabetic());
        words.fold(Self::NONE, |known, word| match word {
            "personalisation" => Self { personalisation: true, ..known },
            "analytics" => Self { analytics: true, ..known },
            "marketing" => Self { marketing: true, ..known },
            "all" => Self::ALL,
            _ => known,
        })
    }

    /// The names of what was agreed to.
    pub fn names(self) -> Vec<&'static str> {
        let each = [
            (self.personalisation, "personalisation"),
            (self.analytics, "analytics"),
            (self.marketing, "marketing"),
        ];
        each.into_iter().filter(|(given, _)| *given).map(|(_, name)| name).collect()
    }

    /// What both agree to.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            personalisation: self.personalisation && other.personalisation,
            analytics: self.analytics && other.analytics,
            marketing: self.marketing && other.marketing,
        }
    }

    pub(super) fn bits(self) -> u8 {
        u8::from(self.personalisation) | u8::from(self.analytics) << 1 | u8::from(self.marketing) << 2
    }

    pub(super) fn of_bits(bits: u8) -> Self {
        Self { personalisation: bits & 1 != 0, analytics: bits & 2 != 0, marketing: bits & 4 != 0 }
    }
}

/// What a request says of consent by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    /// It says no: a browser that forbids it for every site.
    Refused,
    /// It has a consent string that nobody can read, which counts as no.
    Unreadable,
    /// A consent platform on the page allows so much.
    Granted(Consents),
    /// Nothing; what the visitor told us counts.
    Silent,
}

impl Signal {
    /// Reads Global Privacy Control (<https://w3c.github.io/gpc/>) and the cookie of the IAB's framework.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        if headers.get("sec-gpc").is_some_and(|value| value.as_bytes().trim_ascii() == b"1") {
            return Self::Refused;
        }
        let jars = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut cookies = jars.flat_map(|jar| jar.split(';')).filter_map(|pair| pair.trim().split_once('='));
        match cookies.find(|(name, _)| *name == tcf::COOKIE) {
            Some((_, value)) => tcf::read(value).map_or(Self::Unreadable, Self::Granted),
            None => Self::Silent,
        }
    }

    /// What may be done for a visitor who told us so much.
    pub(crate) fn limit(self, told: Consents) -> Consents {
        match self {
            Self::Refused | Self::Unreadable => Consents::NONE,
            Self::Granted(granted) => told.and(granted),
            Self::Silent => told,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (http::HeaderName::from_static(name), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn what_a_visitor_told_us_is_never_more_than_the_request_allows() {
        let told = Consents { personalisation: true, analytics: false, marketing: true };
        let limit = |pairs: &[(&'static str, &str)]| Signal::of(&headers(pairs)).limit(told);
        assert_eq!(limit(&[]), told);
        assert_eq!(limit(&[("sec-gpc", "0")]), told);
        assert_eq!(limit(&[("sec-gpc", "1")]), Consents::NONE);
        assert_eq!(limit(&[("cookie", "a=b; euconsent-v2=nonsense")]), Consents::NONE);
        let all = tcf::tests::written(&[1, 5, 6, 8]);
        assert_eq!(
            limit(&[("cookie", &format!("a=b; euconsent-v2={all}"))]),
            Consents { personalisation: true, ..Consents::NONE }
        );
    }

    #[test]
    fn purposes_are_told_by_name_and_kept_in_bits() {
        for bits in 0..8 {
            let consents = Consents::of_bits(bits);
            assert_eq!(consents.bits(), bits);
            assert_eq!(Consents::named(&consents.names().join(",")), consents);
        }
        assert_eq!(Consents::named("all"), Consents::ALL);
        assert_eq!(Consents::named("personalization; drop table"), Consents::NONE);
    }
}
