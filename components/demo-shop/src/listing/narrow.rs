//! Which products fit the chosen facet values: any value of a facet, all facets, in one variant.

use super::facet::{AVAILABILITY, BRAND, IN_STOCK, PRICE, RATING, RATINGS, SALE, bands};
use crate::catalogue::record::{ProductRecord, VariantRecord};
use crate::catalogue::{Catalogue, Lens};
use std::collections::{BTreeMap, BTreeSet};

/// Facet → chosen values.
pub(crate) type Chosen = BTreeMap<String, BTreeSet<String>>;

/// The products with a variant that fits.
pub(crate) fn narrowed(
    catalogue: &Catalogue,
    lens: &Lens<'_>,
    products: &[&'static ProductRecord],
    chosen: &Chosen,
) -> Vec<&'static ProductRecord> {
    let fitting = |product: &&&'static ProductRecord| {
        product.variants.iter().any(|variant| fits(catalogue, lens, product, variant, chosen, None))
    };
    products.iter().filter(fitting).copied().collect()
}

/// Whether a variant has one of the chosen values of each facet; `except` one, for that facet's own counts.
pub(crate) fn fits(
    catalogue: &Catalogue,
    lens: &Lens<'_>,
    product: &ProductRecord,
    variant: &VariantRecord,
    chosen: &Chosen,
    except: Option<&str>,
) -> bool {
    let others = chosen.iter().filter(|(facet, _)| Some(facet.as_str()) != except);
    others.into_iter().all(|(facet, wanted)| {
        values(catalogue, lens, product, variant, facet).iter().any(|value| wanted.contains(value))
    })
}

/// The values of a facet that a variant has.
pub(crate) fn values(
    catalogue: &Catalogue,
    lens: &Lens<'_>,
    product: &ProductRecord,
    variant: &VariantRecord,
    facet: &str,
) -> Vec<String> {
    match facet {
        BRAND => vec![brand_id(&product.brand)],
        PRICE => {
            let amount = lens.amount(&variant.price);
            let within = |(from, to): &(i64, Option<i64>)| amount >= *from && to.is_none_or(|to| amount < to);
            bands(lens.market.tender).into_iter().filter(within).map(band_id).collect()
        }
        RATING => {
            let tenths = catalogue.rating(&product.id).map_or(0, |rating| rating.average_tenths);
            RATINGS.iter().filter(|stars| tenths >= **stars * 10).map(u8::to_string).collect()
        }
        AVAILABILITY => {
            if lens.sold.left(variant) > 0 {
                vec![IN_STOCK.to_owned()]
            } else {
                Vec::new()
            }
        }
        SALE => {
            if variant.was.is_some() {
                vec![SALE.to_owned()]
            } else {
                Vec::new()
            }
        }
        option => variant.options.get(option).cloned().into_iter().collect(),
    }
}

/// Whether the shop has such a facet and value at all; a known value may still find nothing here.
pub(crate) fn is_known(catalogue: &Catalogue, lens: &Lens<'_>, facet: &str, value: &str) -> bool {
    match facet {
        BRAND => catalogue.products().iter().any(|product| brand_id(&product.brand) == value),
        PRICE => bands(lens.market.tender).into_iter().any(|band| band_id(band) == value),
        RATING => RATINGS.iter().any(|stars| stars.to_string() == value),
        AVAILABILITY => value == IN_STOCK,
        SALE => value == SALE,
        option => {
            let options = catalogue.products().iter().flat_map(|product| &product.options);
            options.filter(|o| o.id == option).flat_map(|o| &o.values).any(|v| v.id == value)
        }
    }
}

/// Such as `larkspur-finch` for `Larkspur & Finch`.
pub(crate) fn brand_id(brand: &str) -> String {
    let parts = brand.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

/// Such as `2500-5000`, or `50000-` without an end; minor units, the end not included.
pub(crate) fn band_id((from, to): (i64, Option<i64>)) -> String {
    format!("{from}-{}", to.map(|to| to.to_string()).unwrap_or_default())
}
