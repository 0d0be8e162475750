//! For whom else an answer is: what would be decided for a request before it is answered.

use super::{Facts, Known, Scene, Topic, Visitor, country, event};
use crate::edge::Edge;
use crate::reads::Varies;
use crate::rulebook;
use crate::visitor::{Session, Signal};
use bytes::Bytes;
use std::rc::Rc;

/// What would be decided for a request.
pub(crate) struct Foreseen {
    /// The same for all for whom the same is decided in the places that count.
    pub(crate) key: u64,
    /// About what, and the decision; `None` where nothing is decided at the address.
    decided: Option<(Rc<Topic>, Facts)>,
}

impl Foreseen {
    /// Decides for a request as an answer would, about what answers at its address were about; `None` when it cannot be
    /// known without the shop. What is read of the visitor is left in `cell` for the rest of the request.
    pub(crate) async fn of(
        edge: &Rc<dyn Edge>,
        request: &http::Request<Bytes>,
        channel: &'static str,
        varies: &Varies,
        session: &Session,
        cell: &Visitor,
    ) -> Option<Self> {
        let Some(topic) = varies.topic.clone() else { return Some(Self { key: 0, decided: None }) };
        let (headers, now) = (request.headers(), edge.now());
        let signal = Signal::of(headers);
        let is_newcomer =
            matches!(signal, Signal::Granted(_)) && session.visitor.is_none() && !session.refused;
        if session.cart.is_some() || is_newcomer {
            return None;
        }
        let book = rulebook::current(edge).await;
        let known = Known::of(edge, session, headers, now).await.map(Rc::new);
        known.iter().for_each(|known| known.visit(&topic));
        let country = country::of(edge, headers, None).await;
        let scene = Scene {
            now,
            channel,
            event: None,
            topic: &topic,
            country,
            known: known.as_deref(),
            session,
            signal,
            cart: None,
        };
        let facts = Facts::of(book.as_ref(), &scene);
        let (places, _) = (varies.places(), cell.set(known));
        if facts.leaves_out(&places) {
            return None;
        }
        let key = facts.key(&places);
        Some(Self { key, decided: Some((topic, facts)) })
    }

    /// That the visitor was given what others were: it counts as what is answered anew.
    pub(crate) async fn happened(
        &self,
        edge: &Rc<dyn Edge>,
        channel: &'static str,
        varies: &Varies,
        cell: &Visitor,
    ) {
        let Some(Some(known)) = cell.get() else { return };
        if let Some((topic, facts)) = &self.decided {
            event::tell(edge, channel, known, (topic, facts), &varies.places()).await;
        }
        known.keep(None).await;
    }
}
