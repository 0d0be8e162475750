//! Requests that are too large, too long or not what they seem.

use crate::support::App;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const APP: &str = r#"
    [[trigger.http]]
    route = "/..."
    component = "web"
    [component.web]
    source = "{guest}"
"#;

#[tokio::test(flavor = "multi_thread")]
async fn bodies_have_a_limit() {
    let app = App::start(APP).await;
    let body = "x".repeat(1 << 20);
    assert_eq!(app.post("/echo", &body).await.body, body);
    let told = "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 10485761\r\n\r\n";
    assert_eq!(app.send(told).await.status, 413, "the length alone is enough");
    let chunk = format!("100000\r\n{body}\r\n");
    let chunked = |many| {
        format!(
            "POST /echo HTTP/1.1\r\nHost: t\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n",
            chunk.repeat(many)
        )
    };
    let within = app.send(&chunked(10)).await;
    assert_eq!((within.status, within.body.len()), (200, 10 << 20));
    assert_eq!(app.send(&chunked(11)).await.status, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_have_a_limit() {
    let app = App::start(APP).await;
    assert_eq!(app.get(&format!("/{}", "x".repeat(8000))).await.status, 200);
    assert_eq!(app.get(&format!("/{}", "x".repeat(9000))).await.status, 414);
    let large = format!("GET / HTTP/1.1\r\nHost: t\r\nX: {}\r\n\r\n", "x".repeat(100 << 10));
    assert_eq!(app.send(&large).await.status, 431);
}

#[tokio::test(flavor = "multi_thread")]
async fn ambiguous_requests_are_refused_and_the_connection_closed() {
    let app = App::start(APP).await;
    let hidden = "GET /hidden HTTP/1.1\r\nHost: t\r\n\r\n";
    for fields in [
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Content-Length: 4\r\nContent-Length: 5\r\n",
        "X: a\r\n b\r\n",
        "X: a\nContent-Length: 4\r\n",
        "Host: other\r\n",
    ] {
        let answer = app.send(&format!("POST / HTTP/1.1\r\nHost: t\r\n{fields}\r\n0\r\n\r\n{hidden}")).await;
        assert_eq!(answer.status, 400, "{fields:?}: {answer:?}");
        assert!(!answer.body.contains("hello"), "{fields:?}: a second request got through: {answer:?}");
    }
    assert_eq!(app.send("GET / HTTP/1.1\r\n\r\n").await.status, 400, "no host");
    assert!(!app.logged("/hidden"), "{}", app.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_kept_for_the_next_request() {
    let app = App::start(APP).await;
    let mut stream = TcpStream::connect(app.running.addr()).await.unwrap();
    let mut buffer = vec![0; 4096];
    for n in 0..3 {
        let request = format!("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\n\r\n{n}");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        while !answer.ends_with("0\r\n\r\n") {
            let read = tokio::time::timeout(Duration::from_secs(5), stream.read(&mut buffer))
                .await
                .unwrap()
                .unwrap();
            assert!(read > 0, "closed after {answer}");
            answer.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
        }
        assert!(answer.contains(&format!("\r\n1\r\n{n}\r\n")), "{answer}");
    }
}
