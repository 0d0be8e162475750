//! The basket.

use super::framing::Framing;
use super::{Content, blocks, content, slot, text};
use crate::links::Links;
use crate::view::{Banner, Basket, Card, Chrome, Frame, Meta, Notice, Sheet, Use, cards};
use commerce::{Cart, CartChange, ContentQuery, LineId, ProductCard};
use kit::decide::{Choices, Topic};
use kit::seams::Part;
use kit::{Answer, Ask, Failure, Trouble};
use serde::Serialize;
use std::rc::Rc;

#[derive(Serialize)]
struct Page {
    notice: Vec<Notice>,
    basket: Basket,
    promise: Vec<Banner>,
    beside: Vec<Card>,
    has_beside: bool,
}

/// The basket as it is.
pub(crate) async fn answer(ask: &Rc<Ask>) -> Result<Answer, Failure> {
    let notice = ask.query.get("added").map(|_| Notice::good(ask.locale.text("added")));
    show(ask, notice, "").await
}

/// Sets a line's pieces.
pub(crate) async fn change(ask: &Rc<Ask>) -> Result<Answer, Failure> {
    let form = ask.form()?;
    let line = LineId::new(form.require("line", 200)?);
    let quantity = form.number("quantity", 0..=999, 1)?;
    apply(ask, &CartChange::Set { line, quantity }, "").await
}

/// Removes a line.
pub(crate) async fn remove(ask: &Rc<Ask>) -> Result<Answer, Failure> {
    let form = ask.form()?;
    let line = LineId::new(form.require("line", 200)?);
    apply(ask, &CartChange::Remove { line }, "").await
}

/// Gives a code, or takes one back.
pub(crate) async fn code(ask: &Rc<Ask>) -> Result<Answer, Failure> {
    let form = ask.form()?;
    if form.get("remove").is_some() {
        let code = form.require("remove", 60)?.to_owned();
        return apply(ask, &CartChange::RemoveCode { code }, "").await;
    }
    let code = form.require("code", 60)?.to_owned();
    apply(ask, &CartChange::ApplyCode { code: code.clone() }, &code).await
}

/// Changes the basket, then shows it; when the shop says no, shows it as it was, with the reason.
async fn apply(ask: &Rc<Ask>, change: &CartChange, typed: &str) -> Result<Answer, Failure> {
    match ask.change_cart(change).await {
        Ok((_, session)) => Ok(Answer::see_other(&Links::of(ask).page("cart")).session(session)),
        Err(failure) if matches!(failure.trouble, Trouble::Refused(_)) => {
            let notice = Notice::refused(&ask.locale, &failure);
            Ok(show(ask, Some(notice), typed).await?.status(failure.status()))
        }
        Err(failure) => Err(failure),
    }
}

/// A basket whose page is printed.
struct Shown {
    ask: Rc<Ask>,
    notice: Option<Notice>,
    /// A code that was typed.
    typed: String,
    cart: Option<Cart>,
    framing: Framing,
    promise: Content,
    beside: Part<Vec<ProductCard>>,
}

/// The basket's page, which begins when the basket is there.
pub(super) async fn show(ask: &Rc<Ask>, notice: Option<Notice>, typed: &str) -> Result<Answer, Failure> {
    // A basket is nobody else's business even while it is empty.
    ask.reads.private();
    let query = ContentQuery { slots: vec!["delivery_promise".to_owned()], ids: Vec::new() };
    let promise = content(ask, query);
    // The frame counts what the page shows.
    let mut framing = Framing::departments(ask);
    let parts = framing.parts().with("promise", &promise);
    let cart = parts.beside(ask.slots.required(slot::CART, ask.cart())).await?.into_open();
    let parts = framing.decide(ask, Topic::page("cart"), parts);
    let slugs = cart.iter().flat_map(|cart| &cart.lines).map(|line| line.slug.clone()).collect();
    let beside = beside(ask, framing.choices(), slugs);
    let parts = parts.with("beside", &beside);
    let (ask, typed) = (ask.clone(), typed.to_owned());
    let shown = Shown { ask: ask.clone(), notice, typed, cart, framing, promise, beside };
    parts.page(&ask, move || shown.print()).await
}

/// Asks for what goes with what is in the basket.
fn beside(ask: &Rc<Ask>, choices: Option<Part<Choices>>, slugs: Vec<String>) -> Part<Vec<ProductCard>> {
    let ask = ask.clone();
    Part::new(async move {
        let (Some(choices), false) = (choices, slugs.is_empty()) else { return Vec::new() };
        let (choices, seeds) = (choices.wait().await, slugs.iter().map(String::as_str).collect::<Vec<_>>());
        ask.recommend(&choices, slot::RECOMMENDATIONS, "cart", None, &seeds).await.unwrap_or_default().cards
    })
}

impl Shown {
    /// The page with what is there by now.
    fn print(&self) -> Result<String, Failure> {
        let (ask, locale, links) = (&*self.ask, &*self.ask.locale, Links::of(&self.ask));
        let (promise, beside) = (self.promise.there(), self.beside.there());
        let beside = cards(locale, &links, beside.as_deref().map_or(&[], Vec::as_slice), Use::Card);
        let promise = blocks(&promise).iter().take(1);
        let page = Page {
            notice: self.notice.iter().cloned().collect(),
            basket: Basket::of(ask, self.cart.as_ref(), &self.typed),
            promise: promise.map(|block| Banner::of(locale, &links, block, Use::Half)).collect(),
            has_beside: !beside.is_empty(),
            beside,
        };
        let meta = Meta { title: locale.text("basket").to_owned(), hidden: true, ..Meta::default() };
        let chrome = Chrome { cart: self.cart.clone(), ..self.framing.there() };
        text("cart.html", &Sheet { t: locale.texts(), frame: Frame::of(ask, &chrome, meta), page })
    }
}
