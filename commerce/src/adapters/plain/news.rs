//! News of a shop in the plain form (`webhooks` in `commerce/openapi.yaml`): `{"tags": ["product:coat"]}`, with
//! the secret as `Authorization: Bearer`.

use crate::adapters::news::{NewsRefused, bearer, json};
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
    let wrong = || NewsRefused::NotUnderstood("it has no list `tags` of texts".to_owned());
    let message = json(body)?;
    let tags = message.get("tags").and_then(Value::as_array).ok_or_else(wrong)?;
    let read = |tag: &Value| {
        Tag::parse(tag.as_str().ok_or_else(wrong)?).map_err(|why| NewsRefused::NotUnderstood(why.to_string()))
    };
    tags.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::{MOST_TAGS, news as heard};

    fn hear(adapter: &str, secret: &str, proof: &str, body: &str) -> Result<Vec<Tag>, NewsRefused> {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", proof.parse().unwrap());
        heard(adapter, secret, &headers, body.as_bytes())
    }

    #[test]
    fn a_shop_tells_tags() {
        let hear = |body: &str| hear("plain", "hush", "Bearer hush", body);
        let told = hear(r#"{"tags":["slot:home_hero","product:coat","product:coat"]}"#);
        assert_eq!(told, Ok(vec![Tag::product("coat"), Tag::slot("home_hero")]));
        assert_eq!(hear(r#"{"tags":[]}"#), Ok(Vec::new()));
        for (body, why) in [
            ("", "not JSON"),
            ("{}", "no list `tags`"),
            (r#"{"tags":[7]}"#, "no list `tags` of texts"),
            (r#"{"tags":["coat"]}"#, "`coat` is not a tag"),
        ] {
            assert!(hear(body).unwrap_err().to_string().contains(why), "{body}");
        }
    }

    #[test]
    fn more_than_can_be_told_is_everything() {
        let tags = |count: usize| {
            let tags: Vec<String> = (0..count).map(|number| format!(r#""product:{number}""#)).collect();
            hear("plain", "hush", "Bearer hush", &format!(r#"{{"tags":[{}]}}"#, tags.join(",")))
        };
        assert_eq!(tags(MOST_TAGS).unwrap().len(), MOST_TAGS);
        assert_eq!(tags(MOST_TAGS + 1), Ok(vec![Tag::shop()]));
    }

    #[test]
    fn only_who_knows_the_secret_is_heard() {
        let body = r#"{"tags":["shop"]}"#;
        for (secret, proof) in
            [("hush", ""), ("hush", "Bearer "), ("hush", "Bearer hushh"), ("", "Bearer "), ("", "")]
        {
            assert_eq!(
                hear("plain", secret, proof, body),
                Err(NewsRefused::Unproven),
                "{secret:?} {proof:?}"
            );
        }
        let unknown = hear("nonsense", "hush", "Bearer hush", body);
        assert!(unknown.unwrap_err().to_string().contains("no adapter is called `nonsense`"));
    }
}
