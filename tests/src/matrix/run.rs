//! One way to fail against every call of every page.

use super::case::{Asked, Case, Head, Leaves, Part};
use super::visit::{SLACK, Visitor};
use super::{cases, expect};
use crate::answer::{Answer, client};
use crate::bench::{Bench, Setting, known, place};
use crate::leaks::{self, asking::Asking};
use crate::proxy::{Fault, Operation, Proxy};
use crate::routes::{self, Route};
use crate::shop::OpenShop;
use anyhow::{Context, Result, ensure};
use futures::{StreamExt, stream};
use std::collections::BTreeMap;
use std::time::Duration;

/// What a machine that has other work may add to an answer.
pub(super) const NOISE: Duration = Duration::from_millis(700);

/// How often a case is tried whose page lost another part to a slow machine.
const TRIES: usize = 3;

/// What came of one way to fail.
#[derive(Debug, Default)]
pub struct Report {
    /// Pages asked for, once for each of their calls.
    pub cases: usize,
    /// What was not as it should be.
    pub wrong: Vec<String>,
    /// The longest answer of each head.
    pub slowest: BTreeMap<Head, Duration>,
    /// Cases that were tried again.
    pub again: usize,
}

/// The shop, its proxy and the heads.
pub struct Rig<'a> {
    pub(super) shop: &'a OpenShop,
    pub(super) order: &'a str,
    pub(super) proxy: Proxy,
    pub(super) bench: Bench,
    pub(super) client: reqwest::Client,
    deadline: Option<u64>,
}

impl<'a> Rig<'a> {
    /// Starts all but the shop; `deadline` in milliseconds is for every head, else each has its own.
    ///
    /// # Errors
    /// Whatever keeps them from starting.
    pub async fn start(
        shop: &'a OpenShop,
        order: &'a str,
        deadline: Option<u64>,
        more: &[&str],
    ) -> Result<Self> {
        let proxy = Proxy::before(&shop.host()).await?;
        let mut variables = vec![proxy.variable(), SLACK.to_owned()];
        variables.extend(known(more));
        for head in Head::ALL {
            variables.extend(deadline.map(|ms| format!("{}_deadline_ms={ms}", head.name())));
        }
        // Copies age by the clock.
        let clock = if more.contains(&"cache=on") { None } else { Setting::default().clock };
        // What one request finds out of the shop may not spare the next one the fault.
        let bench = Bench::with(Setting { variables, fresh: true, clock, ..Setting::default() }).await?;
        place(&bench).await?;
        Ok(Self { shop, order, proxy, bench, client: client()?, deadline })
    }

    /// Asks for every page while the shop is well, and compares the calls with the table.
    ///
    /// # Errors
    /// Only when something keeps the test from going on.
    pub async fn all_well(&self) -> Result<Report> {
        let mut report = Report::default();
        for case in cases() {
            let visitor = Visitor::of(case, self.shop, self.order).await?;
            self.proxy.take_calls();
            let answer = visitor.ask(case, self.shop, &self.bench, &self.client).await?;
            let called = self.proxy.counts().into_keys().collect();
            report.cases += 1;
            if let Err(why) = expect::whole(case, &answer, &called) {
                report.wrong.push(format!("{}: {why:#}", case.name()));
            }
        }
        Ok(report)
    }

    /// Asks for every address of every head that no case covers: the shop is not to be asked for it.
    ///
    /// # Errors
    /// Only when something keeps the test from going on.
    pub async fn the_rest(&self) -> Result<Report> {
        let mut report = Report::default();
        let visitor = leaks::Visitor::stranger();
        let site = self.bench.address("");
        let (client, slug, variant) = (&self.client, &*self.shop.slug, &*self.shop.variant);
        let asking = Asking { client, site: &site, slug, variant };
        for route in routes::all() {
            if cases().any(|case| covers(&route, case)) {
                continue;
            }
            for request in asking.requests(&route, &route.method, &visitor)? {
                self.proxy.take_calls();
                Answer::to(request.header("sec-fetch-site", "same-origin")).await?;
                report.cases += 1;
                let asked = self.proxy.counts();
                if !asked.is_empty() {
                    report.wrong.push(format!("{route:?} asks {asked:?} and stands in no table"));
                }
            }
        }
        Ok(report)
    }

    /// Fails each operation in turn, and asks for every page that needs it.
    ///
    /// # Errors
    /// Only when something keeps the test from going on.
    pub async fn all_broken(&self, fault: Fault) -> Result<Report> {
        let mut report = Report::default();
        for operation in Operation::ALL {
            let part = |case: &'static Case| {
                let found = case.calls.iter().find(|(known, _)| *known == operation);
                found.map(|(_, part)| (case, *part))
            };
            self.proxy.set(operation, fault);
            let asked = cases().filter_map(part).map(|(case, part)| async move {
                let outcome = self.patiently(case, operation, part, fault).await;
                (case, outcome)
            });
            let outcomes: Vec<_> = stream::iter(asked).buffer_unordered(6).collect().await;
            self.proxy.heal();
            for (case, outcome) in outcomes {
                report.cases += 1;
                match outcome {
                    Ok((took, tries)) => {
                        let slowest = report.slowest.entry(case.head).or_default();
                        *slowest = took.max(*slowest);
                        report.again += tries - 1;
                    }
                    Err(why) => report.wrong.push(format!(
                        "{:?} of {operation:?}, {} {}: {why:#}",
                        fault,
                        case.head.name(),
                        case.name()
                    )),
                }
            }
        }
        Ok(report)
    }

    async fn patiently(
        &self,
        case: &Case,
        operation: Operation,
        part: Part,
        fault: Fault,
    ) -> Result<(Duration, usize)> {
        // Under a fault that only the clock tells, a busy machine can cost a page another part, too.
        let most = if fault.is_late() { TRIES } else { 1 };
        for tries in 1.. {
            match self.once(case, operation, part, fault).await {
                Ok(took) => return Ok((took, tries)),
                Err(why) if tries >= most => return Err(why),
                Err(_) => {}
            }
        }
        unreachable!("the last try returns")
    }

    async fn once(&self, case: &Case, operation: Operation, part: Part, fault: Fault) -> Result<Duration> {
        let visitor = Visitor::of(case, self.shop, self.order).await.context("the visitor")?;
        let answer = visitor.ask(case, self.shop, &self.bench, &self.client).await?;
        expect::without(case, operation, part, fault, &answer)?;
        // What fails at once has no need of a budget that was made long against a busy machine.
        let budget = match self.deadline {
            Some(own) if fault.is_late() => own,
            _ => case.head.budget(),
        };
        let bound = Duration::from_millis(budget) + NOISE;
        ensure!(answer.took <= bound, "took {:?}, and may take {bound:?}", answer.took);
        if let Some(basket) = &visitor.basket {
            let held = self.shop.pieces(&basket.id).await?;
            let due = due(case, operation, part, fault);
            ensure!(held == due, "the cart holds {held:?} and not {due:?}");
        }
        Ok(answer.took)
    }
}

/// Whether a case asks for an address.
fn covers(route: &Route, case: &Case) -> bool {
    let (method, path) = match case.asked {
        Asked::Get(path) => ("GET", path),
        Asked::Form(path, _) | Asked::Json(path, _) => ("POST", path),
        Asked::Slack(_) => ("POST", "/chat/slack/commands"),
    };
    let parts = |path: &'static str| path.split('?').next().unwrap_or_default().split('/');
    let fits = |(pattern, part): (&str, &str)| pattern.starts_with('{') || pattern == part;
    // The rest of a path, however long, begins where the pattern says so.
    if let Some((before, _)) = route.pattern.split_once("{*") {
        return route.method == method && path.starts_with(before);
    }
    route.method == method
        && route.pattern.split('/').count() == parts(path).count()
        && route.pattern.split('/').zip(parts(path)).all(fits)
}

/// Pieces that the cart is to hold after all; `None` when it is an order. A write whose answer was lost has
/// happened, once, and the visitor is told that it failed: that much is unknowable without asking again.
fn due(case: &Case, operation: Operation, part: Part, fault: Fault) -> Option<u64> {
    let done = match part {
        Part::Required => fault.reaches_the_shop(),
        Part::Optional(..) | Part::Piece(_) | Part::Words => true,
    };
    match case.leaves {
        Leaves::Pieces(write, pieces) if done && (operation == write || !matches!(part, Part::Required)) => {
            Some(pieces)
        }
        Leaves::Gone if done => None,
        _ => Some(2),
    }
}
