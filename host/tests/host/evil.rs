//! Guests that break, beside one that does not.

use crate::support::App;
use std::time::{Duration, Instant};

const APP: &str = r#"
    [[trigger.http]]
    route = "/good/..."
    component = "good"
    [[trigger.http]]
    route = "/evil/..."
    component = "evil"
    [[trigger.http]]
    route = "/small/..."
    component = "small"
    [[trigger.http]]
    route = "/fresh/..."
    component = "fresh"
    [component.good]
    source = "{guest}"
    [component.evil]
    source = "{guest}"
    [component.evil.tool.headwater]
    timeout_ms = 700
    [component.small]
    source = "{guest}"
    [component.small.tool.headwater]
    timeout_ms = 5000
    memory_mib = 16
    [component.fresh]
    source = "{guest}"
    [component.fresh.tool.headwater]
    instance = "fresh"
"#;

/// Asks the good component again and again while `evil` runs.
async fn beside(app: &App, evil: impl Future<Output = ()>) {
    tokio::pin!(evil);
    let mut waits = Vec::new();
    loop {
        let asked = Instant::now();
        tokio::select! {
            () = &mut evil => break,
            answer = app.get("/good/hello") => {
                assert_eq!((answer.status, answer.body.as_str()), (200, "hello from /good/hello"));
                waits.push(asked.elapsed());
            }
        }
    }
    // The median: the machine may be busy with other tests, but a guest that blocks blocks most.
    waits.sort();
    if let Some(median) = waits.get(waits.len() / 2) {
        assert!(*median < Duration::from_millis(200), "the good component waited {waits:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trap_is_a_500_of_its_own() {
    let app = App::start(APP).await;
    beside(&app, async {
        for way in ["trap", "panic", "error"] {
            let answer = app.get(&format!("/evil/{way}")).await;
            assert_eq!(answer.status, 500, "{way}: {answer:?}");
            assert!(
                answer.body.contains("Something went wrong") && !answer.body.contains("evil"),
                "{answer:?}"
            );
        }
    })
    .await;
    assert_eq!(app.get("/evil/hello").await.status, 200, "the next request gets a new instance");
    assert!(app.logged("[evil] ended"), "{}", app.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_loop_is_a_504_and_really_ends() {
    let app = App::start(APP).await;
    beside(&app, async {
        let started = Instant::now();
        let loops = (0..4).map(|_| app.get("/evil/loop"));
        for answer in futures::future::join_all(loops).await {
            assert_eq!(answer.status, 504, "{answer:?}");
        }
        assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    })
    .await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let before = cpu();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let ended = app.lines.lock().unwrap().iter().filter(|line| line.contains("[evil] ended")).count();
    assert_eq!(ended, 4, "{}", app.log());
    // Other tests share this process, so time is only told, not judged.
    println!("CPU of the process in half a second afterwards: {:?}", cpu() - before);
}

fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    Duration::from_millis(ticks * 10)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_memory_bomb_is_a_500() {
    let app = App::start(APP).await;
    beside(&app, async {
        let answer = app.get("/small/bomb").await;
        assert_eq!(answer.status, 500, "{answer:?}");
    })
    .await;
    assert_eq!(app.get("/small/hello").await.status, 200);
    // Each component has its own limit: 16 MiB and 128.
    assert_eq!((app.get("/small/hoard?8").await.status, app.get("/small/hoard?32").await.status), (200, 500));
    assert_eq!((app.get("/good/hoard?32").await.status, app.get("/good/hoard?160").await.status), (200, 500));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_answer_is_a_504_and_an_endless_one_is_cut() {
    let app = App::start(APP).await;
    assert_eq!(app.get("/evil/sleep?5000").await.status, 504);
    assert_eq!(app.get("/evil/sleep?10").await.body, "slept");
    let started = Instant::now();
    let endless = app.get("/evil/endless").await;
    assert_eq!(endless.status, 200);
    assert!(!endless.whole, "a body that was cut must not look whole");
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_traps_does_not_look_whole() {
    let app = App::start(APP).await;
    let trickle = app.get("/evil/trickle").await;
    assert!(trickle.whole && trickle.body.ends_with("9\n"), "{trickle:?}");
    let cut = app.get("/evil/cut").await;
    assert_eq!((cut.status, cut.body.as_str(), cut.whole), (200, "begun", false));
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_speak_the_clients_language() {
    let app = App::start(APP).await;
    let html = "GET /evil/trap HTTP/1.1\r\nHost: t\r\nAccept: text/html,*/*\r\nConnection: close\r\n\r\n";
    assert!(app.send(html).await.body.starts_with("<!doctype html>"));
    let json = app.get("/evil/trap").await;
    assert!(json.head.contains("application/json") && json.body.contains("\"status\":500"), "{json:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_are_reused_one_request_at_a_time_or_fresh() {
    let app = App::start(APP).await;
    let mut counts = Vec::new();
    for _ in 0..300 {
        counts.push(app.get("/good/count").await.body.parse::<u32>().unwrap());
    }
    // A request that comes while the last answer is still on its way out gets a second instance, so a few may serve.
    let instances = counts.iter().filter(|count| **count == 1).count();
    assert!((3..30).contains(&instances) && counts.iter().max() <= Some(&128), "{counts:?}");
    for _ in 0..3 {
        assert_eq!(app.get("/fresh/count").await.body, "1");
    }
    // While one streams, its instance must not take another request.
    let (trickle, count) = tokio::join!(app.get("/evil/trickle"), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        app.get("/evil/count").await
    });
    assert!(trickle.whole);
    assert_eq!(count.body, "1", "the streaming instance took a second request");
    // When it has ended, it is free again.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let again = app.get("/evil/count").await.body;
    assert_eq!(again, "2", "an instance that is done must be used again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_leaves_ends_its_request() {
    let app = App::start(APP).await;
    let left = tokio::time::timeout(Duration::from_millis(100), app.get("/good/loop")).await;
    assert!(left.is_err());
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(app.logged("[good] ended: nobody waits"), "{}", app.log());
}
