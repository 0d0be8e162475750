//! What the visitor is given, or else today's offer.

use super::{address, glance, picture, stamp};
use crate::glance::{AsOf, Glance, Kind};
use commerce::{ContentBlock, ContentQuery, Subject};
use jiff::{SignedDuration, Timestamp};
use kit::decide::{Given, Topic};
use kit::{Ask, Failure, Slot, Trouble};
use personalise::{Moment, choose};

const SLOT: &str = "offer_of_the_day";

/// A changed price or a sold-out product is seen within half an hour.
const REFRESH_MINUTES: u32 = 30;

/// The slot of the rules whose winner is shown.
pub(super) const OWN: &str = "offer";

/// What the rules give this visitor; where they give nothing, today's offer, good until the day ends in the market.
///
/// # Errors
/// `NotFound` when there is none today; whatever befalls the content.
pub async fn offer(ask: &Ask) -> Result<Glance, Failure> {
    let choices = ask.choices(Topic::page("home")).await;
    if let Some(own) = choices.offer(OWN).and_then(|given| own(ask, &given)) {
        return Ok(own);
    }
    let query = ContentQuery { slots: vec![SLOT.to_owned()], ids: Vec::new() };
    let blocks = ask.slots.required(Slot::new("content"), ask.shop.content(&query)).await?;
    let moment = Moment { now: ask.now, zone: ask.locale.time_zone() };
    let block = choose(&blocks, SLOT, &moment);
    block
        .map(|block| show(ask, block, &moment))
        .ok_or_else(|| Failure::new(Trouble::NotFound(Subject::Product)))
}

/// `None` where nothing of it is meant for this market.
fn own(ask: &Ask, given: &Given<'_>) -> Option<Glance> {
    let text = given.phrase(&ask.locale)?;
    let title = ask.locale.text("offer-for-you");
    let mut glance = glance(ask, Kind::Offer, title, text, address::web(ask, ""), REFRESH_MINUTES);
    glance.detail = ask.locale.text("offer-in-basket").to_owned();
    Some(glance)
}

fn show(ask: &Ask, block: &ContentBlock, moment: &Moment) -> Glance {
    let product = block.products.first();
    let tap = match (&block.link, product) {
        (Some(link), _) => address::link(ask, link),
        (None, Some(product)) => address::product(ask, &product.slug),
        (None, None) => address::web(ask, ""),
    };
    let title = ask.locale.text("offer-title");
    let mut glance = glance(ask, Kind::Offer, title, block.title.clone(), tap, REFRESH_MINUTES);
    if let Some(product) = product {
        let price = ask.locale.money(product.price.current);
        glance.value = if product.price_varies {
            ask.locale.say("price-from", &[("price", price.into())])
        } else {
            price
        };
        glance.detail = match product.price.was {
            Some(was) => ask.locale.say("offer-was", &[("price", ask.locale.money(was).into())]),
            None => product.name.clone(),
        };
    }
    glance.as_of = ask.slots.stale_since().map(|at| AsOf {
        at: stamp(at),
        text: ask.locale.say("as-of", &[("time", ask.locale.lately(at, ask.now).into())]),
    });
    let image = block.image.as_ref().or(product.and_then(|product| product.image.as_ref()));
    glance.image = image.and_then(picture);
    let end = ends(block, moment).unwrap_or(ask.now);
    glance.valid_until = stamp(end);
    // Just after midnight, the watch should know of the new day.
    let left = u32::try_from(end.duration_since(ask.now).as_secs()).unwrap_or(0);
    glance.refresh_after_s = glance.refresh_after_s.min(left.max(crate::glance::LEAST_REFRESH));
    glance
}

/// The end of the market's day, or of the block's time if that comes first.
fn ends(block: &ContentBlock, moment: &Moment) -> Option<Timestamp> {
    let today = moment.now.to_zoned(moment.zone.clone());
    let midnight = today.tomorrow().and_then(|tomorrow| tomorrow.start_of_day()).ok()?.timestamp();
    let least = moment.now.saturating_add(SignedDuration::from_secs(1)).ok()?;
    Some(block.until.map_or(midnight, |until| until.min(midnight)).max(least))
}
