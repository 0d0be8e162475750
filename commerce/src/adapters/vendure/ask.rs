//! Questions as GraphQL calls of Vendure's Shop API, and what an answer says besides its fields; pure.

use crate::adapters::Settings;
use crate::adapters::wire::{Root, graphql};
use crate::error::{Error, Kind, Refusal};
use crate::model::{CartId, Market};
use crate::upstream::Call;
use bytes::Bytes;
use http::{HeaderName, header};
use serde::{Deserialize, Serialize};

/// The header that picks a channel (docs.vendure.io, "Channels").
const CHANNEL: HeaderName = HeaderName::from_static("vendure-token");
/// The header that a new session comes in (docs.vendure.io, "Managing sessions").
const SESSION: HeaderName = HeaderName::from_static("vendure-auth-token");

/// Custom fields that a shop may have; without them the fragment asks for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extra {
    Product,
    Variant,
    Option,
    FacetValue,
    Related,
}

impl Extra {
    const fn fragment(self, extended: bool) -> &'static str {
        match (self, extended) {
            (Self::Product, true) => include_str!("graphql/extras/product.graphql"),
            (Self::Variant, true) => include_str!("graphql/extras/variant.graphql"),
            (Self::Option, true) => include_str!("graphql/extras/option.graphql"),
            (Self::FacetValue, true) => include_str!("graphql/extras/value.graphql"),
            (Self::Related, true) => include_str!("graphql/extras/related.graphql"),
            (Self::Product, false) => "fragment ProductExtras on Product { __typename }",
            (Self::Variant, false) => "fragment VariantExtras on ProductVariant { __typename }",
            (Self::Option, false) => "fragment OptionExtras on ProductOption { __typename }",
            (Self::FacetValue, false) => "fragment ValueExtras on FacetValue { __typename }",
            (Self::Related, false) => "fragment RelatedExtras on Product { __typename }",
        }
    }
}

/// One question.
pub(super) struct Question<'a, V> {
    /// Such as `vendure.product`.
    pub(super) operation: &'static str,
    pub(super) market: &'a Market,
    /// The visitor's bearer token; private.
    pub(super) session: Option<&'a str>,
    /// The document and the fragments that it uses.
    pub(super) document: &'a [&'a str],
    /// The fragments of custom fields that it uses.
    pub(super) extras: &'a [Extra],
    pub(super) variables: V,
}

/// Builds calls to one channel of one shop.
pub(super) struct Ask {
    root: Root,
    channel: String,
}

impl Ask {
    pub(super) fn new(settings: &Settings) -> Result<Self, Error> {
        Ok(Self { root: settings.root("shop-api")?, channel: settings.project.clone() })
    }

    /// What is kept for this channel between requests goes under this name.
    pub(super) fn key(&self, what: &str) -> String {
        format!("vendure.{what}.{}", self.channel)
    }

    /// The call; `extended` asks for the custom fields too.
    pub(super) fn call<V: Serialize>(
        &self,
        question: &Question<'_, V>,
        extended: bool,
    ) -> Result<Call, Error> {
        let mut url = self.root.at(question.operation, &[])?;
        url.query_pairs_mut()
            .append_pair("languageCode", question.market.language())
            .append_pair("currencyCode", question.market.currency().code());
        let bearer = question.session.map(|token| format!("Bearer {token}"));
        let mut headers: Vec<(HeaderName, &str)> = Vec::new();
        if let Some(bearer) = &bearer {
            headers.push((header::AUTHORIZATION, bearer));
        }
        if !self.channel.is_empty() {
            headers.push((CHANNEL, &self.channel));
        }
        let extras = question.extras.iter().map(|extra| extra.fragment(extended));
        let document: Vec<&str> = question.document.iter().copied().chain(extras).collect();
        graphql::call(question.operation, &url, &headers, &document.join("\n"), &question.variables)
    }
}

/// The session token of a cart, unless no server gave such a one.
pub(super) fn session(cart: &CartId) -> Option<&str> {
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"-._~+/=".contains(&b);
    let token = cart.as_str();
    ((1..=512).contains(&token.len()) && token.bytes().all(is_token)).then_some(token)
}

/// The token of a session that this answer began: the one that was sent, if one was, is not good any more.
pub(super) fn new_session(response: &http::Response<Bytes>) -> Option<String> {
    let mut tokens = response.headers().get_all(SESSION).iter().filter_map(|value| value.to_str().ok());
    tokens.rfind(|token| !token.is_empty()).map(str::to_owned)
}

#[derive(Deserialize)]
struct Complaints {
    errors: Vec<Complaint>,
}

/// What a GraphQL answer complains of.
#[derive(Deserialize)]
pub(super) struct Complaint {
    #[serde(default)]
    path: Vec<serde_json::Value>,
    extensions: Extensions,
}

#[derive(Deserialize)]
struct Extensions {
    code: String,
}

/// The first complaint of an answer that has a code.
pub(super) fn complaint(response: &http::Response<Bytes>) -> Option<Complaint> {
    let complaints: Complaints = serde_json::from_slice(response.body()).ok()?;
    complaints.errors.into_iter().next()
}

impl Complaint {
    /// Whether the document names a field that this shop does not have.
    pub(super) fn is_of_document(&self) -> bool {
        self.extensions.code == "GRAPHQL_VALIDATION_FAILED"
    }

    /// What the port calls it, when it has a better word than `BadAnswer` (Vendure's `I18nError` codes).
    pub(super) fn error(&self, operation: &'static str) -> Option<Error> {
        let at = self.path.first().and_then(|step| step.as_str()).unwrap_or_default();
        let (kind, detail) = match (self.extensions.code.as_str(), at) {
            ("CHANNEL_NOT_FOUND", _) => {
                (Kind::Unauthorized, "the shop has no such channel: set the project to its channel token")
            }
            ("ENTITY_NOT_FOUND", "done") => {
                (Kind::Refused(Refusal::UnknownVariant), "the shop has no such variant")
            }
            // The country is the only part of an address that Vendure looks at.
            ("USER_INPUT_ERROR", "address") => {
                let field = "delivery.address.country".to_owned();
                (Kind::Refused(Refusal::Invalid { field }), "the shop does not deliver there")
            }
            _ => return None,
        };
        Some(Error::new(kind, operation, detail))
    }
}
