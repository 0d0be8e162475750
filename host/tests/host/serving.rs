//! Routing, headers, limits and the end of serving.

use crate::support::{App, folder, options, send};
use host::serve;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const APP: &str = r#"
    [[trigger.http]]
    route = "/..."
    component = "web"
    [[trigger.http]]
    route = "/tv/:screen/..."
    component = "tv"
    [[trigger.http]]
    route = "/fixed"
    static_response = { status_code = 418, headers = { x-kind = "teapot" }, body = "short and stout" }
    [[trigger.http]]
    route = { private = true }
    component = "hidden"
    [component.web]
    source = "{guest}"
    environment = { GREETING = "hi" }
    [component.tv]
    source = "{guest}"
    [component.tv.tool.headwater]
    max_concurrent = 2
    [component.hidden]
    source = "{guest}"
"#;

#[tokio::test(flavor = "multi_thread")]
async fn requests_reach_their_component_with_spins_headers() {
    let app = App::start(APP).await;
    assert_eq!(app.get("/").await.body, "hello from /");
    assert_eq!(app.get("/.well-known/spin/health").await.body, "OK");
    let fixed = app.get("/fixed").await;
    assert_eq!((fixed.status, fixed.body.as_str()), (418, "short and stout"));
    assert!(fixed.head.contains("x-kind: teapot"), "{fixed:?}");

    let forged = "GET /tv/home/x/headers?q=1 HTTP/1.1\r\nHost: shop.test:81\r\nSpin-Client-Addr: 6.6.6.6\r\n\
                  spin-path-match-other: forged\r\nX-Own: kept\r\nConnection: close\r\n\r\n";
    let body = app.send(forged).await.body;
    for line in [
        "GET http://shop.test:81/tv/home/x/headers?q=1",
        "spin-full-url: http://shop.test:81/tv/home/x/headers?q=1",
        "spin-path-info: /x/headers",
        "spin-matched-route: /tv/:screen/...",
        "spin-raw-component-route: /tv/:screen/...",
        "spin-component-route: /tv/:screen",
        "spin-base-path: /",
        "spin-path-match-screen: home",
        "spin-client-addr: 127.0.0.1:",
        "x-own: kept",
    ] {
        assert!(body.contains(line), "{line} is missing in\n{body}");
    }
    assert!(!body.contains("6.6.6.6") && !body.contains("forged"), "{body}");
    assert!(app.logged("GET /tv/home/x/headers tv 200"), "{}", app.log());
    assert!(!app.log().contains("q=1"), "queries hold what visitors type, and stay out of the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_sees_its_own_environment_alone_and_logs_under_its_name() {
    let app = App::start(APP).await;
    assert_eq!(app.get("/env").await.body, r#"[("GREETING", "hi")]"#);
    app.get("/print?this").await;
    assert!(app.logged("[web] printed this") && app.logged("[web] complained this"), "{}", app.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_at_once_are_told_to_come_back() {
    let app = App::start(APP).await;
    let started = Instant::now();
    let answers = futures::future::join_all((0..8).map(|_| app.get("/tv/a/sleep?400"))).await;
    let count = |status| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((count(200), count(503)), (4, 4), "two work, two wait, the rest is refused: {answers:?}");
    assert!(
        answers
            .iter()
            .filter(|answer| answer.status == 503)
            .all(|answer| answer.head.contains("retry-after: 1"))
    );
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_lets_requests_end_and_frees_the_port() {
    let app = App::start(APP).await;
    let address = app.running.addr();
    let slow = tokio::spawn(async move {
        send(address, "GET /sleep?500 HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n").await
    });
    let idle = tokio::net::TcpStream::connect(address).await.unwrap();
    tokio::time::sleep(Duration::from_millis(150)).await;
    let stopping = Instant::now();
    app.running.stop().await;
    assert!(stopping.elapsed() < Duration::from_secs(3), "an idle connection must not hold it up");
    assert_eq!(slow.await.unwrap().body, "slept");
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
    drop(idle);

    // The store is free again: the same folder can be served at once.
    let again = serve(options(app.folder.path(), &Arc::new(Mutex::new(Vec::new())))).await.unwrap();
    again.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_address_and_a_taken_store_say_so() {
    let app = App::start(APP).await;
    let lines = Arc::new(Mutex::new(Vec::new()));
    let error = serve(options(app.folder.path(), &lines)).await.err().unwrap();
    assert!(format!("{error:#}").contains("--state-dir"), "{error:#}");
    let other = folder(APP);
    let mut taken = options(other.path(), &lines);
    taken.listen = app.running.addr();
    let error = serve(taken).await.err().unwrap();
    assert!(format!("{error:#}").contains("--listen"), "{error:#}");
}
