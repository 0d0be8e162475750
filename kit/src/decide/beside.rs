//! What would stand beside a product's page for a visit, for the operator: each product that came, and why it is shown
//! or not. The shop is asked through the component `backend`.

use super::candidates::{Asked, Basis, Item};
use crate::backends;
use crate::edge::Edge;
use crate::rulebook::Rulebook;
use crate::slots::Deadline;
use crate::trace::Trace;
use crate::visitor::{Bought, Markets};
use commerce::{ContentQuery, Error, ListingQuery, Market, Port, Product, ProductKey};
use futures::future::join_all;
use jiff::Timestamp;
use personalise::attribute::Raw;
use personalise::rules::Scenario;
use serde::Serialize;
use std::rc::Rc;
use std::time::Duration;

/// For all questions.
const PATIENCE: Duration = Duration::from_secs(10);
/// The place of a product's page.
const PLACE: &str = "product";

/// What stands beside a product's page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Beside {
    /// The recommendation that is meant for the visitor; `None` where none is.
    pub rule: Option<String>,
    /// The products that came, those that are shown first.
    pub products: Vec<Weighed>,
    /// Why the shop could not be asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

impl Beside {
    /// Nothing, since the shop could not be asked.
    pub fn unknown(fault: String) -> Self {
        Self { fault: Some(fault), ..Self::default() }
    }
}

/// A product that came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Weighed {
    /// Its slug.
    pub slug: String,
    /// Whether it is shown.
    pub shown: bool,
    /// Why, or why not.
    pub why: &'static str,
}

/// A visit to a product's page, with what the shop says of it.
pub struct Page {
    port: Box<dyn Port>,
    market: Market,
    product: Product,
}

impl Page {
    /// The product's page that a visit is to (`product.slug`), in the market that it names or the first: what the shop
    /// says of the product is told to the rules, where the visit does not say it. `None` where it is to none.
    ///
    /// # Errors
    /// Why the shop cannot be asked.
    pub async fn of(
        edge: &Rc<dyn Edge>,
        visit: &mut Scenario,
        declares: impl Fn(&str) -> bool,
    ) -> Option<Result<Self, String>> {
        let Some(Raw::Text(slug)) = visit.attributes.get("product.slug").cloned() else { return None };
        let found = Self::find(edge, visit, slug).await.map_err(|error| error.to_string());
        if let Ok(page) = &found {
            let category = page.product.categories.first().map(|category| category.slug.clone());
            let price = page.product.card().map(|card| card.price.current.to_string());
            for (name, value) in [("product.category", category), ("product.price", price)] {
                if let Some(value) = value.filter(|_| declares(name)) {
                    visit.attributes.entry(name.to_owned()).or_insert(Raw::Text(value));
                }
            }
        }
        Some(found)
    }

    async fn find(edge: &Rc<dyn Edge>, visit: &Scenario, slug: String) -> Result<Self, Error> {
        let named = edge.variable("markets").await.unwrap_or_default();
        let markets = Markets::parse(&named).or_else(|_| Markets::parse(Markets::DEFAULT));
        let markets = markets.map_err(|why| Error::new(commerce::Kind::Internal, "", why))?;
        let asked = match visit.attributes.get("market") {
            Some(Raw::Text(id)) => markets.find(id),
            _ => None,
        };
        let none = || Error::new(commerce::Kind::Internal, "", "there is no market");
        let market = asked.or_else(|| markets.iter().next()).ok_or_else(none)?.clone();
        let port = backends::behind(edge, Deadline::new(&**edge, PATIENCE), &Rc::new(Trace::default()))?;
        let product = port.product(&market, &ProductKey::Slug(slug)).await?;
        Ok(Self { port, market, product })
    }

    /// What stands beside it for the visit, by rules; without what the visitor bought. At `now`, where the visit names
    /// no moment.
    pub async fn beside(&self, book: &Rulebook, visit: &Scenario, bought: &Bought, now: Timestamp) -> Beside {
        let seeds = [self.product.slug.as_str()];
        let mut beside = Beside::default();
        for is_fallback in [false, true] {
            let asked = visit.look(&book.rules, now, |visit, decision| {
                let rule = book.rules.recommend_at(PLACE, visit, decision)?;
                let model = if is_fallback { rule.fallback? } else { rule.model };
                let table = book.goes_with.as_deref();
                let basis = Basis { rule, visit, decision, table, bought, seeds: &seeds };
                Some((rule, basis.questions(model, Some(&self.product))))
            });
            let Ok(Some((rule, asked))) = asked else { break };
            beside.rule = Some(rule.name.to_string());
            let answers = join_all(asked.iter().map(|asked| self.items(asked))).await;
            let answers: Vec<&[Item]> = answers.iter().map(Vec::as_slice).collect();
            let told = visit.look(&book.rules, now, |visit, decision| {
                let table = book.goes_with.as_deref();
                Basis { rule, visit, decision, table, bought, seeds: &seeds }.account(&asked, &answers)
            });
            let told = told.unwrap_or_default().into_iter();
            beside.products.extend(told.map(|(slug, shown, why)| Weighed { slug, shown, why }));
            if beside.products.iter().any(|product| product.shown) {
                break;
            }
        }
        beside
    }

    /// What the shop does not have or cannot tell is none.
    async fn items(&self, asked: &Asked) -> Vec<Item> {
        let (port, market) = (&self.port, &self.market);
        let items = match asked {
            Asked::Product(slug, _) => {
                let product = port.product(market, &ProductKey::Slug(slug.clone())).await;
                product.map(|product| Item::of(&product))
            }
            Asked::Category(slug) => {
                let query = ListingQuery {
                    category: Some(slug.clone()),
                    page: 1,
                    page_size: 24,
                    ..ListingQuery::default()
                };
                port.listing(market, &query).await.map(|list| Item::all(&list.items))
            }
            Asked::Looks(ids) => {
                let query = ContentQuery { slots: Vec::new(), ids: ids.clone() };
                let blocks = port.content(market, &query).await;
                blocks.map(|blocks| blocks.iter().flat_map(|block| Item::all(&block.products)).collect())
            }
            Asked::Related(product) => port.related(market, product).await.map(|cards| Item::all(&cards)),
        };
        items.unwrap_or_default()
    }
}
