//! Puts a variant into the basket.

use crate::links::{Links, with_query};
use crate::pages::{chrome, product, slot};
use crate::view::{Notice, choose};
use commerce::{CartChange, ProductKey, Refusal};
use futures::try_join;
use kit::{Answer, Ask, Failure, Trouble};
use std::rc::Rc;

/// Adds what the form of a product's page chose. When the shop says no, that page comes again with what was
/// chosen and the reason.
pub(crate) async fn answer(ask: &Rc<Ask>) -> Result<Answer, Failure> {
    let form = ask.form()?;
    let key = ProductKey::Slug(form.require("product", 200)?.to_owned());
    let quantity = form.number("quantity", 1..=999, 1)?;
    let asked = ask.slots.required(slot::PRODUCT, ask.shop.product(&key));
    let (chrome, goods) = try_join!(chrome(ask), asked)?;
    let added = match choose(&goods, &form).variant {
        Some(variant) => ask.change_cart(&CartChange::Add { variant: variant.id.clone(), quantity }).await,
        None => Err(Failure::new(Trouble::Refused(Refusal::UnknownVariant))),
    };
    match added {
        Ok((_, session)) => {
            let basket = with_query(&Links::of(ask).page("cart"), &[("added", "1")]);
            Ok(Answer::see_other(&basket).session(session))
        }
        Err(failure) if matches!(failure.trouble, Trouble::Refused(_)) => {
            let notice = Notice::refused(&ask.locale, &failure);
            let page = product::show(ask, chrome, goods, form, Some(notice)).await?;
            Ok(page.status(failure.status()))
        }
        Err(failure) => Err(failure),
    }
}
