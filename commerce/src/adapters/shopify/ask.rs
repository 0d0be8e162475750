//! Questions as calls of the Storefront API (version 2026-04); pure.

use crate::adapters::registry::Settings;
use crate::adapters::wire::graphql;
use crate::error::Error;
use crate::model::Market;
use crate::upstream::Call;
use http::HeaderName;
use serde_json::Value;
use url::Url;

/// Shopify keeps a version for a year; `fixtures/recorded/shopify` and the schema test are of this one.
const PATH: [&str; 3] = ["api", "2026-04", "graphql.json"];

/// For calls between servers. Without the buyer's address beside it, Shopify counts all visitors as one when
/// it looks for bots (<https://shopify.dev/docs/api/storefront#authentication>).
const PRIVATE: HeaderName = HeaderName::from_static("shopify-storefront-private-token");
/// For calls from browsers and apps.
const PUBLIC: HeaderName = HeaderName::from_static("x-shopify-storefront-access-token");

/// Builds calls to one shop.
pub(super) struct Ask {
    endpoint: Url,
    header: HeaderName,
    token: String,
}

impl Ask {
    /// # Errors
    /// `Internal`, with the cure, when the address cannot be called or the token is missing.
    pub(super) fn new(settings: &Settings) -> Result<Self, Error> {
        let endpoint = settings.root("")?.at("shopify", &PATH)?;
        let token = settings.needed("token", &settings.token)?.to_owned();
        let header = if token.starts_with("shpat_") { PRIVATE } else { PUBLIC };
        Ok(Self { endpoint, header, token })
    }

    /// A document with its variables and the market's.
    pub(super) fn call(
        &self,
        operation: &'static str,
        market: &Market,
        document: &str,
        mut variables: Value,
    ) -> Result<Call, Error> {
        if let Some(variables) = variables.as_object_mut() {
            variables.insert("country".into(), market.country().into());
            variables.insert("language".into(), language(market).into());
        }
        let headers = [(self.header.clone(), self.token.as_str())];
        graphql::call(operation, &self.endpoint, &headers, document, &variables)
    }
}

/// Shopify's `LanguageCode`: two letters, but for the two languages that it parts by region.
fn language(market: &Market) -> String {
    match market.locale() {
        locale @ ("pt-BR" | "pt-PT" | "zh-CN" | "zh-TW") => locale.replace('-', "_").to_ascii_uppercase(),
        _ => market.language().to_ascii_uppercase(),
    }
}

/// Whether a text is a global id of that kind. Shopify fails the whole question for what is none, so it is
/// found out before asking.
pub(super) fn is_gid(kind: &str, id: &str) -> bool {
    let own = id.strip_prefix("gid://shopify/").and_then(|rest| rest.strip_prefix(kind)?.strip_prefix('/'));
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '?' | '=' | '&');
    own.is_some_and(|own| !own.is_empty() && own.len() <= 200 && own.chars().all(fits))
}
