//! Content blocks.

use super::{card, image};
use crate::catalogue::record::{ContentRecord, LinkRecord};
use crate::catalogue::{Catalogue, Lens};
use crate::wire::Query;
use commerce::{ContentBlock, ContentId, ContentKind, Link};

/// The blocks for the slots and of the ids that are asked for, in the merchandiser's order.
pub(crate) fn blocks(catalogue: &Catalogue, lens: &Lens<'_>, query: &Query) -> Vec<ContentBlock> {
    let asked = |record: &&ContentRecord| {
        query.all("slot").any(|slot| slot == record.slot) || query.all("id").any(|id| id == record.id)
    };
    catalogue.content().iter().filter(asked).map(|record| block(catalogue, lens, record)).collect()
}

fn block(catalogue: &Catalogue, lens: &Lens<'_>, record: &ContentRecord) -> ContentBlock {
    ContentBlock {
        id: ContentId::new(record.id.clone()),
        slot: record.slot.clone(),
        kind: kind(&record.kind),
        title: lens.text(&record.title),
        body: lens.text(&record.body),
        link: record.link.as_ref().and_then(|link| leads_to(catalogue, link)),
        link_label: record.link_label.as_ref().map(|label| lens.text(label)).unwrap_or_default(),
        image: record.picture.as_ref().map(|p| image(&p.file, lens.language().of(&p.alt))),
        products: record
            .products
            .iter()
            .filter_map(|id| Some(card(catalogue, lens, catalogue.product(id)?)))
            .collect(),
        from: record.from,
        until: record.until,
        weekday: record.weekday,
    }
}

fn kind(word: &str) -> ContentKind {
    match word {
        "hero" => ContentKind::Hero,
        "banner" => ContentKind::Banner,
        "offer" => ContentKind::Offer,
        "rail" => ContentKind::Rail,
        "look" => ContentKind::Look,
        "note" => ContentKind::Note,
        _ => ContentKind::Other,
    }
}

/// Links are kept by id or slug, and told by slug.
fn leads_to(catalogue: &Catalogue, link: &LinkRecord) -> Option<Link> {
    Some(match link {
        LinkRecord::Product(key) => {
            let product = catalogue.product(key).or_else(|| catalogue.product_by_slug(key))?;
            Link::Product(product.slug.clone())
        }
        LinkRecord::Category(key) => {
            let category = catalogue.category(key).or_else(|| catalogue.category_by_slug(key))?;
            Link::Category(category.slug.clone())
        }
        LinkRecord::Search(words) => Link::Search(words.clone()),
    })
}
