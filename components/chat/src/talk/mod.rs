//! The conversation: a text or a pressed button in, a reply out. It knows no channel, and all it does
//! besides is ask the shop.
//!
//! - [`words`]: what people mean by what they type, per language.
//! - [`action`]: what buttons mean; [`reply`]: what is said back; [`memory`]: what is remembered.
//! - [`room`]: opens a conversation in the language that is spoken in it.

pub mod action;
mod flat;
pub mod memory;
pub mod reply;
pub mod room;
mod say;
pub mod words;

pub use action::{Action, Purpose};
pub use memory::{Memory, Question, Shown};
pub use reply::{Button, Card, Part, Picture, Reply};
pub use room::{Heard, Room, Said};

pub(crate) use say::{given, question};

use crate::once::Once;
use commerce::{Cart, CartChange, Refusal};
use kit::visitor::{Consents, Session};
use kit::{Ask, Failure, Locale, Slot, Trouble};
use std::rc::Rc;
use words::{Meaning, Which, Wish};

/// What "remember me" agrees to, and no more.
const REMEMBERED: Consents = Consents::NONE.with(kit::visitor::Purpose::Personalisation);

/// One turn of a conversation.
pub struct Talk<'a> {
    /// Who speaks, in the market that is spoken in.
    ask: &'a Ask,
    locale: Rc<Locale>,
    /// The claim to what this message adds to the cart.
    once: &'a Once,
    memory: Memory,
    session: Session,
    /// Whether something was offered against leaving in this turn.
    was_offered: bool,
}

impl Talk<'_> {
    /// Answers a pressed button.
    ///
    /// # Errors
    /// When the shop cannot be asked.
    pub async fn press(&mut self, action: &Action) -> Result<Reply, Failure> {
        match action.clone() {
            Action::Search { words, page } => self.search(&words, page).await,
            Action::Department { slug, page } => self.department(&slug, page).await,
            Action::Departments {} => self.departments().await,
            Action::Show { product } => self.show(&product).await,
            Action::Add { variant, quantity } => self.add(&variant, quantity).await,
            Action::Choose { product, choices, purpose } => self.choose(&product, choices, purpose).await,
            Action::Set { line, quantity } => self.set(&line, quantity).await,
            Action::Remove { line } => self.remove(&line).await,
            Action::Cart {} => self.cart().await,
            Action::Checkout {} => self.checkout().await,
            Action::Stores { near } => self.stores(near.as_deref()).await,
            Action::Order { id } => self.order(id.as_ref().map(|id| id.as_str())).await,
            Action::Offer {} => self.offer().await,
            Action::Help {} => Ok(self.help()),
            Action::Person {} => Ok(self.person()),
            Action::Take { grant } => self.take(&grant).await,
            Action::Remember {} => self.agree(REMEMBERED).await,
            Action::Forget {} => self.agree(Consents::NONE).await,
        }
    }

    /// Answers a typed message.
    ///
    /// # Errors
    /// When the shop cannot be asked.
    pub async fn hear(&mut self, text: &str) -> Result<Reply, Failure> {
        let lexicon = words::lexicon::lexicon(self.locale.market().language());
        let meaning = words::read(lexicon, text);
        // A question that was asked back waits for one answer only.
        if let Some(question) = self.memory.asked.take()
            && let Some(reply) = self.answered(&question, &meaning, text).await?
        {
            return Ok(reply);
        }
        if self.could_be_goods(&meaning) {
            let found = self.listing(&meaning.plain, 1).await?;
            // A search forgives slips too: only the very words in a name outdo the command.
            let words = words::fold::tokens(&meaning.plain);
            let is_named = |name: &str| {
                let name = words::fold::fold(name);
                words.iter().all(|word| name.contains(&word.folded))
            };
            if found.items.iter().any(|card| is_named(&card.name)) {
                return Ok(self.found(&meaning.plain, &found, 1));
            }
        }
        self.grant(meaning.wish).await
    }

    async fn grant(&mut self, wish: Wish) -> Result<Reply, Failure> {
        match wish {
            Wish::Nothing => Ok(self.help()),
            Wish::Yes => Ok(self.go_on()),
            Wish::Greet => Ok(self.greeting().await),
            Wish::Thank => Ok(self.thanks()),
            Wish::Bye => Ok(self.thanks().then(self.farewell().await)),
            Wish::Remember => self.agree(REMEMBERED).await,
            Wish::Forget => self.agree(Consents::NONE).await,
            Wish::No => Ok(self.go_on()),
            Wish::Help => Ok(self.help()),
            Wish::Person => Ok(self.person()),
            Wish::Offer => self.offer().await,
            Wish::Departments => self.departments().await,
            Wish::More => self.more().await,
            Wish::Cart => self.cart().await,
            Wish::Checkout => self.checkout().await,
            Wish::Order(number) => self.order(number.as_deref()).await,
            Wish::Stores(town) => self.stores(town.as_deref()).await,
            Wish::Stock { which, town } => self.which(which, Purpose::Stock { town }).await,
            Wish::Show(which) => self.show_which(which).await,
            Wish::Add { which, quantity } => self.add_which(which, quantity).await,
            Wish::Set { which, quantity } => self.change_line(which, Some(quantity)).await,
            Wish::Remove(which) => self.change_line(which, None).await,
            Wish::Number(number) => self.show_which(Which::Nth(i32::try_from(number).unwrap_or(0))).await,
            Wish::Search(words) => self.search(&words, 1).await,
        }
    }

    /// A command that was only guessed from its spelling gives way to goods of that name, unless it would
    /// be no search at all ("remvoe the second").
    fn could_be_goods(&self, meaning: &Meaning) -> bool {
        let is_search = matches!(meaning.wish, Wish::Search(_));
        let is_write = matches!(meaning.wish, Wish::Add { .. } | Wish::Set { .. } | Wish::Remove(_));
        let is_place = matches!(meaning.wish, Wish::Show(_) | Wish::Number(_) | Wish::Nothing);
        !(meaning.sure || is_search || is_write || is_place || meaning.plain.is_empty())
    }

    /// The cart as it is; `None` when there is none or the shop has forgotten it.
    async fn current_cart(&self) -> Result<Option<Cart>, Failure> {
        Ok(self.ask.slots.required(Slot::new("cart"), self.ask.cart()).await?.into_open())
    }

    /// Changes the cart, making one first where there is none. A refusal is an answer: the cart keeps what
    /// it had.
    async fn change_cart(&mut self, change: &CartChange) -> Result<Result<Cart, Refusal>, Failure> {
        self.changed_to(self.ask.change_cart(change).await)
    }

    /// Goes on with the cart and the session that came of a change.
    fn changed_to(
        &mut self,
        changed: Result<(Cart, Session), Failure>,
    ) -> Result<Result<Cart, Refusal>, Failure> {
        match changed {
            Ok((cart, session)) => {
                self.session = session;
                Ok(Ok(cart))
            }
            Err(Failure { trouble: Trouble::Refused(refusal), .. }) => Ok(Err(refusal)),
            Err(failure) => Err(failure),
        }
    }

    fn text(&self, key: &str) -> String {
        self.locale.text(key).to_owned()
    }

    fn button(&self, key: &str, action: Action) -> Button {
        Button::new(self.locale.text(key), action)
    }
}
