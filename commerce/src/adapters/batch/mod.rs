//! The batch adapter: files that a slow source writes now and then, read over HTTP: products as CSV or as a feed in
//! RSS 2.0, stock and stores as CSV.
//!
//! Settings: `url`, the server; `path`, the folder; `files`, such as `products=feed.xml, stock=stock.csv,
//! stores=stores.csv`; `token`, or `client_id` and `client_secret`, when the server wants a proof. `docs/batch.md` has
//! the columns.
//!
//! A file is fetched and read whole, once for each port, which lives for one request. What it says is as of its own
//! time: a row's `as_of`, else the feed's `lastBuildDate`, else the header `Last-Modified`; without any of them, now.

mod catalogue;
mod files;
mod listing;
mod offer;
mod separated;
mod stock;
mod store;
mod table;
#[cfg(test)]
mod tests;
mod xml;

use super::registry::Settings;
use crate::error::{Error, Kind, Subject};
use crate::model::{
    About, Category, Listing, ListingQuery, Market, Product, ProductKey, Store, StoreStock, VariantRef,
};
use crate::port::{Capability, Pending, Port};
use crate::upstream::{Upstream, failure};
use catalogue::Catalogue;
use files::{Files, Role};
use futures::lock::Mutex;
use http::header;
use jiff::Timestamp;
use std::rc::Rc;
use std::time::Duration;
use stock::Stocks;
use table::{Faults, Table};

/// How long the operator is not told the same of a file again.
const TOLD_FOR: Duration = Duration::from_secs(600);

/// What was made of a file for a market, so that questions of one request share it, whatever came of it.
type Kept<T> = Mutex<Option<(Market, Result<Rc<T>, Error>)>>;

/// Reads the files of one server.
pub struct Batch {
    files: Files,
    upstream: Box<dyn Upstream>,
    capabilities: Vec<Capability>,
    catalogue: Kept<Catalogue>,
    stocks: Kept<Stocks>,
    stores: Kept<Vec<Store>>,
}

/// What is made of a file, unless nothing is.
macro_rules! once {
    ($self:ident . $kept:ident, $market:ident, $make:expr) => {{
        let mut kept = $self.$kept.lock().await;
        match &*kept {
            Some((market, made)) if market == $market => made.clone(),
            _ => {
                let made = $make.await.map(Rc::new);
                *kept = Some(($market.clone(), made.clone()));
                made
            }
        }
    }};
}

impl Batch {
    /// Opens a server of files.
    ///
    /// # Errors
    /// `Internal`, with the cure, for settings that cannot work.
    pub fn new(settings: &Settings, upstream: Box<dyn Upstream>) -> Result<Self, Error> {
        let files = Files::new(settings)?;
        let mut capabilities = Vec::new();
        if files.has(Role::Products) {
            use Capability::{Categories, Listing, Product, Search};
            capabilities.extend([Product, Listing, Search, Categories]);
        }
        if files.has(Role::Stores) {
            capabilities.push(Capability::Stores);
            capabilities.extend(files.has(Role::Stock).then_some(Capability::StoreStock));
        }
        let (catalogue, stocks, stores) = Default::default();
        Ok(Self { files, upstream, capabilities, catalogue, stocks, stores })
    }

    /// Fetches a file and gives its rows, and when it was made.
    async fn table(&self, role: Role, market: &Market) -> Result<(Table, Option<Timestamp>), Error> {
        let operation = role.operation();
        let call = self.files.call(role, market)?;
        let place = call.request.uri().path().to_owned();
        let response = self.upstream.send(call).await.map_err(|error| match error.kind {
            Kind::TooLarge => {
                let cure = "write a file for each market or department, or join by the plain form";
                Error { detail: format!("{}: {cure}", error.detail), ..error }
            }
            _ => error,
        })?;
        if !response.status().is_success() {
            return Err(failure(operation, response.status(), response.headers(), response.body()));
        }
        let modified = response.headers().get(header::LAST_MODIFIED).and_then(|value| value.to_str().ok());
        let table = table::read(response.body())
            .map_err(|fault| Error::bad_answer(operation, format!("{place}: {fault}")))?;
        let as_of = table.as_of.or_else(|| modified.and_then(table::moment));
        Ok((table, as_of))
    }

    /// Tells the operator of rows that were left out; a file of which nothing is left is an error.
    fn judge(&self, role: Role, faults: &Faults, is_empty: bool) -> Result<(), Error> {
        match faults.in_words() {
            Some(said) if is_empty => Err(Error::bad_answer(role.operation(), said)),
            // Once in a while: a file is read for many requests.
            Some(said) if self.upstream.recall(role.operation()).as_ref() != Some(&said) => {
                self.upstream.note(role.operation(), &said);
                self.upstream.keep(role.operation(), &said, TOLD_FOR);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    async fn stocks(&self, market: &Market) -> Result<Rc<Stocks>, Error> {
        once!(self.stocks, market, async {
            let (table, as_of) = self.table(Role::Stock, market).await?;
            let (stocks, faults) = Stocks::of(table, as_of);
            self.judge(Role::Stock, &faults, stocks.is_empty())?;
            Ok(stocks)
        })
    }

    async fn catalogue(&self, market: &Market) -> Result<Rc<Catalogue>, Error> {
        once!(self.catalogue, market, async {
            let stocks = async {
                if self.files.has(Role::Stock) { self.stocks(market).await.map(Some) } else { Ok(None) }
            };
            let (table, stocks) = futures::try_join!(self.table(Role::Products, market), stocks)?;
            let (table, as_of) = table;
            let mut faults = table.faults;
            let read = |row| faults.keep(offer::read(row, market.currency(), as_of));
            let offers: Vec<_> = table.rows.iter().filter_map(read).collect();
            let catalogue = Catalogue::of(offers, stocks.as_deref(), market);
            self.judge(Role::Products, &faults, catalogue.products.is_empty())?;
            Ok(catalogue)
        })
    }

    async fn all_stores(&self, market: &Market) -> Result<Rc<Vec<Store>>, Error> {
        once!(self.stores, market, async {
            let (table, _) = self.table(Role::Stores, market).await?;
            let (stores, faults) = store::stores(table);
            self.judge(Role::Stores, &faults, stores.is_empty())?;
            Ok(stores)
        })
    }

    async fn itself(&self, market: &Market) -> Result<About, Error> {
        if self.files.has(Role::Products) {
            self.catalogue(market).await?;
        }
        if self.files.has(Role::Stores) {
            self.all_stores(market).await?;
        }
        if self.files.has(Role::Stock) {
            self.stocks(market).await?;
        }
        Ok(About { currencies: vec![market.currency()], ..About::default() })
    }

    async fn one(&self, market: &Market, key: &ProductKey) -> Result<Product, Error> {
        let catalogue = self.catalogue(market).await?;
        let is_asked = |product: &&Product| match key {
            ProductKey::Slug(slug) => product.slug == *slug,
            ProductKey::Id(id) => product.id == *id,
        };
        let missing = || Error::new(Kind::NotFound(Subject::Product), "batch.products", "not in the file");
        catalogue.products.iter().find(is_asked).cloned().ok_or_else(missing)
    }

    /// What each store has; one of which the file says nothing is left out.
    async fn in_stores(&self, market: &Market, variant: &VariantRef) -> Result<Vec<StoreStock>, Error> {
        let (stores, stocks) = futures::try_join!(self.all_stores(market), self.stocks(market))?;
        let sku = if variant.sku.is_empty() { variant.id.as_str() } else { &variant.sku };
        let has = |store: &Store| {
            let stock = stocks.in_store(sku, store.id.as_str())?;
            Some(StoreStock { store: store.clone(), stock })
        };
        Ok(stores.iter().filter_map(has).collect())
    }

    /// What a backend without a part of the files answers.
    fn able<'a, T: 'a>(
        &self,
        capability: Capability,
        answer: impl Future<Output = Result<T, Error>> + 'a,
    ) -> Pending<'a, T> {
        if self.capabilities.contains(&capability) {
            return Box::pin(answer);
        }
        Box::pin(std::future::ready(Err(Error::unsupported(capability))))
    }
}

impl Port for Batch {
    fn capabilities(&self) -> &[Capability] {
        &self.capabilities
    }

    fn about<'a>(&'a self, market: &'a Market) -> Pending<'a, About> {
        Box::pin(self.itself(market))
    }

    fn product<'a>(&'a self, market: &'a Market, key: &'a ProductKey) -> Pending<'a, Product> {
        self.able(Capability::Product, self.one(market, key))
    }

    fn listing<'a>(&'a self, market: &'a Market, query: &'a ListingQuery) -> Pending<'a, Listing> {
        self.able(
            Capability::Listing,
            async move { listing::listing(&*self.catalogue(market).await?, query) },
        )
    }

    fn categories<'a>(&'a self, market: &'a Market) -> Pending<'a, Vec<Category>> {
        self.able(Capability::Categories, async move { Ok(self.catalogue(market).await?.categories.clone()) })
    }

    fn stores<'a>(&'a self, market: &'a Market) -> Pending<'a, Vec<Store>> {
        self.able(Capability::Stores, async move { Ok(self.all_stores(market).await?.to_vec()) })
    }

    fn store_stock<'a>(
        &'a self,
        market: &'a Market,
        variant: &'a VariantRef,
    ) -> Pending<'a, Vec<StoreStock>> {
        self.able(Capability::StoreStock, self.in_stores(market, variant))
    }
}
