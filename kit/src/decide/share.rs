//! For whom else an answer is: what would be decided for a request before it is answered.

use super::{Facts, Known, Scene, country};
use crate::edge::Edge;
use crate::reads::Varies;
use crate::rulebook;
use crate::visitor::{Session, Signal};
use bytes::Bytes;
use jiff::Timestamp;
use std::rc::Rc;

/// What would be decided for a request in the places that answers at its address read; `None` when it cannot be known
/// without the shop. What is learned by the visit is noted as it is by an answer.
pub(crate) async fn key_of(
    edge: &Rc<dyn Edge>,
    request: &http::Request<Bytes>,
    channel: &'static str,
    varies: &Varies,
    session: &Session,
    now: Timestamp,
) -> Option<u64> {
    let Some(topic) = varies.topic.clone().filter(|_| !varies.places.as_slice().is_empty()) else {
        return Some(0);
    };
    let signal = Signal::of(request.headers());
    let is_newcomer = matches!(signal, Signal::Granted(_)) && session.visitor.is_none() && !session.refused;
    if session.cart.is_some() || is_newcomer {
        return None;
    }
    let book = rulebook::current(edge).await;
    let known = Known::of(edge, session, request.headers(), now).await;
    known.iter().for_each(|known| known.visit(&topic));
    let country = country::of(edge, request.headers(), None).await;
    let scene = Scene {
        now,
        channel,
        event: None,
        topic: &topic,
        country,
        known: known.as_ref(),
        session,
        signal,
        cart: None,
    };
    let key = Facts::of(book.as_ref(), &scene).key(&varies.places());
    if let Some(known) = known {
        known.keep().await;
    }
    Some(key)
}
