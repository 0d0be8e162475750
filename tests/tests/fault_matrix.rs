//! Every call of every page of every head fails in every way, through the real WASM in the real host: a page
//! that cannot do without says so in its channel's form and in time, any other goes without that part alone,
//! and a cart is never changed twice.

use anyhow::{Context, Result, ensure};
use futures::{StreamExt, stream};
use std::collections::BTreeMap;
use tests::matrix::Head;
use tests::matrix::run::{Report, Rig};
use tests::matrix::stale::OLD;
use tests::proxy::Fault;
use tests::shop::OpenShop;

/// Rigs at work at once: most of the time all wait for a clock.
const AT_ONCE: usize = 4;

async fn placed(shop: &OpenShop) -> Result<String> {
    let order = shop.order("Ada Example", "ada@example.com").await?;
    order["id"].as_str().map(str::to_owned).context("an order's id")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_table_names_every_call_of_every_page() -> Result<()> {
    let shop = OpenShop::start().await?;
    let order = placed(&shop).await?;
    let rig = Rig::start(&shop, &order, Some(8000), &["cache=off"]).await?;
    let (pages, rest) = (rig.all_well().await?, rig.the_rest().await?);
    let wrong = [pages.wrong, rest.wrong].concat();
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{} pages make the calls that the table names, {} others none", pages.cases, rest.cases);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_fails_in_every_way() -> Result<()> {
    let shop = OpenShop::start().await?;
    let order = placed(&shop).await?;
    let rigs = Fault::ALL.map(|fault| {
        let (shop, order) = (&shop, &order);
        async move {
            // The head's own budgets are held against a black hole, shorter ones against the rest of its kind;
            // what fails at once is given time, so that a busy machine takes no other part away.
            let deadline = match fault {
                Fault::BlackHole => None,
                _ if fault.is_late() => Some(500),
                _ => Some(8000),
            };
            let rig = Rig::start(shop, order, deadline, &["cache=off"]).await?;
            anyhow::Ok((fault, rig.all_broken(fault).await?))
        }
    });
    let reports: Vec<Result<(Fault, Report)>> = stream::iter(rigs).buffer_unordered(AT_ONCE).collect().await;
    let (mut cases, mut again, mut wrong) = (0, 0, Vec::new());
    let mut slowest = BTreeMap::new();
    for report in reports {
        let (fault, report) = report?;
        cases += report.cases;
        again += report.again;
        wrong.extend(report.wrong);
        if fault == Fault::BlackHole {
            slowest = report.slowest;
        }
    }
    ensure!(wrong.is_empty(), "{} of {cases} cases:\n{}", wrong.len(), wrong.join("\n"));
    let times: Vec<String> = slowest.iter().map(|(head, took)| time(*head, took.as_millis())).collect();
    println!(
        "{cases} cases: {} faults x {} heads, {again} tried again; slowest before a black hole: {}",
        Fault::ALL.len(),
        Head::ALL.len(),
        times.join(", ")
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_copy_stands_in_whichever_way_a_call_fails() -> Result<()> {
    let (mut cases, mut again, mut wrong) = (0, 0, Vec::new());
    let mut slowest = BTreeMap::new();
    for fault in Fault::ALL {
        // Every round buys something.
        let shop = OpenShop::start().await?;
        let order = placed(&shop).await?;
        let deadline = (!fault.is_late()).then_some(8000);
        let rig = Rig::start(&shop, &order, deadline, &OLD).await?;
        let report = rig.all_stale(fault).await?;
        cases += report.cases;
        again += report.again;
        wrong.extend(report.wrong);
        if fault == Fault::BlackHole {
            slowest = report.slowest;
        }
    }
    ensure!(wrong.is_empty(), "{} of {cases} cases:\n{}", wrong.len(), wrong.join("\n"));
    let times: Vec<String> = slowest.iter().map(|(head, took)| time(*head, took.as_millis())).collect();
    println!(
        "{cases} cases answered from old copies, {again} tried again; slowest before a black hole: {}",
        times.join(", ")
    );
    Ok(())
}

fn time(head: Head, took: u128) -> String {
    format!("{} {took} of {} ms", head.name(), head.budget())
}
