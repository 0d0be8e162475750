//! Products beside those of a page: what the rules pin, what goes with it, what its looks show.

use super::Choices;
use super::facts::Ruled;
use crate::ask::Ask;
use crate::asked::Awaited as _;
use crate::failure::Failure;
use crate::slots::Slot;
use crate::visibility::Public;
use commerce::{
    ContentBlock, ContentId, ContentQuery, Kind, ListingQuery, Product, ProductCard, ProductKey, ProductRef,
    StockLevel,
};
use futures::future::join_all;
use personalise::goes_with::GoesWith;
use personalise::rules::{Candidate, Model, Pinned, Recommend, arrange};

/// Products that are asked for beyond those that are shown, since some are out of stock, filtered or bought before.
const SPARE: usize = 2;
/// The most products of a model that are asked for.
const MOST: usize = 8;

/// What the rules recommend beside a page's products.
#[derive(Debug, Default)]
pub struct Recommended {
    /// The products, the best first; none where the rules recommend nothing or nothing came of it.
    pub cards: Vec<ProductCard>,
    /// Whether what is known of this visitor may have had a part in it.
    pub is_own: bool,
    /// Whether the backend told its own relations already: there are none, or the rules refuse them.
    has_related: bool,
}

impl Recommended {
    /// Whether the backend's own relations may stand in: nothing is recommended, and the backend did not tell them yet.
    pub fn wants_related(&self) -> bool {
        self.cards.is_empty() && !self.has_related
    }
}

/// A question for products.
enum Asked {
    /// One product; whether the model named it, or a pin.
    Product(String, bool),
    /// The first page of a category.
    Category(String),
    /// The products of looks.
    Looks(Vec<ContentId>),
    /// What the backend relates to a product.
    Related(ProductRef),
}

/// A product with the slugs of its categories; none where the question tells them.
#[derive(Clone)]
struct Item {
    card: ProductCard,
    categories: Vec<String>,
}

impl Ask {
    /// What the rules recommend at a place such as `product`. `product` is what the page is about, `seeds` are the slugs
    /// that the recommendation starts from, which are left out themselves, as is what the visitor bought.
    ///
    /// # Errors
    /// Never for want of recommendations.
    pub async fn recommend(
        &self,
        choices: &Choices,
        slot: Slot,
        place: &'static str,
        product: Option<&Product>,
        seeds: &[&str],
    ) -> Result<Recommended, Failure> {
        choices.note(place);
        let mut recommended = Recommended::default();
        let Some(ruled) = choices.facts.ruled() else { return Ok(recommended) };
        let chosen = ruled.visit(|visit| ruled.book.rules.recommend_at(place, visit, &ruled.decision));
        let Some(rule) = chosen else { return Ok(recommended) };
        let asks = |group: &&str| ruled.book.rules.reads_at(&[place], group);
        recommended.is_own = choices.facts.is_own && ["visitor", "cart"].iter().any(asks);
        if choices.facts.leaves_out(&[place]) {
            recommended.is_own = true;
            self.reads.private();
        }
        for model in [Some(rule.model), rule.fallback].into_iter().flatten() {
            let asked = questions(ruled, rule, model, product, seeds);
            let answers = async { Ok(join_all(asked.iter().map(|asked| self.items(asked))).await) };
            let Some(answers) = self.slots.optional(slot, answers).await? else { continue };
            recommended.has_related |= asked.iter().any(|asked| matches!(asked, Asked::Related(_)));
            recommended.cards = arranged(ruled, rule, &asked, &answers, seeds);
            if !recommended.cards.is_empty() {
                break;
            }
        }
        Ok(recommended)
    }

    /// The answer to a question; `None` for what the shop does not have (any more), and nobody is to keep a page for
    /// long that lacks what the shop could not tell.
    async fn items(&self, asked: &Asked) -> Option<Public<Vec<Item>>> {
        let (shop, many) = (&self.shop, |cards: &Vec<ProductCard>| items(cards));
        let answer = match asked {
            Asked::Product(slug, _) => {
                let key = ProductKey::Slug(slug.clone());
                shop.product(&key).asked().pending.await.map(|product| product.map(item))
            }
            Asked::Category(slug) => {
                let query = ListingQuery { category: Some(slug.clone()), ..ListingQuery::default() };
                shop.listing(&query).asked().pending.await.map(|list| list.map(|list| items(&list.items)))
            }
            Asked::Looks(ids) => {
                let query = ContentQuery { slots: Vec::new(), ids: ids.clone() };
                let shown = |blocks: &Vec<ContentBlock>| {
                    blocks.iter().flat_map(|block| items(&block.products)).collect()
                };
                shop.content(&query).asked().pending.await.map(|blocks| blocks.map(shown))
            }
            Asked::Related(product) => {
                shop.related(product).asked().pending.await.map(|cards| cards.map(many))
            }
        };
        match answer {
            Ok(items) => Some(items),
            Err(error) if matches!(error.kind, Kind::NotFound(_)) => None,
            Err(_) => Some(Public::default()),
        }
    }
}

/// What is to be asked, the model's first.
fn questions(
    ruled: &Ruled,
    rule: &Recommend,
    model: Model,
    product: Option<&Product>,
    seeds: &[&str],
) -> Vec<Asked> {
    let spare = SPARE + if rule.repeat { 0 } else { ruled.bought.len() };
    let most = usize::from(rule.limit).saturating_add(spare).min(MOST);
    let mut asked: Vec<Asked> = match model {
        Model::GoesWith => {
            neighbours(ruled, seeds, most).into_iter().map(|slug| Asked::Product(slug, true)).collect()
        }
        Model::Looks => {
            let looks = product.map(|product| product.looks.clone()).unwrap_or_default();
            Vec::from_iter((!looks.is_empty()).then_some(Asked::Looks(looks)))
        }
        Model::Related => product.map(|product| Asked::Related(product.reference())).into_iter().collect(),
    };
    for pin in rule.pins.iter().filter(|pin| ruled.visit(|visit| pin.applies(visit, &ruled.decision))) {
        asked.push(match &pin.what {
            Pinned::Category(slug) => Asked::Category(slug.to_string()),
            Pinned::Product(slug) => Asked::Product(slug.to_string(), false),
        });
    }
    asked
}

/// What goes with the seeds, the strongest first.
fn neighbours(ruled: &Ruled, seeds: &[&str], most: usize) -> Vec<String> {
    let Some(table) = &ruled.book.goes_with else { return Vec::new() };
    // The rulebook checked the bytes when it read them.
    let Ok(table) = GoesWith::reopen(&table[..]) else { return Vec::new() };
    let mut found: Vec<(String, f32)> = Vec::new();
    for (slug, score) in seeds.iter().flat_map(|seed| table.neighbours(seed)) {
        match found.iter_mut().find(|(known, _)| known == slug) {
            _ if seeds.contains(&slug) => {}
            Some((_, sum)) => *sum += score,
            None => found.push((slug.to_owned(), score)),
        }
    }
    found.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    found.into_iter().take(most).map(|(slug, _)| slug).collect()
}

fn item(product: &Product) -> Vec<Item> {
    let categories = product.categories.iter().map(|category| category.slug.clone()).collect();
    product.card().map(|card| Item { card, categories }).into_iter().collect()
}

fn items(cards: &[ProductCard]) -> Vec<Item> {
    cards.iter().map(|card| Item { card: card.clone(), categories: Vec::new() }).collect()
}

/// The cards to be shown, in their order.
fn arranged(
    ruled: &Ruled,
    rule: &Recommend,
    asked: &[Asked],
    answers: &[Option<Public<Vec<Item>>>],
    seeds: &[&str],
) -> Vec<ProductCard> {
    let mut all: Vec<(&Item, Vec<&str>, Option<u32>)> = Vec::new();
    for (asked, answer) in asked.iter().zip(answers) {
        for item in answer.iter().flat_map(|items| items.iter()) {
            let rank = u32::try_from(all.len()).ok();
            let (category, rank) = match asked {
                Asked::Product(_, false) => (None, None),
                Asked::Category(slug) => (Some(slug.as_str()), None),
                Asked::Product(..) | Asked::Looks(_) | Asked::Related(_) => (None, rank),
            };
            let categories = item.categories.iter().map(String::as_str).chain(category).collect();
            match all.iter_mut().find(|(known, ..)| known.card.slug == item.card.slug) {
                // The model names it, and a pin as well: its rank stays, and so does what is known of it.
                Some((_, known, _)) => known.extend(category),
                None => all.push((item, categories, rank)),
            }
        }
    }
    let candidates: Vec<Candidate<'_>> = all
        .iter()
        .map(|(item, categories, rank)| Candidate {
            id: &item.card.slug,
            categories,
            price: Some(item.card.price.current),
            in_stock: item.card.stock != StockLevel::OutOfStock,
            rank: *rank,
        })
        .collect();
    let is_bought = |card: &&ProductCard| !rule.repeat && ruled.bought.has(&card.id);
    let bought = all.iter().map(|(item, ..)| &item.card).filter(is_bought);
    let left_out: Vec<&str> = seeds.iter().copied().chain(bought.map(|card| card.slug.as_str())).collect();
    let mut shown = Vec::new();
    ruled.visit(|visit| arrange(rule, visit, &ruled.decision, &candidates, &left_out, &mut shown));
    shown.iter().filter_map(|place| all.get(*place)).map(|(item, ..)| item.card.clone()).collect()
}
