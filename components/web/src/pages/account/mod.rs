//! A customer's account: signing in, what the shop knows of them, and signing out.
//!
//! Everything here is one visitor's own, and there is none of it where the shop has no customers.

mod overview;
mod sign_in;

pub(crate) use overview::answer;
pub(crate) use sign_in::{enter, form};

use crate::links::{Links, is_own};
use commerce::Capability;
use kit::{Answer, Ask, Failure, Trouble};

/// Signs out, and goes back to the front page.
pub(crate) async fn leave(ask: &Ask) -> Result<Answer, Failure> {
    check(ask)?;
    Ok(Answer::see_other(&Links::of(ask).home()).session(ask.sign_out().await))
}

/// Where the shop has no customers, there is no such page.
fn check(ask: &Ask) -> Result<(), Failure> {
    ask.reads.private();
    match ask.shop.can(Capability::Customer) {
        true => Ok(()),
        false => Err(Failure::new(Trouble::UnknownRoute)),
    }
}

/// Where a visitor came from, if that is a page of ours in this market and none that leads round in a circle; else their
/// account.
fn way_back(ask: &Ask, back: Option<&str>) -> String {
    let links = Links::of(ask);
    let round = links.page("account/");
    let back = back.filter(|back| is_own(back, &links.home()) && !back.starts_with(&round));
    back.map_or_else(|| links.page("account"), str::to_owned)
}
