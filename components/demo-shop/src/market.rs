//! The markets that the shop serves: three languages, three currencies, any region.

use crate::catalogue::record::Text;
use crate::wire::{No, Query};
use commerce::Currency;

/// A language of the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Language {
    English,
    German,
    Arabic,
}

impl Language {
    pub(crate) const ALL: [Self; 3] = [Self::English, Self::German, Self::Arabic];

    /// ISO 639.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Arabic => "ar",
        }
    }

    pub(crate) fn of(self, text: &Text) -> &str {
        match self {
            Self::English => &text.en,
            Self::German => &text.de,
            Self::Arabic => &text.ar,
        }
    }

    /// The one of three wordings that is in this language.
    pub(crate) fn pick<'a>(self, en: &'a str, de: &'a str, ar: &'a str) -> &'a str {
        match self {
            Self::English => en,
            Self::German => de,
            Self::Arabic => ar,
        }
    }

    /// Reads a BCP 47 tag of language and perhaps region, such as `de-AT`.
    fn parse(locale: &str) -> Option<Self> {
        let (language, region) = match locale.split_once('-') {
            Some((language, region)) => (language, Some(region)),
            None => (locale, None),
        };
        let is_region = |r: &str| r.len() == 2 && r.bytes().all(|b| b.is_ascii_uppercase());
        let found = Self::ALL.into_iter().find(|known| known.code() == language);
        found.filter(|_| region.is_none_or(is_region))
    }
}

/// A currency of the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tender {
    Gbp,
    Eur,
    Jpy,
}

impl Tender {
    pub(crate) const ALL: [Self; 3] = [Self::Gbp, Self::Eur, Self::Jpy];

    pub(crate) const fn currency(self) -> Currency {
        match self {
            Self::Gbp => Currency::GBP,
            Self::Eur => Currency::EUR,
            Self::Jpy => Currency::JPY,
        }
    }
}

/// In which words and for which money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Market {
    pub(crate) language: Language,
    pub(crate) tender: Tender,
}

impl Market {
    /// Reads `locale` and `currency`.
    ///
    /// # Errors
    /// `invalid`, naming the parameter that is missing or not served.
    pub(crate) fn of(query: &Query) -> Result<Self, No> {
        let language =
            query.first("locale").and_then(Language::parse).ok_or_else(|| No::invalid("locale"))?;
        let code = query.first("currency").unwrap_or_default();
        let tender = Tender::ALL.into_iter().find(|tender| tender.currency().code() == code);
        Ok(Self { language, tender: tender.ok_or_else(|| No::invalid("currency"))? })
    }

    pub(crate) const fn currency(self) -> Currency {
        self.tender.currency()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_region_of_three_languages_and_nothing_else() {
        let market = |query: &str| Market::of(&Query::read(Some(query)));
        let german = Market { language: Language::German, tender: Tender::Jpy };
        assert_eq!(market("locale=de-AT&currency=JPY").ok(), Some(german));
        assert!(market("locale=ar&currency=GBP").is_ok());
        for locale in ["", "fr-FR", "EN-GB", "en-", "en-gb", "en-GB-x", "en_GB"] {
            let no = market(&format!("locale={locale}&currency=GBP")).err().unwrap().problem();
            assert_eq!((no.status, no.field.as_deref()), (400, Some("locale")), "{locale}");
        }
        for currency in ["", "USD", "gbp", "GBPX"] {
            let no = market(&format!("locale=en-GB&currency={currency}")).err().unwrap().problem();
            assert_eq!((no.status, no.field.as_deref()), (400, Some("currency")), "{currency}");
        }
    }
}
