//! The model: what a shop is, in words that no vendor owns.
//!
//! All types serialise to the plain form's JSON (camelCase), which `commerce/openapi.yaml` documents.

mod about;
mod cart;
mod category;
mod content;
mod customer;
pub mod date;
mod id;
mod image;
mod listing;
mod market;
mod money;
mod order;
mod product;
mod review;
mod store;
mod tag;
mod tagged;

pub use about::About;
pub use cart::{AppliedCode, Cart, CartChange, CartLine, Delivery, Discount};
pub use category::{Category, CategoryRef};
pub use content::{ContentBlock, ContentKind, ContentQuery, Link};
pub use customer::{Credentials, Customer, SignedIn};
pub use id::{
    CartId, CategoryId, ContentId, CustomerId, CustomerToken, LineId, OrderId, ProductId, ReviewId, StoreId,
    VariantId,
};
pub use image::{Image, Rendition};
pub use listing::{Facet, FacetChoice, FacetValue, Listing, ListingQuery, Sort};
pub use market::{Market, MarketError};
pub use money::{Currency, Money, MoneyError, Price};
pub use order::{Checkout, Contact, Order, OrderState, Placement};
pub use product::{
    Attribute, Choice, OptionValue, Product, ProductCard, ProductKey, ProductOption, ProductRef, Rating,
    Stock, StockLevel, Variant, VariantRef,
};
pub use review::{Review, Reviews};
pub use store::{Address, OpeningHours, Store, StoreStock};
pub use tag::{Tag, TagError};
pub use tagged::Tagged;
