//! One code on one cart.

use super::Promised;
use super::basket::Basket;
use super::goods::Goods;
use super::promise::{Charge, differs, threshold};
use commerce::{Error, Kind, Market, Money, Port, Refusal};
use serde::Serialize;

/// What became of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The shop has it: it was taken, or refused for a reason that shows it.
    Known,
    /// The shop has no such code.
    Unknown,
    /// The shop's answer does not tell.
    Untold,
}

/// A code that was tried in a market.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tried {
    /// As the rules have it.
    pub code: String,
    /// The market, such as `en-gb`.
    pub market: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether the shop charges by it now; `None` where that is not known, as for a cart of another sum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charges: Option<bool>,
    /// Why, in words for the operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
    /// What is charged otherwise than the offer promises.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differs: Option<String>,
}

impl Tried {
    fn new(promised: &Promised, market: &Market, outcome: Outcome) -> Self {
        let (code, market) = (promised.code.clone(), market.id());
        Self { code, market, outcome, charges: None, said: None, differs: None }
    }

    /// One of which nothing is known, and why.
    pub(super) fn untold(promised: &Promised, market: &Market, why: String) -> Self {
        Self { said: Some(why), ..Self::new(promised, market, Outcome::Untold) }
    }
}

/// What trying takes in a market.
pub(super) struct Trial<'a> {
    port: &'a dyn Port,
    market: &'a Market,
    goods: &'a Goods,
    /// A code that nobody has.
    unlikely: &'a str,
    /// Whether the shop takes any word for a code; asked when it matters.
    takes_any: Option<bool>,
}

impl<'a> Trial<'a> {
    pub(super) fn new(port: &'a dyn Port, market: &'a Market, goods: &'a Goods, unlikely: &'a str) -> Self {
        Self { port, market, goods, unlikely, takes_any: None }
    }

    /// Tries a code on a cart that its offer is meant for.
    pub(super) async fn of(&mut self, promised: &Promised) -> Tried {
        let goods = self.goods.for_a_cart_of(threshold(&promised.give, self.market.currency()));
        let mut basket = match Basket::with(self.port, self.market, goods).await {
            Ok(basket) => basket,
            Err(error) => return Tried::untold(promised, self.market, error.to_string()),
        };
        let (before, is_reduced) = (basket.charged(), !basket.cart.discounts.is_empty());
        let tried = match basket.give(&promised.code).await {
            Err(error) => self.refused(promised, error),
            Ok(()) if basket.code(&promised.code) == Some(true) || basket.charged() < before => {
                let after = basket.charged();
                let charge = Charge {
                    before,
                    after,
                    is_reduced,
                    subtotal: basket.cart.subtotal,
                    pieces: basket.cart.quantity,
                    shipping: basket.shipping().await,
                };
                let known = Tried::new(promised, self.market, Outcome::Known);
                Tried { charges: Some(true), differs: differs(&promised.give, &charge), ..known }
            }
            Ok(()) => self.without_effect(promised, basket.cart.subtotal).await,
        };
        basket.empty().await;
        tried
    }

    fn refused(&self, promised: &Promised, error: Error) -> Tried {
        let Kind::Refused(Refusal::BadCode { exists }) = error.kind else {
            return Tried::untold(promised, self.market, error.to_string());
        };
        let (outcome, said) = match exists {
            Some(false) => (Outcome::Unknown, None),
            Some(true) => (
                Outcome::Known,
                Some("it refuses it: it is over, not yet begun, used up or not for everybody".to_owned()),
            ),
            None => (Outcome::Untold, Some("it refuses it and does not say why".to_owned())),
        };
        let charges = (outcome == Outcome::Known).then_some(false);
        Tried { said, charges, ..Tried::new(promised, self.market, outcome) }
    }

    /// A shop that takes a code without effect knows it, unless it takes any.
    async fn without_effect(&mut self, promised: &Promised, sum: Money) -> Tried {
        let takes_any = match self.takes_any {
            Some(known) => known,
            None => *self.takes_any.insert(self.takes_the_unlikely().await),
        };
        let outcome = if takes_any { Outcome::Untold } else { Outcome::Known };
        let said = if takes_any { "it takes any code, and this one" } else { "it" };
        Tried {
            said: Some(format!("{said} has no effect on a cart of {sum}")),
            ..Tried::new(promised, self.market, outcome)
        }
    }

    /// The control: whether a code that nobody has is taken, too. Who cannot be asked is not believed.
    async fn takes_the_unlikely(&self) -> bool {
        let goods = self.goods.for_a_cart_of(None);
        let Ok(mut basket) = Basket::with(self.port, self.market, goods).await else { return true };
        let given = basket.give(self.unlikely).await;
        basket.empty().await;
        !given.is_err_and(|error| matches!(error.kind, Kind::Refused(Refusal::BadCode { .. })))
    }
}
