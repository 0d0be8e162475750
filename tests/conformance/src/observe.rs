//! What a script saw of a shop, made comparable: identifiers and addresses of pictures are the backend's own.

use commerce::{Capability, Error, Kind, Refusal};
use serde::Serialize;
use serde_json::{Value, json};

/// A product that the journeys order, so that what is left of it differs from run to run.
pub const ORDERED: &str = "down-pillow";

/// One thing that was seen.
#[derive(Debug, Clone)]
pub struct Observation {
    /// Such as `product.harbour-trench-coat`.
    pub name: String,
    /// What it is about, for the table.
    pub capability: Capability,
    /// The model without what is the backend's own, or `{"error": …}`.
    pub value: Value,
}

/// What a script saw, in its order.
#[derive(Debug, Default)]
pub struct Notes(pub Vec<Observation>);

impl Notes {
    /// Notes an answer of the port.
    pub fn answer<T: Serialize>(
        &mut self,
        capability: Capability,
        name: impl Into<String>,
        answer: &Result<T, Error>,
    ) {
        let value = match answer {
            Ok(value) => comparable(serde_json::to_value(value).expect("the model is JSON")),
            Err(error) => refusal(error),
        };
        self.0.push(Observation { name: name.into(), capability, value });
    }

    /// Notes something that was worked out of answers.
    pub fn fact(&mut self, capability: Capability, name: impl Into<String>, value: impl Serialize) {
        let value = serde_json::to_value(value).expect("a fact is JSON");
        self.0.push(Observation { name: name.into(), capability, value });
    }
}

/// The kind of an error, with what it tells the visitor; the detail is the backend's own.
pub fn refusal(error: &Error) -> Value {
    match &error.kind {
        Kind::NotFound(subject) => json!({ "error": format!("not found: {subject:?}") }),
        // Whether there is such a code is for the operator, and some backends do not tell it.
        Kind::Refused(Refusal::BadCode { .. }) => json!({ "error": "refused: BadCode" }),
        Kind::Refused(refusal) => json!({ "error": format!("refused: {refusal:?}") }),
        Kind::Unsupported(_) => json!({ "error": "unsupported" }),
        // Anything else is a broken run; the detail shows why.
        other => json!({ "error": format!("{other:?}"), "detail": error.to_string() }),
    }
}

/// Identifiers, counters and addresses.
const OWN: [&str; 8] = ["id", "product", "variant", "onlyVariant", "number", "url", "width", "height"];
/// Under these, ids are the merchant's words, the same in every backend.
const NAMED_BY_MERCHANT: [&str; 5] = ["options", "values", "facets", "attributes", "choices"];

/// The value without what is the backend's own: such fields say only that they are there.
pub fn comparable(mut value: Value) -> Value {
    clean(&mut value, "", false);
    value
}

fn clean(value: &mut Value, key: &str, of_ordered: bool) {
    match value {
        Value::Object(fields) => {
            fields.remove("renditions");
            fields.remove("version");
            let of_ordered = of_ordered || fields.get("slug").and_then(Value::as_str) == Some(ORDERED);
            for (name, inner) in fields.iter_mut() {
                let own = OWN.contains(&name.as_str()) && !NAMED_BY_MERCHANT.contains(&key);
                match name.as_str() {
                    _ if own && (inner.is_string() || inner.is_number()) => *inner = json!("(own)"),
                    "placedAt" | "expectedAt" => *inner = json!("(time)"),
                    "available" if of_ordered => *inner = json!("(left)"),
                    "quantity" if of_ordered && key == "stock" => *inner = json!("(left)"),
                    _ => clean(inner, name, of_ordered),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| clean(item, key, of_ordered)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_the_backends_own_is_masked() {
        let seen = comparable(json!({
            "id": "p-1", "slug": "coat", "options": [{ "id": "size", "values": [{ "id": "m" }] }],
            "variants": [{ "id": "v-1", "sku": "A", "stock": { "quantity": 3 } }],
            "images": [{ "url": "/a.svg", "alt": "A", "renditions": [{ "url": "/b.svg" }] }],
        }));
        let expected = json!({
            "id": "(own)", "slug": "coat", "options": [{ "id": "size", "values": [{ "id": "m" }] }],
            "variants": [{ "id": "(own)", "sku": "A", "stock": { "quantity": 3 } }],
            "images": [{ "url": "(own)", "alt": "A" }],
        });
        assert_eq!(seen, expected);
        let ordered = comparable(json!({ "slug": ORDERED, "variants": [{ "stock": { "quantity": 3 } }] }));
        assert_eq!(ordered["variants"][0]["stock"]["quantity"], "(left)");
    }
}
