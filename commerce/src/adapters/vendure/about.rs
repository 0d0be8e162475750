//! What the channel says of itself.

use super::Vendure;
use super::ask::Question;
use crate::error::Error;
use crate::model::{About, Currency, Market};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    active_channel: Channel,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Channel {
    code: String,
    available_currency_codes: Vec<Currency>,
}

impl Vendure {
    pub(super) async fn read_about(&self, market: &Market) -> Result<About, Error> {
        let question = Question {
            operation: "vendure.about",
            market,
            session: None,
            document: &[include_str!("graphql/about.graphql")],
            extras: &[],
            variables: (),
        };
        let channel = self.send::<Found>(question).await?.found.active_channel;
        Ok(About { name: Some(channel.code), version: None, currencies: channel.available_currency_codes })
    }
}
