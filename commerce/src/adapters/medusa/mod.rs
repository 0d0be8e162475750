//! The medusa adapter: the Store API of Medusa 2 (REST; <https://docs.medusajs.com/api/store>).
//!
//! Settings: `url`, the server; `token`, a publishable API key. What Medusa has no field for is read from metadata;
//! see [`product`], [`category`] and [`store`] for the keys. Reviews, content, stores and their stock are not
//! in the Store API.

mod amount;
mod ask;
mod basket;
mod cart;
mod category;
mod news;
mod order;
mod product;
mod refusal;
mod region;
mod store;
#[cfg(test)]
mod tests;
mod words;
mod write;

pub(super) use news::news;

use super::registry::Settings;
use crate::error::{Error, Kind, Subject};
use crate::model::{
    About, Cart, CartChange, CartId, Category, Checkout, Credentials, Customer, CustomerToken, Listing,
    ListingQuery, Market, Order, OrderId, Placement, Product, ProductCard, ProductKey, ProductRef, SignedIn,
};
use crate::port::{Capability, Pending, Port};
use crate::upstream::{Call, Upstream};
use ask::{Ask, Region};
use category::Categories;
use product::{Products, Record};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// Regions change about never, and a market's price must not follow late.
const REGION_KEPT: Duration = Duration::from_secs(600);

/// As the port says.
const MOST_RELATED: usize = 12;

const CAPABILITIES: [Capability; 9] = [
    Capability::Product,
    Capability::Listing,
    Capability::Search,
    Capability::Categories,
    Capability::Related,
    Capability::Cart,
    Capability::Checkout,
    Capability::Order,
    Capability::Customer,
];

/// Speaks Medusa's Store API.
pub struct Medusa {
    ask: Ask,
    upstream: Box<dyn Upstream>,
}

impl Medusa {
    /// Opens a Medusa server.
    ///
    /// # Errors
    /// `Internal` when the address is not `http:` or `https:`, or the publishable key is missing.
    pub fn new(settings: &Settings, upstream: Box<dyn Upstream>) -> Result<Self, Error> {
        Ok(Self { ask: Ask::new(settings)?, upstream })
    }

    /// The one place that goes to the network.
    async fn fetch<T: DeserializeOwned>(&self, call: Call, missing: Subject) -> Result<T, Error> {
        let operation = call.operation;
        let response = self.upstream.send(call).await?;
        refusal::answer(operation, &response, missing)
    }

    async fn region(&self, market: &Market) -> Result<Region, Error> {
        let key = self.ask.region_key(market)?;
        if let Some(region) = self.upstream.recall(&key).as_deref().and_then(region::read) {
            return Ok(region);
        }
        let regions = self.fetch(self.ask.regions()?, Subject::Product).await?;
        let region = region::of(&regions, market)?;
        self.upstream.keep(&key, &region::written(&region), REGION_KEPT);
        Ok(region)
    }

    async fn itself(&self) -> Result<About, Error> {
        let regions = self.fetch(self.ask.regions()?, Subject::Product).await?;
        Ok(About { currencies: region::currencies(&regions)?, ..About::default() })
    }

    async fn one(&self, market: &Market, key: &ProductKey) -> Result<Product, Error> {
        let operation = "medusa.product";
        let filter = match key {
            ProductKey::Slug(slug) => ("handle", slug.as_str()),
            ProductKey::Id(id) => ("id", id.as_str()),
        };
        let region = self.region(market).await?;
        let call = self.ask.products(operation, market, &region, true, &[filter, ("limit", "1")])?;
        let found: Products = self.fetch(call, Subject::Product).await?;
        first(operation, found)?.product(operation, market)
    }

    async fn list(&self, market: &Market, query: &ListingQuery) -> Result<Listing, Error> {
        if let Some(chosen) = query.facets.first() {
            let refusal = crate::Refusal::Invalid { field: format!("facet.{}", chosen.facet) };
            return Err(Error::new(Kind::Refused(refusal), "medusa.listing", "the Store API has no facets"));
        }
        let (region, narrowing) =
            futures::join!(self.region(market), self.narrowing(market, query.category.as_deref()));
        let (region, (category, ids)) = (region?, narrowing?.unzip());
        let call = self.ask.listing(market, &region, query, ids.as_deref())?;
        let page = self.fetch(call, Subject::Category).await?;
        category::listing(market, query, category, page)
    }

    async fn narrowing(
        &self,
        market: &Market,
        slug: Option<&str>,
    ) -> Result<Option<(crate::CategoryRef, String)>, Error> {
        let Some(slug) = slug else { return Ok(None) };
        let call = self.ask.categories("medusa.listing", market, ("handle", slug))?;
        self.fetch::<Categories>(call, Subject::Category).await?.narrowing().map(Some)
    }

    async fn tree(&self, market: &Market) -> Result<Vec<Category>, Error> {
        let call = self.ask.categories("medusa.categories", market, ("parent_category_id", "null"))?;
        Ok(self.fetch::<Categories>(call, Subject::Category).await?.tree())
    }

    /// What the merchant chose, or else what is beside it in its main category.
    async fn going_with(&self, market: &Market, product: &ProductRef) -> Result<Vec<ProductCard>, Error> {
        let operation = "medusa.related";
        let known = async {
            let call = self.ask.neighbours(&product.slug)?;
            first(operation, self.fetch(call, Subject::Product).await?)
        };
        let (region, known) = futures::join!(self.region(market), known);
        let (region, known): (Region, Record) = (region?, known?);
        let chosen = known.related();
        let handles = chosen.join(",");
        let category = known.category_refs().into_iter().next().map(|c| c.id.to_string()).unwrap_or_default();
        let filter = match (chosen.is_empty(), category.is_empty()) {
            (false, _) => ("handle[]", handles.as_str()),
            (true, false) => ("category_id[]", category.as_str()),
            (true, true) => return Ok(Vec::new()),
        };
        // One more than the most: the product itself may be among its neighbours.
        let call = self.ask.products(operation, market, &region, false, &[filter, ("limit", "13")])?;
        let mut found: Vec<Record> = self.fetch::<Products>(call, Subject::Product).await?.products;
        found.retain(|other| other.slug() != product.slug);
        found.sort_by_key(|other| chosen.iter().position(|slug| slug == other.slug()));
        found.truncate(MOST_RELATED);
        let cards: Result<Vec<_>, _> = found.into_iter().map(|other| other.card(operation, market)).collect();
        Ok(cards?.into_iter().flatten().collect())
    }
}

fn first(operation: &'static str, found: Products) -> Result<Record, Error> {
    let missing = || Error::new(Kind::NotFound(Subject::Product), operation, "no product fits");
    found.products.into_iter().next().ok_or_else(missing)
}

impl Port for Medusa {
    fn capabilities(&self) -> &'static [Capability] {
        &CAPABILITIES
    }

    fn about<'a>(&'a self, _: &'a Market) -> Pending<'a, About> {
        Box::pin(self.itself())
    }

    fn product<'a>(&'a self, market: &'a Market, key: &'a ProductKey) -> Pending<'a, Product> {
        Box::pin(self.one(market, key))
    }

    fn listing<'a>(&'a self, market: &'a Market, query: &'a ListingQuery) -> Pending<'a, Listing> {
        Box::pin(self.list(market, query))
    }

    fn categories<'a>(&'a self, market: &'a Market) -> Pending<'a, Vec<Category>> {
        Box::pin(self.tree(market))
    }

    fn related<'a>(&'a self, market: &'a Market, product: &'a ProductRef) -> Pending<'a, Vec<ProductCard>> {
        Box::pin(self.going_with(market, product))
    }

    fn cart<'a>(&'a self, market: &'a Market, cart: &'a CartId) -> Pending<'a, Cart> {
        Box::pin(self.read_cart(market, cart))
    }

    fn create_cart<'a>(&'a self, market: &'a Market) -> Pending<'a, Cart> {
        Box::pin(self.open_cart(market))
    }

    fn change_cart<'a>(
        &'a self,
        market: &'a Market,
        cart: &'a CartId,
        change: &'a CartChange,
    ) -> Pending<'a, Cart> {
        Box::pin(self.change(market, cart, change))
    }

    fn check_out<'a>(
        &'a self,
        market: &'a Market,
        cart: &'a CartId,
        placement: &'a Placement,
    ) -> Pending<'a, Checkout> {
        Box::pin(self.place(market, cart, placement))
    }

    fn order<'a>(&'a self, market: &'a Market, order: &'a OrderId) -> Pending<'a, Order> {
        Box::pin(self.read_order(market, order))
    }

    fn sign_in<'a>(
        &'a self,
        _market: &'a Market,
        credentials: &'a Credentials,
        cart: Option<&'a CartId>,
    ) -> Pending<'a, SignedIn> {
        Box::pin(self.enter(credentials, cart))
    }

    fn customer<'a>(&'a self, market: &'a Market, token: &'a CustomerToken) -> Pending<'a, Customer> {
        Box::pin(self.read_customer(market, token))
    }
}
