//! What a page is about.

use commerce::{Market, Money, Product};
use personalise::attribute::{Schema, Value, Values};

/// What a page is about: the same for everyone who asks for the same address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Topic {
    page: &'static str,
    market: String,
    language: String,
    slug: Option<String>,
    category: Option<String>,
    price: Option<Money>,
}

impl Topic {
    /// A page of a kind: `home`, `category`, `search`, `product`, `cart`, `checkout`, `order` or a head's own.
    pub fn page(page: &'static str) -> Self {
        Self { page, ..Self::default() }
    }

    /// A product's page.
    pub fn product(product: &Product) -> Self {
        let category = product.categories.first().map(|category| category.slug.clone());
        let price =
            product.variants.iter().map(|variant| variant.price.current).min_by_key(|price| price.amount);
        Self { slug: Some(product.slug.clone()), category, price, ..Self::page("product") }
    }

    /// A category's page, by its slug.
    pub fn category(slug: &str) -> Self {
        Self { category: Some(slug.to_owned()), ..Self::page("category") }
    }

    pub(super) fn within(mut self, market: &Market) -> Self {
        (self.market, self.language) = (market.id(), market.language().to_owned());
        self
    }

    /// Which kind of page it is.
    pub(crate) fn kind(&self) -> &'static str {
        self.page
    }

    /// The id of its market.
    pub(crate) fn market(&self) -> &str {
        &self.market
    }

    /// The category that a visitor looks at here.
    pub(crate) fn viewed(&self) -> Option<&str> {
        self.category.as_deref()
    }

    /// Tells the rules; what they do not declare, they do not ask for.
    pub(super) fn tell(&self, schema: &Schema, values: &mut Values) {
        let mut text = |name, text: Option<&str>| {
            let _ = values.set(schema, name, text.map(|text| Value::Text(text.into())));
        };
        text("page", Some(self.page));
        text("market", Some(&self.market));
        text("language", Some(&self.language));
        text("product.slug", self.slug.as_deref());
        text("product.category", self.category.as_deref());
        let _ = values.set(schema, "product.price", self.price.map(Value::Money));
    }
}
