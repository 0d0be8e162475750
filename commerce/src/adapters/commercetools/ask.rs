//! Questions, complete but for the access token; pure.

use crate::adapters::wire::{Root, json};
use crate::error::Error;
use crate::model::Market;
use crate::upstream::{Call, Limit};
use http::{Method, header};
use serde_json::Value;

/// The most that one query gives (<https://docs.commercetools.com/api/general-concepts#limit>).
pub(super) const MOST: &str = "500";

/// A question to the project.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub(super) operation: &'static str,
    path: Vec<String>,
    query: Vec<(String, String)>,
    body: Body,
    limit: Limit,
}

#[derive(Debug, Clone)]
enum Body {
    None,
    /// A search, which only reads.
    Read(Value),
    /// Never repeated: commercetools documents no key, and the answer to a repeated update is the same 409 as
    /// to one that somebody else came before, which says that nothing was written
    /// (<https://docs.commercetools.com/api/general-concepts#optimistic-concurrency-control>).
    Write(Value),
}

impl Ask {
    pub(super) fn get(operation: &'static str, path: &[&str]) -> Self {
        let path = path.iter().map(|part| (*part).to_owned()).collect();
        Self { operation, path, query: Vec::new(), body: Body::None, limit: Limit::All }
    }

    /// A write.
    pub(super) fn post(operation: &'static str, path: &[&str], body: Value) -> Self {
        Self { body: Body::Write(body), ..Self::get(operation, path) }
    }

    /// A read that asks with a body.
    pub(super) fn search(operation: &'static str, path: &[&str], body: Value) -> Self {
        Self { body: Body::Read(body), ..Self::get(operation, path) }
    }

    /// The same as part of a try to sign in, of which commercetools counts each customer's.
    pub(super) fn for_one(self) -> Self {
        Self { limit: Limit::One, ..self }
    }

    /// Adds a parameter.
    pub(super) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.query.push((name.to_owned(), value.into()));
        self
    }

    /// Adds a predicate of which every value that is not ours is a variable (`:slug`), so that none can
    /// become a part of it (<https://docs.commercetools.com/api/predicates/query#input-variables>).
    pub(super) fn filtered(self, predicate: impl Into<String>, variables: &[(&str, &str)]) -> Self {
        let ask = self.with("where", predicate);
        variables.iter().fold(ask, |ask, (name, value)| ask.with(&format!("var.{name}"), *value))
    }

    /// Selects prices for a market.
    pub(super) fn priced(self, market: &Market) -> Self {
        self.with("priceCurrency", market.currency().code()).with("priceCountry", market.country())
    }

    /// The call, with the token that opens it.
    pub(super) fn call(&self, root: &Root, project: &str, token: &str) -> Result<Call, Error> {
        let path: Vec<&str> = std::iter::once(project).chain(self.path.iter().map(String::as_str)).collect();
        let mut url = root.at(self.operation, &path)?;
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        let bearer = format!("Bearer {token}");
        let headers = [(header::AUTHORIZATION, bearer.as_str())];
        let call = match &self.body {
            Body::None => json::get(self.operation, &url, &headers),
            Body::Read(body) => json::search(self.operation, &url, &headers, body),
            Body::Write(body) => json::send(self.operation, Method::POST, &url, &headers, body),
        };
        Ok(Call { limit: self.limit, ..call? })
    }
}

/// Whether a text can be an identifier of commercetools, which are UUIDs; anything else is not asked for.
pub(super) fn is_id(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let hex = |part: &&str| part.bytes().all(|b| b.is_ascii_hexdigit());
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(hex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_in_their_places() {
        let root = Root::new("shop_url", "https://api.test").unwrap();
        let hostile = "x\" or 1=1 & limit=0#";
        let ask =
            Ask::get("test", &["carts", "../orders?x"]).filtered("slug(en=:slug)", &[("slug", hostile)]);
        assert_eq!(
            ask.call(&root, "shop", "t").unwrap().request.uri().to_string(),
            "https://api.test/shop/carts/..%2Forders%3Fx?where=slug%28en%3D%3Aslug%29\
             &var.slug=x%22+or+1%3D1+%26+limit%3D0%23"
        );
    }

    #[test]
    fn an_identifier_is_a_uuid() {
        assert!(is_id("6855d4bb-766a-4df7-81a1-78935eb3feb7"));
        for text in [
            "",
            "no-such-id",
            "../1",
            "6855d4bb-766a-4df7-81a1-78935eb3feb7\"",
            "6855d4bb766a4df781a178935eb3feb7",
        ] {
            assert!(!is_id(text), "{text}");
        }
    }
}
