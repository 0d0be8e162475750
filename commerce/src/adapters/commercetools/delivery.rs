//! How goods arrive: shipping methods. <https://docs.commercetools.com/api/projects/shippingMethods>
//!
//! commercetools has no pickup of its own. As its merchants do, a shipping method whose key begins with
//! `pickup` stands for it, and a custom field of the cart's type `fulfilment`, `pickup-store`, refers to the
//! channel.

use super::schema::Page;
use super::store::Channel;
use crate::adapters::wire::json;
use crate::error::{Error, Kind};
use serde::Deserialize;
use serde_json::Value;

/// The shop's methods.
pub(super) struct Methods(Vec<Method>);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Method {
    id: String,
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    is_default: bool,
}

/// The store that was chosen.
pub(super) struct Collected {
    pub(super) channel: Channel,
    pub(super) address: Value,
}

impl Method {
    fn is_pickup(&self) -> bool {
        self.key.as_deref().is_some_and(|key| key.starts_with("pickup"))
    }
}

impl Methods {
    pub(super) fn read(operation: &'static str, body: &str) -> Result<Self, Error> {
        Ok(Self(json::parse::<Page<Method>>(operation, body.as_bytes())?.results))
    }

    /// For a change that needs none.
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    /// The default method, or else the first that is no pickup.
    pub(super) fn shipping(&self) -> Result<&str, Error> {
        let own = |method: &&Method| !method.is_pickup();
        let found = self.0.iter().find(|m| m.is_default && own(m)).or_else(|| self.0.iter().find(own));
        found.map(|m| m.id.as_str()).ok_or_else(|| missing("make one the default"))
    }

    pub(super) fn pickup(&self) -> Result<&str, Error> {
        let found = self.0.iter().find(|method| method.is_pickup());
        found.map(|m| m.id.as_str()).ok_or_else(|| missing("make one whose key begins with `pickup`"))
    }
}

fn missing(cure: &str) -> Error {
    Error::new(Kind::Internal, "commercetools.delivery", format!("no shipping method fits: {cure}"))
}
