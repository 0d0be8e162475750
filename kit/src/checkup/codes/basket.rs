//! A cart that a code is tried on.

use commerce::{Cart, CartChange, CartId, Delivery, Error, Kind, Market, Money, Port, Refusal, VariantId};

/// Goods that are tried before none can be had.
const WAYS: usize = 3;

/// A cart of our own.
pub(super) struct Basket<'a> {
    port: &'a dyn Port,
    market: &'a Market,
    id: CartId,
    /// As it is.
    pub(super) cart: Cart,
}

impl<'a> Basket<'a> {
    /// A new cart with the first of the goods that can be had.
    ///
    /// # Errors
    /// Whatever the shop says.
    pub(super) async fn with(
        port: &'a dyn Port,
        market: &'a Market,
        goods: Vec<(VariantId, u32)>,
    ) -> Result<Self, Error> {
        let cart = port.create_cart(market).await?;
        let mut basket = Self { port, market, id: cart.id.clone(), cart };
        let mut last = Ok(());
        for (variant, quantity) in goods.into_iter().take(WAYS) {
            last = basket.change(&CartChange::Add { variant, quantity }).await;
            let is_short = |error: &Error| {
                matches!(
                    error.kind,
                    Kind::Refused(Refusal::OutOfStock { .. } | Refusal::QuantityLimit { .. })
                )
            };
            if !last.as_ref().is_err_and(is_short) {
                break;
            }
        }
        last.map(|()| basket)
    }

    /// Gives a code.
    ///
    /// # Errors
    /// Whatever the shop says.
    pub(super) async fn give(&mut self, code: &str) -> Result<(), Error> {
        self.change(&CartChange::ApplyCode { code: code.to_owned() }).await
    }

    /// What it costs to ship it; `None` where the shop does not tell before it knows more.
    pub(super) async fn shipping(&mut self) -> Option<Money> {
        let ship = Delivery::Ship { address: None };
        self.change(&CartChange::ChooseDelivery { delivery: ship }).await.ok()?;
        self.cart.delivery_price
    }

    /// What a code does in it: whether it is there, and whether it has an effect.
    pub(super) fn code(&self, code: &str) -> Option<bool> {
        let own = self.cart.codes.iter().find(|applied| applied.code.eq_ignore_ascii_case(code))?;
        Some(own.active)
    }

    /// What is charged for the goods.
    pub(super) fn charged(&self) -> i64 {
        let delivery = self.cart.delivery_price.map_or(0, |price| price.amount);
        self.cart.total.amount.saturating_sub(delivery)
    }

    /// Takes everything out again. Backends forget empty carts; what they refuse here does no harm.
    pub(super) async fn empty(mut self) {
        for code in self.cart.codes.clone() {
            let _ = self.change(&CartChange::RemoveCode { code: code.code }).await;
        }
        for line in self.cart.lines.clone() {
            let _ = self.change(&CartChange::Remove { line: line.id }).await;
        }
    }

    async fn change(&mut self, change: &CartChange) -> Result<(), Error> {
        let cart = self.port.change_cart(self.market, &self.id, change).await?;
        // A backend may give a cart another id as it changes.
        self.id = cart.id.clone();
        self.cart = cart;
        Ok(())
    }
}
