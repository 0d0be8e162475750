//! How long the heads take when all is well and when a backend is not: `cargo bench --package tests`.
//!
//! Everything runs here: the demo shop, a proxy that fails on demand, the heads in our host. A figure says little
//! on a busy machine; what counts are the ratios within one run, and that no answer takes longer than its budget.

use anyhow::{Context, Result, ensure};
use std::time::{Duration, Instant};
use tests::answer::{Answer, client};
use tests::bench::{Bench, Setting};
use tests::matrix::stale::OLD;
use tests::matrix::visit::{SLACK, Visitor};
use tests::matrix::{Case, Head, Part, cases};
use tests::proxy::{Fault, Operation, Proxy};
use tests::shop::OpenShop;

const WARM: usize = 1000;
const COLD: usize = 60;
const BROKEN: usize = 12;

/// The pages of a head that the figures are of.
struct Pages {
    head: Head,
    /// A page and the question that it cannot do without.
    needed: (&'static Case, Operation),
    /// A page and a question that it can do without.
    spared: (&'static Case, Operation),
}

impl Pages {
    fn of(head: Head) -> Result<Self> {
        let find = |is_fit: fn(&Part) -> bool| {
            let own = cases().filter(|case| case.head == head && case.status == 200);
            let mut fit = own.filter_map(|case| {
                let (operation, _) = case.calls.iter().find(|(_, part)| is_fit(part))?;
                Some((case, *operation))
            });
            fit.find(|(_, operation)| !matches!(operation, Operation::Cart | Operation::ChangeCart))
        };
        let needed = find(|part| matches!(part, Part::Required)).context("a page that needs a call")?;
        let spared = find(|part| matches!(part, Part::Optional(..) | Part::Piece(_)));
        Ok(Self { head, needed, spared: spared.context("a page that can do without a call")? })
    }
}

struct Stage {
    shop: OpenShop,
    order: String,
    client: reqwest::Client,
}

struct Times(Vec<Duration>);

impl Times {
    fn at(&self, share: f64) -> f64 {
        let place = (self.0.len() as f64 * share).ceil() as usize;
        self.0.get(place.saturating_sub(1)).map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
    }

    fn pair(&self) -> String {
        format!("{:.1} / {:.1}", self.at(0.5), self.at(0.99))
    }
}

impl Stage {
    async fn ask(&self, bench: &Bench, case: &Case, times: usize, due: &[u16]) -> Result<(Times, Answer)> {
        let (mut took, mut last) = (Vec::new(), Answer::default());
        for _ in 0..times {
            let visitor = Visitor::of(case, &self.shop, &self.order).await?;
            last = visitor.ask(case, &self.shop, bench, &self.client).await?;
            ensure!(due.contains(&last.status), "{}: {} {}", case.name(), last.status, last.start());
            took.push(last.took);
        }
        took.sort();
        Ok((Times(took), last))
    }

    async fn bench(&self, proxy: &Proxy, fresh: bool, more: &[&str]) -> Result<Bench> {
        let mut variables = vec![proxy.variable(), SLACK.to_owned()];
        variables.extend(more.iter().map(|setting| (*setting).to_owned()));
        Bench::with(Setting { variables, fresh, clock: None, ..Setting::default() }).await
    }
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<()> {
    let shop = OpenShop::start().await?;
    let order = shop.order("Ada Example", "ada@example.com").await?;
    let order = order["id"].as_str().context("an order's id")?.to_owned();
    let stage = Stage { shop, order, client: client()? };
    let proxy = Proxy::before(&stage.shop.host()).await?;
    let warm = stage.bench(&proxy, false, &["cache=on"]).await?;
    let cold = stage.bench(&proxy, true, &["cache=off"]).await?;
    let old = stage.bench(&proxy, true, &OLD).await?;
    let hello = hello(&stage, &warm).await?;
    println!("milliseconds, p50 / p99; a file of the web head, for comparison: {}\n", hello.pair());
    println!("| | web | tv | watch | chat |\n|---|---|---|---|---|");
    let mut rows: Vec<(&str, Vec<String>)> = [
        "page",
        "warm",
        "warm, as times a file",
        "upstream calls in 1,000 warm requests",
        "cold: new instance, nothing kept",
        "an optional upstream black-holed",
        "the required upstream black-holed (504)",
        "budget",
        "required upstream dead, old copy at hand",
        "required upstream black-holed, old copy at hand",
    ]
    .map(|name| (name, Vec::new()))
    .into();
    // The head before another's site needs nothing of the shop; what it costs is in the bench `rewriting`.
    for head in Head::ALL.into_iter().filter(|head| *head != Head::Front) {
        let pages = Pages::of(head)?;
        let ((needed, operation), (spared, other)) = (pages.needed, pages.spared);
        let mut cells = vec![needed.name()];
        stage.ask(&warm, needed, 20, &[200]).await?;
        proxy.take_calls();
        let (times, _) = stage.ask(&warm, needed, WARM, &[200]).await?;
        let calls = proxy.take_calls().len();
        cells.extend([times.pair(), format!("{:.1}", times.at(0.5) / hello.at(0.5)), calls.to_string()]);
        cells.push(stage.ask(&cold, needed, COLD, &[200]).await?.0.pair());
        proxy.set(other, Fault::BlackHole);
        let (times, answer) = stage.ask(&cold, spared, BROKEN, &[200]).await?;
        cells.push(format!("{} ({})", times.pair(), answer.header("headwater-slots")));
        proxy.heal();
        proxy.set(operation, Fault::BlackHole);
        let (times, _) = stage.ask(&cold, needed, BROKEN, &[504]).await?;
        cells.push(times.pair());
        cells.push(format!("{} (+{:.0})", pages.head.budget(), times.at(0.99) - pages.head.budget() as f64));
        proxy.heal();
        stage.ask(&old, needed, 2, &[200]).await?;
        tokio::time::sleep(Duration::from_millis(500)).await;
        for fault in [Fault::Refuse, Fault::BlackHole] {
            proxy.set(operation, fault);
            let (times, answer) = stage.ask(&old, needed, BROKEN, &[200]).await?;
            ensure!(
                answer.header("headwater-slots").contains("stale"),
                "{}",
                answer.header("headwater-slots")
            );
            cells.push(times.pair());
            proxy.heal();
        }
        for (row, cell) in rows.iter_mut().zip(cells) {
            row.1.push(cell);
        }
    }
    for (name, cells) in rows {
        println!("| {name} | {} |", cells.join(" | "));
    }
    Ok(())
}

/// What the least that a head can do takes: a small file that is part of it.
async fn hello(stage: &Stage, bench: &Bench) -> Result<Times> {
    let mut took = Vec::new();
    for _ in 0..WARM {
        let start = Instant::now();
        let answer = Answer::to(stage.client.get(bench.address("/robots.txt"))).await?;
        ensure!(answer.status == 200, "robots.txt: {}", answer.status);
        took.push(start.elapsed());
    }
    took.sort();
    Ok(Times(took))
}
