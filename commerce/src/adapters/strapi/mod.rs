//! The strapi adapter: content from Strapi's REST API (Strapi 5, and the nesting of 4;
//! <https://docs.strapi.io/cms/api/rest>), beside a backend that sells.
//!
//! Settings: `url`, the server; `path`, if its API is not at `api`; `project`, the plural name of the collection, if it
//! is not `blocks`; `token`, an API token, unless the public role may `find` the collection. `docs/content.md` has the
//! content type that an operator makes; [`block`] reads its fields.

mod ask;
mod block;
mod news;
mod rich;
#[cfg(test)]
mod tests;

pub(super) use news::news;

use super::registry::Settings;
use crate::error::{Error, Kind};
use crate::model::{About, ContentBlock, ContentQuery, Market};
use crate::port::{Capability, Pending, Port};
use crate::upstream::Upstream;
use ask::Ask;

/// Speaks to one Strapi.
pub struct Strapi {
    ask: Ask,
    upstream: Box<dyn Upstream>,
}

impl Strapi {
    /// Opens a Strapi server.
    ///
    /// # Errors
    /// `Internal`, with the cure, when the address cannot be called or the collection's name is none.
    pub fn new(settings: &Settings, upstream: Box<dyn Upstream>) -> Result<Self, Error> {
        Ok(Self { ask: Ask::new(settings)?, upstream })
    }

    async fn blocks(&self, market: &Market, query: &ContentQuery) -> Result<Vec<ContentBlock>, Error> {
        if query.slots.is_empty() && query.ids.is_empty() {
            return Ok(Vec::new());
        }
        let response = self.upstream.send(self.ask.content(market, query)?).await?;
        let shown = block::Shown { market, site: self.ask.site() };
        Ok(shown.blocks(&self.ask.answer("strapi.content", &response)?)?.0)
    }

    /// One block in the market's language, to see that the address, the collection and the token are right.
    async fn itself(&self, market: &Market) -> Result<About, Error> {
        let response = self.upstream.send(self.ask.any(market)?).await?;
        let answer = self.ask.answer("strapi.about", &response)?;
        let (_, faults) = block::Shown { market, site: self.ask.site() }.blocks(&answer)?;
        match faults.first() {
            Some(fault) => Err(Error::new(Kind::BadAnswer, "strapi.about", fault.clone())),
            None => Ok(About::default()),
        }
    }
}

impl Port for Strapi {
    fn capabilities(&self) -> &[Capability] {
        &[Capability::Content]
    }

    fn about<'a>(&'a self, market: &'a Market) -> Pending<'a, About> {
        Box::pin(self.itself(market))
    }

    fn content<'a>(&'a self, market: &'a Market, query: &'a ContentQuery) -> Pending<'a, Vec<ContentBlock>> {
        Box::pin(self.blocks(market, query))
    }
}
