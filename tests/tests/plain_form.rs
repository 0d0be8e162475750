//! Every answer of the demo shop fits the OpenAPI document of the plain form, and every documented
//! operation is asked at least once.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::bench::{Bench, Setting};
use tests::schema::OpenApi;
use tests::shop::OPEN_SHOP;

struct Visit<'a> {
    bench: &'a Bench,
    client: reqwest::Client,
    document: OpenApi,
    seen: BTreeSet<(String, String)>,
}

impl Visit<'_> {
    async fn ask(&mut self, method: &str, path: &str, body: Option<Value>) -> Result<(u16, Value)> {
        let mut request = self.client.request(method.to_uppercase().parse()?, self.bench.address(path));
        if let Some(body) = &body {
            request = request.json(body);
        }
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        let media = answer.headers().get("content-type").context("a content type")?.to_str()?.to_owned();
        let bytes = answer.bytes().await?;
        let value: Value =
            serde_json::from_slice(&bytes).with_context(|| format!("{method} {path}: not JSON"))?;
        let found = self.document.check(method, path, status, &media, &value)?;
        self.seen.insert((method.to_lowercase(), found));
        Ok((status, value))
    }

    async fn get(&mut self, path: &str, status: u16) -> Result<Value> {
        let (given, value) = self.ask("get", path, None).await?;
        ensure!(given == status, "GET {path}: {given}, expected {status}: {value}");
        Ok(value)
    }

    async fn post(&mut self, path: &str, body: Value, status: u16) -> Result<Value> {
        let (given, value) = self.ask("post", path, Some(body)).await?;
        ensure!(given == status, "POST {path}: {given}, expected {status}: {value}");
        Ok(value)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_fits_the_document() -> Result<()> {
    let bench = Bench::with(Setting { manifest: Some(OPEN_SHOP.into()), ..Setting::default() }).await?;
    let mut visit =
        Visit { client: bench.browser()?, bench: &bench, document: OpenApi::read()?, seen: BTreeSet::new() };
    let mut products = 0;
    for market in [
        "locale=en-GB&currency=GBP",
        "locale=de-DE&currency=EUR",
        "locale=ar-GB&currency=GBP",
        "locale=en-JP&currency=JPY",
    ] {
        visit.get(&format!("/v1/categories?{market}"), 200).await?;
        visit.get(&format!("/v1/stores?{market}"), 200).await?;
        visit
            .get(
                &format!(
                    "/v1/content?{market}&slot=home_hero&slot=offer_of_the_day&slot=home_rail&slot=look"
                ),
                200,
            )
            .await?;
        let listing = visit.get(&format!("/v1/listing?{market}&page=1&pageSize=100"), 200).await?;
        for item in listing["items"].as_array().context("items")? {
            let (slug, id) = (item["slug"].as_str().context("slug")?, item["id"].as_str().context("id")?);
            let product = visit.get(&format!("/v1/products/{slug}?{market}"), 200).await?;
            visit.get(&format!("/v1/products/by-id/{id}?{market}"), 200).await?;
            visit.get(&format!("/v1/products/by-id/{id}/related?{market}"), 200).await?;
            visit.get(&format!("/v1/products/by-id/{id}/reviews?{market}&page=1"), 200).await?;
            let variant = product["variants"][0]["id"].as_str().context("a variant")?;
            visit.get(&format!("/v1/variants/{variant}/stock?{market}"), 200).await?;
            products += 1;
        }
        visit
            .get(&format!("/v1/listing?{market}&q=coat&page=1&pageSize=10&sort=price_ascending"), 200)
            .await?;
    }
    visit.get("/v1", 200).await?;
    visit.get("/v1/capabilities", 200).await?;
    journey(&mut visit).await?;
    customers(&mut visit).await?;
    two_at_once(&mut visit).await?;
    refusals(&mut visit).await?;
    let documented: BTreeSet<_> =
        visit.document.operations().into_iter().filter(|(_, path)| !path.starts_with("/media")).collect();
    let unseen: Vec<_> = documented.difference(&visit.seen).collect();
    ensure!(unseen.is_empty(), "documented but never asked: {unseen:?}");
    ensure!(products >= 4 * 60, "{products} product pages in four markets");
    Ok(())
}

const GBP: &str = "locale=en-GB&currency=GBP";

async fn journey(visit: &mut Visit<'_>) -> Result<()> {
    let listing =
        visit.get(&format!("/v1/listing?{GBP}&facet.availability=in_stock&page=1&pageSize=100"), 200).await?;
    let only =
        listing["items"].as_array().context("items")?.iter().find_map(|item| item["onlyVariant"].as_str());
    let variant = only.context("a product with one variant")?.to_owned();
    let cart = visit.post(&format!("/v1/carts?{GBP}"), json!({}), 201).await?;
    let id = cart["id"].as_str().context("id")?.to_owned();
    let changes = format!("/v1/carts/{id}/changes?{GBP}");
    let cart = visit.post(&changes, json!({"do": "add", "variant": variant, "quantity": 2}), 200).await?;
    ensure!(cart["quantity"] == 2, "{cart}");
    let line = cart["lines"][0]["id"].as_str().context("a line")?.to_owned();
    visit.post(&changes, json!({"do": "set", "line": line, "quantity": 1}), 200).await?;
    visit.post(&changes, json!({"do": "apply_code", "code": "WELCOME10"}), 200).await?;
    visit.post(&changes, json!({"do": "apply_code", "code": "NO-SUCH"}), 400).await?;
    visit
        .post(
            &changes,
            json!({"do": "choose_delivery", "delivery": {"kind": "pickup", "store": "leeds"}}),
            200,
        )
        .await?;
    visit.post(&changes, json!({"do": "add", "variant": variant, "quantity": 100_000}), 409).await?;
    let kept = visit.get(&format!("/v1/carts/{id}?{GBP}"), 200).await?;
    ensure!(kept["quantity"] == 1, "a refusal changes nothing: {kept}");
    let contact = json!({"name": "Ada Example", "email": "ada@example.com"});
    let placement = json!({"contact": contact, "delivery": {"kind": "pickup", "store": "leeds"}});
    let placed = visit.post(&format!("/v1/carts/{id}/checkout?{GBP}"), placement, 200).await?;
    ensure!(placed["order"]["total"] == kept["total"], "what was shown is charged: {placed}");
    let order = placed["order"]["id"].as_str().context("an order")?.to_owned();
    let order = visit.get(&format!("/v1/orders/{order}?{GBP}"), 200).await?;
    ensure!(!order.to_string().contains("ada@example.com"), "an order shows no personal data");
    Ok(())
}

async fn customers(visit: &mut Visit<'_>) -> Result<()> {
    let sign_in = format!("/v1/customers/sign-in?{GBP}");
    let ada = |password: &str| json!({"email": "Ada@example.test", "password": password});
    visit.post(&sign_in, ada("wrong"), 401).await?;
    let token = visit.post(&sign_in, ada("correct-horse-battery"), 200).await?;
    let token = token["token"].as_str().context("a token")?.to_owned();
    let me = format!("/v1/customers/me?{GBP}");
    visit.get(&me, 404).await?;
    let request = visit.client.get(visit.bench.address(&me)).header("headwater-customer-token", token);
    let known: Value = request.send().await?.json().await?;
    visit.document.check("get", &me, 200, "application/json", &known)?;
    ensure!(known["name"] == "Ada Finch", "the customer who signed in: {known}");
    Ok(())
}

/// Two taps in the same instant both count, or one is told that the cart is changing; none is lost.
async fn two_at_once(visit: &mut Visit<'_>) -> Result<()> {
    let listing = visit.get(&format!("/v1/listing?{GBP}&category=candles&pageSize=5"), 200).await?;
    let cards = listing["items"].as_array().context("products")?;
    let variant =
        cards.iter().find_map(|card| card["onlyVariant"].as_str()).context("one to buy")?.to_owned();
    for round in 0..5 {
        let cart = visit.post(&format!("/v1/carts?{GBP}"), json!({}), 201).await?;
        let id = cart["id"].as_str().context("an id")?.to_owned();
        let add = || {
            let address = visit.bench.address(&format!("/v1/carts/{id}/changes?{GBP}"));
            let change = json!({"do": "add", "variant": variant, "quantity": 1});
            visit.client.post(address).json(&change).send()
        };
        let (one, other) = tokio::join!(add(), add());
        let done = [one?, other?].iter().filter(|answer| answer.status() == 200).count();
        let kept = visit.get(&format!("/v1/carts/{id}?{GBP}"), 200).await?;
        ensure!(kept["quantity"] == done && done > 0, "round {round}: {done} were told yes: {kept}");
    }
    Ok(())
}

async fn refusals(visit: &mut Visit<'_>) -> Result<()> {
    for path in ["/v1/products/none", "/v1/carts/none", "/v1/orders/none"] {
        visit.get(&format!("{path}?{GBP}"), 404).await?;
    }
    for query in [
        "locale=xx-XX&currency=GBP",
        "locale=en-GB&currency=ZZZ",
        "locale=en-GB&currency=GBP&page=0",
        "locale=en-GB&currency=GBP&page=abc",
        "locale=en-GB&currency=GBP&page=1&facet.nonsense=1",
        "locale=en-GB&currency=GBP&page=1&sort=nonsense",
    ] {
        visit.get(&format!("/v1/listing?{query}"), 400).await?;
    }
    visit.get(&format!("/v1/listing?{GBP}&category=none&page=1&pageSize=5"), 404).await?;
    Ok(())
}
