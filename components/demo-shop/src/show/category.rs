//! The category tree.

use super::image;
use crate::catalogue::record::CategoryRecord;
use crate::catalogue::{Catalogue, Lens};
use commerce::{Category, CategoryId, CategoryRef};

/// A category by name.
pub(crate) fn reference(lens: &Lens<'_>, record: &CategoryRecord) -> CategoryRef {
    CategoryRef {
        id: CategoryId::new(record.id.clone()),
        slug: record.slug.clone(),
        name: lens.text(&record.name),
    }
}

/// The departments with all below them.
pub(crate) fn tree(catalogue: &Catalogue, lens: &Lens<'_>) -> Vec<Category> {
    below(catalogue, lens, None, 0)
}

fn below(catalogue: &Catalogue, lens: &Lens<'_>, parent: Option<&str>, depth: u8) -> Vec<Category> {
    // A category that is its own ancestor must not become an endless tree.
    if depth > 8 {
        return Vec::new();
    }
    let records = catalogue.categories().iter().filter(|c| c.parent.as_deref() == parent);
    let shown = records.map(|record| {
        let name = lens.text(&record.name);
        Category {
            id: CategoryId::new(record.id.clone()),
            slug: record.slug.clone(),
            image: record.picture.as_deref().map(|file| image(file, &name)),
            name,
            description: lens.text(&record.description),
            children: below(catalogue, lens, Some(&record.id), depth + 1),
        }
    });
    shown.collect()
}
