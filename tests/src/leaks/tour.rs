//! Two visitors and a stranger over every address of every head, by every method, in every spelling.

use super::asking::{Asking, with};
use super::canary::{Visitor, inspect};
use super::shop::MarkedShop;
use super::spelling::{Lines, POISON, SPELLINGS};
use crate::answer::{Answer, client};
use crate::routes::{Route, all};
use anyhow::{Context, Result};
use std::collections::BTreeMap;

/// What came of a tour.
#[derive(Debug, Default)]
pub struct Tour {
    /// Answers looked into.
    pub answers: usize,
    /// Answers that held something of their own visitor: without these the tour would prove nothing.
    pub own: usize,
    /// Answers that may be kept by all.
    pub public: usize,
    /// What leaked.
    pub leaks: Vec<String>,
}

/// Methods that are tried on every address besides its own.
const OTHERS: [&str; 4] = ["HEAD", "OPTIONS", "PUT", "DELETE"];

/// Goes over all addresses at `site`; with `spelling` every spelling, else only the plain one.
///
/// # Errors
/// When there is no answer at all, which nothing sent here may cause.
pub async fn tour(site: &str, shop: &MarkedShop, spelling: bool) -> Result<Tour> {
    let client = client()?;
    let asking = Asking { client: &client, site, slug: &shop.slug, variant: &shop.variant };
    let mut tour = Tour::default();
    let mut heads: BTreeMap<String, Vec<Route>> = BTreeMap::new();
    for route in all() {
        heads.entry(route.head.clone()).or_default().push(route);
    }
    for route in heads.values().flatten() {
        let own = if spelling { SPELLINGS } else { &SPELLINGS[..1] };
        let plain = OTHERS.iter().map(|method| (*method, &SPELLINGS[..1]));
        for (method, spellings) in plain.chain([(route.method.as_str(), own)]) {
            for lines in spellings {
                let (ada, bob) = (Visitor::new(), Visitor::new());
                let stranger = Visitor::stranger();
                for (visitor, lines) in [(&ada, *lines), (&stranger, lines), (&bob, &[]), (&stranger, &[])] {
                    tour.stop(&asking, shop, route, method, visitor, lines).await?;
                }
            }
        }
    }
    Ok(tour)
}

impl Tour {
    async fn stop(
        &mut self,
        asking: &Asking<'_>,
        shop: &MarkedShop,
        route: &Route,
        method: &str,
        visitor: &Visitor,
        lines: Lines,
    ) -> Result<()> {
        for request in asking.requests(route, method, visitor)? {
            shop.take_made();
            let place = || format!("{method} {} with {lines:?}", route.pattern);
            let answer = Answer::to(with(request, visitor, lines)).await.with_context(place)?;
            self.answers += 1;
            self.own += usize::from(answer.body.contains(&visitor.canary));
            self.public += usize::from(answer.header("cache-control").contains("public"));
            let mut wrong = inspect(&answer, visitor, &shop.take_made());
            // A host's name is part of every key, so whoever sends one may see it again.
            let sent_host = lines.iter().any(|(name, _)| *name == "host");
            let text = || answer.headers.values().chain([&answer.body]);
            if !sent_host && text().any(|text| text.contains(POISON)) {
                wrong.push("holds what somebody put into a header that is part of no key".to_owned());
            }
            self.leaks.extend(wrong.into_iter().map(|wrong| format!("{}: {wrong}", place())));
        }
        Ok(())
    }
}
