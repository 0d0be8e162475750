//! Opens a conversation: picks the market whose language is spoken, and the shop in that market.

use super::{Action, Memory, Reply, Talk, words};
use crate::head::TEXTS;
use crate::once::{Once, hex};
use commerce::Market;
use jiff::Timestamp;
use kit::edge::Edge;
use kit::reads::Reads;
use kit::shop::Shop;
use kit::slots::Slots;
use kit::trace::Trace;
use kit::visitor::{Markets, Session};
use kit::{Failure, Locale};
use std::rc::Rc;

/// What came from the visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A typed message.
    Text(String),
    /// A pressed button.
    Press(Action),
}

/// Where a conversation takes place, whatever the channel.
pub struct Room<'a> {
    /// The world around.
    pub edge: Rc<dyn Edge>,
    /// Questions under the deadline.
    pub slots: &'a Slots,
    /// Notes what is read.
    pub reads: Rc<Reads>,
    /// Notes what is asked of which backend.
    pub trace: Rc<Trace>,
    /// Every market of the shop.
    pub markets: &'a Markets,
    /// The market until the conversation turns to another.
    pub market: &'a Market,
    /// When the message came.
    pub now: Timestamp,
    /// The claim to what the message adds to the cart.
    pub once: Once,
}

/// What came of one turn.
#[derive(Debug, Clone)]
pub struct Said {
    /// What to answer.
    pub reply: Reply,
    /// What to remember.
    pub memory: Memory,
    /// The visitor's cart and order from now on.
    pub session: Session,
    /// The market that was spoken in.
    pub market: Market,
}

impl Room<'_> {
    /// The market that a message is spoken in: that of its language when it is clear, else as before.
    pub fn market_of(&self, heard: &Heard, memory: &Memory) -> &Market {
        let known = memory.market.as_deref().and_then(|id| self.markets.find(id)).unwrap_or(self.market);
        let Heard::Text(text) = heard else { return known };
        let mut spoken: Vec<&str> = vec![known.language()];
        for market in self.markets.iter().filter(|market| has_words(market.language())) {
            if !spoken.contains(&market.language()) {
                spoken.push(market.language());
            }
        }
        match words::language::detect(text, &spoken) {
            Some(language) if language != known.language() => {
                self.markets.iter().find(|market| market.language() == language).unwrap_or(known)
            }
            _ => known,
        }
    }

    /// Answers one message.
    ///
    /// # Errors
    /// When the shop cannot be asked; then nothing of the conversation or the cart has changed.
    pub async fn say(&self, heard: &Heard, memory: Memory, session: Session) -> Result<Said, Failure> {
        let market = self.market_of(heard, &memory).clone();
        let shop =
            Shop::open(&self.edge, self.slots.deadline(), market.clone(), self.reads.clone(), &self.trace)
                .await;
        let mut talk = Talk {
            shop,
            slots: self.slots,
            locale: Locale::of(&market, TEXTS),
            now: self.now,
            once: &self.once,
            memory,
            session,
        };
        let reply = match heard {
            Heard::Text(text) => talk.hear(text).await?,
            Heard::Press(action) => talk.press(action).await?,
        };
        let reply = match self.slots.stale_since() {
            Some(at) => {
                let time = talk.locale.lately(at, self.now);
                reply.with_note(talk.locale.say("as-of", &[("time", time.into())]))
            }
            None => reply,
        };
        let Talk { mut memory, session, .. } = talk;
        memory.turn = hex(&self.edge.random());
        memory.market = (market != *self.market).then(|| market.id());
        Ok(Said { reply, memory, session, market })
    }
}

fn has_words(language: &str) -> bool {
    TEXTS.iter().any(|(known, _)| *known == language)
}
