//! What a list can be narrowed by. A value counts the products that it would leave, with the other facets
//! as they are chosen and this one free.

use super::narrow::{Chosen, band_id, brand_id, fits, values};
use super::natural::{Natural, natural};
use crate::catalogue::record::ProductRecord;
use crate::catalogue::{Catalogue, Lens};
use crate::market::{Language, Tender};
use commerce::{Facet, FacetValue};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const BRAND: &str = "brand";
pub(crate) const PRICE: &str = "price";
pub(crate) const RATING: &str = "rating";
pub(crate) const AVAILABILITY: &str = "availability";
pub(crate) const IN_STOCK: &str = "in_stock";
pub(crate) const SALE: &str = "sale";
/// Stars and up.
pub(crate) const RATINGS: [u8; 2] = [4, 3];

/// Bands of price in minor units: from, and up to without the end.
pub(crate) fn bands(tender: Tender) -> Vec<(i64, Option<i64>)> {
    let ends: [i64; 5] = match tender {
        Tender::Gbp | Tender::Eur => [2_500, 5_000, 10_000, 20_000, 50_000],
        Tender::Jpy => [5_000, 10_000, 20_000, 40_000, 100_000],
    };
    let froms = std::iter::once(0).chain(ends);
    froms.zip(ends.into_iter().map(Some).chain([None])).collect()
}

/// The facets of the products that were found, in the order to show.
pub(crate) fn facets(
    catalogue: &Catalogue,
    lens: &Lens<'_>,
    found: &[&'static ProductRecord],
    chosen: &Chosen,
) -> Vec<Facet> {
    let language = lens.language();
    let mut options: Vec<(&str, String)> = Vec::new();
    for option in found.iter().flat_map(|product| &product.options) {
        if !options.iter().any(|(id, _)| *id == option.id) {
            options.push((option.id.as_str(), lens.text(&option.name)));
        }
    }
    // A chosen option of which nothing was found is still told, so that it can be taken back.
    let missing =
        chosen.keys().filter(|id| ![BRAND, PRICE, RATING, AVAILABILITY, SALE].contains(&id.as_str()));
    for id in missing {
        let mut all = catalogue.products().iter().flat_map(|product| &product.options);
        if let Some(option) = all.find(|o| o.id == *id).filter(|o| !options.iter().any(|(id, _)| *id == o.id))
        {
            options.push((option.id.as_str(), lens.text(&option.name)));
        }
    }
    let named = |id, en, de, ar| (id, language.pick(en, de, ar).to_owned());
    let mut all = vec![named(BRAND, "Brand", "Marke", "العلامة التجارية")];
    all.extend(options);
    all.extend([
        named(PRICE, "Price", "Preis", "السعر"),
        named(RATING, "Customer rating", "Bewertung", "تقييم العملاء"),
        named(AVAILABILITY, "Availability", "Verfügbarkeit", "التوفّر"),
        named(SALE, "Offers", "Angebote", "العروض"),
    ]);
    let facet = |(id, name): (&str, String)| facet(catalogue, lens, found, chosen, id, name);
    all.into_iter().filter_map(facet).collect()
}

fn facet(
    catalogue: &Catalogue,
    lens: &Lens<'_>,
    found: &[&'static ProductRecord],
    chosen: &Chosen,
    id: &str,
    name: String,
) -> Option<Facet> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut narrowed = 0;
    for product in found {
        let fitting =
            || product.variants.iter().filter(|v| fits(catalogue, lens, product, v, chosen, Some(id)));
        let has: BTreeSet<String> = fitting().flat_map(|v| values(catalogue, lens, product, v, id)).collect();
        narrowed += u32::from(fitting().next().is_some());
        for value in has {
            *counts.entry(value).or_default() += 1;
        }
    }
    let wanted = chosen.get(id);
    for value in wanted.into_iter().flatten() {
        counts.entry(value.clone()).or_default();
    }
    // A facet whose single value all products have narrows nothing.
    let narrows = counts.len() > 1 || counts.values().any(|count| *count < narrowed);
    if counts.is_empty() || (!narrows && wanted.is_none()) {
        return None;
    }
    let mut shown: Vec<FacetValue> = Vec::new();
    for (value, name, swatch) in known(catalogue, lens, id) {
        let Some(count) = counts.get(&value) else { continue };
        let selected = wanted.is_some_and(|wanted| wanted.contains(&value));
        shown.push(FacetValue { id: value, name, count: *count, selected, swatch });
    }
    Some(Facet { id: id.to_owned(), name, values: shown })
}

/// Every value of a facet in the order to show: (id, name, swatch).
fn known(catalogue: &Catalogue, lens: &Lens<'_>, facet: &str) -> Vec<(String, String, Option<String>)> {
    let language = lens.language();
    let plain = |id: &str, name: String| (id.to_owned(), name, None);
    match facet {
        BRAND => {
            let brands: BTreeSet<&str> = catalogue.products().iter().map(|p| p.brand.as_str()).collect();
            brands.into_iter().map(|brand| (brand_id(brand), brand.to_owned(), None)).collect()
        }
        PRICE => {
            let tender = lens.market.tender;
            bands(tender)
                .into_iter()
                .map(|band| (band_id(band), band_name(language, tender, band), None))
                .collect()
        }
        RATING => RATINGS
            .iter()
            .map(|stars| {
                let stars = stars.to_string();
                let name = language
                    .pick("{} stars and up", "{} Sterne und mehr", "{} نجوم فأكثر")
                    .replace("{}", &stars);
                plain(&stars, name)
            })
            .collect(),
        AVAILABILITY => vec![plain(IN_STOCK, language.pick("In stock", "Auf Lager", "متوفّر").to_owned())],
        SALE => vec![plain(SALE, language.pick("On sale", "Reduziert", "تخفيضات").to_owned())],
        option => option_values(catalogue, lens, option),
    }
}

fn option_values(
    catalogue: &Catalogue,
    lens: &Lens<'_>,
    option: &str,
) -> Vec<(String, String, Option<String>)> {
    let mut known: Vec<(String, String, Option<String>, String)> = Vec::new();
    for product in catalogue.products() {
        let main = product.categories.first().and_then(|id| catalogue.category(id));
        let values = product.options.iter().filter(|o| o.id == option).flat_map(|o| &o.values);
        for value in values {
            if !known.iter().any(|(id, ..)| *id == value.id) {
                let place = main.map(|category| lens.text(&category.name)).unwrap_or_default();
                known.push((value.id.clone(), lens.text(&value.name), value.swatch.clone(), place));
            }
        }
    }
    // A dress and a shoe may both be "UK 8": each then says of what.
    let names: Vec<String> = known.iter().map(|(_, name, ..)| name.clone()).collect();
    for (_, name, _, place) in &mut known {
        if names.iter().filter(|other| *other == name).count() > 1 {
            *name = format!("{name} ({place})");
        }
    }
    if known.iter().any(|(id, ..)| natural(id) != Natural::Named) {
        known.sort_by_key(|(id, ..)| natural(id));
    } else {
        known.sort_by_cached_key(|(_, name, ..)| crate::search::fold(name));
    }
    known.into_iter().map(|(id, name, swatch, _)| (id, name, swatch)).collect()
}

fn band_name(language: Language, tender: Tender, (from, to): (i64, Option<i64>)) -> String {
    let (from, to) = (whole(language, tender, from), to.map(|to| whole(language, tender, to)));
    match to {
        Some(to) if from.1 == 0 => language.pick("Under {}", "Unter {}", "أقل من {}").replace("{}", &to.0),
        Some(to) => language
            .pick("{a} to {b}", "{a} bis {b}", "من {a} إلى {b}")
            .replace("{a}", &from.0)
            .replace("{b}", &to.0),
        None => language.pick("{} and over", "Ab {}", "{} فأكثر").replace("{}", &from.0),
    }
}

/// A whole amount of the bands in words, with the amount. Bands end at whole units, so no decimals.
fn whole(language: Language, tender: Tender, minor: i64) -> (String, i64) {
    let (sign, units) = match tender {
        Tender::Gbp => ("£", minor / 100),
        Tender::Eur => ("€", minor / 100),
        Tender::Jpy => ("¥", minor),
    };
    let thousands = language.pick(",", ".", ",");
    let number = match units {
        1_000.. => format!("{}{thousands}{:03}", units / 1_000, units % 1_000),
        _ => units.to_string(),
    };
    let words = match language {
        Language::English => format!("{sign}{number}"),
        Language::German => format!("{number}\u{a0}{sign}"),
        // Kept left to right inside the sentence.
        Language::Arabic => format!("\u{2066}{sign}{number}\u{2069}"),
    };
    (words, minor)
}
