//! The visitor's profile: read at most once for a request, written after its answer.

use super::Topic;
use crate::cache::rules::Rules;
use crate::edge::{Edge, Wait};
use crate::glance::within;
use crate::visitor::{Change, Consents, Profile, Session, Signal, VisitorId};
use http::HeaderMap;
use jiff::Timestamp;
use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;
use std::time::Duration;

/// A page waits no longer than this for a profile; without it the visitor is nobody in particular.
const PATIENCE: Duration = Duration::from_millis(100);

/// Asks a backend about a customer, when no visitor waits any more.
pub(crate) type Asking = Box<dyn FnOnce() -> Wait<'static, Option<Change>>>;

/// A visitor who agreed to be known, and what is known of them.
pub(crate) struct Known {
    edge: Rc<dyn Edge>,
    id: RefCell<VisitorId>,
    profile: RefCell<Profile>,
    learned: RefCell<Vec<Change>>,
    /// What they agreed to and the request allows.
    pub(crate) consents: Consents,
    now: Timestamp,
    /// Whether the session is to begin with this request.
    is_new: Cell<bool>,
}

impl Known {
    /// The visitor of a session; `None` where they did not agree to be known, or nothing can be read of them.
    pub(crate) async fn of(
        edge: &Rc<dyn Edge>,
        session: &Session,
        headers: &HeaderMap,
        now: Timestamp,
    ) -> Option<Self> {
        let signal = Signal::of(headers);
        if signal.limit(Consents::ALL) == Consents::NONE {
            return None;
        }
        let Some(id) = session.visitor.clone() else {
            // Who told us no is not made known again by what the page's platform says.
            return if session.refused { None } else { Self::newcomer(edge, signal, now) };
        };
        let read = within(&**edge, PATIENCE, Profile::read(&**edge, &id)).await;
        let read = read.unwrap_or_else(|error| {
            edge.log(&format!("a visitor's profile cannot be read, so nothing is known of them: {error}"));
            None
        });
        let profile = read?;
        let consents = signal.limit(profile.consents());
        consents.personalisation.then(|| Self {
            edge: edge.clone(),
            id: RefCell::new(id),
            profile: RefCell::new(profile),
            learned: RefCell::default(),
            consents,
            now,
            is_new: Cell::new(false),
        })
    }

    /// A visitor of whom a consent platform on the page says that they agree, before we knew of them.
    fn newcomer(edge: &Rc<dyn Edge>, signal: Signal, now: Timestamp) -> Option<Self> {
        let Signal::Granted(consents) = signal else { return None };
        consents.personalisation.then(|| {
            let known = Self {
                edge: edge.clone(),
                id: RefCell::new(VisitorId::new(edge.random())),
                profile: RefCell::default(),
                learned: RefCell::default(),
                consents,
                now,
                is_new: Cell::new(true),
            };
            known.learn(Change::Agreed(consents));
            known
        })
    }

    /// The session that keeps a visitor who has just become known; `None` for one who is, or who just said no.
    pub(crate) fn to_be_kept(&self, session: &Session) -> Option<Session> {
        (self.is_new.get() && !session.refused)
            .then(|| Session { visitor: Some(self.id.borrow().clone()), ..session.clone() })
    }

    /// What is known.
    pub(crate) fn profile(&self) -> Ref<'_, Profile> {
        self.profile.borrow()
    }

    /// Who it is, for those who count: from it nobody finds the session or the profile.
    pub(crate) fn pseudonym(&self) -> String {
        self.id.borrow().pseudonym()
    }

    /// The text by which experiments tell visitors apart.
    pub(crate) fn id(&self) -> String {
        self.id.borrow().as_str().to_owned()
    }

    /// Takes in that they look at a page.
    pub(crate) fn visit(&self, topic: &Topic) {
        self.learn(Change::Seen);
        topic.viewed().into_iter().for_each(|category| self.learn(Change::Viewed(category.to_owned())));
    }

    /// Takes in what is learned; it counts at once, and is written by [`Self::keep`].
    pub(crate) fn learn(&self, change: Change) {
        if self.profile.borrow_mut().learn(&change, self.now) {
            self.learned.borrow_mut().push(change);
        }
    }

    /// Writes what was learned, after the answer, if the store may be written to now. Else it is learned again with
    /// the next page, but for a category that was looked at.
    ///
    /// `ask` asks a backend about them first, which is due: what comes of it is written as well.
    pub(crate) async fn keep(&self, ask: Option<Asking>) {
        if self.learned.borrow().is_empty() && ask.is_none() {
            return;
        }
        let rules = Rules::of(&self.edge).await;
        let instance = self.edge.instance();
        if !instance.cache.may_learn(self.edge.elapsed(), rules.writes) {
            return;
        }
        if ask.is_some() {
            // Noted before it is done, so that a backend in trouble is not asked by every page.
            self.learn(Change::Asked);
        }
        let (edge, id, now) = (self.edge.clone(), self.id.borrow().clone(), self.now);
        let learned = self.learned.take();
        self.edge.spawn(Box::pin(async move {
            written(&edge, &id, &learned, now).await;
            // One after the other: two writers at once would lose what one of them wrote.
            if let Some(ask) = ask
                && let Some(change) = ask().await
            {
                written(&edge, &id, &[change], now).await;
            }
        }));
    }

    /// Writes what was learned now, for what must be known by the next request, such as an order.
    pub(crate) async fn keep_now(&self) {
        let (id, learned) = (self.id.borrow().clone(), self.learned.take());
        written(&self.edge, &id, &learned, self.now).await;
    }

    /// Gives the visitor another number, and writes what is known of them under that: whoever knew the former one knows
    /// nothing more. `None` when they have been erased meanwhile, or the store does not answer: then they are nobody in
    /// particular, and may agree anew.
    pub(crate) async fn renumber(&self) -> Option<VisitorId> {
        let (from, to) = (self.id.borrow().clone(), VisitorId::new(self.edge.random()));
        let learned = self.learned.take();
        let done = Profile::renumber(&self.edge, (&from, &to), &learned, self.now).await;
        self.is_new.set(false);
        match done {
            Ok(true) => {
                self.id.replace(to.clone());
                Some(to)
            }
            Ok(false) => None,
            Err(error) => {
                self.edge
                    .log(&format!("what is known of a visitor could not be given another number: {error}"));
                None
            }
        }
    }
}

async fn written(edge: &Rc<dyn Edge>, id: &VisitorId, learned: &[Change], now: Timestamp) {
    if let Err(error) = Profile::write(edge, id, learned, now).await {
        edge.log(&format!("what was learned of a visitor could not be kept: {error}"));
    }
}
