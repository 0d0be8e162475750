//! `headwater purge` tells a running application, proves itself, and says what came of it.

use host::purge::Purge;
use std::path::Path;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const MANIFEST: &str = r#"
    spin_manifest_version = 2
    [application]
    name = "shop"
    [variables]
    session_key = { default = "key of the test", secret = true }
    [[trigger.http]]
    route = "/tv/..."
    component = "tv"
    [component.tv]
    source = "tv.wasm"
    [component.tv.variables]
    session_key = "another {{ session_key }}"
    [[trigger.http]]
    route = "/..."
    component = "web"
    [component.web]
    source = "web.wasm"
    [component.web.variables]
    session_key = "{{ session_key }}"
"#;

fn order(folder: &Path, url: &str) -> Purge {
    let manifest = folder.join("spin.toml");
    std::fs::write(&manifest, MANIFEST).unwrap();
    let (manifest, url) = (Some(manifest), url.to_owned());
    Purge { manifest, variables: Vec::new(), url, tags: vec!["product:coat".into(), "listing".into()] }
}

/// Takes one request and answers it; gives what was said.
async fn application(status: &'static str, body: &'static str) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let length = body.len();
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
    let url = format!("http://{}", listener.local_addr().unwrap());
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = Vec::new();
        while !heard.ends_with(b"}") {
            stream.read_buf(&mut heard).await.unwrap();
        }
        stream.write_all(answer.as_bytes()).await.unwrap();
        String::from_utf8(heard).unwrap()
    });
    (url, heard)
}

#[tokio::test]
async fn the_nearest_head_is_told_with_the_proof_of_its_key() {
    let answer = r#"{"purged":["listing","product:coat"],"seenWithinMs":1050}"#;
    let (url, heard) = application("200 OK", answer).await;
    let folder = tempfile::tempdir().unwrap();
    let said = order(folder.path(), &url).run().await.unwrap();
    assert_eq!(said, "purged listing, product:coat; every head sees them gone within 1.05 s");
    let heard = heard.await.unwrap();
    assert!(heard.starts_with("POST /.well-known/headwater/purge HTTP/1.1\r\n"), "{heard}");
    // printf 'headwater-purgekey of the test' | sha256sum
    assert!(
        heard.contains(
            "authorization: Bearer c737d85102cfaccfc7146ad1ae75b1e3146eefd1a8537551b641665d6d3119aa\r\n"
        ),
        "{heard}"
    );
    assert!(heard.ends_with(r#"{"tags":["product:coat","listing"]}"#), "{heard}");
}

#[tokio::test]
async fn what_goes_wrong_states_its_cure() {
    let folder = tempfile::tempdir().unwrap();
    let problem = r#"{"detail":"`coat` is not a tag; tags look so"}"#;
    for (status, answer, cure) in [
        ("400 Bad Request", problem, "`coat` is not a tag"),
        ("404 Not Found", "<html>", "--variable session_key="),
    ] {
        let (url, heard) = application(status, answer).await;
        let why = order(folder.path(), &url).run().await.unwrap_err().to_string();
        assert!(why.contains(cure), "{why}");
        heard.await.unwrap();
    }
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let why = order(folder.path(), &format!("http://{free}")).run().await.unwrap_err().to_string();
    assert!(why.contains("start the application with `headwater up`"), "{why}");
    for url in ["127.0.0.1:3000", "ftp://127.0.0.1", "http://127.0.0.1:3000/tv"] {
        let why = format!("{:#}", order(folder.path(), url).run().await.unwrap_err());
        assert!(why.contains("--url"), "{why}");
    }
    let mut keyless = order(folder.path(), "http://127.0.0.1:1");
    std::fs::write(keyless.manifest.as_ref().unwrap(), MANIFEST.replace("session_key", "other")).unwrap();
    keyless.variables.clear();
    let why = keyless.run().await.unwrap_err().to_string();
    assert!(why.contains("variable session_key"), "{why}");
}
