//! News of Medusa 2: its events as a subscriber posts them, `{"name": "product.updated", "data": {"id": "prod_1"}}`
//! (<https://docs.medusajs.com/resources/references/events>), with the secret as `Authorization: Bearer`.
//! `docs/purge.md` has the subscriber. `data` may be a list, or name `ids`.

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
    let (thing, event) = word(&message, "name")?.rsplit_once('.').unwrap_or_default();
    let tag: fn(&str) -> Tag = match thing {
        "product" => Tag::product,
        "product-variant" => Tag::variant,
        "product-category" => Tag::category,
        _ => return Ok(Vec::new()),
    };
    let mut tags = Vec::new();
    for one in each(message.get("data")) {
        tags.extend(name(one, "id").map(|id| tag(&id)));
        tags.extend(each(one.get("ids")).iter().filter_map(Value::as_str).map(tag));
        tags.extend(name(one, "handle").map(|handle| tag(&handle)));
        // A subscriber may look up whose variant it is.
        tags.extend(name(one, "product_id").map(|id| Tag::product(&id)));
    }
    tags.extend((event != "updated" && thing != "product-variant").then(Tag::listing));
    Ok(tags)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::news::news as heard;

    fn hear(proof: &str, body: &str) -> Result<String, NewsRefused> {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", proof.parse().unwrap());
        let tags = heard("medusa", "hush", &headers, body.as_bytes())?;
        Ok(tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn each_event_is_about_what_the_adapter_calls_so() {
        for (body, told) in [
            (r#"{"name":"product.updated","data":{"id":"prod_1"}}"#, "product:prod_1"),
            (
                r#"{"name":"product.created","data":[{"id":"prod_1"},{"id":"prod_2"}]}"#,
                "listing product:prod_1 product:prod_2",
            ),
            (
                r#"{"name":"product.deleted","data":{"ids":["prod_1","prod_2"]}}"#,
                "listing product:prod_1 product:prod_2",
            ),
            (
                r#"{"name":"product-variant.updated","data":{"id":"variant_1","product_id":"prod_1"}}"#,
                "product:prod_1 variant:variant_1",
            ),
            (r#"{"name":"product-variant.created","data":{"id":"variant_1"}}"#, "variant:variant_1"),
            (
                r#"{"name":"product-category.updated","data":{"id":"pcat_1","handle":"coats"}}"#,
                "category:coats category:pcat_1",
            ),
            (r#"{"name":"order.placed","data":{"id":"order_1"}}"#, ""),
            (r#"{"name":"product","data":{"id":"prod_1"}}"#, ""),
            (r#"{"name":"product.updated","data":{"id":null,"ids":[1,{}]}}"#, ""),
            (r#"{"name":"product.updated"}"#, ""),
        ] {
            assert_eq!(hear("Bearer hush", body).as_deref(), Ok(told), "{body}");
        }
    }

    #[test]
    fn only_who_knows_the_secret_and_says_something_is_heard() {
        let body = r#"{"name":"product.updated","data":{"id":"prod_1"}}"#;
        for proof in ["", "hush", "Bearer ", "Bearer hus", "Bearer hush ", "bearer hush", "Basic hush"] {
            assert_eq!(hear(proof, body), Err(NewsRefused::Unproven), "{proof:?}");
        }
        for body in ["", "[", "[]", "{}", r#"{"name":7}"#] {
            assert!(matches!(hear("Bearer hush", body), Err(NewsRefused::NotUnderstood(_))), "{body}");
        }
    }
}
