//! News of commercetools: notifications of a Subscription
//! (<https://docs.commercetools.com/api/projects/subscriptions>), messages
//! (<https://docs.commercetools.com/api/projects/messages/product-catalog-messages>) or changes. It sends them to a
//! queue, which pushes them here: as they are, in a push of Google Pub/Sub (`message.data` in base64,
//! <https://cloud.google.com/pubsub/docs/push>), an event of Amazon EventBridge (`detail`) or a CloudEvent
//! (`data`), with the secret as `Authorization: Bearer`.

use crate::adapters::news::{NewsRefused, bearer, each, json, name};
use crate::model::Tag;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use serde_json::Value;

/// After these, a product stands in lists where it did not stand before, or no longer.
const MOVES: [&str; 7] = [
    "ProductCreated",
    "ProductPublished",
    "ProductUnpublished",
    "ProductDeleted",
    "ProductAddedToCategory",
    "ProductRemovedFromCategory",
    "ProductSlugChanged",
];

/// What has changed; see [`crate::adapters::news`].
pub(in crate::adapters) fn news(
    secret: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Vec<Tag>, NewsRefused> {
    bearer(secret, headers)?;
    // Azure Event Grid sends several at once.
    let notifications = each(Some(&json(body)?)).iter().map(notification).collect::<Result<Vec<_>, _>>()?;
    Ok(notifications.iter().flat_map(tags).collect())
}

/// The notification, out of what the queue put around it.
fn notification(sent: &Value) -> Result<Value, NewsRefused> {
    let inner = match sent.get("message").and_then(|message| message.get("data")).and_then(Value::as_str) {
        Some(data) => {
            let wrong = |why| NewsRefused::NotUnderstood(format!("message.data is not base64: {why}"));
            json(&STANDARD.decode(data).map_err(wrong)?)?
        }
        None => sent.get("detail").or_else(|| sent.get("data")).unwrap_or(sent).clone(),
    };
    if inner.get("resource").is_none() {
        return Err(NewsRefused::NotUnderstood("it has no `resource`, which a notification has".to_owned()));
    }
    Ok(inner)
}

fn tags(notification: &Value) -> Vec<Tag> {
    let at = |path: &str| notification.pointer(path);
    let id = at("/resource").and_then(|resource| name(resource, "id"));
    // A message that is too large for the queue comes without its content.
    let kind = at("/type").or_else(|| at("/payloadNotIncluded/payloadType")).and_then(Value::as_str);
    let kind = kind.unwrap_or_default();
    let change = at("/notificationType").and_then(Value::as_str).unwrap_or_default();
    let is_new = matches!(change, "ResourceCreated" | "ResourceDeleted");
    let mut tags = Vec::new();
    match at("/resource/typeId").and_then(Value::as_str).unwrap_or_default() {
        "product" => {
            let slugs = ["/productProjection/slug", "/slug", "/oldSlug"].into_iter().filter_map(at);
            tags.extend(id.into_iter().chain(slugs.flat_map(words)).map(|name| Tag::product(&name)));
            tags.extend(at("/category").and_then(|c| name(c, "id")).map(|id| Tag::category(&id)));
            tags.extend((is_new || MOVES.contains(&kind)).then(Tag::listing));
        }
        "category" => {
            let slugs = ["/category/slug", "/slug", "/oldSlug"].into_iter().filter_map(at);
            tags.extend(id.into_iter().chain(slugs.flat_map(words)).map(|name| Tag::category(&name)));
            tags.extend((is_new || kind == "CategoryCreated").then(Tag::listing));
        }
        // Both name the variant by its stock keeping unit, and no product.
        "inventory-entry" | "standalone-price" => {
            let entries = [Some(notification), at("/inventoryEntry"), at("/standalonePrice")];
            for entry in entries.into_iter().flatten() {
                tags.extend(name(entry, "sku").map(|sku| Tag::variant(&sku)));
                let channel = entry.get("supplyChannel").and_then(|channel| name(channel, "id"));
                tags.extend(channel.map(|id| Tag::store(&id)));
            }
        }
        "review" => {
            let targets = [at("/target"), at("/review/target")].into_iter().flatten();
            let products = targets.filter(|t| t.get("typeId").is_some_and(|kind| kind == "product"));
            tags.extend(products.filter_map(|t| name(t, "id")).map(|id| Tag::product(&id)));
        }
        "channel" => tags.extend(id.map(|id| Tag::store(&id))),
        _ => {}
    }
    tags
}

/// A text in every language.
fn words(localized: &Value) -> Vec<String> {
    let words = localized.as_object().into_iter().flat_map(|words| words.values());
    words.filter_map(Value::as_str).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::news::news as heard;

    fn hear(proof: &str, body: &str) -> Result<String, NewsRefused> {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", proof.parse().unwrap());
        let tags = heard("commercetools", "hush", &headers, body.as_bytes())?;
        Ok(tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn each_message_is_about_what_the_adapter_calls_so() {
        for (message, told) in [
            (r#""type":"ProductPriceChanged","resource":{"typeId":"product","id":"p"}"#, "product:p"),
            (
                r#""type":"ProductPublished","resource":{"typeId":"product","id":"p"},"productProjection":{"slug":{"en":"coat","de":"mantel"}}"#,
                "listing product:coat product:mantel product:p",
            ),
            (
                r#""type":"ProductSlugChanged","resource":{"typeId":"product","id":"p"},"slug":{"en":"new"},"oldSlug":{"en":"old"}"#,
                "listing product:new product:old product:p",
            ),
            (
                r#""type":"ProductAddedToCategory","resource":{"typeId":"product","id":"p"},"category":{"typeId":"category","id":"c"}"#,
                "category:c listing product:p",
            ),
            (
                r#""payloadNotIncluded":{"payloadType":"ProductDeleted"},"resource":{"typeId":"product","id":"p"}"#,
                "listing product:p",
            ),
            (
                r#""type":"CategorySlugChanged","resource":{"typeId":"category","id":"c"},"slug":{"en":"coats"}"#,
                "category:c category:coats",
            ),
            (
                r#""type":"CategoryCreated","resource":{"typeId":"category","id":"c"},"category":{"slug":{"en":"coats"}}"#,
                "category:c category:coats listing",
            ),
            (
                r#""type":"InventoryEntryQuantitySet","resource":{"typeId":"inventory-entry","id":"i"},"sku":"S-1","supplyChannel":{"typeId":"channel","id":"s"}"#,
                "store:s variant:S-1",
            ),
            (
                r#""type":"InventoryEntryCreated","resource":{"typeId":"inventory-entry","id":"i"},"inventoryEntry":{"sku":"S-1"}"#,
                "variant:S-1",
            ),
            (
                r#""type":"ReviewCreated","resource":{"typeId":"review","id":"r"},"review":{"target":{"typeId":"product","id":"p"}}"#,
                "product:p",
            ),
            (
                r#""type":"ReviewRatingSet","resource":{"typeId":"review","id":"r"},"target":{"typeId":"channel","id":"p"}"#,
                "",
            ),
            (
                r#""notificationType":"ResourceDeleted","resource":{"typeId":"product","id":"p"}"#,
                "listing product:p",
            ),
            (r#""notificationType":"ResourceUpdated","resource":{"typeId":"product","id":"p"}"#, "product:p"),
            (r#""notificationType":"ResourceUpdated","resource":{"typeId":"channel","id":"s"}"#, "store:s"),
            (r#""notificationType":"Test","resource":{"typeId":"subscription","id":"x"}"#, ""),
            (r#""type":"OrderCreated","resource":{"typeId":"order","id":"o"}"#, ""),
            (r#""type":[],"resource":{"typeId":"product","id":{}},"slug":"coat""#, ""),
            (r#""resource":7"#, ""),
        ] {
            let message = format!("{{{message}}}");
            assert_eq!(hear("Bearer hush", &message).as_deref(), Ok(told), "{message}");
            let data = STANDARD.encode(&message);
            for wrapped in [
                format!(
                    r#"{{"message":{{"data":"{data}","messageId":"1"}},"subscription":"projects/a/subscriptions/b"}}"#
                ),
                format!(r#"{{"detail-type":"x","source":"y","detail":{message}}}"#),
                format!(r#"[{{"type":"com.commercetools.x","data":{message}}}]"#),
            ] {
                assert_eq!(hear("Bearer hush", &wrapped).as_deref(), Ok(told), "{wrapped}");
            }
        }
    }

    #[test]
    fn only_who_knows_the_secret_and_says_something_is_heard() {
        assert_eq!(hear("Bearer hush2", "{}"), Err(NewsRefused::Unproven));
        for body in ["", "{}", "[{}]", "7", r#"{"message":{"data":"%"}}"#, r#"{"message":{"data":"e30="}}"#] {
            assert!(matches!(hear("Bearer hush", body), Err(NewsRefused::NotUnderstood(_))), "{body}");
        }
    }
}
