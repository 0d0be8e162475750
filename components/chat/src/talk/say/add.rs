//! Into the cart.

use super::super::action::MOST_PIECES;
use super::super::{Action, Button, Purpose, Reply, Talk, Which};
use commerce::{Cart, CartChange, Refusal, VariantId};
use kit::{Failure, Trouble};

impl Talk<'_> {
    /// Adds what was meant. "Add 2" after a list could be two pieces or the second: asked back.
    pub(in super::super) async fn add_which(
        &mut self,
        which: Which,
        quantity: Option<u32>,
    ) -> Result<Reply, Failure> {
        if let (Which::Unsaid, Some(number), None) = (&which, quantity, &self.memory.focus)
            && let Some(reply) = self.ask_number(number)
        {
            return Ok(reply);
        }
        self.which(which, Purpose::Add { quantity: quantity.unwrap_or(1) }).await
    }

    fn ask_number(&mut self, number: u32) -> Option<Reply> {
        let second = self.memory.nth(i32::try_from(number).ok()?)?.clone();
        let action = |id, quantity| Action::Choose {
            product: id,
            choices: Vec::new(),
            purpose: Purpose::Add { quantity },
        };
        let label = |quantity: u32, name: &str| format!("{} × {name}", self.locale.number(quantity));
        let mut buttons = vec![Button::new(label(1, &second.name), action(second.id.clone(), 1))];
        let each = self.memory.shown.iter().take(6);
        buttons.extend(
            each.map(|shown| Button::new(label(number, &shown.name), action(shown.id.clone(), number))),
        );
        self.memory.asked =
            Some(super::super::Question::Which { purpose: Purpose::Add { quantity: number } });
        Some(Reply::text(self.text("which-one")).and_choices(buttons))
    }

    /// Adds pieces of a variant.
    pub(in super::super) async fn add(
        &mut self,
        variant: &VariantId,
        quantity: u32,
    ) -> Result<Reply, Failure> {
        if !(1..=MOST_PIECES).contains(&quantity) {
            return Ok(Reply::text(self.locale.count("too-many", MOST_PIECES)));
        }
        let claim = self.once.claim().await.map_err(|error| Failure {
            trouble: Trouble::Internal,
            detail: format!("nothing was added: {error}"),
        });
        if !claim? {
            return Ok(Reply::text(self.text("done-before")).then(self.cart().await?));
        }
        let before = self.current_cart().await;
        let change = CartChange::Add { variant: variant.clone(), quantity };
        let changed = match &before {
            Ok(_) => self.change_cart(&change).await,
            Err(failure) => Err(failure.clone()),
        };
        let cart = match changed {
            Ok(Ok(cart)) => cart,
            Ok(Err(refusal)) => {
                self.once.release().await;
                return Ok(self.refused(refusal));
            }
            Err(failure) => {
                // A late shop may still have added it.
                if before.is_err() || failure.trouble != Trouble::UpstreamLate {
                    self.once.release().await;
                }
                return Err(failure);
            }
        };
        let line = cart.lines.iter().find(|line| line.variant == *variant);
        let name = line.map(|line| with_choices(&line.name, &line.choices)).unwrap_or_default();
        let text = self
            .locale
            .say("added", &[("number", self.locale.number(quantity).into()), ("name", name.into())]);
        let mut buttons = self.after_change();
        if let Some(line) = line {
            let had =
                before.iter().flatten().flat_map(|cart| &cart.lines).find(|old| old.variant == *variant);
            let quantity = had.map_or(0, |line| line.quantity);
            buttons.push(self.button("button-undo", Action::Set { line: line.id.clone(), quantity }));
        }
        Ok(Reply::text(text).and_text(self.sum(&cart)).and_choices(buttons).private())
    }

    /// What the shop says no to, in the words that all heads share.
    pub(super) fn refused(&self, refusal: Refusal) -> Reply {
        let code = Failure::new(Trouble::Refused(refusal)).code();
        let text = self.text(&format!("failure-{code}"));
        Reply::text(text).and_choices(vec![self.button("button-cart", Action::Cart {})]).private()
    }

    /// "Your basket: 3 items, £40.00."
    pub(super) fn sum(&self, cart: &Cart) -> String {
        let items = self.locale.count("items", cart.quantity);
        self.locale
            .say("cart-sum", &[("items", items.into()), ("total", self.locale.money(cart.total).into())])
    }

    pub(super) fn after_change(&self) -> Vec<Button> {
        vec![self.button("button-cart", Action::Cart {}), self.button("button-checkout", Action::Checkout {})]
    }
}

/// A name with what was chosen of it.
pub(super) fn with_choices(name: &str, choices: &str) -> String {
    if choices.is_empty() { name.to_owned() } else { format!("{name} ({choices})") }
}
