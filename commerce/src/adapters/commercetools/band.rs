//! What every list can be narrowed by beside the merchant's own attributes: price, rating, stock, sale.
//! commercetools counts and filters these, but has no names for them, so the words are ours.

use super::schema::Schema;
use super::search::priced;
use crate::model::{Currency, FacetChoice, Market};
use serde_json::{Value, json};

const PRICE: &str = "price";
const RATING: &str = "rating";
const AVAILABILITY: &str = "availability";
const SALE: &str = "sale";

/// In the order to show.
const FACETS: [&str; 4] = [PRICE, RATING, AVAILABILITY, SALE];

/// One value of one of them, with what it asks of one price of a variant.
pub(super) struct Band {
    pub(super) facet: &'static str,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) filter: Value,
}

/// Such as `price:2500-5000`: names the count of a band in an answer.
impl Band {
    pub(super) fn counted(&self) -> String {
        format!("{}:{}", self.facet, self.id)
    }
}

/// All bands of a market, in the order to show.
pub(super) fn bands(market: &Market) -> Vec<Band> {
    let words = Words::of(market);
    let mut bands: Vec<Band> = Vec::new();
    for (from, to) in steps(market.currency()) {
        let mut range = json!({ "field": "variants.prices.currentCentAmount", "gte": from });
        if let (Some(to), Some(range)) = (to, range.as_object_mut()) {
            range.insert("lt".to_owned(), json!(to));
        }
        bands.push(Band {
            facet: PRICE,
            id: format!("{from}-{}", to.map(|to| to.to_string()).unwrap_or_default()),
            name: words.price(market.currency(), from, to),
            filter: json!({ "and": [priced(market), { "range": range }] }),
        });
    }
    for stars in [4, 3] {
        // Ratings are shown in tenths, rounded: 3.95 is four stars to whoever reads it.
        let from = f64::from(stars) - 0.05;
        bands.push(Band {
            facet: RATING,
            id: stars.to_string(),
            name: words.stars.replace("{}", &stars.to_string()),
            filter: json!({ "range": { "field": "reviewRatingStatistics.averageRating", "gte": from } }),
        });
    }
    let in_stock = json!({ "exact": { "field": "variants.availability.isOnStock", "value": true } });
    let on_sale = json!({ "exact": { "field": "variants.prices.discounted", "value": true } });
    bands.extend([
        Band { facet: AVAILABILITY, id: "in_stock".into(), name: words.in_stock.into(), filter: in_stock },
        Band {
            facet: SALE,
            id: SALE.into(),
            name: words.on_sale.into(),
            filter: json!({ "and": [priced(market), on_sale] }),
        },
    ]);
    bands
}

/// The facets of the bands with their names; an attribute of the same name goes before.
pub(super) fn facets(market: &Market, schema: &Schema) -> Vec<(&'static str, &'static str)> {
    let words = Words::of(market);
    let named = FACETS.into_iter().zip([words.price, words.rating, words.availability, words.sale]);
    named.filter(|(id, _)| schema.facets().all(|facet| facet.name != *id)).collect()
}

/// What the chosen bands of a facet ask; `None` when none is chosen.
pub(super) fn chosen(facet: &str, bands: &[Band], choices: &[FacetChoice]) -> Option<Value> {
    let is_chosen = |band: &&Band| choices.iter().any(|c| c.facet == band.facet && c.value == band.id);
    let filters = bands.iter().filter(|band| band.facet == facet).filter(is_chosen);
    let filters: Vec<&Value> = filters.map(|band| &band.filter).collect();
    (!filters.is_empty()).then(|| json!({ "or": filters }))
}

/// Where bands of price begin and end, in minor units, the end not included.
fn steps(currency: Currency) -> Vec<(i64, Option<i64>)> {
    let ends: [i64; 5] = match currency.exponent() {
        0 => [5_000, 10_000, 20_000, 40_000, 100_000],
        2 => [2_500, 5_000, 10_000, 20_000, 50_000],
        _ => [25_000, 50_000, 100_000, 200_000, 500_000],
    };
    let froms = std::iter::once(0).chain(ends);
    froms.zip(ends.into_iter().map(Some).chain([None])).collect()
}

/// English for a language that we have no words in.
struct Words {
    price: &'static str,
    rating: &'static str,
    availability: &'static str,
    sale: &'static str,
    stars: &'static str,
    in_stock: &'static str,
    on_sale: &'static str,
    under: &'static str,
    between: &'static str,
    over: &'static str,
    thousands: &'static str,
    /// Number, then sign.
    amount: &'static str,
}

const ENGLISH: Words = Words {
    price: "Price",
    rating: "Customer rating",
    availability: "Availability",
    sale: "Offers",
    stars: "{} stars and up",
    in_stock: "In stock",
    on_sale: "On sale",
    under: "Under {b}",
    between: "{a} to {b}",
    over: "{a} and over",
    thousands: ",",
    amount: "{s}{n}",
};

const GERMAN: Words = Words {
    price: "Preis",
    rating: "Bewertung",
    availability: "Verfügbarkeit",
    sale: "Angebote",
    stars: "{} Sterne und mehr",
    in_stock: "Auf Lager",
    on_sale: "Reduziert",
    under: "Unter {b}",
    between: "{a} bis {b}",
    over: "Ab {a}",
    thousands: ".",
    amount: "{n}\u{a0}{s}",
};

/// Amounts are kept left to right inside the sentence.
const ARABIC: Words = Words {
    price: "السعر",
    rating: "تقييم العملاء",
    availability: "التوفّر",
    sale: "العروض",
    stars: "{} نجوم فأكثر",
    in_stock: "متوفّر",
    on_sale: "تخفيضات",
    under: "أقل من {b}",
    between: "من {a} إلى {b}",
    over: "{a} فأكثر",
    thousands: ",",
    amount: "\u{2066}{s}{n}\u{2069}",
};

impl Words {
    fn of(market: &Market) -> &'static Self {
        match market.language() {
            "de" => &GERMAN,
            "ar" => &ARABIC,
            _ => &ENGLISH,
        }
    }

    fn price(&self, currency: Currency, from: i64, to: Option<i64>) -> String {
        let pattern = match to {
            Some(_) if from == 0 => self.under,
            Some(_) => self.between,
            None => self.over,
        };
        let end = to.map(|to| self.amount(currency, to)).unwrap_or_default();
        pattern.replace("{a}", &self.amount(currency, from)).replace("{b}", &end)
    }

    /// Bands end at whole units, so there are no decimals.
    fn amount(&self, currency: Currency, minor: i64) -> String {
        let whole = minor / 10_i64.pow(u32::from(currency.exponent()));
        let number = match whole {
            1_000.. => format!("{}{}{:03}", whole / 1_000, self.thousands, whole % 1_000),
            _ => whole.to_string(),
        };
        let sign = match currency.code() {
            "GBP" => "£",
            "EUR" => "€",
            "JPY" => "¥",
            "USD" => "$",
            code => code,
        };
        self.amount.replace("{n}", &number).replace("{s}", sign)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_said_in_the_markets_words_and_money() {
        let names = |market: &str| {
            let all = bands(&Market::parse(market).unwrap());
            all.into_iter().filter(|band| band.facet == PRICE).map(|band| band.name).collect::<Vec<_>>()
        };
        let english = names("en-GB/GBP");
        assert_eq!((english[0].as_str(), english[1].as_str()), ("Under £25", "£25 to £50"));
        assert_eq!(english[5], "£500 and over");
        assert_eq!(names("de-DE/JPY")[5], "Ab 100.000\u{a0}¥");
        assert_eq!(names("ar-GB/EUR")[0], "أقل من \u{2066}€25\u{2069}");
        assert_eq!(names("fr-KW/KWD")[0], "Under KWD25");
    }
}
