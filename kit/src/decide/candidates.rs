//! Which products may stand beside those of a page, in which order, and why others do not. Pure.

use crate::visitor::Bought;
use commerce::{ContentId, Product, ProductCard, ProductRef, StockLevel};
use personalise::goes_with::GoesWith;
use personalise::rules::{
    Candidate, Decision, LeftOut, Model, Pinned, Recommend, Visit, arrange, left_out_by,
};

/// Products that are asked for beyond those that are shown, since some are out of stock, filtered or bought before.
const SPARE: usize = 2;
/// The most products of a model that are asked for.
const MOST: usize = 8;

/// A question for products.
pub(super) enum Asked {
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
pub(super) struct Item {
    card: ProductCard,
    categories: Vec<String>,
}

impl Item {
    /// A product as an item; none for one without a variant.
    pub(super) fn of(product: &Product) -> Vec<Self> {
        let categories = product.categories.iter().map(|category| category.slug.clone()).collect();
        product.card().map(|card| Self { card, categories }).into_iter().collect()
    }

    /// Cards of a list.
    pub(super) fn all(cards: &[ProductCard]) -> Vec<Self> {
        cards.iter().map(|card| Self { card: card.clone(), categories: Vec::new() }).collect()
    }
}

/// A recommendation for a visit, and what goes into it.
#[derive(Clone, Copy)]
pub(super) struct Basis<'a> {
    pub(super) rule: &'a Recommend,
    pub(super) visit: &'a Visit<'a>,
    pub(super) decision: &'a Decision,
    /// What goes with what.
    pub(super) table: Option<&'a [u8]>,
    pub(super) bought: &'a Bought,
    /// The slugs that it starts from.
    pub(super) seeds: &'a [&'a str],
}

/// A product that came: its card, the slugs of its categories and its rank.
type Came<'i> = (&'i Item, Vec<&'i str>, Option<u32>);

impl Basis<'_> {
    /// What is to be asked, the model's first.
    pub(super) fn questions(&self, model: Model, product: Option<&Product>) -> Vec<Asked> {
        let spare = SPARE + if self.rule.repeat { 0 } else { self.bought.len() };
        let most = usize::from(self.rule.limit).saturating_add(spare).min(MOST);
        let mut asked: Vec<Asked> = match model {
            Model::GoesWith => {
                self.neighbours(most).into_iter().map(|slug| Asked::Product(slug, true)).collect()
            }
            Model::Looks => {
                let looks = product.map(|product| product.looks.clone()).unwrap_or_default();
                Vec::from_iter((!looks.is_empty()).then_some(Asked::Looks(looks)))
            }
            Model::Related => {
                product.map(|product| Asked::Related(product.reference())).into_iter().collect()
            }
        };
        for pin in self.rule.pins.iter().filter(|pin| pin.applies(self.visit, self.decision)) {
            asked.push(match &pin.what {
                Pinned::Category(slug) => Asked::Category(slug.to_string()),
                Pinned::Product(slug) => Asked::Product(slug.to_string(), false),
            });
        }
        asked
    }

    /// What goes with the seeds, the strongest first.
    fn neighbours(&self, most: usize) -> Vec<String> {
        // The rulebook checked the bytes when it read them.
        let Some(Ok(table)) = self.table.map(GoesWith::reopen) else { return Vec::new() };
        let mut found: Vec<(String, f32)> = Vec::new();
        for (slug, score) in self.seeds.iter().flat_map(|seed| table.neighbours(seed)) {
            match found.iter_mut().find(|(known, _)| known == slug) {
                _ if self.seeds.contains(&slug) => {}
                Some((_, sum)) => *sum += score,
                None => found.push((slug.to_owned(), score)),
            }
        }
        found.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        found.into_iter().take(most).map(|(slug, _)| slug).collect()
    }

    /// The cards to be shown, in their order.
    pub(super) fn shown(&self, asked: &[Asked], answers: &[&[Item]]) -> Vec<ProductCard> {
        self.arranged(&came(asked, answers), |all, shown, _, _| {
            shown.iter().filter_map(|place| all.get(*place)).map(|(item, ..)| item.card.clone()).collect()
        })
    }

    /// Every product that came, by its slug: whether it is shown, and why or why not. Those that are shown come first.
    pub(super) fn account(&self, asked: &[Asked], answers: &[&[Item]]) -> Vec<(String, bool, &'static str)> {
        self.arranged(&came(asked, answers), |all, shown, candidates, left_out| {
            let rest = (0..all.len()).filter(|place| !shown.contains(place));
            let why = |place: usize| {
                let (item, _, rank) = all.get(place)?;
                let is_shown = shown.contains(&place);
                let refusal = left_out_by(self.rule, self.visit, self.decision, candidates, place, left_out);
                let why = match refusal {
                    None if is_shown => "it is shown",
                    None if rank.is_none() => "it is shown only where it is pinned",
                    None => "others come before it, and no more are shown",
                    Some(LeftOut::Named) if self.seeds.contains(&item.card.slug.as_str()) => {
                        "it is what the visitor looks at or has in the cart"
                    }
                    Some(LeftOut::Named) => "the visitor bought it before",
                    Some(LeftOut::OutOfStock) => "it is out of stock",
                    Some(LeftOut::Filter) => "the filter does not let it through",
                    Some(LeftOut::Twice) => "it came before",
                };
                Some((item.card.slug.clone(), is_shown, why))
            };
            shown.iter().copied().chain(rest).filter_map(why).collect()
        })
    }

    fn arranged<'i, T>(
        &self,
        all: &[Came<'i>],
        read: impl FnOnce(&[Came<'i>], &[usize], &[Candidate<'_>], &[&str]) -> T,
    ) -> T {
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
        let is_bought = |card: &&ProductCard| !self.rule.repeat && self.bought.has(&card.id);
        let bought = all.iter().map(|(item, ..)| &item.card).filter(is_bought);
        let left_out: Vec<&str> =
            self.seeds.iter().copied().chain(bought.map(|card| card.slug.as_str())).collect();
        let mut shown = Vec::new();
        arrange(self.rule, self.visit, self.decision, &candidates, &left_out, &mut shown);
        read(all, &shown, &candidates, &left_out)
    }
}

/// What came, each product once.
fn came<'i>(asked: &'i [Asked], answers: &[&'i [Item]]) -> Vec<Came<'i>> {
    let mut all: Vec<Came<'i>> = Vec::new();
    for (asked, answer) in asked.iter().zip(answers) {
        for item in answer.iter() {
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
    all
}
