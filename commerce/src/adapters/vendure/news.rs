//! News of Vendure, which has events but no webhooks of its own: `docs/purge.md` has the few lines of a plugin that
//! posts them as `{"type": "ProductEvent", "change": "updated", "entity": {…}}`, with the secret as
//! `Authorization: Bearer`. `type` is the event's class, `change` its `type`, `entity` what it is about: one or
//! several (<https://docs.vendure.io/current/core/reference/typescript-api/events/event-types>).

use crate::adapters::news::{NewsRefused, bearer, each, json, name, word};
use crate::model::Tag;
use http::HeaderMap;
use serde_json::Value;

/// What has changed; see [`crate::adapters::news`].
pub(in crate::adapters) fn news(
    secret: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Vec<Tag>, NewsRefused> {
    bearer(secret, headers)?;
    let message = json(body)?;
    let event = word(&message, "type")?;
    let is_update = message.get("change").is_some_and(|change| change == "updated");
    let mut tags = Vec::new();
    for entity in each(message.get("entity")) {
        match event {
            "ProductEvent" | "ProductChannelEvent" => {
                tags.extend(names(entity).iter().map(|name| Tag::product(name)));
                tags.extend((!is_update).then(Tag::listing));
            }
            "ProductVariantEvent" | "ProductVariantChannelEvent" => tags.extend(variant(entity)),
            "StockMovementEvent" => {
                tags.extend(entity.get("productVariant").map(variant).unwrap_or_default());
            }
            "CollectionEvent" | "CollectionModificationEvent" => {
                tags.extend(names(entity).iter().map(|name| Tag::category(name)));
                let is_new = event == "CollectionEvent" && !is_update;
                tags.extend(is_new.then(Tag::listing));
            }
            _ => {}
        }
    }
    Ok(tags)
}

/// The id of an entity, and its slug in each language.
fn names(entity: &Value) -> Vec<String> {
    let translations = each(entity.get("translations")).iter().filter_map(|one| name(one, "slug"));
    [name(entity, "id"), name(entity, "slug")].into_iter().flatten().chain(translations).collect()
}

/// A variant, and the product that it is one of.
fn variant(entity: &Value) -> Vec<Tag> {
    let own = [name(entity, "id"), name(entity, "sku")];
    let product = name(entity, "productId").map(|id| Tag::product(&id));
    own.iter().flatten().map(|name| Tag::variant(name)).chain(product).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::news::news as heard;

    fn hear(proof: &str, body: &str) -> Result<String, NewsRefused> {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", proof.parse().unwrap());
        let tags = heard("vendure", "hush", &headers, body.as_bytes())?;
        Ok(tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn each_event_is_about_what_the_adapter_calls_so() {
        for (body, told) in [
            (
                r#"{"type":"ProductEvent","change":"updated","entity":{"id":7,"translations":[{"slug":"coat"},{"slug":"mantel"}]}}"#,
                "product:7 product:coat product:mantel",
            ),
            (
                r#"{"type":"ProductEvent","change":"created","entity":{"id":"7","slug":"coat"}}"#,
                "listing product:7 product:coat",
            ),
            (r#"{"type":"ProductEvent","entity":{"id":7}}"#, "listing product:7"),
            (
                r#"{"type":"ProductVariantEvent","change":"updated","entity":[{"id":1,"sku":"S 1","productId":7},{"id":2}]}"#,
                "product:7 variant:1 variant:2 variant:S%201",
            ),
            (
                r#"{"type":"StockMovementEvent","entity":[{"id":3,"productVariant":{"id":1,"productId":7}}]}"#,
                "product:7 variant:1",
            ),
            (
                r#"{"type":"CollectionEvent","change":"updated","entity":{"id":4,"slug":"coats"}}"#,
                "category:4 category:coats",
            ),
            (r#"{"type":"CollectionEvent","change":"deleted","entity":{"id":4}}"#, "category:4 listing"),
            (r#"{"type":"CollectionModificationEvent","entity":{"id":4}}"#, "category:4"),
            (r#"{"type":"OrderPlacedEvent","entity":{"id":4}}"#, ""),
            (r#"{"type":"ProductEvent"}"#, ""),
            (r#"{"type":"StockMovementEvent","entity":[null,{},7]}"#, ""),
        ] {
            assert_eq!(hear("Bearer hush", body).as_deref(), Ok(told), "{body}");
        }
    }

    #[test]
    fn what_the_plugin_of_the_documents_sends_is_understood() {
        // As Vendure 3 sent it when its first product was renamed, got another price and stock, and was deleted, and
        // when a collection was renamed.
        let texts = r#""translations":[{},{"slug":"harbour-trench-coat"},{"slug":"harbour-trench-coat"}]"#;
        let sent = [
            format!(r#"{{"type":"ProductEvent","change":"updated","entity":[{{"id":1,{texts}}}]}}"#),
            r#"{"type":"StockMovementEvent","change":"ADJUSTMENT","entity":[{"id":286,"productVariant":{"id":1}}]}"#.into(),
            r#"{"type":"ProductVariantEvent","change":"updated","entity":[{"id":1,"sku":"LF-1001-S-SAND","productId":1,"translations":[{},{},{}]}]}"#.into(),
            r#"{"type":"CollectionModificationEvent","entity":[{"id":2,"translations":[{},{"slug":"fashion"}]}]}"#.into(),
            r#"{"type":"ProductEvent","change":"deleted","entity":[{"id":1}]}"#.into(),
        ];
        let told = [
            "product:1 product:harbour-trench-coat",
            "variant:1",
            "product:1 variant:1 variant:LF-1001-S-SAND",
            "category:2 category:fashion",
            "listing product:1",
        ];
        for (sent, told) in sent.iter().zip(told) {
            assert_eq!(hear("Bearer hush", sent).as_deref(), Ok(told), "{sent}");
        }
    }

    #[test]
    fn only_who_knows_the_secret_and_says_something_is_heard() {
        assert_eq!(hear("Bearer hush2", r#"{"type":"ProductEvent"}"#), Err(NewsRefused::Unproven));
        for body in ["", "[]", r#"{"type":null}"#] {
            assert!(matches!(hear("Bearer hush", body), Err(NewsRefused::NotUnderstood(_))), "{body}");
        }
    }
}
