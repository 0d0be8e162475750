//! One way to fail against every call of every page, while old copies of what the shop said are at hand.

use super::case::{Case, Part};
use super::run::{NOISE, Report, Rig};
use super::visit::Visitor;
use super::{cases, expect};
use crate::proxy::{Fault, Operation};
use anyhow::{Context, Result, ensure};
use futures::{StreamExt, stream};
use std::time::Duration;

/// Settings under which every copy is only good to stand in, and every one may be written.
pub const OLD: [&str; 4] = ["cache=on", "cache_fresh_ms=1", "cache_stale_ms=1", "cache_writes_per_s=100000"];

/// Until what is written after an answer can be read by the next instance.
const WRITTEN: Duration = Duration::from_millis(800);

/// How often a page is asked for before it counts as wrong.
const TRIES: usize = 3;

/// What is the same for everyone, so that a copy may stand in for it.
const PUBLIC: [Operation; 8] = [
    Operation::Product,
    Operation::Listing,
    Operation::Search,
    Operation::Categories,
    Operation::Related,
    Operation::Reviews,
    Operation::Content,
    Operation::Stores,
];

impl Rig<'_> {
    /// Fails each public operation in turn and asks for every page that needs it, after each was asked for while
    /// all was well. To be started with [`OLD`].
    ///
    /// # Errors
    /// Only when something keeps the test from going on.
    pub async fn all_stale(&self, fault: Fault) -> Result<Report> {
        let mut report = Report::default();
        for case in cases() {
            let visitor = Visitor::of(case, self.shop, self.order).await?;
            visitor.ask(case, self.shop, &self.bench, &self.client).await?;
        }
        tokio::time::sleep(WRITTEN).await;
        for operation in PUBLIC {
            let part = |case: &'static Case| {
                let found = case.calls.iter().find(|(known, _)| *known == operation);
                found.map(|(_, part)| (case, *part))
            };
            self.proxy.set(operation, fault);
            let asked = cases()
                .filter_map(part)
                .map(|(case, part)| async move { (case, self.patiently_stale(case, operation, part).await) });
            let outcomes: Vec<_> = stream::iter(asked).buffer_unordered(4).collect().await;
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
                        "{fault:?} of {operation:?}, {} {}: {why:#}",
                        case.head.name(),
                        case.name()
                    )),
                }
            }
        }
        Ok(report)
    }

    /// A machine with other work may keep key-value longer than a head waits for a copy: then it is asked again.
    async fn patiently_stale(
        &self,
        case: &Case,
        operation: Operation,
        part: Part,
    ) -> Result<(Duration, usize)> {
        for tries in 1..TRIES {
            if let Ok(took) = self.stale(case, operation, part).await {
                return Ok((took, tries));
            }
        }
        Ok((self.stale(case, operation, part).await?, TRIES))
    }

    async fn stale(&self, case: &Case, operation: Operation, part: Part) -> Result<Duration> {
        let visitor = Visitor::of(case, self.shop, self.order).await.context("the visitor")?;
        let answer = visitor.ask(case, self.shop, &self.bench, &self.client).await?;
        expect::with_a_copy(case, operation, part, &answer)?;
        let bound = Duration::from_millis(case.head.budget()) + NOISE;
        ensure!(answer.took <= bound, "took {:?}, and may take {bound:?}", answer.took);
        Ok(answer.took)
    }
}
