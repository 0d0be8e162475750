//! News of Shopify: webhooks, signed by the app's client secret with `X-Shopify-Hmac-SHA256`
//! (<https://shopify.dev/docs/apps/build/webhooks/subscribe/https>), whose topic is in `X-Shopify-Topic`
//! (<https://shopify.dev/docs/api/webhooks>). Payloads name things by numbers, the Storefront API by global ids
//! (<https://shopify.dev/docs/api/usage/gids>).
//!
//! An inventory level names a location and an inventory item, but no product: it purges what the location has.
//! The topics `variants/in_stock` and `variants/out_of_stock` name the product.

use crate::adapters::news::{NewsRefused, json, name};
use crate::model::Tag;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use serde_json::Value;
use sha2::Sha256;

/// What has changed; see [`crate::adapters::news`].
pub(in crate::adapters) fn news(
    secret: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Vec<Tag>, NewsRefused> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let given = header("x-shopify-hmac-sha256").and_then(|text| STANDARD.decode(text).ok());
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|_| NewsRefused::Unproven)?;
    mac.update(body);
    mac.verify_slice(&given.unwrap_or_default()).map_err(|_| NewsRefused::Unproven)?;
    let topic = header("x-shopify-topic")
        .ok_or_else(|| NewsRefused::NotUnderstood("it has no header X-Shopify-Topic".to_owned()))?;
    Ok(tags(topic, &json(body)?))
}

fn tags(topic: &str, message: &Value) -> Vec<Tag> {
    let (resource, event) = topic.split_once('/').unwrap_or((topic, ""));
    let id = |kind, field| name(message, field).map(|id| format!("gid://shopify/{kind}/{id}"));
    let handle = name(message, "handle");
    let mut tags = Vec::new();
    match resource {
        "products" => {
            tags.extend([id("Product", "id"), handle].iter().flatten().map(|name| Tag::product(name)));
            tags.extend((event != "update").then(Tag::listing));
        }
        "product_listings" => return listed(message, event),
        "variants" => {
            tags.extend(id("Product", "product_id").map(|id| Tag::product(&id)));
            tags.extend(id("ProductVariant", "id").map(|id| Tag::variant(&id)));
        }
        "inventory_items" => tags.extend(name(message, "sku").map(|sku| Tag::variant(&sku))),
        "inventory_levels" => tags.extend(id("Location", "location_id").map(|id| Tag::store(&id))),
        "collections" => {
            tags.extend([id("Collection", "id"), handle].iter().flatten().map(|name| Tag::category(name)));
            tags.extend((event != "update").then(Tag::listing));
        }
        // A new store stands in answers that nobody can name: those about all stores.
        "locations" if matches!(event, "create" | "activate") => tags.push(Tag::shop()),
        "locations" => tags.extend(id("Location", "id").map(|id| Tag::store(&id))),
        "metaobjects" if message.get("type").is_some_and(|kind| kind == "content_block") => {
            tags.extend(handle.map(|handle| Tag::content(&handle)));
            tags.extend(slot(message).map(|slot| Tag::slot(&slot)));
        }
        _ => {}
    }
    tags
}

/// A product that was put into the sales channel or taken out of it.
fn listed(message: &Value, event: &str) -> Vec<Tag> {
    message.get("product_listing").map_or_else(Vec::new, |listing| {
        let id = name(listing, "product_id").map(|id| format!("gid://shopify/Product/{id}"));
        let names = [id, name(listing, "handle")];
        let product = names.iter().flatten().map(|name| Tag::product(name));
        product.chain((event != "update").then(Tag::listing)).collect()
    })
}

/// The slot of a content block: its field of that name.
fn slot(message: &Value) -> Option<String> {
    name(message.get("fields")?, "slot")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::news::news as heard;

    /// `printf '{"id":1}' | openssl dgst -sha256 -hmac hush -binary | base64`
    const SIGNED: &str = "VnKUjZsLuN5iZWjn5EntcBVCF9kMN43LglzCE1/GSeY=";

    fn headers(topic: &str, proof: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("x-shopify-topic", topic.parse().unwrap());
        headers.insert("x-shopify-hmac-sha256", proof.parse().unwrap());
        headers
    }

    #[test]
    fn only_what_shopify_signed_is_heard() {
        let hear = |secret: &str, proof: &str, body: &str| {
            heard("shopify", secret, &headers("products/update", proof), body.as_bytes())
        };
        assert_eq!(hear("hush", SIGNED, r#"{"id":1}"#), Ok(vec![Tag::product("gid://shopify/Product/1")]));
        for (secret, proof, body) in [
            ("other", SIGNED, r#"{"id":1}"#),
            ("", SIGNED, r#"{"id":1}"#),
            ("hush", SIGNED, r#"{"id":2}"#),
            ("hush", "", r#"{"id":1}"#),
            ("hush", "AAAA", r#"{"id":1}"#),
            ("hush", "not base64", r#"{"id":1}"#),
            ("hush", SIGNED.trim_end_matches("="), r#"{"id":1}"#),
        ] {
            assert_eq!(hear(secret, proof, body), Err(NewsRefused::Unproven), "{secret} {proof} {body}");
        }
        let none = heard("shopify", "hush", &HeaderMap::new(), b"{}");
        assert_eq!(none, Err(NewsRefused::Unproven));
    }

    #[test]
    fn each_topic_is_about_what_the_adapter_calls_so() {
        let product =
            r#"{"id":788,"admin_graphql_api_id":"gid://shopify/Product/788","handle":"trench-coat"}"#;
        let level = r#"{"inventory_item_id":271,"location_id":24,"available":0}"#;
        let block = r#"{"type":"content_block","handle":"hero-1","fields":{"slot":"home_hero","title":"x"}}"#;
        for (topic, body, told) in [
            ("products/update", product, "product:gid://shopify/Product/788 product:trench-coat"),
            ("products/create", product, "product:gid://shopify/Product/788 product:trench-coat listing"),
            ("products/delete", r#"{"id":788}"#, "product:gid://shopify/Product/788 listing"),
            (
                "variants/out_of_stock",
                r#"{"id":5,"product_id":788}"#,
                "product:gid://shopify/Product/788 variant:gid://shopify/ProductVariant/5",
            ),
            ("inventory_levels/update", level, "store:gid://shopify/Location/24"),
            ("inventory_items/update", r#"{"id":1,"sku":"S-1"}"#, "variant:S-1"),
            (
                "collections/update",
                r#"{"id":4,"handle":"coats"}"#,
                "category:gid://shopify/Collection/4 category:coats",
            ),
            ("collections/delete", r#"{"id":4}"#, "category:gid://shopify/Collection/4 listing"),
            (
                "product_listings/add",
                r#"{"product_listing":{"product_id":7,"handle":"a"}}"#,
                "product:gid://shopify/Product/7 product:a listing",
            ),
            ("locations/update", r#"{"id":24}"#, "store:gid://shopify/Location/24"),
            ("locations/create", r#"{"id":24}"#, "shop"),
            ("metaobjects/update", block, "content:hero-1 slot:home_hero"),
            ("metaobjects/update", r#"{"type":"store_hours","handle":"x"}"#, ""),
            ("orders/create", product, ""),
            ("", product, ""),
            ("products/update", r#"{"id":{},"handle":["x"]}"#, ""),
            ("products/update", "[]", ""),
            ("metaobjects/update", r#"{"type":"content_block","fields":[1]}"#, ""),
        ] {
            let tags = tags(topic, &json(body.as_bytes()).unwrap());
            assert_eq!(tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(" "), told, "{topic} {body}");
        }
    }
}
