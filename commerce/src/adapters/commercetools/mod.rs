//! The commercetools adapter: the HTTP API of a project, with a client of the shop's own.
//!
//! What a project needs, beside its products:
//! - enum attributes with the constraint `CombinationUnique` are what visitors choose; searchable ones are
//!   facets; a custom object of the container `swatches`, under the attribute's name, gives values a colour;
//! - attributes called `brand`, `summary`, `tags`, `related` (products) and `looks`; a searchable number `rank`
//!   orders products where no category does; other texts are facts (`fact-` before a name is left out);
//! - stores are channels that supply stock and have a place, with custom fields of the type `store`;
//! - a shipping method whose key begins with `pickup`, and a cart type `fulfilment` with `pickup-store`.
//!
//! `tests/backends/commercetools` sets up such a project. Its parts here:
//! - `exchange`: tokens, sending, reading; `access`, `ask` and `problem` are its pure parts.
//! - `schema`: product types; `attribute`, `picture`, `text`, `money`: what everything is made of.
//! - `product`, `category`, `search` and `listing`, `review`, `store`: reads.
//! - `cart`, `change`, `delivery`, `order`, `customer`: what visitors do; `basket` is what carts and orders share.

mod access;
mod address;
mod ask;
mod attribute;
mod band;
mod basket;
mod cart;
mod category;
mod change;
mod customer;
mod delivery;
mod exchange;
mod lenient;
mod listing;
mod money;
mod news;
mod order;
mod picture;
mod problem;
mod product;
mod reads;
mod review;
mod schema;
mod search;
mod store;
mod text;
mod writes;

#[cfg(test)]
mod tests;

pub(super) use news::news;

use super::registry::Settings;
use crate::error::Error;
use crate::model::{
    Cart, CartChange, CartId, Category, Checkout, Credentials, Customer, CustomerToken, Listing,
    ListingQuery, Market, Order, OrderId, Placement, Product, ProductCard, ProductKey, ProductRef, Reviews,
    SignedIn, Store, StoreStock, VariantRef,
};
use crate::port::{Capability, Pending, Port};
use crate::upstream::Upstream;
use exchange::Exchange;

/// Everything but content: commercetools is no CMS.
const CAPABILITIES: [Capability; 12] = [
    Capability::Product,
    Capability::Listing,
    Capability::Search,
    Capability::Categories,
    Capability::Related,
    Capability::Reviews,
    Capability::Stores,
    Capability::StoreStock,
    Capability::Cart,
    Capability::Checkout,
    Capability::Order,
    Capability::Customer,
];

/// Speaks to a project of commercetools.
pub struct Commercetools {
    exchange: Exchange,
}

impl Commercetools {
    /// Opens a project: `url` is the API's address in the project's region, `auth_url` where its tokens are
    /// issued, `project` its key, `client_id` and `client_secret` those of an API client with the scopes
    /// `view_products`, `view_categories`, `view_key_value_documents`, `view_shipping_methods`, `manage_orders`,
    /// `manage_customers`, `manage_my_profile` and `manage_my_orders`; `view_shopping_lists` adds wish lists.
    ///
    /// # Errors
    /// `Internal`, with the cure, when a setting is missing or no address.
    pub fn new(settings: &Settings, upstream: Box<dyn Upstream>) -> Result<Self, Error> {
        Ok(Self { exchange: Exchange::new(settings, upstream)? })
    }
}

impl Port for Commercetools {
    fn capabilities(&self) -> &'static [Capability] {
        &CAPABILITIES
    }

    fn product<'a>(&'a self, market: &'a Market, key: &'a ProductKey) -> Pending<'a, Product> {
        Box::pin(self.read_product(market, key))
    }

    fn listing<'a>(&'a self, market: &'a Market, query: &'a ListingQuery) -> Pending<'a, Listing> {
        Box::pin(self.read_listing(market, query))
    }

    fn categories<'a>(&'a self, market: &'a Market) -> Pending<'a, Vec<Category>> {
        Box::pin(async move { Ok(self.read_categories().await?.tree(market)) })
    }

    fn related<'a>(&'a self, market: &'a Market, product: &'a ProductRef) -> Pending<'a, Vec<ProductCard>> {
        Box::pin(self.read_related(market, product))
    }

    fn reviews<'a>(&'a self, market: &'a Market, product: &'a ProductRef, page: u32) -> Pending<'a, Reviews> {
        Box::pin(self.read_reviews(market, product, page))
    }

    fn stores<'a>(&'a self, market: &'a Market) -> Pending<'a, Vec<Store>> {
        Box::pin(self.read_stores(market))
    }

    fn store_stock<'a>(
        &'a self,
        market: &'a Market,
        variant: &'a VariantRef,
    ) -> Pending<'a, Vec<StoreStock>> {
        Box::pin(self.read_store_stock(market, variant))
    }

    fn cart<'a>(&'a self, market: &'a Market, cart: &'a CartId) -> Pending<'a, Cart> {
        Box::pin(self.read_cart(market, cart))
    }

    fn create_cart<'a>(&'a self, market: &'a Market) -> Pending<'a, Cart> {
        Box::pin(self.begin_cart(market))
    }

    fn change_cart<'a>(
        &'a self,
        market: &'a Market,
        cart: &'a CartId,
        change: &'a CartChange,
    ) -> Pending<'a, Cart> {
        Box::pin(self.write_change(market, cart, change))
    }

    fn check_out<'a>(
        &'a self,
        market: &'a Market,
        cart: &'a CartId,
        placement: &'a Placement,
    ) -> Pending<'a, Checkout> {
        Box::pin(self.place_order(market, cart, placement))
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
        Box::pin(self.let_in(credentials, cart))
    }

    fn customer<'a>(&'a self, market: &'a Market, token: &'a CustomerToken) -> Pending<'a, Customer> {
        Box::pin(self.read_customer(market, token))
    }
}
