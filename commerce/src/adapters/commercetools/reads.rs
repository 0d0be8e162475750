//! What is the same for everyone in a market.

use super::Commercetools;
use super::ask::{Ask, MOST, is_id};
use super::category::Categories;
use super::listing::Found;
use super::product::Projection;
use super::review::{self, WireReview};
use super::schema::{Page, Schema};
use super::search;
use super::store::{self, Channel, Entry};
use super::text::predicate;
use crate::error::{Error, Kind, Refusal, Subject};
use crate::model::{
    CategoryRef, Listing, ListingQuery, Market, Product, ProductCard, ProductKey, ProductRef, Reviews, Store,
    StoreStock, VariantRef,
};
use futures::try_join;
use std::time::Duration;

const PRODUCT: &str = "commercetools.product";
const RELATED: &str = "commercetools.related";
const SCHEMA: &str = "commercetools.product_types";
const CATEGORIES: &str = "commercetools.categories";
const LISTING: &str = "commercetools.listing";
const SEARCH: &str = "commercetools.search";

/// As the port says.
const MOST_RELATED: usize = 12;
/// A merchant changes product types with a release, not in the course of a day.
const SCHEMA_KEPT: Duration = Duration::from_secs(600);
const CATEGORIES_KEPT: Duration = Duration::from_secs(60);

fn no_product(operation: &'static str) -> Error {
    Error::new(Kind::NotFound(Subject::Product), operation, "no such product")
}

impl Commercetools {
    /// Product types and colours; at most 500 of each.
    pub(super) async fn schema(&self) -> Result<Schema, Error> {
        let types = Ask::get(SCHEMA, &["product-types"]).with("limit", MOST);
        let swatches = Ask::get(SCHEMA, &["custom-objects", "swatches"]).with("limit", MOST);
        let (types, swatches) = try_join!(
            self.exchange.kept("product-types", &types, SCHEMA_KEPT),
            self.exchange.kept("swatches", &swatches, SCHEMA_KEPT),
        )?;
        Schema::read(SCHEMA, &types, &swatches)
    }

    /// At most 500 categories.
    pub(super) async fn read_categories(&self) -> Result<Categories, Error> {
        let ask = Ask::get(CATEGORIES, &["categories"]).with("limit", MOST);
        Categories::read(CATEGORIES, &self.exchange.kept("categories", &ask, CATEGORIES_KEPT).await?)
    }

    pub(super) async fn read_product(&self, market: &Market, key: &ProductKey) -> Result<Product, Error> {
        let projection = async {
            match key {
                ProductKey::Slug(slug) => self.by_slug(PRODUCT, market, slug).await,
                ProductKey::Id(id) if is_id(id.as_str()) => {
                    let ask = Ask::get(PRODUCT, &["product-projections", id.as_str()]);
                    let ask = ask.priced(market).with("expand", "categories[*]");
                    self.exchange.ask(&ask, Some(Subject::Product)).await
                }
                ProductKey::Id(_) => Err(no_product(PRODUCT)),
            }
        };
        let (schema, projection): (Schema, Projection) = try_join!(self.schema(), projection)?;
        projection.product(PRODUCT, market, &schema)
    }

    /// A slug is unique within a locale only; of two products that share one, the first is taken.
    async fn by_slug(
        &self,
        operation: &'static str,
        market: &Market,
        slug: &str,
    ) -> Result<Projection, Error> {
        let ask = Ask::get(operation, &["product-projections"])
            .filtered(predicate("slug", "slug", market), &[("slug", slug)])
            .priced(market)
            .with("expand", "categories[*]")
            .with("limit", "1");
        let page: Page<Projection> = self.exchange.ask(&ask, None).await?;
        page.results.into_iter().next().ok_or_else(|| no_product(operation))
    }

    /// Cards in the order of the ids; what is not published, or has no price here, is left out.
    pub(super) async fn cards(
        &self,
        operation: &'static str,
        market: &Market,
        schema: &Schema,
        ids: &[String],
    ) -> Result<Vec<ProductCard>, Error> {
        // Only what is surely an identifier goes into the predicate itself.
        let ids: Vec<&String> = ids.iter().filter(|id| is_id(id)).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let quoted: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
        let ask = Ask::get(operation, &["product-projections"])
            .filtered(format!("id in ({})", quoted.join(",")), &[])
            .priced(market)
            .with("limit", ids.len().to_string());
        let page: Page<Projection> = self.exchange.ask(&ask, None).await?;
        let mut cards = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(found) = page.results.iter().find(|projection| projection.id == *id) {
                cards.extend(found.product(operation, market, schema)?.card());
            }
        }
        Ok(cards)
    }

    pub(super) async fn read_related(
        &self,
        market: &Market,
        product: &ProductRef,
    ) -> Result<Vec<ProductCard>, Error> {
        let by_slug = self.by_slug(RELATED, market, &product.slug);
        let (schema, projection) = try_join!(self.schema(), by_slug)?;
        let related: Vec<String> = projection.related().into_iter().take(MOST_RELATED).collect();
        self.cards(RELATED, market, &schema, &related).await
    }

    pub(super) async fn read_reviews(
        &self,
        market: &Market,
        product: &ProductRef,
        page: u32,
    ) -> Result<Reviews, Error> {
        let by_slug = self.by_slug("commercetools.reviews", market, &product.slug);
        let ask = review::ask(product.id.as_str());
        let at_once = self.exchange.ask::<Page<WireReview>>(&ask, None);
        let (projection, mut all) = try_join!(by_slug, at_once)?;
        // The product may have come from another backend, which has other ids.
        if projection.id != product.id.as_str() {
            all = self.exchange.ask(&review::ask(&projection.id), None).await?;
        }
        Ok(review::page(market, &projection, all, page))
    }

    pub(super) async fn read_listing(&self, market: &Market, query: &ListingQuery) -> Result<Listing, Error> {
        let (schema, category) = try_join!(self.schema(), self.listed_category(market, query))?;
        if let Some(unknown) =
            query.facets.iter().find(|c| !search::is_known(market, &schema, &c.facet, &c.value))
        {
            let field = format!("facet.{}", unknown.facet);
            return Err(Error::new(Kind::Refused(Refusal::Invalid { field }), LISTING, "no such value"));
        }
        let mut found = self.search(market, &schema, query, category.as_ref(), false).await?;
        if found.total == 0 && query.search.is_some() {
            found = self.search(market, &schema, query, category.as_ref(), true).await?;
        }
        let ids: Vec<String> = found.results.iter().map(|hit| hit.id.clone()).collect();
        let items = self.cards(LISTING, market, &schema, &ids).await?;
        Ok(found.listing(market, &schema, query, category, items))
    }

    async fn listed_category(
        &self,
        market: &Market,
        query: &ListingQuery,
    ) -> Result<Option<CategoryRef>, Error> {
        let Some(slug) = &query.category else { return Ok(None) };
        let found = self.read_categories().await?.find(slug, market);
        let unknown = || Error::new(Kind::NotFound(Subject::Category), LISTING, "no such category");
        Ok(Some(found.ok_or_else(unknown)?))
    }

    async fn search(
        &self,
        market: &Market,
        schema: &Schema,
        query: &ListingQuery,
        category: Option<&CategoryRef>,
        lenient: bool,
    ) -> Result<Found, Error> {
        let request = search::request(market, schema, query, category, lenient)?;
        self.exchange.ask(&Ask::search(SEARCH, &["products", "search"], request), None).await
    }

    pub(super) async fn read_stores(&self, market: &Market) -> Result<Vec<Store>, Error> {
        let channels: Page<Channel> = self.exchange.ask(&store::ask(), None).await?;
        Ok(channels.results.iter().filter_map(|channel| channel.store(market)).collect())
    }

    pub(super) async fn read_store_stock(
        &self,
        market: &Market,
        variant: &VariantRef,
    ) -> Result<Vec<StoreStock>, Error> {
        let (stores, stock) = (store::ask(), store::ask_stock(variant));
        let (channels, entries): (Page<Channel>, Page<Entry>) =
            try_join!(self.exchange.ask(&stores, None), self.exchange.ask(&stock, None))?;
        if entries.results.is_empty() {
            return Err(no_product("commercetools.store_stock"));
        }
        Ok(store::stocked(market, &channels, &entries))
    }
}
