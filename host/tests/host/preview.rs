//! `headwater preview` signs a page's address with the key of the head that answers it.

use host::preview::{Preview, lasting};
use std::path::Path;
use std::time::{Duration, SystemTime};

const MANIFEST: &str = r#"
    spin_manifest_version = 2
    [application]
    name = "shop"
    [variables]
    session_key = { default = "another key", secret = true }
    [[trigger.http]]
    route = "/..."
    component = "web"
    [component.web]
    source = "web.wasm"
    [component.web.variables]
    session_key = "{{ session_key }}"
    [[trigger.http]]
    route = "/tv/..."
    component = "tv"
    [component.tv]
    source = "tv.wasm"
    [component.tv.variables]
    session_key = "tv {{ session_key }}"
    [[trigger.http]]
    route = "/media/..."
    component = "media"
    [component.media]
    source = "media.wasm"
"#;

/// printf 'headwater-preview 1795266000' | openssl dgst -sha256 -hmac 'key of the test'; the kit accepts the same
/// (`kit/tests/preview.rs`).
const TOKEN: &str = "preview=1795266000.ade693a1beceb544da0576f54b8d88147ba1ba44123fbd20d7dd875a8586933f";

fn address_of(folder: &Path, url: &str, key: &str) -> Result<String, String> {
    let manifest = folder.join("spin.toml");
    std::fs::write(&manifest, MANIFEST).unwrap();
    let preview = Preview {
        manifest: Some(manifest),
        variables: vec![format!("session_key={key}")],
        url: url.to_owned(),
        lasts: Duration::from_secs(3600),
    };
    let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_262_400);
    preview.address(noon).map_err(|error| format!("{error:#}"))
}

#[test]
fn the_address_is_signed_with_the_key_of_its_head() {
    let folder = tempfile::tempdir().unwrap();
    let key = "key of the test";
    for (url, wanted) in [
        ("http://127.0.0.1:3000/en-gb/", format!("http://127.0.0.1:3000/en-gb/?{TOKEN}")),
        ("http://127.0.0.1:3000", format!("http://127.0.0.1:3000/?{TOKEN}")),
        ("https://shop.example?q=a", format!("https://shop.example/?q=a&{TOKEN}")),
        ("https://shop.example/c/a?q=%26&preview=1.x&b", format!("https://shop.example/c/a?q=%26&b&{TOKEN}")),
        ("https://shop.example/p/a#reviews", format!("https://shop.example/p/a?{TOKEN}#reviews")),
    ] {
        assert_eq!(address_of(folder.path(), url, key), Ok(wanted), "{url}");
    }
    let tv = address_of(folder.path(), "https://shop.example/tv/screens/home", key).unwrap();
    assert!(!tv.contains(TOKEN), "the TV head has another key: {tv}");
    let signed = address_of(folder.path(), "https://shop.example/tv/", "").unwrap();
    // printf 'headwater-preview 1795266000' | openssl dgst -sha256 -hmac 'tv '
    assert!(signed.ends_with("c9082c"), "{signed}");
}

#[test]
fn what_goes_wrong_states_its_cure() {
    let folder = tempfile::tempdir().unwrap();
    let why = |url, key| address_of(folder.path(), url, key).unwrap_err();
    for url in ["/en-gb/", "127.0.0.1:3000/en-gb/", "ftp://shop.example/", "http://[", ""] {
        let why = why(url, "k");
        assert!(why.contains("address"), "{url}: {why}");
    }
    assert!(why("https://shop.example/", "").contains("set SPIN_VARIABLE_SESSION_KEY"));
    assert!(why("https://shop.example/media/a.svg", "k").contains("[component.media.variables]"));
}

#[test]
fn a_time_has_its_unit_and_its_limit() {
    for (text, seconds) in [("90s", 90), ("30m", 1800), ("1h", 3600), ("30d", 2_592_000)] {
        assert_eq!(lasting(text), Ok(Duration::from_secs(seconds)));
    }
    for text in ["", "h", "1", "0s", "31d", "1hh", "-1h", "1.5h", "1w", "99999999999999999999d", "1µ"] {
        assert!(lasting(text).unwrap_err().contains("at most 30d"), "{text}");
    }
}
