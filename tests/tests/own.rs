//! What a component keeps for itself is in no other component's reach.

use anyhow::{Context, Result, ensure};
use redb::{Database, ReadableDatabase as _, ReadableTable as _, TableDefinition, TableHandle as _};
use std::collections::BTreeMap;
use std::path::Path;
use tests::bench::{Bench, Setting};

/// What a shopper types, and nobody but the shop is to keep.
const EMAIL: &str = "ada.own-store@example.com";

/// Keys and values by the store that they lie in: `default` is every component's.
fn stores(state: &Path) -> Result<BTreeMap<String, Vec<(String, String)>>> {
    let database = Database::open(state.join("key-value.redb"))?;
    let read = database.begin_read()?;
    let names: Vec<String> = read.list_tables()?.map(|table| table.name().to_owned()).collect();
    let mut stores = BTreeMap::new();
    for name in names {
        let table = read.open_table(TableDefinition::<&str, &[u8]>::new(&name))?;
        let mut entries = Vec::new();
        for entry in table.iter()? {
            let (key, value) = entry?;
            entries.push((key.value().to_owned(), String::from_utf8_lossy(value.value()).into_owned()));
        }
        stores.insert(name, entries);
    }
    Ok(stores)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_shop_keeps_is_out_of_the_heads_reach() -> Result<()> {
    let bench = Bench::with(Setting { variables: vec!["cache=on".to_owned()], ..Setting::default() }).await?;
    let browser = bench.browser()?;
    let post = async |path: &str, form: &[(&str, &str)]| -> Result<String> {
        let asked = browser.post(bench.address(path)).header("sec-fetch-site", "same-origin").form(form);
        let answer = asked.send().await?;
        ensure!(answer.status() == 303, "{path}: {}", answer.status());
        Ok(answer.headers()["location"].to_str()?.to_owned())
    };
    post("/en-gb/cart/add", &[("product", "beeswax-pillars"), ("quantity", "1")]).await?;
    let placed = [
        ("name", "Ada Own"),
        ("email", EMAIL),
        ("way", "ship"),
        ("street", "1 Quay"),
        ("city", "Leeds"),
        ("postcode", "LS1 1AA"),
        ("country", "GB"),
    ];
    let order = post("/en-gb/checkout", &placed).await?;
    ensure!(order.contains("/order/"), "{order}");
    let state = bench.kept().await;
    let mut stores = stores(state.path())?;
    let shared = stores.remove("default").context("heads share what they have copies of")?;
    ensure!(!shared.is_empty(), "heads keep nothing");
    for (key, value) in &shared {
        ensure!(!key.starts_with("own/"), "{key} lies in everybody's store");
        ensure!(!value.contains(EMAIL), "{key} tells who ordered");
    }
    let shop = stores.remove("own:demo-shop").context("the shop's own")?;
    ensure!(shop.iter().any(|(_, value)| value.contains(EMAIL)), "the shop does not know who ordered");
    ensure!(shop.iter().all(|(key, _)| key.starts_with("own/demo-shop/")), "{shop:?}");
    ensure!(stores.keys().all(|name| name.starts_with("own:")), "{:?}", stores.keys());
    Ok(())
}
