//! Questions as requests of Medusa's Store API; pure. The published reference
//! (<https://docs.medusajs.com/api/store>) lags behind the server: field names are those that 2.21 answers with.

use super::super::registry::Settings;
use super::super::wire::{Root, json};
use crate::error::{Error, Kind, Subject};
use crate::model::{CustomerToken, ListingQuery, Market, Sort};
use crate::upstream::Call;
use http::{HeaderName, Method, header};
use serde::Serialize;
use url::Url;

const KEY: HeaderName = HeaderName::from_static("x-publishable-api-key");

/// What a card needs of a product. Explicit fields replace Medusa's own choice.
const CARD: &str = "id,handle,title,subtitle,metadata,tags.id,tags.value,*images,*options,*options.values,variants.id,\
                    variants.sku,variants.manage_inventory,variants.allow_backorder,variants.inventory_quantity,\
                    *variants.calculated_price";

/// All of a product. A variant's rank comes with all of its fields only.
const PRODUCT: &str = "id,handle,title,subtitle,description,metadata,tags.id,tags.value,*images,*categories,*options,\
                       *options.values,*variants,variants.options.id,variants.inventory_quantity,\
                       *variants.calculated_price";

const CART: &str = "id,currency_code,locale,completed_at,item_total,original_item_total,shipping_total,total,\
                    promotions.code,promotions.is_automatic,*items,items.original_total,items.adjustments.code,\
                    *shipping_methods,shipping_methods.adjustments.code,*shipping_address";

const ORDER: &str = "id,display_id,status,fulfillment_status,created_at,currency_code,item_total,\
                     original_item_total,shipping_total,total,*items,items.original_total,\
                     items.adjustments.code,*shipping_methods";

/// Where the shop sells: what Medusa prices by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) id: String,
    /// ISO 3166, lower case; decides on tax.
    pub(super) country: String,
}

/// Builds requests against one server.
pub(super) struct Ask {
    root: Root,
    key: String,
}

impl Ask {
    pub(super) fn new(settings: &Settings) -> Result<Self, Error> {
        let key = settings.needed("token", &settings.token)?.to_owned();
        Ok(Self { root: settings.root("")?, key })
    }

    /// Under which a market's region is remembered; two servers never share it.
    pub(super) fn region_key(&self, market: &Market) -> Result<String, Error> {
        let root = self.root.at("medusa.region", &["store"])?;
        Ok(format!("medusa.region {root} {}/{}", market.country(), market.currency()))
    }

    pub(super) fn regions(&self) -> Result<Call, Error> {
        let url = self.at("medusa.region", &["store", "regions"], Subject::Product)?;
        self.get("medusa.region", url, &[("fields", "id,currency_code,*countries"), ("limit", "100")])
    }

    /// Products by one filter, such as `handle`.
    pub(super) fn products(
        &self,
        operation: &'static str,
        market: &Market,
        region: &Region,
        whole: bool,
        filters: &[(&str, &str)],
    ) -> Result<Call, Error> {
        let url = self.at(operation, &["store", "products"], Subject::Product)?;
        let mut query = vec![
            ("locale", market.locale()),
            ("region_id", &region.id),
            ("country_code", &region.country),
            ("fields", if whole { PRODUCT } else { CARD }),
        ];
        query.extend(filters);
        self.get(operation, url, &query)
    }

    /// A page of a list; `categories` are ids, any of which will do.
    pub(super) fn listing(
        &self,
        market: &Market,
        region: &Region,
        query: &ListingQuery,
        categories: Option<&str>,
    ) -> Result<Call, Error> {
        let size = query.page_size.clamp(1, 100);
        let offset = u64::from(query.page.saturating_sub(1)) * u64::from(size);
        let (size, offset) = (size.to_string(), offset.to_string());
        let mut filters = vec![("limit", size.as_str()), ("offset", &offset)];
        filters.extend(categories.map(|ids| ("category_id[]", ids)));
        let words = query.search.as_deref().map(str::trim).filter(|words| !words.is_empty());
        filters.extend(words.map(|words| ("q", words)));
        if query.sort == Some(Sort::Newest) {
            filters.push(("order", "-created_at"));
        }
        self.products("medusa.listing", market, region, false, &filters)
    }

    pub(super) fn categories(
        &self,
        operation: &'static str,
        market: &Market,
        filter: (&str, &str),
    ) -> Result<Call, Error> {
        let url = self.at(operation, &["store", "product-categories"], Subject::Category)?;
        let query =
            [("locale", market.locale()), ("include_descendants_tree", "true"), ("limit", "1000"), filter];
        self.get(operation, url, &query)
    }

    /// What goes with a product is in its metadata, which needs no price.
    pub(super) fn neighbours(&self, slug: &str) -> Result<Call, Error> {
        let url = self.at("medusa.related", &["store", "products"], Subject::Product)?;
        self.get(
            "medusa.related",
            url,
            &[("handle", slug), ("fields", "id,handle,title,metadata,*categories")],
        )
    }

    pub(super) fn cart(&self, operation: &'static str, id: &str) -> Result<Call, Error> {
        let url = self.at(operation, &["store", "carts", id], Subject::Cart)?;
        self.get(operation, url, &[("fields", CART)])
    }

    /// A write below `/store/carts` that is answered with the cart, or with the order that it became.
    pub(super) fn change(
        &self,
        operation: &'static str,
        path: &[&str],
        body: &impl Serialize,
    ) -> Result<Call, Error> {
        let fields = if path.last() == Some(&"complete") { ORDER } else { CART };
        self.write(operation, Method::POST, &["store", "carts"], path, Some(fields), None, body)
    }

    pub(super) fn remove_code(&self, cart: &str, code: &str) -> Result<Call, Error> {
        let body = serde_json::json!({ "promo_codes": [code] });
        let path = [cart, "promotions"];
        let carts = ["store", "carts"];
        self.write("medusa.change_cart", Method::DELETE, &carts, &path, Some(CART), None, &body)
    }

    /// How many pieces are left of a variant.
    pub(super) fn left(&self, variant: &str) -> Result<Call, Error> {
        let url = self.at("medusa.change_cart", &["store", "product-variants", variant], Subject::Product)?;
        self.get("medusa.change_cart", url, &[("fields", "id,inventory_quantity")])
    }

    pub(super) fn shipping_options(&self, operation: &'static str, cart: &str) -> Result<Call, Error> {
        let url = self.at(operation, &["store", "shipping-options"], Subject::Cart)?;
        let fields = "id,name,metadata,service_zone.fulfillment_set.type,\
                      service_zone.fulfillment_set.location.address";
        self.get(operation, url, &[("cart_id", cart), ("fields", fields)])
    }

    pub(super) fn pay(&self, path: &[&str], body: &impl Serialize) -> Result<Call, Error> {
        let collections = ["store", "payment-collections"];
        self.write("medusa.check_out", Method::POST, &collections, path, None, None, body)
    }

    pub(super) fn order(&self, id: &str) -> Result<Call, Error> {
        let url = self.at("medusa.order", &["store", "orders", id], Subject::Order)?;
        self.get("medusa.order", url, &[("fields", ORDER)])
    }

    pub(super) fn sign_in(&self, body: &impl Serialize) -> Result<Call, Error> {
        let path = ["auth", "customer", "emailpass"];
        self.write("medusa.sign_in", Method::POST, &path, &[], None, None, body).map(Call::for_one)
    }

    pub(super) fn give_cart(&self, cart: &str, token: &str) -> Result<Call, Error> {
        let path = [cart, "customer"];
        let carts = ["store", "carts"];
        let body = serde_json::json!({});
        let call = self.write("medusa.sign_in", Method::POST, &carts, &path, Some("id"), Some(token), &body);
        call.map(Call::for_one)
    }

    pub(super) fn customer(&self, token: &CustomerToken) -> Result<Call, Error> {
        let fields = "id,email,first_name,last_name,groups.name";
        self.owned(token, &["store", "customers", "me"], &[("fields", fields)])
    }

    pub(super) fn orders(&self, token: &CustomerToken) -> Result<Call, Error> {
        let query = [("fields", ORDER), ("limit", "10"), ("order", "-created_at")];
        self.owned(token, &["store", "orders"], &query)
    }

    fn owned(&self, token: &CustomerToken, path: &[&str], query: &[(&str, &str)]) -> Result<Call, Error> {
        let mut url = self.at("medusa.customer", path, Subject::Customer)?;
        url.query_pairs_mut().extend_pairs(query);
        let bearer = format!("Bearer {}", token.as_str());
        json::get("medusa.customer", &url, &[(KEY, &self.key), (header::AUTHORIZATION, &bearer)])
    }

    fn get(&self, operation: &'static str, mut url: Url, query: &[(&str, &str)]) -> Result<Call, Error> {
        url.query_pairs_mut().extend_pairs(query);
        json::get(operation, &url, &[(KEY, &self.key)])
    }

    /// Never repeated: the Store API of Medusa 2 documents no key (that of version 1 is gone), and a line that
    /// is added again is a piece more.
    #[expect(clippy::too_many_arguments, reason = "the parts of a request, each named where it is given")]
    fn write(
        &self,
        operation: &'static str,
        method: Method,
        place: &[&str],
        path: &[&str],
        fields: Option<&str>,
        token: Option<&str>,
        body: &impl Serialize,
    ) -> Result<Call, Error> {
        let whole: Vec<&str> = place.iter().chain(path).copied().collect();
        let mut url = self.at(operation, &whole, Subject::Cart)?;
        url.query_pairs_mut().extend_pairs(fields.map(|fields| ("fields", fields)));
        let bearer = token.map(|token| format!("Bearer {token}"));
        let mut headers = vec![(KEY, self.key.as_str())];
        headers.extend(bearer.as_deref().map(|bearer| (header::AUTHORIZATION, bearer)));
        json::send(operation, method, &url, &headers, body)
    }

    /// Nothing has an empty or dotted name, whatever it would have been.
    fn at(&self, operation: &'static str, path: &[&str], what: Subject) -> Result<Url, Error> {
        self.root.at(operation, path).map_err(|error| match error.kind {
            Kind::NotFound(_) => Error { kind: Kind::NotFound(what), ..error },
            _ => error,
        })
    }
}
