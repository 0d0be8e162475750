//! The basket.

use crate::links::Links;
use crate::pages::{print, slot};
use crate::view::{Banner, Basket, Card, Chrome, Meta, Notice, Use, cards};
use commerce::{Cart, CartChange, ContentQuery, LineId};
use futures::try_join;
use kit::decide::{Recommended, Topic};
use kit::{Answer, Ask, Failure, Trouble};
use serde::Serialize;

#[derive(Serialize)]
struct Page {
    notice: Vec<Notice>,
    basket: Basket,
    promise: Vec<Banner>,
    beside: Vec<Card>,
    has_beside: bool,
}

/// The basket as it is.
pub(crate) async fn answer(ask: &Ask) -> Result<Answer, Failure> {
    let notice = ask.query.get("added").map(|_| Notice::good(ask.locale.text("added")));
    show(ask, notice, "").await
}

/// Sets a line's pieces.
pub(crate) async fn change(ask: &Ask) -> Result<Answer, Failure> {
    let form = ask.form()?;
    let line = LineId::new(form.require("line", 200)?);
    let quantity = form.number("quantity", 0..=999, 1)?;
    apply(ask, &CartChange::Set { line, quantity }, "").await
}

/// Removes a line.
pub(crate) async fn remove(ask: &Ask) -> Result<Answer, Failure> {
    let form = ask.form()?;
    let line = LineId::new(form.require("line", 200)?);
    apply(ask, &CartChange::Remove { line }, "").await
}

/// Gives a code, or takes one back.
pub(crate) async fn code(ask: &Ask) -> Result<Answer, Failure> {
    let form = ask.form()?;
    if form.get("remove").is_some() {
        let code = form.require("remove", 60)?.to_owned();
        return apply(ask, &CartChange::RemoveCode { code }, "").await;
    }
    let code = form.require("code", 60)?.to_owned();
    apply(ask, &CartChange::ApplyCode { code: code.clone() }, &code).await
}

/// Changes the basket, then shows it; when the shop says no, shows it as it was, with the reason.
async fn apply(ask: &Ask, change: &CartChange, typed: &str) -> Result<Answer, Failure> {
    match ask.change_cart(change).await {
        Ok((_, session)) => Ok(Answer::see_other(&Links::of(ask).page("cart")).session(session)),
        Err(failure) if matches!(failure.trouble, Trouble::Refused(_)) => {
            let notice = Notice::refused(&ask.locale, &failure);
            Ok(show(ask, Some(notice), typed).await?.status(failure.status()))
        }
        Err(failure) => Err(failure),
    }
}

pub(super) async fn show(ask: &Ask, notice: Option<Notice>, typed: &str) -> Result<Answer, Failure> {
    let (chrome, cart, promise) = gather(ask).await?;
    let choices = ask.choices(Topic::page("cart")).await;
    let slugs: Vec<&str> = cart.iter().flat_map(|cart| &cart.lines).map(|line| line.slug.as_str()).collect();
    let beside = match slugs.as_slice() {
        [] => Recommended::default(),
        slugs => ask.recommend(&choices, slot::RECOMMENDATIONS, "cart", None, slugs).await?,
    };
    let beside = cards(&ask.locale, &Links::of(ask), &beside.cards, Use::Card);
    let page = Page {
        notice: notice.into_iter().collect(),
        basket: Basket::of(ask, cart.as_ref(), typed),
        promise,
        has_beside: !beside.is_empty(),
        beside,
    };
    let meta = Meta { title: ask.locale.text("basket").to_owned(), hidden: true, ..Meta::default() };
    // The frame counts what the page shows.
    let chrome = Chrome { cart, choices: Some(choices), ..chrome };
    print(ask, "cart.html", &chrome, meta, page)
}

/// The frame, the basket, and what the shop promises about delivery.
async fn gather(ask: &Ask) -> Result<(Chrome, Option<Cart>, Vec<Banner>), Failure> {
    let query = ContentQuery { slots: vec!["delivery_promise".to_owned()], ids: Vec::new() };
    // A basket is nobody else's business even while it is empty.
    ask.reads.private();
    let (categories, cart, content) = try_join!(
        ask.slots.or_default(slot::CATEGORIES, ask.shop.categories()),
        ask.slots.required(slot::CART, ask.cart()),
        ask.slots.optional(slot::CONTENT, ask.shop.content(&query)),
    )?;
    let links = Links::of(ask);
    let content = content.unwrap_or_default();
    let promise =
        content.iter().take(1).map(|block| Banner::of(&ask.locale, &links, block, Use::Half)).collect();
    Ok((Chrome { categories, ..Chrome::default() }, cart.into_open(), promise))
}
