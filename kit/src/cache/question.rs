//! The questions of the shop whose answers are the same for everyone in a market.

use super::lives::Lives;
use commerce::{
    Category, ContentBlock, ContentQuery, Listing, ListingQuery, Market, Pending, Port, Product, ProductCard,
    ProductKey, ProductRef, Reviews, Store, StoreStock, Tag, Tagged, VariantRef,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// A question that names no visitor. Its debug print, in which every text is quoted, is part of the key of its
/// answer: two questions that print alike are alike.
pub(crate) trait Question: Debug + 'static {
    type Answer: Tagged + Serialize + DeserializeOwned + 'static;
    const NAME: &'static str;
    const LIVES: Lives;

    /// How long an answer lives that may say so itself.
    fn lives(_answer: &Self::Answer) -> Lives {
        Self::LIVES
    }

    fn ask<'a>(&'a self, port: &'a dyn Port, market: &'a Market) -> Pending<'a, Self::Answer>;

    /// What the answer is about besides what stands in it.
    fn tags(&self, into: &mut Vec<Tag>);
}

macro_rules! question {
    ($name:ident($($part:tt: $type:ty),*) -> $answer:ty, $word:literal, $lives:ident,
     |$self:ident, $port:ident, $market:ident| $ask:expr, [$($about:tt),*]) => {
        #[derive(Debug)]
        pub(crate) struct $name($(pub(crate) $type),*);

        impl Question for $name {
            type Answer = $answer;
            const NAME: &'static str = $word;
            const LIVES: Lives = Lives::$lives;

            fn ask<'a>(&'a $self, $port: &'a dyn Port, $market: &'a Market) -> Pending<'a, $answer> {
                $ask
            }

            fn tags(&self, _into: &mut Vec<Tag>) {
                $(self.$about.tags(_into);)*
            }
        }
    };
}

question!(AskProduct(0: ProductKey) -> Product, "product", GOODS,
    |self, port, market| port.product(market, &self.0), [0]);
question!(AskListing(0: ListingQuery) -> Listing, "listing", GOODS,
    |self, port, market| port.listing(market, &self.0), [0]);
question!(AskCategories() -> Vec<Category>, "categories", SLOW,
    |self, port, market| port.categories(market), []);
question!(AskRelated(0: ProductRef) -> Vec<ProductCard>, "related", GOODS,
    |self, port, market| port.related(market, &self.0), [0]);
question!(AskReviews(0: ProductRef, 1: u32) -> Reviews, "reviews", SLOW,
    |self, port, market| port.reviews(market, &self.0, self.1), [0]);
question!(AskContent(0: ContentQuery) -> Vec<ContentBlock>, "content", GOODS,
    |self, port, market| port.content(market, &self.0), [0]);
question!(AskStores() -> Vec<Store>, "stores", SLOW,
    |self, port, market| port.stores(market), []);
question!(AskStoreStock(0: VariantRef) -> Vec<StoreStock>, "store-stock", STOCK,
    |self, port, market| port.store_stock(market, &self.0), [0]);
