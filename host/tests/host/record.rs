//! `headwater record` forwards faithfully and keeps no secret.

use host::record::{Recorder, Recording};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const ANSWER: &str =
    r#"{"id":"c-1","email":"ada@example.test","session":"abcdefghijklmnop","note":"is abcdefghijklmnop"}"#;

#[tokio::test]
async fn what_is_forwarded_is_whole_and_what_is_kept_has_no_secret() {
    let backend = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let upstream = format!("http://{}", backend.local_addr().unwrap());
    let heard = tokio::spawn(async move {
        let (mut stream, _) = backend.accept().await.unwrap();
        let mut bytes = vec![0; 4096];
        let count = stream.read(&mut bytes).await.unwrap();
        let head =
            "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\nset-cookie: sid=abcdefghijkl\r\n";
        let answer = format!("{head}content-length: {}\r\nconnection: close\r\n\r\n{ANSWER}", ANSWER.len());
        stream.write_all(answer.as_bytes()).await.unwrap();
        String::from_utf8_lossy(&bytes[..count]).into_owned()
    });
    let folder = tempfile::tempdir().unwrap();
    let listen = "127.0.0.1:0".parse().unwrap();
    let recording = Recording { upstream, into: folder.path().join("new"), listen };
    let recorder = Recorder::start(&recording).await.unwrap();
    let mut stream = TcpStream::connect(recorder.address().unwrap()).await.unwrap();
    tokio::spawn(recorder.run());
    let request = "POST /carts?key=1&token=tttttttttttttt HTTP/1.1\r\nhost: x\r\nauthorization: Bearer sssssssssssss\r\n\
        accept-encoding: gzip\r\ncontent-type: application/json\r\ncontent-length: 22\r\nconnection: close\r\n\r\n{\"password\":\"hunter2\"}";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert!(
        answer.ends_with(ANSWER) && answer.contains("set-cookie: sid="),
        "the client gets all of it: {answer}"
    );

    let heard = heard.await.unwrap();
    assert!(heard.starts_with("POST /carts?key=1&token=tttttttttttttt"), "{heard}");
    assert!(
        heard.contains("Bearer sssssssssssss") && heard.contains("hunter2"),
        "so does the backend: {heard}"
    );
    assert!(!heard.contains("gzip"), "in a form that can be kept");

    let file = folder.path().join("new/0001-post-carts.json");
    let kept = std::fs::read_to_string(file).unwrap();
    for secret in ["ssssss", "tttttt", "hunter2", "abcdefghijkl", "ada@example.test"] {
        assert!(!kept.contains(secret), "{secret} in {kept}");
    }
    let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
    assert_eq!(kept["answer"]["status"], 201);
    assert_eq!(kept["answer"]["body"]["id"], "c-1");
    assert_eq!(kept["answer"]["body"]["note"], "is (removed)");
    assert_eq!(kept["request"]["query"], "key=1&token=(removed)");
    assert_eq!(kept["answer"]["removed"][2], "set-cookie");
}

#[tokio::test]
async fn a_wrong_upstream_is_told() {
    for upstream in ["", "shop.test", "http://shop.test/api"] {
        let folder = tempfile::tempdir().unwrap();
        let listen = "127.0.0.1:0".parse().unwrap();
        let recording = Recording { upstream: upstream.into(), into: folder.path().into(), listen };
        assert!(Recorder::start(&recording).await.is_err(), "{upstream}");
    }
}
