//! News of Strapi: its webhooks for entries, `{"event": "entry.publish", "model": "block", "entry": {…}}`
//! (<https://docs.strapi.io/cms/backend-customization/webhooks>), with the secret as `Authorization: Bearer`.
//! `docs/purge.md` has what to set up.

use crate::adapters::news::{NewsRefused, bearer, json, name, word};
use crate::model::Tag;
use http::HeaderMap;
use serde_json::Value;

/// What has changed; see [`crate::adapters::news`]. Any entry with a `slot` or a `key` is taken for a block: the
/// message names the model and not the collection.
pub(in crate::adapters) fn news(
    secret: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Vec<Tag>, NewsRefused> {
    bearer(secret, headers)?;
    let message = json(body)?;
    let event = word(&message, "event")?;
    if !event.starts_with("entry.") {
        return Ok(Vec::new());
    }
    let entry = message.get("entry").unwrap_or(&Value::Null);
    let slot = name(entry, "slot").map(|slot| Tag::slot(&slot));
    Ok(name(entry, "key").map(|key| Tag::content(&key)).into_iter().chain(slot).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::news::news as heard;

    fn hear(proof: &str, body: &str) -> Result<String, NewsRefused> {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", proof.parse().unwrap());
        let tags = heard("strapi", "hush", &headers, body.as_bytes())?;
        Ok(tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn an_entry_is_about_its_block_and_its_slot() {
        for (body, told) in [
            (
                r#"{"event":"entry.publish","model":"block","entry":{"id":1,"key":"hero-rain","slot":"home_hero"}}"#,
                "content:hero-rain slot:home_hero",
            ),
            (r#"{"event":"entry.unpublish","entry":{"slot":"home_hero"}}"#, "slot:home_hero"),
            (r#"{"event":"entry.update","model":"page","entry":{"title":"x"}}"#, ""),
            (r#"{"event":"media.create","media":{"key":"x"}}"#, ""),
        ] {
            assert_eq!(hear("Bearer hush", body), Ok(told.to_owned()), "{body}");
        }
        assert_eq!(hear("Bearer else", r#"{"event":"entry.publish"}"#), Err(NewsRefused::Unproven));
        for body in ["{}", "[]", "x"] {
            assert!(matches!(hear("Bearer hush", body), Err(NewsRefused::NotUnderstood(_))), "{body}");
        }
    }
}
