//! What was shown to whom, as events for those who count: CloudEvents 1.0 in JSON
//! (<https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md>), a line each in the log.
//!
//! Only of visitors who agreed to be counted, and with what they agreed to, so that whoever takes events on knows what
//! may be done with them.

use super::facts::Ruled;
use super::{Facts, Known, Topic};
use crate::edge::Edge;
use personalise::rules::Reason;
use serde_json::{Value, json};
use std::rc::Rc;

/// The type of an event: what was decided and shown on a page.
const EXPOSURE: &str = "com.headwater.exposure.v1";

/// Logs what was shown, where the operator wants events (`log_events`) and the visitor agreed to be counted.
pub(crate) async fn tell(
    edge: &Rc<dyn Edge>,
    channel: &'static str,
    known: &Known,
    (topic, facts): (&Topic, &Facts),
    places: &[&'static str],
) {
    let Some(ruled) = facts.ruled().filter(|_| known.consents.analytics) else { return };
    let wanted = edge.instance().variable(&**edge, "log_events").await;
    if wanted.as_deref() == Some("true") {
        edge.log(&format!("event {}", event(&**edge, channel, known, topic, ruled, places)));
    }
}

fn event(
    edge: &dyn Edge,
    channel: &'static str,
    known: &Known,
    topic: &Topic,
    ruled: &Ruled,
    places: &[&'static str],
) -> Value {
    let rules = &ruled.book.rules;
    let digest: String = ruled.book.digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let slots = places
        .iter()
        .filter_map(|place| Some((place.to_string(), Value::from(rules.content(&ruled.decision, place)?))));
    let won = rules.offers.iter().zip(&ruled.decision.offers);
    let won = won.filter(|(offer, reason)| **reason == Reason::Won && places.contains(&offer.slot.as_ref()));
    let arms = rules.experiments.iter().zip(&ruled.decision.arms).filter_map(|(experiment, arm)| {
        let arm = experiment.arms.get(usize::from((*arm)?))?;
        Some((experiment.name.to_string(), Value::from(arm.name.as_ref())))
    });
    let id: String = edge.random().iter().map(|byte| format!("{byte:02x}")).collect();
    json!({
        "specversion": "1.0",
        "id": id,
        "source": format!("/{channel}"),
        "type": EXPOSURE,
        "time": edge.now().to_string(),
        "subject": known.pseudonym(),
        "datacontenttype": "application/json",
        "data": {
            "consents": known.consents.names(),
            "market": topic.market(),
            "page": topic.kind(),
            "rules": digest,
            "slots": slots.collect::<serde_json::Map<_, _>>(),
            "offers": won.map(|(offer, _)| Value::from(offer.name.as_ref())).collect::<Vec<_>>(),
            "arms": arms.collect::<serde_json::Map<_, _>>(),
        },
    })
}
