//! Answers one Slack user, within the request or after it was acknowledged.

use super::blocks::{Message, Writer};
use super::visitor::{Kept, SlackVisitor};
use crate::browser::handover;
use crate::head::TEXTS;
use crate::once::Once;
use crate::talk::{Heard, Part, Reply, Room, Said};
use commerce::Market;
use kit::edge::{Edge, StoreError};
use kit::keys::Keys;
use kit::slots::{Deadline, Slots};
use kit::visitor::Session;
use kit::{Ask, Failure, Locale, Trouble};
use std::rc::Rc;
use std::time::Duration;

/// Time for an answer that nobody waits for with a clock in hand.
const BEHIND: Duration = Duration::from_secs(8);
/// The longest message, as in the browser.
const MOST_CHARACTERS: usize = 2000;

/// What is needed to answer; outlives the request.
pub struct Desk {
    /// The world around.
    pub edge: Rc<dyn Edge>,
    /// The request, of which nothing tells of who speaks.
    ask: Ask,
    keys: Rc<Keys>,
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// Slack's id of the team or enterprise.
    pub team: String,
    /// Slack's id of the user.
    pub user: String,
}

impl Desk {
    /// A desk for one request.
    pub async fn open(ask: &Ask) -> Self {
        Self {
            edge: ask.edge().clone(),
            ask: ask.on_behalf(Session::default(), ask.slots.clone()).await,
            keys: Keys::of(&**ask.edge()).await,
        }
    }

    /// Slots for an answer after the request.
    pub fn slots_behind(&self) -> Rc<Slots> {
        Rc::new(Slots::new(self.edge.clone(), Deadline::new(&*self.edge, BEHIND), Rc::default()))
    }

    /// Answers what a user said; a failure is a message too, for that user's eyes.
    pub async fn answer(&self, slots: Rc<Slots>, speaker: &Speaker, heard: &Heard, once: Once) -> Message {
        let mut visitor = SlackVisitor::new(&self.keys, &speaker.team, &speaker.user);
        let kept = visitor.recall(&*self.edge, self.ask.now).await;
        let market =
            kept.as_ref().ok().and_then(|kept| self.ask.markets.find(kept.memory.market.as_deref()?));
        let market = market.unwrap_or(&self.ask.market).clone();
        let said = match kept.map_err(broken) {
            Ok(kept) => self.say(slots, &visitor, kept, heard, once).await,
            Err(failure) => Err(failure),
        };
        match said {
            Ok(said) => {
                let market = said.market.clone();
                self.write(&market, &self.with_handover(said))
            }
            Err(failure) => self.failed(&market, &failure),
        }
    }

    async fn say(
        &self,
        slots: Rc<Slots>,
        visitor: &SlackVisitor,
        kept: Kept,
        heard: &Heard,
        once: Once,
    ) -> Result<Said, Failure> {
        if let Heard::Text(text) = heard
            && text.chars().count() > MOST_CHARACTERS
        {
            return Err(Failure::bad_input("text-too-long"));
        }
        let ask = self.ask.on_behalf(kept.session.clone(), slots).await;
        let mut said = Room { ask: &ask, once }.say(heard, kept.memory.clone()).await?;
        ask.leave().await;
        // Slack names its messages itself.
        said.memory.turn = String::new();
        if said.memory != kept.memory || said.session != kept.session {
            let next =
                Kept { memory: said.memory.clone(), session: said.session.clone(), at: Some(self.ask.now) };
            visitor.keep(&*self.edge, &next).await.map_err(broken)?;
        }
        Ok(said)
    }

    /// The web's cart is a browser's own: the link hands this one over.
    fn with_handover(&self, said: Said) -> Reply {
        let Said { mut reply, session, market, .. } = said;
        let own = format!("/{}/cart", market.id());
        for part in &mut reply.parts {
            if let (Part::Link { url, .. }, Some(cart)) = (part, &session.cart)
                && *url == own
            {
                let seal = self.keys.seal();
                let path = handover::link(&seal, cart, &market, self.ask.now, self.edge.random());
                *url = format!("{}{path}", self.ask.site());
            }
        }
        reply
    }

    fn write(&self, market: &Market, reply: &Reply) -> Message {
        let locale = Locale::of(market, TEXTS);
        let site = self.ask.site();
        let message =
            Writer { site: is_public(&site).then_some(site.as_str()), locale: &locale }.write(reply);
        if let Some(cut) = message.cut.summary() {
            self.edge.log(&format!("slack: a reply was cut to fit: {cut}"));
        }
        message
    }

    fn failed(&self, market: &Market, failure: &Failure) -> Message {
        if failure.is_ours() {
            self.edge.log(&format!("slack: {:?}: {}", failure.trouble, failure.detail));
        }
        let locale = Locale::of(market, TEXTS);
        let text = match &failure.trouble {
            Trouble::BadInput(name) if name == "text-too-long" => {
                let number = locale.number(i64::try_from(MOST_CHARACTERS).unwrap_or_default());
                locale.say("chat-too-long", &[("number", number.into())])
            }
            _ => locale.text(&format!("failure-{}", failure.code())).to_owned(),
        };
        self.write(market, &Reply::text(text).private())
    }
}

fn broken(error: StoreError) -> Failure {
    Failure { trouble: Trouble::Internal, detail: error.to_string() }
}

/// Whether Slack's servers can fetch from a site.
pub(super) fn is_public(site: &str) -> bool {
    let Some(url) = url::Url::parse(site).ok().filter(|url| url.scheme() == "https") else { return false };
    match url.host() {
        Some(url::Host::Domain(name)) => {
            let inner = [".internal", ".local", ".localhost", ".test", ".invalid"];
            name.contains('.') && !inner.iter().any(|end| name.ends_with(end))
        }
        _ => false,
    }
}
