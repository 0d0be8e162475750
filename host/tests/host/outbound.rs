//! What components may call.

use crate::support::App;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// An upstream that answers `GET /slow` never, `/redirect` elsewhere, everything else at once, on kept connections.
struct Upstream {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    closed: Arc<AtomicUsize>,
}

async fn upstream() -> Upstream {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (connections, closed) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counters = (Arc::clone(&connections), Arc::clone(&closed));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            counters.0.fetch_add(1, Ordering::SeqCst);
            let closed = Arc::clone(&counters.1);
            tokio::spawn(async move {
                let mut buffer = vec![0; 4096];
                while let Ok(read @ 1..) = stream.read(&mut buffer).await {
                    let request = String::from_utf8_lossy(&buffer[..read]).into_owned();
                    let answer = if request.starts_with("GET /slow") {
                        continue;
                    } else if request.starts_with("GET /redirect") {
                        "HTTP/1.1 302 Found\r\nLocation: http://other.test/\r\nContent-Length: 0\r\n\r\n"
                    } else {
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nup"
                    };
                    stream.write_all(answer.as_bytes()).await.ok();
                }
                closed.fetch_add(1, Ordering::SeqCst);
            });
        }
    });
    Upstream { address, connections, closed }
}

async fn app(upstream: SocketAddr) -> App {
    let port = upstream.port();
    App::start(&format!(
        r#"
        [variables]
        shop_url = {{ default = "http://127.0.0.1:{port}" }}
        [[trigger.http]]
        route = "/..."
        component = "web"
        [[trigger.http]]
        route = "/any/..."
        component = "any"
        [[trigger.http]]
        route = "/lan/..."
        component = "lan"
        [[trigger.http]]
        route = {{ private = true }}
        component = "demo-shop"
        [component.web]
        source = "{{guest}}"
        allowed_outbound_hosts = ["{{{{ shop_url }}}}", "http://localhost:{port}", "http://demo-shop.spin.internal", "http://web.spin.internal", "http://gone.spin.internal", "http://self"]
        [component.web.tool.headwater]
        timeout_ms = 1500
        [component.any]
        source = "{{guest}}"
        allowed_outbound_hosts = ["*://*:*"]
        [component.lan]
        source = "{{guest}}"
        allowed_outbound_hosts = ["*://*:*"]
        [component.lan.tool.headwater]
        allow_private_hosts = true
        [component.demo-shop]
        source = "{{guest}}"
    "#
    ))
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn allowed_hosts_answer_over_kept_connections() {
    let upstream = upstream().await;
    let (app, port) = (app(upstream.address).await, upstream.address.port());
    for _ in 0..5 {
        assert_eq!(app.get(&format!("/fetch?http://127.0.0.1:{port}/")).await.body, "200 up");
    }
    assert_eq!(upstream.connections.load(Ordering::SeqCst), 1);
    assert_eq!(app.get(&format!("/fetch?http://localhost:{port}/")).await.body, "200 up");
    let redirect = app.get(&format!("/fetch?http://127.0.0.1:{port}/redirect")).await;
    assert_eq!(redirect.body, "302 ", "redirects are the guest's to follow");
}

#[tokio::test(flavor = "multi_thread")]
async fn other_hosts_are_refused_and_the_log_has_the_cure() {
    let upstream = upstream().await;
    let (app, port) = (app(upstream.address).await, upstream.address.port());
    for url in ["https://example.com/", "http://127.0.0.1:1/", "http://demo-shop.spin.internal:81/"] {
        assert!(app.get(&format!("/fetch?{url}")).await.body.contains("HttpRequestDenied"), "{url}");
    }
    let cure = "add \"https://example.com\" to allowed_outbound_hosts of [component.web]";
    assert!(app.logged(cure), "{}", app.log());
    // `*` is the world outside: neither this machine nor the application itself.
    for host in ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", "2130706433", "0x7f.1", "0"] {
        let body = app.get(&format!("/any/fetch?http://{host}:{port}/")).await.body;
        assert!(body.contains("DestinationIpProhibited"), "{host}: {body}");
    }
    assert!(app.logged("allow_private_hosts = true"), "{}", app.log());
    for url in ["http://demo-shop.spin.internal/", "http://self.alt/"] {
        assert!(app.get(&format!("/any/fetch?{url}")).await.body.contains("HttpRequestDenied"), "{url}");
    }
    assert_eq!(upstream.connections.load(Ordering::SeqCst), 0, "nothing has reached the upstream");
    assert_eq!(app.get(&format!("/lan/fetch?http://localhost:{port}/")).await.body, "200 up");
}

#[tokio::test(flavor = "multi_thread")]
async fn components_call_each_other_in_process() {
    let upstream = upstream().await;
    let app = app(upstream.address).await;
    let fetch = async |url: &str| app.get(&format!("/fetch?{url}")).await.body;
    assert_eq!(fetch("http://demo-shop.spin.internal/a/b").await, "200 hello from /a/b");
    assert_eq!(fetch("http://self.alt/any/x").await, "200 hello from /any/x");
    assert!(fetch("http://gone.spin.internal/").await.contains("DestinationNotFound"));
    assert!(fetch("http://demo-shop.spin.internal/trap").await.starts_with("500 "));
    let headers = fetch("http://demo-shop.spin.internal/a/headers").await;
    assert!(
        headers.contains("spin-path-info: /a/headers") && !headers.contains("spin-client-addr"),
        "{headers}"
    );
    assert_eq!(app.get("/ring?web.spin.internal").await.status, 508);
    assert_eq!(app.get("/ring?self.alt").await.status, 508);
    assert_eq!(app.get("/hello").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_ends_takes_its_upstream_call_along() {
    let upstream = upstream().await;
    let (app, port) = (app(upstream.address).await, upstream.address.port());
    assert_eq!(app.get(&format!("/fetch?http://127.0.0.1:{port}/slow")).await.status, 504);
    let late = app.get("/fetch?http://demo-shop.spin.internal/sleep?60000");
    let left = tokio::time::timeout(Duration::from_millis(200), late).await;
    assert!(left.is_err());
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(upstream.closed.load(Ordering::SeqCst), 1, "the connection is still open");
    assert!(app.logged("[demo-shop] ended: nobody waits"), "{}", app.log());
}
