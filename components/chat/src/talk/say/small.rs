//! Small talk: greeting, thanks, help, a person; and today's offer.

use super::super::{Action, Button, Reply, Talk};
use commerce::{ContentQuery, Link};
use kit::decide::Topic;
use kit::{Failure, Slot};
use personalise::Moment;

/// The slot that the merchandiser fills with an offer a day.
const OFFER: &str = "offer_of_the_day";

impl Talk<'_> {
    pub(in super::super) async fn greeting(&self) -> Reply {
        let choices = self.ask.choices(Topic::page("chat")).await;
        let given = super::given(&self.locale, &choices, None);
        let is_private = given.is_some();
        let reply = Reply::text(self.text("greeting")).and_text(given.unwrap_or_default());
        let reply = reply.and_choices(self.starters()).then(super::question(&self.locale, &choices));
        Reply { private: is_private, ..reply }
    }

    pub(in super::super) fn thanks(&self) -> Reply {
        Reply::text(self.text("thanks"))
    }

    pub(in super::super) fn go_on(&self) -> Reply {
        Reply::text(self.text("go-on")).and_choices(self.starters())
    }

    pub(in super::super) fn help(&self) -> Reply {
        Reply::text(self.text("help")).and_choices(self.starters())
    }

    /// A conversation with a person begins by telephone or in a store.
    pub(in super::super) fn person(&self) -> Reply {
        Reply::text(self.text("person"))
            .and_choices(vec![self.button("button-stores", Action::Stores { near: None })])
    }

    /// Where a conversation can begin.
    pub(in super::super) fn starters(&self) -> Vec<Button> {
        vec![
            self.button("button-offer", Action::Offer {}),
            self.button("button-departments", Action::Departments {}),
            self.button("button-cart", Action::Cart {}),
            self.button("button-stores", Action::Stores { near: None }),
        ]
    }

    pub(in super::super) async fn offer(&mut self) -> Result<Reply, Failure> {
        let query = ContentQuery { slots: vec![OFFER.to_owned()], ids: Vec::new() };
        let blocks = self.ask.slots.required(Slot::new("content"), self.ask.shop.content(&query)).await?;
        let moment = Moment { now: self.ask.now, zone: self.locale.time_zone() };
        let Some(block) = personalise::choose(&blocks, OFFER, &moment) else {
            return Ok(Reply::text(self.text("offer-none")).and_choices(self.starters()));
        };
        self.memory.show(&block.products);
        self.memory.more = None;
        let text = match block.body.trim() {
            "" => block.title.clone(),
            body => format!("{}\n{body}", block.title),
        };
        let buttons = block.link.as_ref().filter(|_| block.products.is_empty()).map(|link| {
            let action = match link {
                Link::Category(slug) => Action::Department { slug: slug.clone(), page: 1 },
                Link::Search(words) | Link::Product(words) => {
                    Action::Search { words: words.clone(), page: 1 }
                }
            };
            Button::new(&block.link_label, action)
        });
        let cards =
            block.products.iter().take(super::goods::AT_ONCE as usize).map(|card| self.card(card)).collect();
        Ok(Reply::text(text).and_cards(cards).and_choices(buttons.into_iter().collect()))
    }
}
