//! The port's questions, each as its exchanges with the shop.

use super::ask::is_gid;
use super::change::Written;
use super::listing::{Answer as Lists, Asked, List, MOST_WALKED};
use super::refusal::refused;
use super::{
    Shopify, category, content, customer, documents as ask, facet, found, listing, product, review, store,
};
use crate::adapters::wire::checked::checked;
use crate::error::{Error, Kind, Refusal, Subject};
use crate::model::{
    About, Cart, CartChange, CartId, Category, Checkout, ContentBlock, ContentQuery, Credentials, Customer,
    CustomerToken, Listing, ListingQuery, Market, Placement, Product, ProductCard, ProductKey, ProductRef,
    Reviews, SignedIn, Store, StoreStock, VariantRef,
};
use crate::port::{Capability, Pending, Port};
use serde_json::{Value, json};

const CAPABILITIES: [Capability; 12] = [
    Capability::Product,
    Capability::Listing,
    Capability::Search,
    Capability::Categories,
    Capability::Related,
    Capability::Reviews,
    Capability::Content,
    Capability::Stores,
    Capability::StoreStock,
    Capability::Cart,
    Capability::Checkout,
    Capability::Customer,
];

impl Shopify {
    /// Two questions at once: the product, and what its options are called in the shop's own language.
    async fn one(&self, market: &Market, key: &ProductKey) -> Result<Product, Error> {
        const PRODUCT: &str = "shopify.product";
        let variables = match key {
            ProductKey::Slug(slug) => json!({ "handle": slug }),
            ProductKey::Id(id) if is_gid("Product", id.as_str()) => json!({ "id": id }),
            ProductKey::Id(_) => return found(PRODUCT, market, Subject::Product, None),
        };
        let (answer, names) = futures::join!(
            self.ask::<product::Answer>(PRODUCT, market, ask::PRODUCT, variables.clone()),
            self.ask::<product::Names>("shopify.options", market, ask::OPTIONS, variables),
        );
        let product = product::product(answer?, names?);
        found(PRODUCT, market, Subject::Product, product)
    }

    async fn list(&self, market: &Market, query: &ListingQuery) -> Result<Listing, Error> {
        const LISTING: &str = "shopify.listing";
        let asked = Asked::new(LISTING, query)?;
        let unknown = || Error::new(Kind::NotFound(Subject::Category), LISTING, "null");
        let get = async |document: &str, variables: Value| -> Result<List, Error> {
            self.ask::<Lists>(LISTING, market, document, variables).await?.list().ok_or_else(unknown)
        };
        let inputs = if query.facets.is_empty() {
            Vec::new()
        } else {
            let filters = get(asked.filters(), asked.variables(&[], None, false)).await?.filters();
            facet::inputs(LISTING, &query.facets, &filters)?
        };
        // The first page needs no cursor, so it comes with the first cursors.
        let first = asked.offset() == 0;
        let (mut cursors, mut more, mut page) = (Vec::new(), !first, None);
        if first {
            let mut list = get(asked.page(), asked.variables(&inputs, None, true)).await?;
            (cursors, more) = list.cursors();
            page = Some(list);
        }
        while more && cursors.len() < MOST_WALKED && !(asked.of_search() && cursors.len() > asked.offset()) {
            let after = cursors.last().cloned();
            let (next, another) =
                get(asked.cursors(), asked.variables(&inputs, after.as_deref(), false)).await?.cursors();
            more = another && !next.is_empty();
            cursors.extend(next);
        }
        let list = match page {
            Some(list) => list,
            None => {
                let after = cursors.get(asked.offset() - 1).or(cursors.last());
                get(asked.page(), asked.variables(&inputs, after.map(String::as_str), false)).await?
            }
        };
        checked(LISTING, market, asked.listing(list, cursors.len()))
    }

    /// A variant of another backend is found by its product's slug and its stock keeping unit.
    async fn kept_by_stores(&self, market: &Market, variant: &VariantRef) -> Result<Vec<StoreStock>, Error> {
        const STOCK: &str = "shopify.store_stock";
        let id = if is_gid("ProductVariant", variant.id.as_str()) {
            Some(variant.id.as_str().to_owned())
        } else {
            let variables = json!({ "handle": variant.product.slug });
            self.ask::<listing::Skus>(STOCK, market, ask::VARIANT_OF_SKU, variables).await?.find(&variant.sku)
        };
        let id = id.ok_or_else(|| Error::new(Kind::NotFound(Subject::Product), STOCK, "no such variant"))?;
        let answer =
            self.ask::<store::StockAnswer>(STOCK, market, ask::STORE_STOCK, json!({ "id": id })).await?;
        found(STOCK, market, Subject::Product, store::stocks(answer))
    }

    async fn hand_over(
        &self,
        market: &Market,
        cart: &CartId,
        placement: &Placement,
    ) -> Result<Checkout, Error> {
        const CHECK_OUT: &str = "shopify.check_out";
        let before = self.read(CHECK_OUT, market, cart).await?;
        if before.lines.nodes.is_empty() {
            return Err(refused(CHECK_OUT, Refusal::EmptyCart));
        }
        let mut delivery = placement.delivery.clone();
        if let crate::Delivery::Ship { address: Some(address) } = &mut delivery
            && address.name.is_empty()
        {
            address.name.clone_from(&placement.contact.name);
        }
        let email = Some(placement.contact.email.as_str());
        let parts = self.deliver(CHECK_OUT, market, cart, &delivery, email).await?;
        checked(CHECK_OUT, market, Checkout::Handover { url: parts.checkout_url })
    }

    async fn let_in(
        &self,
        market: &Market,
        credentials: &Credentials,
        cart: Option<&CartId>,
    ) -> Result<SignedIn, Error> {
        const SIGN_IN: &str = "shopify.sign_in";
        let input = json!({ "email": credentials.email, "password": credentials.password });
        let call = self.ask.call(SIGN_IN, market, ask::SIGN_IN, json!({ "input": input }))?;
        let answer: customer::SignIn = self.carry(call.for_one()).await?;
        let token = answer.token(SIGN_IN)?;
        let Some(cart) = cart.filter(|cart| is_gid("Cart", cart.as_str())) else {
            return Ok(SignedIn { token, cart: None });
        };
        let variables = json!({ "cart": cart, "identity": { "customerAccessToken": token } });
        let call = self.ask.call(SIGN_IN, market, ask::IDENTITY_UPDATE, variables)?;
        let written = self.carry::<Written>(call.for_one()).await;
        match written.and_then(|written| written.parts(SIGN_IN, None)) {
            Ok((parts, _)) => Ok(SignedIn { token, cart: Some(CartId::new(parts.id)) }),
            // A cart that is gone keeps nobody out.
            Err(Error { kind: Kind::NotFound(_), .. }) => Ok(SignedIn { token, cart: None }),
            Err(error) => Err(error),
        }
    }
}

impl Port for Shopify {
    fn capabilities(&self) -> &'static [Capability] {
        &CAPABILITIES
    }

    fn about<'a>(&'a self, market: &'a Market) -> Pending<'a, About> {
        Box::pin(self.read_about(market))
    }

    fn product<'a>(&'a self, market: &'a Market, key: &'a ProductKey) -> Pending<'a, Product> {
        Box::pin(self.one(market, key))
    }

    fn listing<'a>(&'a self, market: &'a Market, query: &'a ListingQuery) -> Pending<'a, Listing> {
        Box::pin(self.list(market, query))
    }

    fn categories<'a>(&'a self, market: &'a Market) -> Pending<'a, Vec<Category>> {
        Box::pin(async move {
            let answer = self.ask("shopify.categories", market, ask::MENU, json!({})).await?;
            Ok(category::tree(answer))
        })
    }

    fn related<'a>(&'a self, market: &'a Market, product: &'a ProductRef) -> Pending<'a, Vec<ProductCard>> {
        Box::pin(async move {
            let variables = json!({ "handle": product.slug });
            let answer: listing::Related =
                self.ask("shopify.related", market, ask::RELATED, variables).await?;
            found("shopify.related", market, Subject::Product, answer.list())
        })
    }

    fn reviews<'a>(&'a self, market: &'a Market, product: &'a ProductRef, page: u32) -> Pending<'a, Reviews> {
        Box::pin(async move {
            let variables = json!({ "handle": product.slug });
            let answer = self.ask("shopify.reviews", market, ask::REVIEWS, variables).await?;
            found("shopify.reviews", market, Subject::Product, review::reviews(answer, market, page))
        })
    }

    fn content<'a>(&'a self, market: &'a Market, query: &'a ContentQuery) -> Pending<'a, Vec<ContentBlock>> {
        Box::pin(async move {
            let list = self.ask("shopify.content", market, ask::CONTENT_LIST, json!({})).await?;
            let ids = content::chosen(list, query);
            if ids.is_empty() {
                return Ok(Vec::new());
            }
            let answer = self.ask("shopify.content", market, ask::CONTENT, json!({ "ids": ids })).await?;
            checked("shopify.content", market, content::blocks(answer))
        })
    }

    fn stores<'a>(&'a self, market: &'a Market) -> Pending<'a, Vec<Store>> {
        Box::pin(async move {
            let answer = self.ask("shopify.stores", market, ask::STORES, json!({})).await?;
            Ok(store::stores(answer))
        })
    }

    fn store_stock<'a>(
        &'a self,
        market: &'a Market,
        variant: &'a VariantRef,
    ) -> Pending<'a, Vec<StoreStock>> {
        Box::pin(self.kept_by_stores(market, variant))
    }

    fn cart<'a>(&'a self, market: &'a Market, cart: &'a CartId) -> Pending<'a, Cart> {
        Box::pin(async move {
            let parts = self.read("shopify.cart", market, cart).await?;
            self.settle("shopify.cart", market, parts).await
        })
    }

    fn create_cart<'a>(&'a self, market: &'a Market) -> Pending<'a, Cart> {
        Box::pin(async move {
            let input = json!({ "input": { "buyerIdentity": { "countryCode": market.country() } } });
            let (parts, _) = self.write("shopify.create_cart", market, ask::CART_CREATE, input, None).await?;
            checked("shopify.create_cart", market, parts.cart("shopify.create_cart", market)?)
        })
    }

    fn change_cart<'a>(
        &'a self,
        market: &'a Market,
        cart: &'a CartId,
        change: &'a CartChange,
    ) -> Pending<'a, Cart> {
        Box::pin(async move {
            let parts = self.change(market, cart, change).await?;
            self.settle("shopify.change_cart", market, parts).await
        })
    }

    fn check_out<'a>(
        &'a self,
        market: &'a Market,
        cart: &'a CartId,
        placement: &'a Placement,
    ) -> Pending<'a, Checkout> {
        Box::pin(self.hand_over(market, cart, placement))
    }

    fn sign_in<'a>(
        &'a self,
        market: &'a Market,
        credentials: &'a Credentials,
        cart: Option<&'a CartId>,
    ) -> Pending<'a, SignedIn> {
        Box::pin(self.let_in(market, credentials, cart))
    }

    fn customer<'a>(&'a self, market: &'a Market, token: &'a CustomerToken) -> Pending<'a, Customer> {
        Box::pin(async move {
            let answer: customer::Answer =
                self.ask("shopify.customer", market, ask::CUSTOMER, json!({ "token": token })).await?;
            found("shopify.customer", market, Subject::Customer, answer.customer())
        })
    }
}
