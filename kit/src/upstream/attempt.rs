//! One attempt of a call, which is counted however it ends.

use super::breaker::{Change, Permit};
use super::circuit::Circuit;
use super::outcome::Outcome;
use crate::edge::Edge;
use std::time::Duration;

/// An attempt on its way. A slot that has waited long enough drops it, and the backend is judged all the
/// same: otherwise one that never answers an optional part would never be found out.
pub(super) struct Attempt<'a> {
    edge: &'a dyn Edge,
    circuit: &'a Circuit,
    permit: Option<Permit>,
    start: Duration,
}

impl<'a> Attempt<'a> {
    /// An attempt that begins now.
    pub(super) fn begin(edge: &'a dyn Edge, circuit: &'a Circuit, permit: Permit) -> Self {
        Self { edge, circuit, permit: Some(permit), start: edge.elapsed() }
    }

    /// The attempt has ended. Gives how long it took.
    pub(super) fn end(mut self, outcome: Outcome) -> Duration {
        self.count(outcome);
        self.edge.elapsed().saturating_sub(self.start)
    }

    fn count(&mut self, outcome: Outcome) {
        let Some(permit) = self.permit.take() else { return };
        let chance = if outcome == Outcome::Answered { 0.0 } else { chance(self.edge) };
        let name = || self.circuit.name();
        match self.circuit.record(permit, outcome, self.edge.elapsed(), chance) {
            Some(Change::Opened(refused)) => self.edge.log(&format!("{}: {refused}", name())),
            Some(Change::Closed) => self.edge.log(&format!("{}: breaker closed", name())),
            None => {}
        }
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        let waited = self.edge.elapsed().saturating_sub(self.start);
        self.count(Outcome::cut_off(waited));
    }
}

/// A number from 0 to 1.
pub(super) fn chance(edge: &dyn Edge) -> f64 {
    let [high, low, ..] = edge.random();
    f64::from(u16::from_be_bytes([high, low])) / f64::from(u16::MAX)
}
