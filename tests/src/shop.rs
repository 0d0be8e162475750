//! The demo shop with its whole API open, in a host of its own, and what a test asks of it directly.

use crate::bench::{Bench, Setting};
use anyhow::{Context, Result, ensure};
use commerce::{CartId, CustomerToken, OrderId};
use kit::seal::Seal;
use kit::visitor::{Pass, SESSION_COOKIE, Session};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};

/// The demo shop alone, routed as if it were a shop on the internet.
pub const OPEN_SHOP: &str = r#"
spin_manifest_version = 2

[application]
name = "open-shop"
version = "0.1.0"

[[trigger.http]]
route = "/..."
component = "demo-shop"

[component.demo-shop]
source = "target/wasm32-wasip2/head/demo_shop.wasm"
files = [{ source = "fixtures/media", destination = "/media" }]
key_value_stores = ["default"]
"#;

/// The query of the market that tests shop in.
const MARKET: &str = "locale=en-GB&currency=GBP";

/// What spin.toml says when the operator says nothing.
pub const SESSION_KEY: &str = "headwater-development-key";

/// A shop that works.
pub struct OpenShop {
    bench: Bench,
    client: reqwest::Client,
    /// A variant that can be bought without a choice, and is there in numbers.
    pub variant: String,
    /// The slug of its product.
    pub slug: String,
    /// The id of its product.
    pub product: String,
}

impl OpenShop {
    /// Starts one.
    ///
    /// # Errors
    /// Whatever keeps it from starting.
    pub async fn start() -> Result<Self> {
        let bench = Bench::with(Setting { manifest: Some(OPEN_SHOP.into()), ..Setting::default() }).await?;
        let client = bench.browser()?;
        let mut shop =
            Self { bench, client, variant: String::new(), slug: String::new(), product: String::new() };
        let list = shop.ask("GET", "/v1/listing?category=candles&page=1&pageSize=50", None, 200).await?;
        let single =
            list["items"].as_array().into_iter().flatten().find(|item| item["onlyVariant"].is_string());
        let single = single.context("a product with one variant")?;
        let text = |key: &str| single[key].as_str().map(str::to_owned).context("a text");
        (shop.variant, shop.slug, shop.product) = (text("onlyVariant")?, text("slug")?, text("id")?);
        Ok(shop)
    }

    /// `127.0.0.1:PORT`.
    pub fn host(&self) -> String {
        self.bench.host()
    }

    /// Asks the shop, past every proxy.
    ///
    /// # Errors
    /// Another status than expected, or no JSON.
    pub async fn ask(&self, method: &str, path: &str, body: Option<Value>, status: u16) -> Result<Value> {
        let and = if path.contains('?') { '&' } else { '?' };
        let mut request =
            self.client.request(method.parse()?, self.bench.address(&format!("{path}{and}{MARKET}")));
        if let Some(body) = &body {
            request = request.json(body);
        }
        let answer = request.send().await?;
        let (given, text) = (answer.status().as_u16(), answer.text().await?);
        ensure!(given == status, "{method} {path}: {given}, expected {status}: {text}");
        Ok(serde_json::from_str(&text)?)
    }

    /// Status and body of a path that names its market.
    ///
    /// # Errors
    /// When the shop does not answer.
    pub async fn read(&self, path: &str) -> Result<(u16, bytes::Bytes)> {
        let answer = self.client.get(self.bench.address(path)).send().await?;
        Ok((answer.status().as_u16(), answer.bytes().await?))
    }

    /// A new cart with pieces of [`OpenShop::variant`].
    ///
    /// # Errors
    /// When the shop refuses.
    pub async fn basket(&self, pieces: u32) -> Result<Basket> {
        let cart = self.ask("POST", "/v1/carts", Some(json!({})), 201).await?;
        let id = cart["id"].as_str().context("an id")?.to_owned();
        let add = json!({ "do": "add", "variant": self.variant, "quantity": pieces });
        let cart = self.ask("POST", &format!("/v1/carts/{id}/changes"), Some(add), 200).await?;
        let line = cart["lines"][0]["id"].as_str().context("a line")?.to_owned();
        Ok(Basket { id, line })
    }

    /// The token of a customer who signs in, without a cart.
    ///
    /// # Errors
    /// When the shop refuses.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<String> {
        let typed = json!({ "email": email, "password": password });
        let signed_in = self.ask("POST", "/v1/customers/sign-in", Some(typed), 200).await?;
        signed_in["token"].as_str().map(str::to_owned).context("a token")
    }

    /// Pieces in a cart; `None` when the shop has no such cart any more.
    ///
    /// # Errors
    /// When the shop does not answer.
    pub async fn pieces(&self, cart: &str) -> Result<Option<u64>> {
        match self.ask("GET", &format!("/v1/carts/{cart}"), None, 200).await {
            Ok(cart) => Ok(cart["quantity"].as_u64()),
            Err(_) => self.ask("GET", &format!("/v1/carts/{cart}"), None, 404).await.map(|_| None),
        }
    }

    /// A new order of one piece, for a name and an e-mail address.
    ///
    /// # Errors
    /// When the shop refuses.
    pub async fn order(&self, name: &str, email: &str) -> Result<Value> {
        let basket = self.basket(1).await?;
        let placement = json!({
            "contact": { "name": name, "email": email },
            "delivery": { "kind": "pickup", "store": "leeds" },
        });
        let path = format!("/v1/carts/{}/checkout", basket.id);
        let placed = self.ask("POST", &path, Some(placement), 200).await?;
        Ok(placed["order"].clone())
    }
}

/// A visitor's cart in the shop.
#[derive(Debug, Clone)]
pub struct Basket {
    /// The cart's id.
    pub id: String,
    /// The id of its only line.
    pub line: String,
}

/// The cookie of a visitor with a cart or an order, sealed as heads seal it.
pub fn cookie(cart: Option<&str>, order: Option<&str>) -> String {
    cookie_of(cart, order, None)
}

/// The cookie of a visitor with a cart, an order or a sign-in, sealed as heads seal it. They are greeted by their token.
pub fn cookie_of(cart: Option<&str>, order: Option<&str>, token: Option<&str>) -> String {
    let session = Session {
        cart: cart.map(CartId::new),
        order: order.map(OrderId::new),
        customer: token.map(|token| Pass::new(CustomerToken::new(token), token, 0)),
        ..Session::default()
    };
    format!("{SESSION_COOKIE}={}", session.close(&Seal::new(SESSION_KEY), chance()))
}

/// A token that hands a cart over from a chat to a browser, sealed as the chat head seals it.
pub fn handover(cart: &str) -> String {
    let handover = json!({ "cart": cart, "until": "2100-01-01T00:00:00Z", "market": "en-gb" });
    let seal = Seal::new(SESSION_KEY);
    seal.close("chat-basket", handover.to_string().as_bytes(), chance())
}

/// Never the same twice.
fn chance() -> [u8; 16] {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    u128::from(COUNT.fetch_add(1, Ordering::Relaxed)).to_le_bytes()
}
