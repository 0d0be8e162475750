//! The query, the headers and the body of a request of the plain form, as the port's own types; pure.

use crate::adapters::plain::ask::CUSTOMER_TOKEN;
use crate::model::{
    CartId, ContentId, ContentQuery, Credentials, CustomerToken, FacetChoice, ListingQuery, Market,
    ProductId, ProductRef, Sort, VariantId, VariantRef,
};
use bytes::Bytes;
use http::{Request, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Products a page, when the asker does not say.
const PAGE_SIZE: u32 = 24;
const MOST_A_PAGE: u32 = 100;

/// A request that cannot be answered, by its own fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wrong {
    /// A parameter or the body; its name.
    Invalid(String),
    /// The body is not JSON by its type.
    MediaType,
    /// The body is over the cap.
    TooLarge,
}

/// What a request asks, apart from its path.
pub(super) struct Asked<'a> {
    request: &'a Request<Bytes>,
    query: Vec<(String, String)>,
}

/// What a visitor types to sign in; without `Debug`, since it is never to be printed.
#[derive(Deserialize)]
struct SignIn {
    email: String,
    password: String,
    #[serde(default)]
    cart: Option<CartId>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(request: &'a Request<Bytes>) -> Self {
        let query = request.uri().query().unwrap_or_default();
        Self { request, query: url::form_urlencoded::parse(query.as_bytes()).into_owned().collect() }
    }

    fn first(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn all<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b str> {
        self.query.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A parameter that may be missing.
    pub(super) fn text(&self, name: &str) -> String {
        self.first(name).unwrap_or_default().to_owned()
    }

    /// A whole number from 1, or `otherwise` when it is not given.
    pub(super) fn number(&self, name: &str, otherwise: u32, most: u32) -> Result<u32, Wrong> {
        let Some(text) = self.first(name) else { return Ok(otherwise) };
        // `parse` alone would also take `+1`.
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|number| digits && (1..=most).contains(number));
        number.ok_or_else(|| Wrong::Invalid(name.to_owned()))
    }

    pub(super) fn market(&self) -> Result<Market, Wrong> {
        let (locale, currency) = (self.text("locale"), self.text("currency"));
        // Whichever of the two cannot be read is named.
        Market::parse(&format!("{locale}/EUR")).map_err(|_| Wrong::Invalid("locale".to_owned()))?;
        Market::parse(&format!("{locale}/{currency}")).map_err(|_| Wrong::Invalid("currency".to_owned()))
    }

    pub(super) fn listing(&self) -> Result<ListingQuery, Wrong> {
        let sort = match self.first("sort") {
            None => None,
            Some(word) => Some(Sort::parse(word).ok_or_else(|| Wrong::Invalid("sort".to_owned()))?),
        };
        let chosen = self.query.iter().filter_map(|(name, value)| {
            let facet = name.strip_prefix("facet.")?.to_owned();
            Some(FacetChoice { facet, value: value.clone() })
        });
        Ok(ListingQuery {
            category: self.first("category").map(str::to_owned),
            search: self.first("q").map(str::to_owned),
            facets: chosen.collect(),
            sort,
            page: self.number("page", 1, u32::MAX)?,
            page_size: self.number("pageSize", PAGE_SIZE, MOST_A_PAGE)?,
        })
    }

    pub(super) fn content(&self) -> ContentQuery {
        ContentQuery {
            slots: self.all("slot").map(str::to_owned).collect(),
            ids: self.all("id").map(ContentId::new).collect(),
        }
    }

    /// The variant of an id, with what the asker knows of its product.
    pub(super) fn variant(&self, id: VariantId) -> VariantRef {
        let product = ProductRef { id: ProductId::new(self.text("product")), slug: self.text("slug") };
        VariantRef { id, sku: self.text("sku"), product }
    }

    pub(super) fn body<T: DeserializeOwned>(&self) -> Result<T, Wrong> {
        let given = self.request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = given.and_then(|given| given.split(';').next()).unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/json") {
            return Err(Wrong::MediaType);
        }
        serde_json::from_slice(self.request.body()).map_err(|_| Wrong::Invalid("body".to_owned()))
    }

    pub(super) fn sign_in(&self) -> Result<(Credentials, Option<CartId>), Wrong> {
        let SignIn { email, password, cart } = self.body()?;
        Ok((Credentials { email, password }, cart))
    }

    /// The token of the one who signed in; an empty one opens nobody.
    pub(super) fn customer_token(&self) -> CustomerToken {
        let token = self.request.headers().get(&CUSTOMER_TOKEN).and_then(|value| value.to_str().ok());
        CustomerToken::new(token.unwrap_or_default())
    }
}
