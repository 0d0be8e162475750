//! The cart: shown, changed, taken to the web's checkout.

use super::super::words::fold::{fold, tokens};
use super::super::{Action, Button, Card, Reply, Talk, Which};
use super::add::with_choices;
use super::goods::picture;
use commerce::{Cart, CartChange, CartLine, LineId};
use kit::Failure;
use kit::decide::Topic;

/// Lines shown at once; the web shows them all.
const MOST_LINES: usize = 12;

impl Talk<'_> {
    pub(in super::super) async fn cart(&mut self) -> Result<Reply, Failure> {
        let cart = self.current_cart().await?;
        Ok(match cart.filter(|cart| !cart.lines.is_empty()) {
            Some(cart) => self.show_cart(&cart).await,
            None => self.empty_cart(),
        })
    }

    pub(super) async fn show_cart(&mut self, cart: &Cart) -> Reply {
        let cards: Vec<Card> = cart.lines.iter().take(MOST_LINES).map(|line| self.line(line)).collect();
        let hidden = u32::try_from(cart.lines.len().saturating_sub(cards.len())).unwrap_or_default();
        let mut sums = vec![self.sum(cart)];
        sums.extend(cart.discounts.iter().map(|discount| {
            let amount = self.locale.money(discount.amount);
            self.locale
                .say("cart-discount", &[("label", discount.label.clone().into()), ("amount", amount.into())])
        }));
        if hidden > 0 {
            sums.push(self.locale.count("cart-hidden", hidden));
        }
        let buttons = vec![self.button("button-checkout", Action::Checkout {})];
        let choices = self.ask.choices(Topic::page("cart")).await;
        let given = self.given_on(&choices, Some(cart));
        let seeds: Vec<&str> = cart.lines.iter().map(|line| line.slug.as_str()).collect();
        let beside = self.beside(&choices, "cart", None, &seeds).await;
        let shown = Reply::default().and_cards(cards).and_text(sums.join("\n")).then(given).then(beside);
        shown.and_choices(buttons).private()
    }

    fn empty_cart(&self) -> Reply {
        Reply::text(self.text("cart-empty")).and_choices(self.starters()).private()
    }

    fn line(&self, line: &CartLine) -> Card {
        let each = self.locale.money(line.price.current);
        let pieces = self.locale.say(
            "line-pieces",
            &[("number", self.locale.number(line.quantity).into()), ("price", each.into())],
        );
        let set = |quantity| Action::Set { line: line.id.clone(), quantity };
        let mut buttons = vec![self.button("button-one-more", set(line.quantity.saturating_add(1)))];
        if line.quantity > 1 {
            buttons.push(self.button("button-one-less", set(line.quantity - 1)));
        }
        buttons.push(self.button("button-remove", Action::Remove { line: line.id.clone() }));
        Card {
            title: line.name.clone(),
            subtitle: [line.choices.as_str(), &pieces].join("\n").trim().to_owned(),
            price: Some(self.locale.money(line.total)),
            was: None,
            image: line.image.as_ref().map(picture),
            link: Some(self.product_page(&line.slug)),
            buttons,
        }
    }

    /// Sets a line's pieces.
    pub(in super::super) async fn set(&mut self, line: &LineId, quantity: u32) -> Result<Reply, Failure> {
        let change = CartChange::Set { line: line.clone(), quantity };
        self.changed(change, "cart-changed").await
    }

    /// Takes a line out, with a button to put it back.
    pub(in super::super) async fn remove(&mut self, line: &LineId) -> Result<Reply, Failure> {
        let Some(cart) = self.current_cart().await? else { return Ok(self.empty_cart()) };
        let old = cart.lines.iter().find(|known| known.id == *line).cloned();
        let reply = self.changed(CartChange::Remove { line: line.clone() }, "cart-removed").await?;
        Ok(match old {
            Some(old) => {
                let action = Action::Add { variant: old.variant, quantity: old.quantity };
                reply.and_choices(vec![self.button("button-undo", action)])
            }
            None => reply,
        })
    }

    async fn changed(&mut self, change: CartChange, key: &str) -> Result<Reply, Failure> {
        if self.session.cart.is_none() {
            return Ok(self.empty_cart());
        }
        Ok(match self.change_cart(&change).await? {
            Err(refusal) => self.refused(refusal),
            Ok(cart) if cart.lines.is_empty() => Reply::text(self.text(key)).then(self.empty_cart()),
            Ok(cart) => Reply::text(self.text(key)).then(self.show_cart(&cart).await),
        })
    }

    /// Changes the line that was meant: another number of pieces, or out.
    pub(in super::super) async fn change_line(
        &mut self,
        which: Which,
        quantity: Option<u32>,
    ) -> Result<Reply, Failure> {
        let cart = self.current_cart().await?;
        let Some(cart) = cart.filter(|cart| !cart.lines.is_empty()) else { return Ok(self.empty_cart()) };
        let fitting = self.lines_meant(&cart, &which);
        match (fitting.as_slice(), quantity) {
            ([line], Some(quantity)) => self.set(&line.id.clone(), quantity).await,
            ([line], None) => self.remove(&line.id.clone()).await,
            ([], _) => Ok(Reply::text(self.text("no-such-line")).then(self.show_cart(&cart).await)),
            (several, _) => {
                let buttons = several.iter().take(MOST_LINES).map(|line| {
                    let action = match quantity {
                        Some(quantity) => Action::Set { line: line.id.clone(), quantity },
                        None => Action::Remove { line: line.id.clone() },
                    };
                    Button::new(with_choices(&line.name, &line.choices), action)
                });
                Ok(Reply::text(self.text("which-line")).and_choices(buttons.collect()).private())
            }
        }
    }

    fn lines_meant<'c>(&self, cart: &'c Cart, which: &Which) -> Vec<&'c CartLine> {
        match which {
            Which::Nth(place) => {
                let back = place.unsigned_abs() as usize;
                let at = if *place > 0 { back.checked_sub(1) } else { cart.lines.len().checked_sub(back) };
                at.and_then(|at| cart.lines.get(at)).into_iter().collect()
            }
            Which::Words(words) => {
                let words = tokens(words);
                let has = |line: &&CartLine| {
                    let name = fold(&with_choices(&line.name, &line.choices));
                    words.iter().all(|word| name.contains(&word.folded))
                };
                cart.lines.iter().filter(has).collect()
            }
            Which::It | Which::Unsaid => {
                let focus = self.memory.focus.as_ref();
                let of_focus = |line: &&CartLine| focus.is_some_and(|focus| focus.id == line.product);
                let lines: Vec<_> = cart.lines.iter().filter(of_focus).collect();
                if lines.is_empty() { cart.lines.iter().collect() } else { lines }
            }
        }
    }

    /// The web's cart, where the address and payment are given.
    pub(in super::super) async fn checkout(&mut self) -> Result<Reply, Failure> {
        let cart = self.current_cart().await?;
        let Some(cart) = cart.filter(|cart| !cart.lines.is_empty()) else { return Ok(self.empty_cart()) };
        let url = format!("/{}/cart", self.locale.market().id());
        let text = format!("{}\n{}", self.text("checkout"), self.sum(&cart));
        Ok(Reply::text(text).and_link(self.text("button-checkout"), url).private())
    }
}
