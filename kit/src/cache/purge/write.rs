//! Writing to the log, which others may write at the same time: key-value has no compare-and-set.
//!
//! A writer reads, adds its own and writes, waits for `PATIENCE + 2 × settle`, and reads again: when its own is
//! gone, somebody who had read before it wrote has written after it, and it begins anew. Whoever writes after
//! even that second read took longer than [`PATIENCE`] from its read to its write, and knows it: it cannot tell
//! what it overwrote, so it raises the floor, which purges everything. So a purge that was confirmed is never
//! lost, except to a writer that dies within a write that slow.
//!
//! Why twice: with P for the time until every reader sees a write, what does not see ours was read at most P
//! after we wrote, and what our second read does not see was written at most P before it. Between that read
//! and that write lie at least `PATIENCE + 2 × settle − 2 × P`, which is [`PATIENCE`] while P is at most `settle`.

use super::KEY;
use super::log::{Log, millis, milliseconds};
use crate::edge::{Edge, StoreError};
use commerce::Tag;
use std::time::Duration;

/// From read to write, no healthy store takes longer.
pub const PATIENCE: Duration = Duration::from_millis(250);

/// How often a writer begins anew.
const TRIES: usize = 5;

/// Purges tags: whatever is about one of them and was born until now is not used again. [`Tag::shop`] purges
/// everything. `settle` is at least the time that the store takes to carry a write to all its readers.
/// Takes `PATIENCE + 2 × settle` and the store's own time.
///
/// # Errors
/// [`StoreError`] when the store fails or too many write at the same time. The tags may be purged even so, and
/// doing it again harms nothing.
pub async fn purge(edge: &dyn Edge, tags: &[Tag], settle: Duration) -> Result<(), StoreError> {
    let mut ours = Ours::new(tags, milliseconds(edge.now()));
    // How long the floor is to hold on from now, for a writer that was slow.
    let mut ahead = Duration::ZERO;
    for _ in 0..TRIES {
        let begun = edge.elapsed();
        let mut log = read(edge).await?;
        let took = edge.elapsed().saturating_sub(begun);
        if took > PATIENCE {
            ahead = ahead.max(took * 2);
        }
        if ahead > Duration::ZERO {
            ours.floor = milliseconds(edge.now()).saturating_add(millis(ahead));
        }
        ours.add_to(&mut log);
        log.forget(edge.now());
        let written = edge.elapsed();
        let result = edge.set(KEY, &log.to_bytes()).await;
        let now = edge.elapsed();
        // Whatever was overwritten is below the floor, if that was set far enough ahead. A write that failed
        // may have been one.
        let (took, wrote) = (now.saturating_sub(begun), now.saturating_sub(written));
        if took > PATIENCE && wrote > ahead {
            ahead = took * 2;
            continue;
        }
        result?;
        edge.sleep(PATIENCE + settle * 2).await;
        if ours.are_in(&read(edge).await?) {
            return Ok(());
        }
    }
    Err(StoreError(format!("`{KEY}` is written too often or too slowly; purge again")))
}

/// What one writer has to say.
struct Ours {
    tags: Vec<u64>,
    at: u64,
    floor: u64,
}

impl Ours {
    fn new(tags: &[Tag], at: u64) -> Self {
        let floor = if tags.contains(&Tag::shop()) { at } else { 0 };
        Self { tags: tags.iter().map(Tag::digest).collect(), at, floor }
    }

    fn add_to(&self, log: &mut Log) {
        log.raise(self.floor);
        self.tags.iter().for_each(|tag| log.add(*tag, self.at));
    }

    fn are_in(&self, log: &Log) -> bool {
        log.floor >= self.floor && self.tags.iter().all(|tag| log.knows(*tag, self.at))
    }
}

/// The log as it is; without one that can be read, everything is purged.
async fn read(edge: &dyn Edge) -> Result<Log, StoreError> {
    let Some(bytes) = edge.get(KEY).await? else { return Ok(Log::default()) };
    Ok(Log::from_bytes(&bytes).unwrap_or_else(|| {
        edge.log(&format!("`{KEY}` held no log of purges: everything is purged, and a new log is written"));
        Log::all_until(edge.now())
    }))
}
