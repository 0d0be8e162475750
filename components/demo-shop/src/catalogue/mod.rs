//! The catalogue: the same for every visitor, read once by an instance, and quick to look things up in.

mod lens;
pub(crate) mod record;

pub(crate) use lens::Lens;
use record::{
    CategoryRecord, ContentRecord, CustomerRecord, ProductRecord, Records, ReviewRecord, StoreRecord,
    VariantRecord,
};

pub(crate) use record::PastOrderRecord;

use commerce::Rating;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

#[expect(clippy::expect_used, reason = "build.rs wrote these very bytes from these very types")]
static RECORDS: LazyLock<Records> = LazyLock::new(|| {
    serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/catalogue.json")))
        .expect("build.rs wrote it")
});

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::of(&RECORDS));

/// The embedded catalogue.
pub(crate) fn catalogue() -> &'static Catalogue {
    &CATALOGUE
}

/// Records with ways to find them.
pub(crate) struct Catalogue {
    records: &'static Records,
    by_slug: HashMap<&'static str, &'static ProductRecord>,
    by_id: HashMap<&'static str, &'static ProductRecord>,
    by_variant: HashMap<&'static str, (&'static ProductRecord, &'static VariantRecord)>,
    ratings: HashMap<&'static str, Rating>,
}

impl Catalogue {
    fn of(records: &'static Records) -> Self {
        let products = || records.products.iter();
        let variants = products().flat_map(|p| p.variants.iter().map(move |v| (v.id.as_str(), (p, v))));
        let mut sums: HashMap<&str, (u32, u32)> = HashMap::new();
        for review in &records.reviews {
            let sum = sums.entry(review.product.as_str()).or_default();
            *sum = (sum.0 + u32::from(review.rating), sum.1 + 1);
        }
        Self {
            records,
            by_slug: products().map(|p| (p.slug.as_str(), p)).collect(),
            by_id: products().map(|p| (p.id.as_str(), p)).collect(),
            by_variant: variants.collect(),
            ratings: sums.into_iter().map(|(id, (stars, count))| (id, mean(stars, count))).collect(),
        }
    }

    /// All products, in the merchandiser's order.
    pub(crate) fn products(&self) -> &'static [ProductRecord] {
        &self.records.products
    }

    pub(crate) fn product_by_slug(&self, slug: &str) -> Option<&'static ProductRecord> {
        self.by_slug.get(slug).copied()
    }

    pub(crate) fn product(&self, id: &str) -> Option<&'static ProductRecord> {
        self.by_id.get(id).copied()
    }

    pub(crate) fn variant(&self, id: &str) -> Option<(&'static ProductRecord, &'static VariantRecord)> {
        self.by_variant.get(id).copied()
    }

    pub(crate) fn customers(&self) -> &'static [CustomerRecord] {
        &self.records.customers
    }

    /// What reviewers say in sum of a product.
    pub(crate) fn rating(&self, product: &str) -> Option<Rating> {
        self.ratings.get(product).copied()
    }

    pub(crate) fn reviews(&self, product: &str) -> impl Iterator<Item = &'static ReviewRecord> {
        self.records.reviews.iter().filter(move |review| review.product == product)
    }

    pub(crate) fn categories(&self) -> &'static [CategoryRecord] {
        &self.records.categories
    }

    pub(crate) fn category(&self, id: &str) -> Option<&'static CategoryRecord> {
        self.records.categories.iter().find(|category| category.id == id)
    }

    pub(crate) fn category_by_slug(&self, slug: &str) -> Option<&'static CategoryRecord> {
        self.records.categories.iter().find(|category| category.slug == slug)
    }

    /// A category's id and those of all that lies below it.
    pub(crate) fn descendants(&self, id: &'static str) -> HashSet<&'static str> {
        let mut found = HashSet::from([id]);
        let mut grew = true;
        while grew {
            let below = self
                .records
                .categories
                .iter()
                .filter(|c| c.parent.as_deref().is_some_and(|parent| found.contains(parent)));
            let below: Vec<&str> = below.map(|c| c.id.as_str()).filter(|id| !found.contains(id)).collect();
            grew = !below.is_empty();
            found.extend(below);
        }
        found
    }

    pub(crate) fn stores(&self) -> &'static [StoreRecord] {
        &self.records.stores
    }

    pub(crate) fn store(&self, id: &str) -> Option<&'static StoreRecord> {
        self.records.stores.iter().find(|store| store.id == id)
    }

    pub(crate) fn content(&self) -> &'static [ContentRecord] {
        &self.records.content
    }
}

/// The mean in tenths, half up.
fn mean(stars: u32, count: u32) -> Rating {
    let tenths = (stars * 10 + count / 2).checked_div(count).unwrap_or_default();
    Rating { average_tenths: u8::try_from(tenths).unwrap_or(u8::MAX), count }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_catalogue_is_as_large_as_promised() {
        let catalogue = catalogue();
        let variants = catalogue.products().iter().map(|p| p.variants.len()).sum::<usize>();
        assert!(catalogue.products().len() >= 60 && variants >= 150);
        assert!(catalogue.categories().len() >= 12 && catalogue.stores().len() >= 4);
    }

    #[test]
    fn descendants_are_a_category_and_all_below() {
        let catalogue = catalogue();
        let fashion = catalogue.descendants("fashion");
        assert!(fashion.contains("fashion") && fashion.contains("knitwear") && !fashion.contains("phones"));
        assert_eq!(catalogue.descendants("phones"), HashSet::from(["phones"]));
    }

    #[test]
    fn the_mean_is_in_tenths_half_up() {
        assert_eq!(mean(9, 2).average_tenths, 45);
        assert_eq!(mean(13, 3).average_tenths, 43);
        assert_eq!(mean(27, 4).average_tenths, 68);
    }
}
