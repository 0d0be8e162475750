//! A guest whose path says how it behaves.

use bytes::Bytes;
use futures::SinkExt as _;
use spin_sdk::http::body::{IncomingBodyExt as _, stream};
use spin_sdk::http::{BoxBody, EmptyBody, FullBody, Request, Response, box_body, send};
use spin_sdk::key_value::Store;
use spin_sdk::time::sleep;
use spin_sdk::{http_service, variables};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Shows whether an instance is reused.
static SERVED: AtomicU64 = AtomicU64::new(0);

fn text(body: impl Into<Bytes>) -> Response<BoxBody> {
    Response::new(box_body(FullBody::new(body.into())))
}

fn outcome<T: std::fmt::Debug, E: std::fmt::Debug>(outcome: Result<T, E>) -> Response<BoxBody> {
    text(format!("{outcome:?}"))
}

#[http_service]
async fn handle(request: Request) -> anyhow::Result<Response<BoxBody>> {
    SERVED.fetch_add(1, Ordering::Relaxed);
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    // The last segment, so that the same guest can sit under any route.
    let way = path.rsplit('/').next().unwrap_or_default();
    Ok(match way {
        "trap" => std::process::abort(),
        "panic" => panic!("as told"),
        "error" => anyhow::bail!("as told"),
        "loop" => loop {
            std::hint::black_box(());
        },
        "bomb" => {
            let mut hoard = Vec::new();
            loop {
                hoard.push(std::hint::black_box(vec![1_u8; 1 << 20]));
            }
        }
        "hoard" => text(std::hint::black_box(vec![1_u8; query.parse::<usize>()? << 20]).len().to_string()),
        "endless" => {
            let (mut sender, body) = stream::<Bytes>();
            spin_sdk::wasip3::spawn(async move { while sender.send(Bytes::from(vec![b'x'; 1024])).await.is_ok() {} });
            Response::new(box_body(body))
        }
        "trickle" => {
            let (mut sender, body) = stream::<Bytes>();
            spin_sdk::wasip3::spawn(async move {
                for n in 0..10 {
                    sleep(Duration::from_millis(50)).await;
                    if sender.send(Bytes::from(format!("{n}\n"))).await.is_err() {
                        break;
                    }
                }
            });
            Response::new(box_body(body))
        }
        "cut" => {
            let (mut sender, body) = stream::<Bytes>();
            spin_sdk::wasip3::spawn(async move {
                drop(sender.send(Bytes::from_static(b"begun")).await);
                sleep(Duration::from_millis(50)).await;
                std::process::abort()
            });
            Response::new(box_body(body))
        }
        "sleep" => {
            sleep(Duration::from_millis(query.parse()?)).await;
            text("slept")
        }
        "count" => text(SERVED.load(Ordering::Relaxed).to_string()),
        "headers" => {
            let mut lines: Vec<String> =
                request.headers().iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or("?"))).collect();
            lines.sort();
            text(format!("{} {}\n{}", request.method(), request.uri(), lines.join("\n")))
        }
        "echo" => text(request.into_body().bytes().await?),
        "print" => {
            println!("printed {query}");
            eprintln!("complained {query}");
            text("ok")
        }
        "env" => text(format!("{:?}", std::env::vars().collect::<Vec<_>>())),
        "read" => outcome(std::fs::read_to_string(&query)),
        "write" => outcome(std::fs::write(&query, "x")),
        "variable" => outcome(variables::get(&query).await),
        "open" => outcome(Store::open(&query).await.map(drop)),
        "set" => {
            let store = Store::open("default").await?;
            let body = request.into_body().bytes().await?;
            outcome(store.set(&query, &body).await)
        }
        "get" => {
            let value = Store::open("default").await?.get(&query).await;
            outcome(value.map(|value| value.map(|value| String::from_utf8_lossy(&value).into_owned())))
        }
        "own-set" => {
            let body = request.into_body().bytes().await?;
            outcome(Store::open("own").await?.set(&query, &body).await)
        }
        "own-get" => {
            let value = Store::open("own").await?.get(&query).await;
            outcome(value.map(|value| value.map(|value| String::from_utf8_lossy(&value).into_owned())))
        }
        "keys" => outcome(Store::open("default").await?.get_keys().await.collect().await),
        "delete" => outcome(Store::open("default").await?.delete(&query).await),
        "fetch" => {
            let outgoing = spin_sdk::http::Request::builder().uri(&query).body(EmptyBody::new())?;
            match send(outgoing).await {
                Ok(response) => {
                    let status = response.status();
                    match response.into_body().bytes().await {
                        Ok(body) => text(format!("{} {}", status.as_u16(), String::from_utf8_lossy(&body))),
                        Err(error) => text(format!("{} then {error:?}", status.as_u16())),
                    }
                }
                Err(error) => text(format!("{error:?}")),
            }
        }
        // Passes on whatever it gets, status and all.
        "relay" => {
            let outgoing = spin_sdk::http::Request::builder().uri(&query).body(EmptyBody::new())?;
            let response = send(outgoing).await?;
            let status = response.status();
            let body = response.into_body().bytes().await?;
            Response::builder().status(status).body(box_body(FullBody::new(body)))?
        }
        // Calls itself without end.
        "ring" => {
            let outgoing =
                spin_sdk::http::Request::builder().uri(format!("http://{query}/ring?{query}")).body(EmptyBody::new())?;
            let response = send(outgoing).await?;
            let status = response.status();
            Response::builder().status(status).body(box_body(EmptyBody::new()))?
        }
        _ => text(format!("hello from {path}")),
    })
}
