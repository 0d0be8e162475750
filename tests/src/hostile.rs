//! The demo shop with hostile text in every field that holds text, as a backend over HTTP.

use anyhow::{Context, Result};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use kit::rehearsal::World;
use serde_json::Value;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::rc::Rc;

/// Breaks out of attributes, elements, scripts, comments, templates and chat markup alike.
pub const TEXT: &str = "x'\"--></script></style></title><img src=x onerror=window.pwned=1>\
    <script>window.pwned=1</script>{{7*7}}{% raw %}${7*7} <!channel> <@U1> *b* \u{202e}\u{0}";

/// Fields that hold identifiers, addresses, codes or times, without which nothing could be found.
const KEPT: [&str; 31] = [
    "id",
    "slug",
    "sku",
    "url",
    "currency",
    "kind",
    "slot",
    "level",
    "product",
    "variant",
    "onlyVariant",
    "option",
    "value",
    "tags",
    "swatch",
    "swatches",
    "looks",
    "from",
    "until",
    "date",
    "timezone",
    "open",
    "close",
    "country",
    "code",
    "state",
    "language",
    "sort",
    "sorts",
    "stock",
    "to",
];

/// A shop that means harm; it ends with the process.
pub struct Hostile {
    address: SocketAddr,
}

impl Hostile {
    /// Starts one on a thread of its own, since the demo shop's world is not for several.
    ///
    /// # Errors
    /// No port is free.
    pub async fn start() -> Result<Self> {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            tokio::task::LocalSet::new().block_on(&runtime, async move {
                let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
                let _ = sender.send(listener.local_addr()?);
                let world = World::new();
                while let Ok((stream, _)) = listener.accept().await {
                    let world = world.clone();
                    tokio::task::spawn_local(async move {
                        let service = service_fn(|request| answer(world.clone(), request));
                        let _ = hyper::server::conn::http1::Builder::new()
                            .serve_connection(TokioIo::new(stream), service)
                            .await;
                    });
                }
                anyhow::Ok(())
            })
        });
        Ok(Self { address: receiver.await.context("the hostile shop starts")? })
    }

    /// Its address, as a setting of `shop_url`.
    pub fn variable(&self) -> String {
        format!("shop_url=http://{}", self.address)
    }
}

async fn answer(
    world: Rc<World>,
    request: http::Request<hyper::body::Incoming>,
) -> Result<http::Response<Full<Bytes>>, Infallible> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let request = http::Request::from_parts(parts, body);
    let (mut parts, body) = world.run(demo_shop::answer(&*world, "media".as_ref(), &request)).into_parts();
    let body = match serde_json::from_slice::<Value>(&body) {
        Ok(mut value) => {
            poison(&mut value, "");
            parts.headers.remove(http::header::CONTENT_LENGTH);
            Bytes::from(value.to_string())
        }
        Err(_) => body,
    };
    Ok(http::Response::from_parts(parts, Full::new(body)))
}

fn poison(value: &mut Value, key: &str) {
    match value {
        Value::String(text) if !KEPT.contains(&key) && !key.ends_with("At") => *text = TEXT.to_owned(),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, inner)| {
            // A link's value is a slug, except for a search; an option value's name is text.
            poison(inner, name);
        }),
        Value::Array(items) => items.iter_mut().for_each(|item| poison(item, key)),
        _ => {}
    }
}
