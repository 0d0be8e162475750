//! Products beside those of a page: what the rules pin, what goes with it, what its looks show.

use super::Choices;
use super::candidates::{Asked, Basis, Item};
use super::facts::Ruled;
use crate::ask::Ask;
use crate::asked::Awaited as _;
use crate::failure::Failure;
use crate::slots::Slot;
use crate::visibility::Public;
use commerce::{ContentBlock, ContentQuery, Kind, ListingQuery, Product, ProductCard, ProductKey};
use futures::future::join_all;
use personalise::rules::{Recommend, Visit};

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
            let asked = ruled.visit(|visit| basis(ruled, rule, visit, seeds).questions(model, product));
            let answers = async { Ok(join_all(asked.iter().map(|asked| self.items(asked))).await) };
            let Some(answers) = self.slots.optional(slot, answers).await? else { continue };
            recommended.has_related |= asked.iter().any(|asked| matches!(asked, Asked::Related(_)));
            let items: Vec<&[Item]> =
                answers.iter().map(|answer| answer.as_deref().map_or(&[][..], Vec::as_slice)).collect();
            recommended.cards = ruled.visit(|visit| basis(ruled, rule, visit, seeds).shown(&asked, &items));
            if !recommended.cards.is_empty() {
                break;
            }
        }
        Ok(recommended)
    }

    /// The answer to a question; `None` for what the shop does not have (any more), and nobody is to keep a page for
    /// long that lacks what the shop could not tell.
    async fn items(&self, asked: &Asked) -> Option<Public<Vec<Item>>> {
        let (shop, many) = (&self.shop, |cards: &Vec<ProductCard>| Item::all(cards));
        let answer = match asked {
            Asked::Product(slug, _) => {
                let key = ProductKey::Slug(slug.clone());
                shop.product(&key).asked().pending.await.map(|product| product.map(Item::of))
            }
            Asked::Category(slug) => {
                let query = ListingQuery { category: Some(slug.clone()), ..ListingQuery::default() };
                shop.listing(&query).asked().pending.await.map(|list| list.map(|list| Item::all(&list.items)))
            }
            Asked::Looks(ids) => {
                let query = ContentQuery { slots: Vec::new(), ids: ids.clone() };
                let shown = |blocks: &Vec<ContentBlock>| {
                    blocks.iter().flat_map(|block| Item::all(&block.products)).collect()
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

fn basis<'a>(ruled: &'a Ruled, rule: &'a Recommend, visit: &'a Visit<'a>, seeds: &'a [&'a str]) -> Basis<'a> {
    let (table, decision) = (ruled.book.goes_with.as_deref(), &ruled.decision);
    Basis { rule, visit, decision, table, bought: &ruled.bought, seeds }
}
