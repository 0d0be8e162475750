//! Questions as HTTP requests of the plain form; pure.

use crate::adapters::registry::Settings;
use crate::adapters::wire::{Root, json};
use crate::error::Error;
use crate::model::{
    CartChange, CartId, ContentQuery, Credentials, CustomerToken, ListingQuery, Market, OrderId, Placement,
    ProductKey, ProductRef, VariantRef,
};
use crate::upstream::Call;
use http::{HeaderName, HeaderValue, Method, header};
use serde::Serialize;
use std::time::Duration;
use url::Url;

/// Names the customer who signed in.
pub(super) const CUSTOMER_TOKEN: HeaderName = HeaderName::from_static("headwater-customer-token");

/// How long the asker goes on waiting, in whole milliseconds.
pub const DEADLINE: HeaderName = HeaderName::from_static("headwater-deadline-ms");

/// Adds what is left of the asker's time to a call.
pub(super) fn within(mut call: Call, left: Option<Duration>) -> Call {
    if let Some(left) = left {
        let milliseconds = u64::try_from(left.as_millis()).unwrap_or(u64::MAX);
        call.request.headers_mut().insert(DEADLINE, HeaderValue::from(milliseconds));
    }
    call
}

/// Builds requests against one root address.
pub(super) struct Ask {
    root: Root,
    /// Sent as a bearer token, when the operator gave one.
    token: String,
}

impl Ask {
    pub(super) fn new(settings: &Settings) -> Result<Self, Error> {
        Ok(Self { root: settings.root("")?, token: settings.token.clone() })
    }

    pub(super) fn about(&self, market: &Market) -> Result<Call, Error> {
        self.get("plain.about", market, &["v1"], &[])
    }

    pub(super) fn product(&self, market: &Market, key: &ProductKey) -> Result<Call, Error> {
        match key {
            ProductKey::Slug(slug) => self.get("plain.product", market, &["v1", "products", slug], &[]),
            ProductKey::Id(id) => {
                self.get("plain.product", market, &["v1", "products", "by-id", id.as_str()], &[])
            }
        }
    }

    pub(super) fn listing(&self, market: &Market, query: &ListingQuery) -> Result<Call, Error> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut pair = |name: &str, value: String| pairs.push((name.to_owned(), value));
        if let Some(category) = &query.category {
            pair("category", category.clone());
        }
        if let Some(search) = &query.search {
            pair("q", search.clone());
        }
        for chosen in &query.facets {
            pair(&format!("facet.{}", chosen.facet), chosen.value.clone());
        }
        if let Some(sort) = query.sort {
            pair("sort", sort.as_str().to_owned());
        }
        pair("page", query.page.to_string());
        pair("pageSize", query.page_size.to_string());
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        self.get("plain.listing", market, &["v1", "listing"], &pairs)
    }

    pub(super) fn categories(&self, market: &Market) -> Result<Call, Error> {
        self.get("plain.categories", market, &["v1", "categories"], &[])
    }

    pub(super) fn related(&self, market: &Market, product: &ProductRef) -> Result<Call, Error> {
        let path = ["v1", "products", "by-id", product.id.as_str(), "related"];
        self.get("plain.related", market, &path, &[("slug", &product.slug)])
    }

    pub(super) fn reviews(&self, market: &Market, product: &ProductRef, page: u32) -> Result<Call, Error> {
        let path = ["v1", "products", "by-id", product.id.as_str(), "reviews"];
        let query = [("page", page.to_string()), ("slug", product.slug.clone())];
        self.get(
            "plain.reviews",
            market,
            &path,
            &query.each_ref().map(|(name, value)| (*name, value.as_str())),
        )
    }

    pub(super) fn content(&self, market: &Market, query: &ContentQuery) -> Result<Call, Error> {
        let slots = query.slots.iter().map(|slot| ("slot", slot.as_str()));
        let ids = query.ids.iter().map(|id| ("id", id.as_str()));
        self.get("plain.content", market, &["v1", "content"], &slots.chain(ids).collect::<Vec<_>>())
    }

    pub(super) fn stores(&self, market: &Market) -> Result<Call, Error> {
        self.get("plain.stores", market, &["v1", "stores"], &[])
    }

    pub(super) fn store_stock(&self, market: &Market, variant: &VariantRef) -> Result<Call, Error> {
        let path = ["v1", "variants", variant.id.as_str(), "stock"];
        let product = &variant.product;
        let query =
            [("sku", variant.sku.as_str()), ("product", product.id.as_str()), ("slug", &product.slug)];
        self.get("plain.store_stock", market, &path, &query)
    }

    pub(super) fn cart(&self, market: &Market, cart: &CartId) -> Result<Call, Error> {
        self.get("plain.cart", market, &["v1", "carts", cart.as_str()], &[])
    }

    pub(super) fn create_cart(&self, market: &Market, key: Option<&str>) -> Result<Call, Error> {
        self.keyed("plain.create_cart", market, &["v1", "carts"], key, &serde_json::json!({}))
    }

    pub(super) fn change_cart(
        &self,
        market: &Market,
        cart: &CartId,
        key: Option<&str>,
        change: &CartChange,
    ) -> Result<Call, Error> {
        self.keyed("plain.change_cart", market, &["v1", "carts", cart.as_str(), "changes"], key, change)
    }

    pub(super) fn check_out(
        &self,
        market: &Market,
        cart: &CartId,
        key: Option<&str>,
        placement: &Placement,
    ) -> Result<Call, Error> {
        self.keyed("plain.check_out", market, &["v1", "carts", cart.as_str(), "checkout"], key, placement)
    }

    pub(super) fn order(&self, market: &Market, order: &OrderId) -> Result<Call, Error> {
        self.get("plain.order", market, &["v1", "orders", order.as_str()], &[])
    }

    pub(super) fn sign_in(
        &self,
        market: &Market,
        credentials: &Credentials,
        cart: Option<&CartId>,
    ) -> Result<Call, Error> {
        let body = serde_json::json!({
            "email": credentials.email,
            "password": credentials.password,
            "cart": cart,
        });
        let operation = "plain.sign_in";
        let url = self.address(operation, market, &["v1", "customers", "sign-in"], &[])?;
        let authorization = self.authorization();
        let headers: Vec<_> =
            authorization.iter().map(|value| (header::AUTHORIZATION, value.as_str())).collect();
        json::send(operation, Method::POST, &url, &headers, &body).map(Call::for_one)
    }

    /// The customer's token goes in a header, so that no log of addresses keeps it.
    pub(super) fn customer(&self, market: &Market, token: &CustomerToken) -> Result<Call, Error> {
        let url = self.address("plain.customer", market, &["v1", "customers", "me"], &[])?;
        let authorization = self.authorization();
        let mut headers = vec![(CUSTOMER_TOKEN, token.as_str())];
        headers.extend(authorization.iter().map(|value| (header::AUTHORIZATION, value.as_str())));
        json::get("plain.customer", &url, &headers)
    }

    fn address(
        &self,
        operation: &'static str,
        market: &Market,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<Url, Error> {
        let mut url = self.root.at(operation, path)?;
        url.query_pairs_mut()
            .append_pair("locale", market.locale())
            .append_pair("currency", market.currency().code())
            .extend_pairs(query);
        Ok(url)
    }

    fn authorization(&self) -> Option<String> {
        (!self.token.is_empty()).then(|| format!("Bearer {}", self.token))
    }

    fn get(
        &self,
        operation: &'static str,
        market: &Market,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<Call, Error> {
        let url = self.address(operation, market, path, query)?;
        let authorization = self.authorization();
        let headers: Vec<_> =
            authorization.iter().map(|value| (header::AUTHORIZATION, value.as_str())).collect();
        json::get(operation, &url, &headers)
    }

    fn keyed(
        &self,
        operation: &'static str,
        market: &Market,
        path: &[&str],
        key: Option<&str>,
        body: &impl Serialize,
    ) -> Result<Call, Error> {
        let url = self.address(operation, market, path, &[])?;
        let authorization = self.authorization();
        let headers: Vec<_> =
            authorization.iter().map(|value| (header::AUTHORIZATION, value.as_str())).collect();
        json::keyed(operation, &url, &headers, key, body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upstream::{Repeat, assert_repeat};

    fn ask(token: &str) -> Ask {
        let settings =
            Settings { url: "http://shop.test/api/".into(), token: token.into(), ..Settings::named("shop") };
        Ask::new(&settings).unwrap()
    }

    #[test]
    fn a_question_is_an_address_of_the_market() {
        let market = Market::parse("en-GB/GBP").unwrap();
        let call = ask("").product(&market, &ProductKey::Slug("../carts/x?y#z".into())).unwrap();
        assert_eq!(
            call.request.uri().to_string(),
            "http://shop.test/api/v1/products/..%2Fcarts%2Fx%3Fy%23z?locale=en-GB&currency=GBP"
        );
        assert!(call.request.headers().get(header::AUTHORIZATION).is_none());
    }

    #[test]
    fn credentials_are_sent_and_marked_as_secret() {
        let market = Market::parse("en-GB/GBP").unwrap();
        let call = ask("s3cret").categories(&market).unwrap();
        let sent = call.request.headers().get(header::AUTHORIZATION).unwrap();
        assert_eq!(sent, "Bearer s3cret");
        assert!(!format!("{call:?}").contains("s3cret"), "a debug print withholds it");
        let call = ask("s3cret").customer(&market, &CustomerToken::new("t0ken")).unwrap();
        assert!(!format!("{call:?}").contains("t0ken"));
    }

    #[test]
    fn a_write_is_repeated_only_with_a_key_and_sign_in_never() {
        let market = Market::parse("en-GB/GBP").unwrap();
        let (cart, ask) = (CartId::new("cart"), ask(""));
        let change = CartChange::ApplyCode { code: "WELCOME10".into() };
        let placement: Placement = serde_json::from_str(
            r#"{"contact":{"name":"Ada","email":"ada@example.test"},"delivery":{"kind":"ship"}}"#,
        )
        .unwrap();
        let credentials = Credentials { email: "ada@example.test".into(), password: "secret".into() };
        for (key, repeat) in [(Some("k3y"), Repeat::Keyed), (None, Repeat::Never)] {
            for call in [
                ask.create_cart(&market, key),
                ask.change_cart(&market, &cart, key, &change),
                ask.check_out(&market, &cart, key, &placement),
            ] {
                let call = call.unwrap();
                assert_eq!(call.repeat, repeat, "{}", call.operation);
                let sent = call.request.headers().get("idempotency-key");
                assert_eq!(sent.map(|value| value.to_str().unwrap()), key, "{}", call.operation);
                assert!(!format!("{call:?}").contains("k3y"), "a debug print withholds it");
                assert_repeat(&call);
            }
        }
        let sign_in = ask.sign_in(&market, &credentials, Some(&cart)).unwrap();
        assert_eq!(sign_in.repeat, Repeat::Never);
        assert_repeat(&sign_in);
        for read in [ask.cart(&market, &cart), ask.about(&market), ask.order(&market, &OrderId::new("order"))]
        {
            assert_eq!(read.unwrap().repeat, Repeat::Safe);
        }
    }
}
