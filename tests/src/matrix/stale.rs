//! One way to fail against every call of every page, while old copies of what the shop said are at hand.

use super::case::{Case, Part};
use super::run::{NOISE, Report, Rig};
use super::visit::Visitor;
use super::{cases, expect};
use crate::proxy::{Fault, Operation};
use anyhow::{Context, Result, bail, ensure};
use futures::{StreamExt, stream};
use std::time::Duration;

/// Settings under which every copy is only good to stand in, and every one may be written: those of one page come
/// microseconds after each other, and at a lower rate the second is left out.
pub const OLD: [&str; 5] =
    ["cache=on", "cache_fresh_ms=1", "cache_stale_ms=1", "cache_writes_per_s=1000000000", "cache_writers=1"];

/// Until what is written after an answer can be read by the next instance.
const WRITTEN: Duration = Duration::from_millis(800);

/// How often a page is asked for before it counts as wrong.
const TRIES: usize = 3;

/// How often all pages are asked for until every copy was written.
const ROUNDS: usize = 6;

/// What an instance tells that leaves a slow store alone: it writes no copies, either.
const NO_COPIES: &str = "no copies for";

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
        self.fill().await?;
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
        // Why there was none, where that was told.
        if let Some(last) = report.wrong.last_mut() {
            let about = |line: &String| line.contains(NO_COPIES) || line.contains("a copy");
            self.bench.log().into_iter().filter(about).for_each(|line| *last += &format!("\n{line}"));
        }
        Ok(report)
    }

    /// Asks for every page until each of its copies was written: of a store that a busy machine makes slow, an
    /// instance keeps away.
    async fn fill(&self) -> Result<()> {
        let mut told = Vec::new();
        for _ in 0..ROUNDS {
            let before = self.bench.log().len();
            for case in cases() {
                let visitor = Visitor::of(case, self.shop, self.order).await?;
                visitor.ask(case, self.shop, &self.bench, &self.client).await?;
            }
            tokio::time::sleep(WRITTEN).await;
            told = self.bench.log().split_off(before);
            told.retain(|line| line.contains(NO_COPIES));
            if told.is_empty() {
                return Ok(());
            }
        }
        bail!("key-value was too slow in {ROUNDS} rounds, at last:\n{}", told.join("\n"))
    }

    /// Asks once more only where the log tells that key-value was slower than a head waits for a copy.
    async fn patiently_stale(
        &self,
        case: &Case,
        operation: Operation,
        part: Part,
    ) -> Result<(Duration, usize)> {
        let mut tries = 1;
        loop {
            let before = self.bench.log().len();
            let outcome = self.stale(case, operation, part).await;
            let is_slow = || self.bench.log().iter().skip(before).any(|line| line.contains(NO_COPIES));
            if outcome.is_ok() || tries == TRIES || !is_slow() {
                return Ok((outcome?, tries));
            }
            tries += 1;
            tokio::time::sleep(WRITTEN).await;
        }
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
