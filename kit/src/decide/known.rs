//! The visitor's profile: read at most once for a request, written after its answer.

use super::Topic;
use crate::cache::rules::Rules;
use crate::edge::Edge;
use crate::glance::within;
use crate::visitor::{Change, Consents, Profile, Session, Signal, VisitorId};
use http::HeaderMap;
use jiff::Timestamp;
use std::cell::{Ref, RefCell};
use std::rc::Rc;
use std::time::Duration;

/// A page waits no longer than this for a profile; without it the visitor is nobody in particular.
const PATIENCE: Duration = Duration::from_millis(100);

/// A visitor who agreed to be known, and what is known of them.
pub(crate) struct Known {
    edge: Rc<dyn Edge>,
    id: VisitorId,
    profile: RefCell<Profile>,
    learned: RefCell<Vec<Change>>,
    /// What they agreed to and the request allows.
    pub(crate) consents: Consents,
    now: Timestamp,
    /// Whether the session is to begin with this request.
    is_new: bool,
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
            id,
            profile: RefCell::new(profile),
            learned: RefCell::default(),
            consents,
            now,
            is_new: false,
        })
    }

    /// A visitor of whom a consent platform on the page says that they agree, before we knew of them.
    fn newcomer(edge: &Rc<dyn Edge>, signal: Signal, now: Timestamp) -> Option<Self> {
        let Signal::Granted(consents) = signal else { return None };
        consents.personalisation.then(|| {
            let known = Self {
                edge: edge.clone(),
                id: VisitorId::new(edge.random()),
                profile: RefCell::default(),
                learned: RefCell::default(),
                consents,
                now,
                is_new: true,
            };
            known.learn(Change::Agreed(consents));
            known
        })
    }

    /// The session that keeps a visitor who has just become known; `None` for one who is, or who just said no.
    pub(crate) fn to_be_kept(&self, session: &Session) -> Option<Session> {
        (self.is_new && !session.refused)
            .then(|| Session { visitor: Some(self.id.clone()), ..session.clone() })
    }

    /// What is known.
    pub(crate) fn profile(&self) -> Ref<'_, Profile> {
        self.profile.borrow()
    }

    /// Who it is, for those who count: from it nobody finds the session or the profile.
    pub(crate) fn pseudonym(&self) -> String {
        self.id.pseudonym()
    }

    /// The text by which experiments tell visitors apart.
    pub(crate) fn id(&self) -> &str {
        self.id.as_str()
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
    pub(crate) async fn keep(&self) {
        if self.learned.borrow().is_empty() {
            return;
        }
        let rules = Rules::of(&self.edge).await;
        let instance = self.edge.instance();
        if !instance.cache.may_learn(self.edge.elapsed(), rules.writes) {
            return;
        }
        let (edge, id, now) = (self.edge.clone(), self.id.clone(), self.now);
        let learned = self.learned.take();
        self.edge.spawn(Box::pin(async move {
            if let Err(error) = Profile::write(&edge, &id, &learned, now).await {
                edge.log(&format!("what was learned of a visitor could not be kept: {error}"));
            }
        }));
    }

    /// Writes what was learned now, for what must be known by the next request, such as an order.
    pub(crate) async fn keep_now(&self) {
        let learned = self.learned.take();
        if let Err(error) = Profile::write(&self.edge, &self.id, &learned, self.now).await {
            self.edge.log(&format!("what was learned of a visitor could not be kept: {error}"));
        }
    }
}
