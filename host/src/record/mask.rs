//! Taking secrets and personal data out of what is recorded.

use serde_json::Value;
use std::collections::BTreeSet;

/// What stands for a removed value.
pub(super) const REMOVED: &str = "(removed)";

/// Headers that say how to read a message, and nothing of who sent it.
const KEPT_HEADERS: [&str; 8] = [
    "accept",
    "accept-language",
    "content-language",
    "content-type",
    "link",
    "location",
    "retry-after",
    "x-request-id",
];

/// A field whose name holds one of these is a secret or a person's.
const SECRET: [&str; 17] = [
    "token",
    "secret",
    "password",
    "authorization",
    "apikey",
    "api_key",
    "api-key",
    "clientid",
    "client_id",
    "cookie",
    "session",
    "email",
    "phone",
    "firstname",
    "first_name",
    "lastname",
    "last_name",
];

/// A shorter text may stand anywhere by chance, so it is removed only where its name tells.
const SHORTEST: usize = 12;

/// Removes secrets from messages, and remembers them, so that a token is removed wherever it comes back.
#[derive(Debug, Default)]
pub(super) struct Mask {
    known: BTreeSet<String>,
}

impl Mask {
    /// The headers that are kept, and the names of those that were removed.
    pub(super) fn headers(&mut self, headers: &http::HeaderMap) -> (Vec<(String, String)>, Vec<String>) {
        let (mut kept, mut removed) = (Vec::new(), BTreeSet::new());
        for (name, value) in headers {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            if KEPT_HEADERS.contains(&name.as_str()) {
                kept.push((name.to_string(), value));
            } else {
                if is_secret(name.as_str()) {
                    let bare = value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("Basic "));
                    self.learn(bare.unwrap_or(&value));
                }
                removed.insert(name.to_string());
            }
        }
        (kept, removed.into_iter().collect())
    }

    /// A query or a form.
    pub(super) fn pairs(&mut self, text: &str) -> String {
        let mut masked = url_pairs(text);
        for (name, value) in &mut masked {
            if is_secret(name) {
                self.learn(value);
                REMOVED.clone_into(value);
            }
        }
        let pairs: Vec<String> = masked.iter().map(|(name, value)| format!("{name}={value}")).collect();
        self.text(&pairs.join("&"))
    }

    /// Learns the secrets of a JSON body, which may stand in a field before the one that tells.
    pub(super) fn study(&mut self, value: &Value) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, inner)| match inner {
                Value::String(text) if is_secret(name) => self.learn(text),
                _ => self.study(inner),
            }),
            Value::Array(items) => items.iter().for_each(|item| self.study(item)),
            _ => {}
        }
    }

    /// A JSON body, after [`Mask::study`] has seen it.
    pub(super) fn json(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (name, inner) in fields.iter_mut() {
                    match inner {
                        Value::String(text) if is_secret(name) => REMOVED.clone_into(text),
                        _ => self.json(inner),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.json(item)),
            Value::String(text) => *text = self.text(text),
            _ => {}
        }
    }

    /// A text without what is known to be secret.
    pub(super) fn text(&self, text: &str) -> String {
        self.known.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), REMOVED))
    }

    fn learn(&mut self, secret: &str) {
        if secret.len() >= SHORTEST && secret != REMOVED {
            self.known.insert(secret.to_owned());
        }
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET.iter().any(|word| name.contains(word))
}

/// Pairs as they stand; what is encoded stays so.
fn url_pairs(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(n, v)| (n.into(), v.into())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_token_is_removed_wherever_it_comes_back() {
        let mut mask = Mask::default();
        let mut headers = http::HeaderMap::new();
        headers.insert("authorization", "Bearer abcdefghijklmnop".parse().unwrap());
        headers.insert("content-type", "application/json".parse().unwrap());
        headers.insert("x-trace", "1".parse().unwrap());
        let (kept, removed) = mask.headers(&headers);
        assert_eq!(kept, [("content-type".to_owned(), "application/json".to_owned())]);
        assert_eq!(removed, ["authorization", "x-trace"]);
        let mut body = json!({
            "next": "/carts?key=abcdefghijklmnop&also=s3cret-s3cret-s3cret",
            "customer": { "emailAddress": "ada@example.test", "firstName": "Ada" },
            "access_token": "s3cret-s3cret-s3cret",
            "name": "Coat",
        });
        mask.study(&body);
        mask.json(&mut body);
        assert_eq!(
            body,
            json!({
                "next": "/carts?key=(removed)&also=(removed)",
                "customer": { "emailAddress": "(removed)", "firstName": "(removed)" },
                "access_token": "(removed)",
                "name": "Coat",
            })
        );
        assert_eq!(mask.pairs("a=1&client_secret=xyz&b"), "a=1&client_secret=(removed)&b=");
        assert_eq!(mask.text("see s3cret-s3cret-s3cret"), "see (removed)");
    }
}
