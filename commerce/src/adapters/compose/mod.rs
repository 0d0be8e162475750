//! Two backends as one port: a commerce engine with a CMS, reviews or a store system beside it.

mod part;
#[cfg(test)]
mod tests;

use crate::error::{Error, Kind, Subject};
use crate::model::{
    Cart, CartChange, CartId, Category, Checkout, ContentBlock, ContentQuery, Credentials, Customer,
    CustomerToken, Listing, ListingQuery, Market, Order, OrderId, Placement, Product, ProductCard, ProductId,
    ProductKey, ProductRef, Reviews, SignedIn, Store, StoreStock, VariantRef,
};
use crate::port::{Capability, Pending, Port};
use futures::future::join_all;
pub use part::Part;

/// More products than content shows on one page.
const MOST_CARDS: usize = 48;

/// One port whose parts come from two backends.
pub struct Composed {
    first: Box<dyn Port>,
    second: Box<dyn Port>,
    /// The parts that the second backend answers.
    parts: Vec<Part>,
    capabilities: Vec<Capability>,
}

impl Composed {
    /// Takes the parts in a list such as `content, reviews` from `second`, all others from `first`.
    ///
    /// # Errors
    /// `Internal`, with the cure, when the list cannot be read or the division cannot work.
    pub fn new(first: Box<dyn Port>, second: Box<dyn Port>, list: &str) -> Result<Self, Error> {
        let parts = part::parts(list)?;
        let has = |capability: &Capability| {
            let port = if parts.contains(&Part::of(*capability)) { &second } else { &first };
            port.capabilities().contains(capability)
        };
        let capabilities = Capability::ALL.into_iter().filter(has).collect();
        Ok(Self { first, second, parts, capabilities })
    }

    fn port(&self, capability: Capability) -> &dyn Port {
        if self.parts.contains(&Part::of(capability)) { &*self.second } else { &*self.first }
    }

    /// Whether a part comes from another backend than the catalogue, to which its ids mean nothing.
    fn is_foreign(&self, part: Part) -> bool {
        self.parts.contains(&part) != self.parts.contains(&Part::Catalogue)
    }

    /// The product as the backend of a foreign part knows it; one without a catalogue knows slugs only.
    async fn abroad(
        &self,
        market: &Market,
        capability: Capability,
        product: &ProductRef,
    ) -> Result<(ProductRef, Option<Product>), Error> {
        let port = self.port(capability);
        if !port.capabilities().contains(&Capability::Product) {
            let id = ProductId::new(&product.slug);
            return Ok((ProductRef { id, slug: product.slug.clone() }, None));
        }
        let found = port.product(market, &ProductKey::Slug(product.slug.clone())).await?;
        Ok((found.reference(), Some(found)))
    }

    /// The blocks with the catalogue's own cards: one price on every page. What it does not sell goes.
    async fn at_home(&self, market: &Market, mut blocks: Vec<ContentBlock>) -> Vec<ContentBlock> {
        let mut slugs: Vec<String> =
            blocks.iter().flat_map(|block| &block.products).map(|card| card.slug.clone()).collect();
        slugs.sort_unstable();
        slugs.dedup();
        slugs.truncate(MOST_CARDS);
        let catalogue = self.port(Capability::Product);
        let ask = |slug: String| async move {
            let product = catalogue.product(market, &ProductKey::Slug(slug)).await.ok()?;
            Some((product.slug.clone(), product.card()?))
        };
        let cards: Vec<(String, ProductCard)> =
            join_all(slugs.into_iter().map(ask)).await.into_iter().flatten().collect();
        let own = |card: &ProductCard| cards.iter().find(|(slug, _)| *slug == card.slug);
        for block in &mut blocks {
            block.products = block.products.iter().filter_map(own).map(|(_, card)| card.clone()).collect();
        }
        blocks
    }
}

impl Port for Composed {
    fn capabilities(&self) -> &[Capability] {
        &self.capabilities
    }

    fn product<'a>(&'a self, market: &'a Market, key: &'a ProductKey) -> Pending<'a, Product> {
        self.port(Capability::Product).product(market, key)
    }

    fn listing<'a>(&'a self, market: &'a Market, query: &'a ListingQuery) -> Pending<'a, Listing> {
        if query.search.is_none() {
            return self.port(Capability::Listing).listing(market, query);
        }
        let pending = self.port(Capability::Search).listing(market, query);
        if !self.is_foreign(Part::Search) {
            return pending;
        }
        Box::pin(async move {
            let mut listing = pending.await?;
            // The other backend's variants cannot be put into this one's cart.
            listing.items.iter_mut().for_each(|card| card.only_variant = None);
            Ok(listing)
        })
    }

    fn categories<'a>(&'a self, market: &'a Market) -> Pending<'a, Vec<Category>> {
        self.port(Capability::Categories).categories(market)
    }

    fn related<'a>(&'a self, market: &'a Market, product: &'a ProductRef) -> Pending<'a, Vec<ProductCard>> {
        self.port(Capability::Related).related(market, product)
    }

    fn reviews<'a>(&'a self, market: &'a Market, product: &'a ProductRef, page: u32) -> Pending<'a, Reviews> {
        let port = self.port(Capability::Reviews);
        if !self.is_foreign(Part::Reviews) {
            return port.reviews(market, product, page);
        }
        Box::pin(async move {
            let (product, _) = self.abroad(market, Capability::Reviews, product).await?;
            port.reviews(market, &product, page).await
        })
    }

    fn content<'a>(&'a self, market: &'a Market, query: &'a ContentQuery) -> Pending<'a, Vec<ContentBlock>> {
        let pending = self.port(Capability::Content).content(market, query);
        if !self.is_foreign(Part::Content) {
            return pending;
        }
        Box::pin(async move { Ok(self.at_home(market, pending.await?).await) })
    }

    fn stores<'a>(&'a self, market: &'a Market) -> Pending<'a, Vec<Store>> {
        self.port(Capability::Stores).stores(market)
    }

    fn store_stock<'a>(
        &'a self,
        market: &'a Market,
        variant: &'a VariantRef,
    ) -> Pending<'a, Vec<StoreStock>> {
        let port = self.port(Capability::StoreStock);
        if !self.is_foreign(Part::Stores) {
            return port.store_stock(market, variant);
        }
        Box::pin(async move {
            let (product, found) = self.abroad(market, Capability::StoreStock, &variant.product).await?;
            let id = match &found {
                None => crate::VariantId::new(&variant.sku),
                Some(found) => {
                    let same = found.variants.iter().find(|other| other.sku == variant.sku);
                    let unknown =
                        || Error::new(Kind::NotFound(Subject::Product), "", "no variant of that SKU");
                    same.ok_or_else(unknown)?.id.clone()
                }
            };
            port.store_stock(market, &VariantRef { id, sku: variant.sku.clone(), product }).await
        })
    }

    fn cart<'a>(&'a self, market: &'a Market, cart: &'a CartId) -> Pending<'a, Cart> {
        self.port(Capability::Cart).cart(market, cart)
    }

    fn create_cart<'a>(&'a self, market: &'a Market) -> Pending<'a, Cart> {
        self.port(Capability::Cart).create_cart(market)
    }

    fn change_cart<'a>(
        &'a self,
        market: &'a Market,
        cart: &'a CartId,
        change: &'a CartChange,
    ) -> Pending<'a, Cart> {
        self.port(Capability::Cart).change_cart(market, cart, change)
    }

    fn check_out<'a>(
        &'a self,
        market: &'a Market,
        cart: &'a CartId,
        placement: &'a Placement,
    ) -> Pending<'a, Checkout> {
        self.port(Capability::Checkout).check_out(market, cart, placement)
    }

    fn order<'a>(&'a self, market: &'a Market, order: &'a OrderId) -> Pending<'a, Order> {
        self.port(Capability::Order).order(market, order)
    }

    fn sign_in<'a>(
        &'a self,
        market: &'a Market,
        credentials: &'a Credentials,
        cart: Option<&'a CartId>,
    ) -> Pending<'a, SignedIn> {
        let same = self.parts.contains(&Part::Customers) == self.parts.contains(&Part::Cart);
        self.port(Capability::Customer).sign_in(market, credentials, cart.filter(|_| same))
    }

    fn customer<'a>(&'a self, market: &'a Market, token: &'a CustomerToken) -> Pending<'a, Customer> {
        self.port(Capability::Customer).customer(market, token)
    }
}
