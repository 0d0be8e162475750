//! The shop turned into glances.

mod address;
mod cart;
mod consent;
mod failure;
mod offer;
mod order;

pub use cart::cart;
pub use consent::agree;
pub use failure::failure;
pub use offer::offer;
pub use order::{last_order, order, pickup};

use crate::glance::{Glance, Kind, LEAST_REFRESH, Picture, SCHEMA, fit_all};
use commerce::Image;
use jiff::{SignedDuration, Timestamp};
use kit::{Answer, Ask, Failure, Trouble};

/// Width of a picture: the face is 396 pixels wide at most.
const SMALL: u32 = 240;
/// The longest address of a picture that is passed on.
const LONGEST_ADDRESS: usize = 300;

/// Every glance that there is now, what matters most first.
///
/// # Errors
/// When not one could be had, and something failed.
pub async fn all(ask: &Ask) -> Result<Answer, Failure> {
    let (pickup, order, cart, offer) = futures::join!(pickup(ask), last_order(ask), cart(ask), offer(ask));
    let mut glances = Vec::new();
    let mut broken = None;
    for glance in [pickup, order, cart, offer] {
        match glance {
            Ok(glance) => glances.push(glance),
            // There is no order, or no offer today: nothing to show, and no failure.
            Err(failure) if matches!(failure.trouble, Trouble::NotFound(_) | Trouble::Unsupported) => {}
            Err(failure) => broken = Some(failure),
        }
    }
    match broken {
        Some(failure) if glances.is_empty() => Err(failure),
        _ => Ok(fit_all(glances)),
    }
}

/// A glance with what all have, good for `minutes`.
fn glance(ask: &Ask, kind: Kind, title: &str, text: String, tap: String, minutes: u32) -> Glance {
    let good = SignedDuration::from_mins(i64::from(minutes));
    Glance {
        schema: SCHEMA,
        kind,
        title: title.to_owned(),
        text,
        value: String::new(),
        detail: String::new(),
        progress: None,
        image: None,
        tap,
        valid_until: stamp(ask.now.saturating_add(good).unwrap_or(ask.now)),
        refresh_after_s: (minutes * 60).max(LEAST_REFRESH),
        language: ask.locale.tag().to_owned(),
        direction: ask.locale.direction(),
        error: None,
        as_of: None,
        trimmed: false,
    }
}

/// To the second: a watch counts no finer.
fn stamp(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}

/// A small picture; `None` when its address is not one to load from a watch.
fn picture(image: &Image) -> Option<Picture> {
    let (url, width, height) = image.at_least(SMALL);
    let own = url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/\\");
    let loadable = own || url.starts_with("https://") || url.starts_with("http://");
    let clean = !url.chars().any(|c| c.is_control() || c.is_whitespace());
    let sized = (1..=1920).contains(&width) && (1..=1920).contains(&height);
    (loadable && clean && sized && url.len() <= LONGEST_ADDRESS).then(|| Picture {
        url: url.to_owned(),
        width,
        height,
    })
}
