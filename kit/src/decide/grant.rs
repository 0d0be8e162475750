//! An offer that is shown once, such as to a visitor about to leave, and taken by pressing a button.

use super::Given;
use crate::ask::Ask;
use crate::failure::{Failure, Trouble};
use crate::visitor::Session;
use commerce::{Cart, CartChange, Refusal};
use serde::{Deserialize, Serialize};

/// For so many seconds an offer that was shown can be taken.
const GOOD_FOR: i64 = 60 * 60;
const PURPOSE: &str = "offer";

#[derive(Serialize, Deserialize)]
struct Ticket {
    #[serde(rename = "c")]
    code: String,
    #[serde(rename = "e")]
    end: i64,
    #[serde(rename = "v")]
    visitor: Option<String>,
}

impl Ask {
    /// What the visitor sends back to take an offer: sealed, theirs alone, and good for an hour. `None` for an offer that
    /// no backend charges.
    pub fn grant(&self, offer: &Given<'_>) -> Option<String> {
        self.reads.private();
        let ticket = Ticket {
            code: offer.code?.to_owned(),
            end: self.now.as_second().saturating_add(GOOD_FOR),
            visitor: self.kept.visitor.as_ref().map(|id| id.as_str().to_owned()),
        };
        let plain = serde_json::to_vec(&ticket).unwrap_or_default();
        Some(self.seal.close(PURPOSE, &plain, self.edge.random()))
    }

    /// Takes an offer that was granted: its code goes into the cart.
    ///
    /// # Errors
    /// `BadCode` when it was not granted to this visitor or is over; whatever the shop says against it.
    pub async fn take(&self, granted: &str) -> Result<(Cart, Session), Failure> {
        let plain = self.seal.open(PURPOSE, granted);
        let ticket = plain.and_then(|plain| serde_json::from_slice::<Ticket>(&plain).ok());
        let own = self.kept.visitor.as_ref().map(|id| id.as_str());
        let ticket = ticket
            .filter(|ticket| self.now.as_second() < ticket.end && ticket.visitor.as_deref() == own)
            .ok_or_else(|| Failure::new(Trouble::Refused(Refusal::BadCode { exists: None })))?;
        let (cart, session) = self.change_cart(&CartChange::ApplyCode { code: ticket.code.clone() }).await?;
        Ok((cart, Session { taken: Some(ticket.code), ..session }))
    }
}
