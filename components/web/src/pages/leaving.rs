//! A visitor about to leave with a full basket: what is offered, and the taking of it.

use crate::links::Links;
use crate::pages::TEMPLATES;
use crate::view::Notice;
use kit::answer::Keep;
use kit::decide::Topic;
use kit::{Answer, Ask, Failure, Trouble};
use serde::Serialize;
use std::collections::BTreeMap;
use std::rc::Rc;

#[derive(Serialize)]
struct Fragment<'a> {
    t: &'a BTreeMap<String, String>,
    offer: Vec<Farewell>,
}

#[derive(Serialize)]
struct Farewell {
    text: String,
    action: String,
    grant: String,
}

/// What is offered to a visitor about to leave: a dialog, or nothing (204). The browser reports the leaving; what it
/// means is decided here.
pub(crate) async fn offer(ask: &Ask) -> Result<Answer, Failure> {
    ask.reads.private();
    let choices = ask.choices_on(Some("exit_intent"), Topic::page("cart")).await;
    let offer = choices.offer("exit");
    let farewell = offer.and_then(|offer| {
        let (text, grant) = (offer.phrase(&ask.locale)?, ask.grant(&offer)?);
        Some(Farewell { text, action: Links::of(ask).page("cart/offer"), grant })
    });
    let Some(farewell) = farewell else {
        let mut none = Answer::new("text/html; charset=utf-8", "").status(http::StatusCode::NO_CONTENT);
        none.keep = Keep::Never;
        return Ok(none);
    };
    let fragment = Fragment { t: ask.locale.texts(), offer: vec![farewell] };
    TEMPLATES.0.print("parts/farewell.html", &fragment).map(Answer::html)
}

/// Puts the offer into the basket.
pub(crate) async fn take(ask: &Rc<Ask>) -> Result<Answer, Failure> {
    let form = ask.form()?;
    match ask.take(form.require("grant", 1_000)?).await {
        Ok((_, session)) => Ok(Answer::see_other(&Links::of(ask).page("cart")).session(session)),
        Err(failure) if matches!(failure.trouble, Trouble::Refused(_)) => {
            let notice = Notice::refused(&ask.locale, &failure);
            Ok(super::cart::show(ask, Some(notice), "").await?.status(failure.status()))
        }
        Err(failure) => Err(failure),
    }
}
