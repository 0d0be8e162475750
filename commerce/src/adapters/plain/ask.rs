//! Questions as HTTP requests of the plain form; pure.

use crate::error::{Error, Kind};
use crate::model::{
    CartChange, CartId, ContentQuery, ListingQuery, Market, OrderId, Placement, ProductId, ProductKey,
    VariantId,
};
use crate::upstream::Call;
use bytes::Bytes;
use http::{Method, header};
use serde::Serialize;
use url::Url;

/// Builds requests against one root address.
pub(super) struct Ask {
    root: Url,
}

impl Ask {
    pub(super) fn new(root: &str) -> Result<Self, Error> {
        let wrong = |why: &str| {
            let cure = "set shop_url to an http: or https: address";
            Error::new(Kind::Internal, "plain", format!("shop_url `{}`: {why}; {cure}", root.escape_debug()))
        };
        let url = Url::parse(root.trim_end_matches('/')).map_err(|e| wrong(&e.to_string()))?;
        match url.scheme() {
            "http" | "https" if url.has_host() => Ok(Self { root: url }),
            _ => Err(wrong("not an address to call")),
        }
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

    pub(super) fn related(&self, market: &Market, product: &ProductId) -> Result<Call, Error> {
        self.get("plain.related", market, &["v1", "products", "by-id", product.as_str(), "related"], &[])
    }

    pub(super) fn reviews(&self, market: &Market, product: &ProductId, page: u32) -> Result<Call, Error> {
        let path = ["v1", "products", "by-id", product.as_str(), "reviews"];
        self.get("plain.reviews", market, &path, &[("page", &page.to_string())])
    }

    pub(super) fn content(&self, market: &Market, query: &ContentQuery) -> Result<Call, Error> {
        let slots = query.slots.iter().map(|slot| ("slot", slot.as_str()));
        let ids = query.ids.iter().map(|id| ("id", id.as_str()));
        self.get("plain.content", market, &["v1", "content"], &slots.chain(ids).collect::<Vec<_>>())
    }

    pub(super) fn stores(&self, market: &Market) -> Result<Call, Error> {
        self.get("plain.stores", market, &["v1", "stores"], &[])
    }

    pub(super) fn store_stock(&self, market: &Market, variant: &VariantId) -> Result<Call, Error> {
        self.get("plain.store_stock", market, &["v1", "variants", variant.as_str(), "stock"], &[])
    }

    pub(super) fn cart(&self, market: &Market, cart: &CartId) -> Result<Call, Error> {
        self.get("plain.cart", market, &["v1", "carts", cart.as_str()], &[])
    }

    pub(super) fn create_cart(&self, market: &Market) -> Result<Call, Error> {
        self.post("plain.create_cart", market, &["v1", "carts"], &serde_json::json!({}))
    }

    pub(super) fn change_cart(
        &self,
        market: &Market,
        cart: &CartId,
        change: &CartChange,
    ) -> Result<Call, Error> {
        self.post("plain.change_cart", market, &["v1", "carts", cart.as_str(), "changes"], change)
    }

    pub(super) fn check_out(
        &self,
        market: &Market,
        cart: &CartId,
        placement: &Placement,
    ) -> Result<Call, Error> {
        self.post("plain.check_out", market, &["v1", "carts", cart.as_str(), "checkout"], placement)
    }

    pub(super) fn order(&self, market: &Market, order: &OrderId) -> Result<Call, Error> {
        self.get("plain.order", market, &["v1", "orders", order.as_str()], &[])
    }

    /// Path parts are escaped here, so that no value can reach another path.
    fn address(&self, market: &Market, path: &[&str], query: &[(&str, &str)]) -> Result<Url, Error> {
        let mut url = self.root.clone();
        if path.iter().any(|part| part.is_empty() || *part == "." || *part == "..") {
            return Err(Error::new(
                Kind::NotFound(crate::Subject::Product),
                "plain",
                "an empty or dotted path part",
            ));
        }
        url.path_segments_mut()
            .map_err(|()| Error::new(Kind::Internal, "plain", "shop_url cannot be a base"))?
            .pop_if_empty()
            .extend(path);
        url.query_pairs_mut()
            .append_pair("locale", market.locale())
            .append_pair("currency", market.currency().code())
            .extend_pairs(query);
        Ok(url)
    }

    fn get(
        &self,
        operation: &'static str,
        market: &Market,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<Call, Error> {
        let url = self.address(market, path, query)?;
        let request =
            http::Request::get(url.as_str()).header(header::ACCEPT, "application/json").body(Bytes::new());
        finish(operation, request)
    }

    fn post(
        &self,
        operation: &'static str,
        market: &Market,
        path: &[&str],
        body: &impl Serialize,
    ) -> Result<Call, Error> {
        let url = self.address(market, path, &[])?;
        let body =
            serde_json::to_vec(body).map_err(|e| Error::new(Kind::Internal, operation, e.to_string()))?;
        let request = http::Request::builder()
            .method(Method::POST)
            .uri(url.as_str())
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Bytes::from(body));
        finish(operation, request)
    }
}

fn finish(operation: &'static str, request: http::Result<http::Request<Bytes>>) -> Result<Call, Error> {
    let request = request.map_err(|e| Error::new(Kind::Internal, operation, e.to_string()))?;
    Ok(Call { operation, request })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn market() -> Market {
        Market::parse("en-GB/GBP").unwrap()
    }

    #[test]
    fn values_cannot_leave_their_path_part() {
        let ask = Ask::new("http://shop.test/api/").unwrap();
        let uri = |slug: &str| {
            ask.product(&market(), &ProductKey::Slug(slug.into())).map(|c| c.request.uri().to_string())
        };
        assert_eq!(uri("coat").unwrap(), "http://shop.test/api/v1/products/coat?locale=en-GB&currency=GBP");
        assert_eq!(
            uri("../carts/x?y#z").unwrap(),
            "http://shop.test/api/v1/products/..%2Fcarts%2Fx%3Fy%23z?locale=en-GB&currency=GBP"
        );
        for slug in ["", ".", ".."] {
            assert!(uri(slug).is_err(), "{slug:?}");
        }
    }

    #[test]
    fn an_address_that_cannot_be_called_is_refused_with_its_cure() {
        for root in ["", "shop.test", "file:///etc/passwd", "mailto:a@b"] {
            let error = Ask::new(root).err().unwrap();
            assert!(error.detail.contains("shop_url"), "{root}: {error}");
        }
    }
}
