//! What is this visitor's own: what they are given, and what they agree to.

use super::super::{Action, Button, Reply, Talk};
use commerce::Cart;
use kit::decide::{Choices, Topic};
use kit::visitor::Consents;
use kit::{Failure, Locale};

/// The slots of the rules whose winners are told: at any time, and to whoever is about to leave.
const ALWAYS: &str = "offer";
const LEAVING: &str = "exit";

/// What is given, and how to come by it or what the cart still lacks; `None` where nothing of it is meant for the market.
pub(crate) fn given(locale: &Locale, choices: &Choices, cart: Option<&Cart>) -> Option<String> {
    let offer = choices.offer(ALWAYS)?;
    let lacks = cart.filter(|cart| cart.quantity > 0).and_then(|cart| offer.lacks(cart.subtotal));
    let detail = match lacks {
        Some(lacks) => locale.say("offer-lacks", &[("amount", locale.money(lacks).into())]),
        None => locale.text("offer-in-basket").to_owned(),
    };
    Some(format!("{}: {}. {detail}", locale.text("offer-for-you"), offer.phrase(locale)?))
}

/// The question what the visitor agrees to; nothing for one who was asked before.
pub(crate) fn question(locale: &Locale, choices: &Choices) -> Reply {
    if !choices.asks_for_consent() {
        return Reply::default();
    }
    let button = |key: &str, action| Button::new(locale.text(key), action);
    Reply::text(locale.text("consent-ask")).and_choices(vec![
        button("button-remember", Action::Remember {}),
        button("button-no-thanks", Action::Forget {}),
    ])
}

impl Talk<'_> {
    /// What is given where something is shown, in a line; for nobody else's eyes.
    pub(super) fn given_on(&self, choices: &Choices, cart: Option<&Cart>) -> Reply {
        given(&self.locale, choices, cart).map(|line| Reply::text(line).private()).unwrap_or_default()
    }

    /// What is offered to a visitor who leaves a cart behind: once in a turn, and nothing where no rule says so.
    pub(in super::super) async fn farewell(&mut self) -> Reply {
        if self.was_offered {
            return Reply::default();
        }
        self.was_offered = true;
        self.offered().await.unwrap_or_default()
    }

    async fn offered(&self) -> Option<Reply> {
        self.ask.cart_at_hand().await.filter(|cart| cart.quantity > 0)?;
        let choices = self.ask.choices_on(Some("exit_intent"), Topic::page("cart")).await;
        let offer = choices.offer(LEAVING)?;
        let (phrase, grant) = (offer.phrase(&self.locale)?, self.ask.grant(&offer)?);
        let text = self.locale.say("farewell", &[("offer", phrase.into())]);
        Some(
            Reply::text(text).and_choices(vec![self.button("button-take", Action::Take { grant })]).private(),
        )
    }

    /// Puts an offer that was granted into the cart.
    pub(in super::super) async fn take(&mut self, grant: &str) -> Result<Reply, Failure> {
        let taken = self.ask.take(grant).await;
        Ok(match self.changed_to(taken)? {
            Err(refusal) => self.refused(refusal),
            Ok(cart) => Reply::text(self.text("offer-taken")).then(self.show_cart(&cart).await),
        })
    }

    /// Notes what the visitor agrees to, and says what counts from now on.
    pub(in super::super) async fn agree(&mut self, consents: Consents) -> Result<Reply, Failure> {
        self.session = self.ask.agree(consents).await?;
        let reply = match (self.session.visitor.is_some(), consents.personalisation) {
            (true, _) => {
                let forget = self.button("button-forget", Action::Forget {});
                Reply::text(self.text("remembered")).and_choices(vec![forget])
            }
            (false, true) => Reply::text(self.text("remembering-forbidden")),
            (false, false) => Reply::text(self.text("forgotten")),
        };
        Ok(reply.private())
    }
}
