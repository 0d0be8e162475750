//! Questions as requests of Strapi's REST API, and what its refusals mean; pure.
//! <https://docs.strapi.io/cms/api/rest/parameters>

use super::super::registry::Settings;
use super::super::wire::{Root, json};
use crate::error::{Error, Kind};
use crate::model::{ContentId, ContentQuery, Market};
use crate::upstream::{Call, failure};
use bytes::Bytes;
use http::header;
use serde_json::Value;
use url::Url;

/// Strapi's own limit of a page (`api.rest.maxLimit`); more blocks than that for the slots of one page are not shown.
const MOST: &str = "100";

/// Builds requests against one collection.
pub(super) struct Ask {
    root: Root,
    collection: String,
    token: String,
}

impl Ask {
    pub(super) fn new(settings: &Settings) -> Result<Self, Error> {
        let collection = if settings.project.is_empty() { "blocks" } else { &settings.project };
        // Strapi writes plural names so (`pluralName`: kebab case).
        if !collection.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
            let cure = format!(
                "{}_project `{}` is not the plural API name of a collection, such as blocks",
                settings.prefix,
                collection.escape_debug()
            );
            return Err(Error::new(Kind::Internal, "", cure));
        }
        let token = match settings.token.as_str() {
            "" => String::new(),
            token => format!("Bearer {token}"),
        };
        Ok(Self { root: settings.root("api")?, collection: collection.to_owned(), token })
    }

    /// The server, below which pictures of its own disk are.
    pub(super) fn site(&self) -> Url {
        let mut site = self.root.url().clone();
        site.set_path("/");
        site
    }

    /// The published blocks for slots and of ids, in the editors' order.
    pub(super) fn content(&self, market: &Market, query: &ContentQuery) -> Result<Call, Error> {
        let slots: Vec<&str> = query.slots.iter().map(String::as_str).collect();
        let ids: Vec<&str> = query.ids.iter().map(ContentId::as_str).collect();
        let fields = [("slot", slots), ("key", ids)].into_iter().filter(|(_, values)| !values.is_empty());
        let any_of = |(branch, (field, values)): (usize, (&'static str, Vec<&'_ str>))| {
            let name = move |at: usize| format!("filters[$or][{branch}][{field}][$in][{at}]");
            values.into_iter().enumerate().map(|(at, value)| (name(at), value.to_owned())).collect::<Vec<_>>()
        };
        let chosen: Vec<(String, String)> = fields.enumerate().flat_map(any_of).collect();
        self.get("strapi.content", market, MOST, &chosen)
    }

    /// Any one block.
    pub(super) fn any(&self, market: &Market) -> Result<Call, Error> {
        self.get("strapi.about", market, "1", &[])
    }

    fn get(
        &self,
        operation: &'static str,
        market: &Market,
        most: &str,
        chosen: &[(String, String)],
    ) -> Result<Call, Error> {
        let mut url = self.root.at(operation, &[&self.collection])?;
        url.query_pairs_mut()
            .extend_pairs(chosen)
            .append_pair("locale", market.language())
            // Strapi 4 does not know it and gives what is published anyway.
            .append_pair("status", "published")
            .append_pair("populate", "*")
            .append_pair("sort", "position:asc")
            .append_pair("pagination[pageSize]", most);
        let token = Some((header::AUTHORIZATION, self.token.as_str())).filter(|(_, token)| !token.is_empty());
        json::get(operation, &url, token.as_slice())
    }

    /// Reads an answer; a refusal says what an operator does about it.
    ///
    /// # Errors
    /// By the status: `Unauthorized`, `Internal` for a collection that Strapi does not have or that lacks fields, and
    /// as [`failure`].
    pub(super) fn answer(
        &self,
        operation: &'static str,
        response: &http::Response<Bytes>,
    ) -> Result<Value, Error> {
        let status = response.status();
        if status.is_success() {
            return json::parse(operation, response.body());
        }
        let name = &self.collection;
        let said: Value = serde_json::from_slice(response.body()).unwrap_or_default();
        let said = said.pointer("/error/message").and_then(Value::as_str).unwrap_or_default();
        let said: String = said.chars().take(200).collect();
        let (kind, cure) = match status.as_u16() {
            400 => (Kind::Internal, format!("give the collection `{name}` the fields of docs/content.md")),
            401 => (Kind::Unauthorized, "the API token is unknown or has expired".to_owned()),
            403 => (
                Kind::Unauthorized,
                format!("let the API token, or the public role, `find` the collection `{name}`"),
            ),
            404 => (Kind::Internal, format!("Strapi has no collection with the plural API name `{name}`")),
            _ => return Err(failure(operation, status, response.headers(), response.body())),
        };
        Err(Error::new(kind, operation, format!("HTTP {status}: {said}: {cure}")))
    }
}
