//! What went wrong, as a screen with a way on.

use super::{Addresses, compose, screen};
use crate::screen::{Action, Hero, Item, ItemKind, Kind, Mishap, Screen};
use kit::{Ask, Failure, Trouble};

/// A screen that says a failure.
pub fn failure(ask: &Ask, failure: &Failure) -> Screen {
    let addresses = Addresses::of(ask);
    let home = addresses.screen("home", &[]);
    let title = ask.locale.text("error-title");
    let mut empty =
        screen(ask, Kind::Error, format!("error-{}", failure.code()), title, addresses.deep_link(&home, ""));
    let message = ask.locale.text(&format!("failure-{}", failure.code())).to_owned();
    empty.error = Some(Mishap {
        status: failure.status().as_u16(),
        code: failure.code().to_owned(),
        message: message.clone(),
    });
    let button =
        |id, action| Item::new(id, ItemKind::Button, ask.locale.text(&format!("error-{id}")), action);
    let mut actions = vec![button("home", Action::open(home))];
    // Asking again helps when the shop was to blame, not the question.
    if failure.is_ours() || matches!(failure.trouble, Trouble::Refused(commerce::Refusal::Conflict)) {
        actions.insert(0, button("retry", Action::Retry));
    }
    let hero = Hero { title: title.to_owned(), text: message, actions, ..Hero::default() };
    compose(empty, Some(hero), Vec::new())
}
