//! Opens a conversation: picks the market whose language is spoken, and the shop in that market.

use super::{Action, Memory, Reply, Talk, words};
use crate::head::TEXTS;
use crate::once::{Once, hex};
use commerce::Market;
use kit::visitor::Session;
use kit::{Ask, Failure, Locale};

/// Who says nothing for so many seconds has gone away, and comes back.
const AWAY: i64 = 10 * MINUTE;
const MINUTE: i64 = 60;

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
    /// Who speaks, until the conversation turns to another market.
    pub ask: &'a Ask,
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
        let known =
            memory.market.as_deref().and_then(|id| self.ask.markets.find(id)).unwrap_or(&self.ask.market);
        let Heard::Text(text) = heard else { return known };
        let mut spoken: Vec<&str> = vec![known.language()];
        for market in self.ask.markets.iter().filter(|market| has_words(market.language())) {
            if !spoken.contains(&market.language()) {
                spoken.push(market.language());
            }
        }
        match words::language::detect(text, &spoken) {
            Some(language) if language != known.language() => {
                self.ask.markets.iter().find(|market| market.language() == language).unwrap_or(known)
            }
            _ => known,
        }
    }

    /// Answers one message.
    ///
    /// # Errors
    /// When the shop cannot be asked; then nothing of the conversation or the cart has changed.
    pub async fn say(&self, heard: &Heard, memory: Memory) -> Result<Said, Failure> {
        let market = self.market_of(heard, &memory).clone();
        let locale = Locale::of(&market, TEXTS);
        let ask = self.ask.in_market(&market, locale.clone()).await;
        let (now, last) = (ask.now.as_second(), memory.at);
        let was_away = last.is_some_and(|at| now.saturating_sub(at) >= AWAY);
        let session = ask.session().clone();
        let mut talk = Talk { ask: &ask, locale, once: &self.once, memory, session, was_offered: false };
        let reply = match heard {
            Heard::Text(text) => talk.hear(text).await?,
            Heard::Press(action) => talk.press(action).await?,
        };
        let reply = match ask.slots.stale_since() {
            Some(at) => {
                let time = talk.locale.lately(at, ask.now);
                reply.with_note(talk.locale.say("as-of", &[("time", time.into())]))
            }
            None => reply,
        };
        // Whoever comes back for that is not held up with an offer.
        let is_busy = matches!(
            heard,
            Heard::Press(Action::Take { .. } | Action::Remember {} | Action::Forget {} | Action::Checkout {})
        );
        let reply = if was_away && !is_busy { reply.then(talk.farewell().await) } else { reply };
        let Talk { mut memory, session, .. } = talk;
        memory.turn = hex(&ask.edge().random());
        memory.market = (market != self.ask.market).then(|| market.id());
        // Who has nothing to leave behind cannot leave it behind. A minute is exact enough, and spares the store writes.
        let at = last.filter(|at| now.saturating_sub(*at) < MINUTE).unwrap_or(now);
        memory.at = session.cart.is_some().then_some(at);
        Ok(Said { reply, memory, session, market })
    }
}

fn has_words(language: &str) -> bool {
    TEXTS.iter().any(|(known, _)| *known == language)
}
