//! A shop in which everything that is somebody's is marked: a cart, an order or a customer holds its id in every name.
//! What is public comes from the demo shop, once.

use super::canary::{is_canary, mint};
use crate::proxy::Operation;
use crate::shop::OpenShop;
use anyhow::Result;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The shop; it ends with the value.
pub struct MarkedShop {
    address: SocketAddr,
    shelf: Arc<Shelf>,
    task: JoinHandle<()>,
    /// Something to buy.
    pub variant: String,
    /// The slug of its product.
    pub slug: String,
}

struct Shelf {
    open: OpenShop,
    cart: Value,
    placed: Value,
    public: Mutex<HashMap<String, (u16, Bytes)>>,
    made: Mutex<Vec<String>>,
    calls: AtomicUsize,
    /// Of how many calls one fails; 0 for none.
    fails: AtomicUsize,
}

impl MarkedShop {
    /// Starts it, with a demo shop behind.
    ///
    /// # Errors
    /// Whatever keeps them from starting.
    pub async fn start() -> Result<Self> {
        let open = OpenShop::start().await?;
        let (variant, slug) = (open.variant.clone(), open.slug.clone());
        let basket = open.basket(2).await?;
        let cart = open.ask("GET", &format!("/v1/carts/{}", basket.id), None, 200).await?;
        let contact = json!({ "name": "Ada Example", "email": "ada@example.com" });
        let delivery = json!({ "kind": "pickup", "store": "leeds" });
        let placement = json!({ "contact": contact, "delivery": delivery });
        let path = format!("/v1/carts/{}/checkout", basket.id);
        let placed = open.ask("POST", &path, Some(placement), 200).await?;
        let shelf = Arc::new(Shelf {
            open,
            cart,
            placed,
            public: Mutex::default(),
            made: Mutex::default(),
            calls: AtomicUsize::new(0),
            fails: AtomicUsize::new(0),
        });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::clone(&shelf);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                let shelf = Arc::clone(&shared);
                let service = service_fn(move |request| answer(Arc::clone(&shelf), request));
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        Ok(Self { address, shelf, task, variant, slug })
    }

    /// Its address, as a setting of `shop_url`.
    pub fn variable(&self) -> String {
        format!("shop_url=http://{}", self.address)
    }

    /// Carts made since this was asked last.
    pub fn take_made(&self) -> Vec<String> {
        std::mem::take(&mut *self.shelf.made.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// From now on, one call of so many fails; 0 for none.
    pub fn fail_one_of(&self, calls: usize) {
        self.shelf.fails.store(calls, Ordering::Relaxed);
    }

    /// Calls so far.
    pub fn calls(&self) -> usize {
        self.shelf.calls.load(Ordering::Relaxed)
    }
}

impl Drop for MarkedShop {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(
    shelf: Arc<Shelf>,
    request: http::Request<hyper::body::Incoming>,
) -> Result<http::Response<Full<Bytes>>, Infallible> {
    let call = shelf.calls.fetch_add(1, Ordering::Relaxed);
    let operation = Operation::of(request.method(), request.uri());
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let owner = request.uri().path().split('/').nth(3).unwrap_or_default().to_owned();
    let token = request.headers().get("headwater-customer-token").and_then(|token| token.to_str().ok());
    let token = token.unwrap_or_default().to_owned();
    let body = request.into_body().collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    let fails = shelf.fails.load(Ordering::Relaxed);
    let (status, body) = if fails > 0 && call % fails == fails - 1 {
        (500, Bytes::from_static(b"{}"))
    } else {
        match operation {
            Operation::CreateCart => {
                static NEW: AtomicU64 = AtomicU64::new(1 << 40);
                let id = mint(NEW.fetch_add(1, Ordering::Relaxed));
                shelf.made.lock().unwrap_or_else(PoisonError::into_inner).push(id.clone());
                (201, marked(&shelf.cart, &id))
            }
            Operation::Cart | Operation::ChangeCart if is_canary(&owner) => {
                (200, marked(&shelf.cart, &owner))
            }
            Operation::CheckOut if is_canary(&owner) => (200, marked(&shelf.placed, &owner)),
            Operation::Order if is_canary(&owner) => (200, marked(&shelf.placed["order"], &owner)),
            Operation::SignIn => match signs_in(&body) {
                Some(owner) => (200, Bytes::from(json!({ "token": owner }).to_string())),
                None => {
                    let no = json!({ "code": "bad_credentials", "status": 401, "title": "No." });
                    (401, Bytes::from(no.to_string()))
                }
            },
            Operation::Customer if is_canary(&token) => (200, customer(&shelf.placed["order"], &token)),
            Operation::Cart
            | Operation::ChangeCart
            | Operation::CheckOut
            | Operation::Order
            | Operation::Customer => {
                (404, Bytes::from(json!({ "code": "not_found", "status": 404, "title": "No." }).to_string()))
            }
            _ => shelf.public(&path).await,
        }
    };
    let mut response = http::Response::new(Full::new(body));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    response.headers_mut().insert("content-type", http::HeaderValue::from_static("application/json"));
    Ok(response)
}

impl Shelf {
    /// The demo shop's answer to a public question, which is the same as long as the clock stands still.
    async fn public(&self, path: &str) -> (u16, Bytes) {
        let known = self.public.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        if let Some(known) = known {
            return known;
        }
        let found = match self.open.read(path).await {
            Ok(found) => found,
            Err(_) => return (502, Bytes::from_static(b"{}")),
        };
        self.public.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), found.clone());
        found
    }
}

/// Who signs in: the name of their address is a canary.
fn signs_in(body: &Bytes) -> Option<String> {
    let typed: Value = serde_json::from_slice(body).ok()?;
    let owner = typed["email"].as_str()?.split('@').next()?.to_owned();
    is_canary(&owner).then_some(owner)
}

/// A customer, marked in every text.
fn customer(order: &Value, owner: &str) -> Bytes {
    let mut order = order.clone();
    mark(&mut order, owner);
    let price = json!({ "current": { "amount": 100, "currency": order["total"]["currency"] } });
    let wish = json!({ "id": owner, "slug": owner, "name": owner, "price": price, "stock": "in_stock" });
    let customer = json!({ "id": owner, "name": owner, "email": format!("{owner}@example.com"),
        "groups": [format!("loyalty-{owner}")], "subscriber": true, "orderCount": 1, "orders": [order],
        "wishList": [wish] });
    Bytes::from(customer.to_string())
}

/// Somebody's, in every name.
fn marked(template: &Value, owner: &str) -> Bytes {
    let mut value = template.clone();
    mark(&mut value, owner);
    Bytes::from(value.to_string())
}

fn mark(value: &mut Value, owner: &str) {
    let Value::Object(fields) = value else { return };
    if fields.contains_key("lines") {
        fields.insert("id".to_owned(), owner.into());
        if fields.contains_key("number") {
            fields.insert("number".to_owned(), owner.into());
        }
        for line in fields.get_mut("lines").and_then(Value::as_array_mut).into_iter().flatten() {
            line["name"] = format!("{owner} candle").into();
        }
    }
    fields.values_mut().for_each(|inner| mark(inner, owner));
}
