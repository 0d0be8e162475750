//! The port: everything that a head may ask of a shop.

use crate::error::Error;
use crate::model::{
    About, Cart, CartChange, CartId, Category, Checkout, ContentBlock, ContentQuery, Credentials, Customer,
    CustomerToken, Listing, ListingQuery, Market, Order, OrderId, Placement, Product, ProductCard,
    ProductKey, ProductRef, Reviews, SignedIn, Store, StoreStock, VariantRef,
};
use std::future::Future;
use std::pin::Pin;

/// An answer on its way. Heads run one request at a time on one thread, hence no `Send`.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + 'a>>;

/// What an adapter can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Capability {
    /// [`Port::product`].
    Product,
    /// [`Port::listing`] of a category.
    Listing,
    /// [`Port::listing`] with words to search for.
    Search,
    /// [`Port::categories`].
    Categories,
    /// [`Port::related`].
    Related,
    /// [`Port::reviews`].
    Reviews,
    /// [`Port::content`].
    Content,
    /// [`Port::stores`].
    Stores,
    /// [`Port::store_stock`].
    StoreStock,
    /// [`Port::cart`], [`Port::create_cart`] and [`Port::change_cart`].
    Cart,
    /// [`Port::check_out`].
    Checkout,
    /// [`Port::order`].
    Order,
    /// [`Port::sign_in`] and [`Port::customer`].
    Customer,
}

impl Capability {
    /// All of them, in the order of the port.
    pub const ALL: [Self; 13] = [
        Self::Product,
        Self::Listing,
        Self::Search,
        Self::Categories,
        Self::Related,
        Self::Reviews,
        Self::Content,
        Self::Stores,
        Self::StoreStock,
        Self::Cart,
        Self::Checkout,
        Self::Order,
        Self::Customer,
    ];

    /// Reads [`Capability::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capability| capability.as_str() == word)
    }

    /// Its word in messages, tables and the plain form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Listing => "listing",
            Self::Search => "search",
            Self::Categories => "categories",
            Self::Related => "related",
            Self::Reviews => "reviews",
            Self::Content => "content",
            Self::Stores => "stores",
            Self::StoreStock => "store-stock",
            Self::Cart => "cart",
            Self::Checkout => "checkout",
            Self::Order => "order",
            Self::Customer => "customer",
        }
    }
}

macro_rules! missing {
    ($capability:ident) => {
        Box::pin(std::future::ready(Err(Error::unsupported(Capability::$capability))))
    };
}

/// What a head may ask of a shop. An adapter overrides what its backend has and names it in
/// [`Port::capabilities`]; the rest answers `Unsupported`, and a head leaves that part out.
///
/// # Errors
/// Every answer may fail with any [`crate::Kind`]; business refusals are [`crate::Kind::Refused`].
pub trait Port {
    /// What this adapter overrides.
    fn capabilities(&self) -> &[Capability];

    /// What the backend says of itself; asked by `headwater check` only. Wrong credentials show here.
    fn about<'a>(&'a self, _market: &'a Market) -> Pending<'a, About> {
        Box::pin(std::future::ready(Ok(About::default())))
    }

    /// A product by slug or id.
    fn product<'a>(&'a self, _market: &'a Market, _key: &'a ProductKey) -> Pending<'a, Product> {
        missing!(Product)
    }

    /// One page of a list.
    fn listing<'a>(&'a self, _market: &'a Market, _query: &'a ListingQuery) -> Pending<'a, Listing> {
        missing!(Listing)
    }

    /// The departments with all that lies below them.
    fn categories<'a>(&'a self, _market: &'a Market) -> Pending<'a, Vec<Category>> {
        missing!(Categories)
    }

    /// Products that go with one, best first, at most 12.
    fn related<'a>(&'a self, _market: &'a Market, _product: &'a ProductRef) -> Pending<'a, Vec<ProductCard>> {
        missing!(Related)
    }

    /// One page of a product's reviews; pages count from 1.
    fn reviews<'a>(
        &'a self,
        _market: &'a Market,
        _product: &'a ProductRef,
        _page: u32,
    ) -> Pending<'a, Reviews> {
        missing!(Reviews)
    }

    /// Content blocks for slots or by id; an unknown slot or id gives none.
    fn content<'a>(
        &'a self,
        _market: &'a Market,
        _query: &'a ContentQuery,
    ) -> Pending<'a, Vec<ContentBlock>> {
        missing!(Content)
    }

    /// All stores.
    fn stores<'a>(&'a self, _market: &'a Market) -> Pending<'a, Vec<Store>> {
        missing!(Stores)
    }

    /// What each store has of a variant.
    fn store_stock<'a>(
        &'a self,
        _market: &'a Market,
        _variant: &'a VariantRef,
    ) -> Pending<'a, Vec<StoreStock>> {
        missing!(StoreStock)
    }

    /// A cart as it is.
    fn cart<'a>(&'a self, _market: &'a Market, _cart: &'a CartId) -> Pending<'a, Cart> {
        missing!(Cart)
    }

    /// A new, empty cart.
    fn create_cart<'a>(&'a self, _market: &'a Market) -> Pending<'a, Cart> {
        missing!(Cart)
    }

    /// Changes a cart and gives it as it then is. On a refusal the cart keeps what it had.
    fn change_cart<'a>(
        &'a self,
        _market: &'a Market,
        _cart: &'a CartId,
        _change: &'a CartChange,
    ) -> Pending<'a, Cart> {
        missing!(Cart)
    }

    /// Makes an order of a cart, or hands over to the backend's own checkout.
    fn check_out<'a>(
        &'a self,
        _market: &'a Market,
        _cart: &'a CartId,
        _placement: &'a Placement,
    ) -> Pending<'a, Checkout> {
        missing!(Checkout)
    }

    /// An order by its unguessable id.
    fn order<'a>(&'a self, _market: &'a Market, _order: &'a OrderId) -> Pending<'a, Order> {
        missing!(Order)
    }

    /// Signs a visitor in and gives their cart over to the customer.
    fn sign_in<'a>(
        &'a self,
        _market: &'a Market,
        _credentials: &'a Credentials,
        _cart: Option<&'a CartId>,
    ) -> Pending<'a, SignedIn> {
        missing!(Customer)
    }

    /// The customer who signed in; `NotFound` once the token has expired.
    fn customer<'a>(&'a self, _market: &'a Market, _token: &'a CustomerToken) -> Pending<'a, Customer> {
        missing!(Customer)
    }
}
