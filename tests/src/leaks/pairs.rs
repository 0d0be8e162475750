//! Random visitors one after another on many connections: whoever finds the instance, the connection or the
//! cache that somebody else has just left must find nothing of theirs.

use super::canary::{Visitor, inspect};
use crate::answer::{Answer, client};
use anyhow::Result;
use futures::{StreamExt, stream};
use reqwest::Client;

/// Conversations at once.
const AT_ONCE: usize = 16;

/// What is asked, most of it private; `{id}` is the visitor's order.
const PLACES: [&str; 19] = [
    "/en-gb/cart",
    "/en-gb/cart",
    "/en-gb/checkout",
    "/en-gb/order/{id}",
    "/en-gb/order",
    "/en-gb/account",
    "/en-gb/",
    "/en-gb/p/harbour-trench-coat",
    "/en-gb/stores",
    "/tv/screens/cart?market=en-gb",
    "/tv/screens/cart?market=en-gb",
    "/tv/screens/home?market=en-gb",
    "/watch/glances?market=en-gb",
    "/watch/glances/cart?market=en-gb",
    "/watch/glances/order?market=en-gb",
    "/watch/glances/offer?market=en-gb",
    "chat show my basket",
    "chat where is my order",
    "chat stores",
];

/// What came of it.
#[derive(Debug, Default)]
pub struct Pairs {
    /// Pairs of visitors.
    pub pairs: usize,
    /// Answers that held something of their own visitor.
    pub own: usize,
    /// What leaked; of many the first hundred.
    pub leaks: Vec<String>,
    /// Leaks in all.
    pub count: usize,
}

/// Sends so many pairs of visitors to `site`.
///
/// # Errors
/// When there is no answer at all.
pub async fn pairs(site: &str, count: usize) -> Result<Pairs> {
    let client = client()?;
    let client = &client;
    let mut outcome = Pairs::default();
    let mut work = stream::iter(0..count).map(|seed| pair(client, site, seed)).buffer_unordered(AT_ONCE);
    while let Some(pair) = work.next().await {
        let (own, leaks) = pair?;
        outcome.pairs += 1;
        outcome.own += own;
        outcome.count += leaks.len();
        let room = 100_usize.saturating_sub(outcome.leaks.len());
        outcome.leaks.extend(leaks.into_iter().take(room));
    }
    Ok(outcome)
}

/// Two visitors, the second often a stranger, at places that chance picks: as often as not the same one.
async fn pair(client: &Client, site: &str, seed: usize) -> Result<(usize, Vec<String>)> {
    let mut chance = Chance(seed as u64);
    let first = PLACES[chance.below(PLACES.len())];
    let second = if chance.below(2) == 0 { first } else { PLACES[chance.below(PLACES.len())] };
    let other = if chance.below(3) == 0 { Visitor::stranger() } else { Visitor::new() };
    let (mut own, mut leaks) = (0, Vec::new());
    for (visitor, place) in [(Visitor::new(), first), (other, second)] {
        let answer = ask(client, site, &visitor, place).await?;
        own += usize::from(answer.body.contains(&visitor.canary));
        leaks.extend(inspect(&answer, &visitor, &[]).into_iter().map(|wrong| format!("{place}: {wrong}")));
    }
    Ok((own, leaks))
}

async fn ask(client: &Client, site: &str, visitor: &Visitor, place: &str) -> Result<Answer> {
    let request = match place.strip_prefix("chat ") {
        Some(text) => client
            .post(format!("{site}/chat/messages?market=en-gb"))
            .header("content-type", "application/json")
            .body(serde_json::json!({ "text": text }).to_string()),
        None => client.get(format!("{site}{}", place.replace("{id}", &visitor.canary))),
    };
    Answer::to(super::asking::with(request, visitor, &[])).await
}

/// SplitMix64 (<https://prng.di.unimi.it/splitmix64.c>): the same seed, the same pair.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }
}
