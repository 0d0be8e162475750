//! Content; pure. Metaobjects of the type `content_block`, with the fields of [`ContentBlock`]: `slot`,
//! `kind`, `title`, `body`, `link` (a product or collection) or `search`, `link_label`, `picture`,
//! `products`, `from`, `until` and `weekday`. Its 250 first are looked at.

use super::card::{Card, cards};
use super::shape::{Maybe, MediaRef, Meta, Nodes, lenient, text};
use crate::model::{ContentBlock, ContentId, ContentKind, ContentQuery, Link};
use serde::Deserialize;

/// The answer of `content_list.graphql`: Shopify finds metaobjects by type only.
#[derive(Deserialize)]
pub(super) struct List {
    metaobjects: Nodes<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    id: String,
    handle: String,
    slot: Option<Meta>,
}

/// The ids of the blocks that are asked for.
pub(super) fn chosen(list: List, query: &ContentQuery) -> Vec<String> {
    let asked = |listed: Listed| {
        let by_id = query.ids.iter().any(|id| id.as_str() == listed.handle);
        let slot = text(listed.slot);
        (by_id || query.slots.contains(&slot)).then_some(listed.id)
    };
    list.metaobjects.nodes.into_iter().filter_map(asked).collect()
}

/// The answer of `content.graphql`.
#[derive(Deserialize)]
pub(super) struct Answer {
    nodes: Vec<Maybe<Block>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Block {
    handle: String,
    slot: Option<Meta>,
    kind: Option<Meta>,
    title: Option<Meta>,
    body: Option<Meta>,
    link_label: Option<Meta>,
    search: Option<Meta>,
    from: Option<Meta>,
    until: Option<Meta>,
    weekday: Option<Meta>,
    link: Option<LinkRef>,
    picture: Option<MediaRef>,
    products: Option<Shown>,
}

#[derive(Deserialize)]
struct LinkRef {
    #[serde(default, deserialize_with = "lenient")]
    reference: Option<Target>,
}

#[derive(Deserialize)]
#[serde(tag = "__typename")]
enum Target {
    Product { handle: String },
    Collection { handle: String },
}

#[derive(Deserialize)]
struct Shown {
    references: Option<Nodes<Card>>,
}

/// The blocks; one that cannot be read is left out.
pub(super) fn blocks(answer: Answer) -> Vec<ContentBlock> {
    answer.nodes.into_iter().filter_map(|block| Some(shown(block.0?))).collect()
}

fn shown(block: Block) -> ContentBlock {
    let kind = serde_json::from_value(text(block.kind).into()).unwrap_or(ContentKind::Other);
    let title = text(block.title);
    let words = Some(text(block.search)).filter(|words| !words.is_empty());
    let link = match block.link.and_then(|link| link.reference) {
        Some(Target::Product { handle }) => Some(Link::Product(handle)),
        Some(Target::Collection { handle }) => Some(Link::Category(handle)),
        None => words.map(Link::Search),
    };
    let products = block.products.and_then(|shown| shown.references).unwrap_or_default();
    ContentBlock {
        id: ContentId::new(block.handle),
        slot: text(block.slot),
        kind,
        body: text(block.body),
        link,
        link_label: text(block.link_label),
        image: block.picture.and_then(|picture| picture.image(&title)),
        title,
        products: cards(products.nodes),
        from: text(block.from).parse().ok(),
        until: text(block.until).parse().ok(),
        weekday: text(block.weekday).parse().ok(),
    }
}
