//! One change of a cart at a time. Key-value has no compare-and-set, so two taps at once would both start from
//! the same cart and the later would undo the earlier. This is Fischer's mutual exclusion with reads, writes and
//! a delay only (L. Lamport, "A Fast Mutual Exclusion Algorithm", 1987, where it is told in section 2): who finds
//! its own claim still there after the delay goes ahead.

use crate::wire::No;
use commerce::Refusal;
use kit::Edge;
use std::future::Future;
use std::time::Duration;

/// Longer than a claim takes to be written by somebody who has just seen that nobody is there.
const SETTLE: Duration = Duration::from_millis(15);
const PAUSE: Duration = Duration::from_millis(10);
/// Then the cart is said to be changing; a visitor waits no longer anyway.
const TRIES: u32 = 60;
/// A claim this old is of somebody who was cut off, in milliseconds.
const STALE: i64 = 1000;

/// Does some work while nobody else does any under the same name: that of a cart, or of a key that begins one.
///
/// # Errors
/// Those of the work; [`No::NotFound`] for what is no such name; `conflict` when others keep changing it.
pub(crate) async fn alone<T>(
    edge: &dyn Edge,
    id: &str,
    work: impl Future<Output = Result<T, No>>,
) -> Result<T, No> {
    if !super::is_cart_id(id) {
        return Err(No::NotFound);
    }
    let key = format!("turn:{id}");
    let mine = edge.random();
    for _ in 0..TRIES {
        if edge.get(&key).await?.is_some_and(|claim| !stale(&claim, edge)) {
            edge.sleep(PAUSE).await;
            continue;
        }
        let claim = [mine.as_slice(), &edge.now().as_millisecond().to_be_bytes()].concat();
        edge.set(&key, &claim).await?;
        edge.sleep(SETTLE).await;
        if edge.get(&key).await? == Some(claim) {
            let done = work.await;
            edge.delete(&key).await?;
            return done;
        }
    }
    Err(Refusal::Conflict.into())
}

fn stale(claim: &[u8], edge: &dyn Edge) -> bool {
    let since = claim.last_chunk::<8>().map_or(0, |bytes| i64::from_be_bytes(*bytes));
    edge.now().as_millisecond().saturating_sub(since) > STALE
}
