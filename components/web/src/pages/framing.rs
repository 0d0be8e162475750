//! What stands around a page, on its way: a page begins without it.

use super::{chrome, slot};
use crate::view::Chrome;
use kit::Ask;
use kit::decide::{Choices, Topic};
use kit::seams::{Part, Parts};
use std::rc::Rc;

/// Where it stands in every template.
const SEAM: &str = "chrome";

/// Departments, basket and offers for a page that is asked for.
#[derive(Clone)]
pub(crate) struct Framing {
    chrome: Part<Chrome>,
    choices: Option<Part<Choices>>,
}

impl Framing {
    /// Asks for the departments and the basket of a visitor who has one.
    pub(crate) fn asked(ask: &Rc<Ask>) -> Self {
        let asking = ask.clone();
        Self { chrome: Part::new(async move { chrome(&asking).await.unwrap_or_default() }), choices: None }
    }

    /// Asks for the departments alone: the page knows the basket.
    pub(crate) fn departments(ask: &Rc<Ask>) -> Self {
        let ask = ask.clone();
        let categories = async move {
            ask.slots.or_default(slot::CATEGORIES, ask.shop.categories()).await.unwrap_or_default()
        };
        let chrome = async move { Chrome { categories: categories.await, ..Chrome::default() } };
        Self { chrome: Part::new(chrome), choices: None }
    }

    /// What is there already.
    pub(crate) fn of(chrome: Chrome) -> Self {
        Self { chrome: Part::new(async { chrome }), choices: None }
    }

    /// The first parts of a page.
    pub(crate) fn parts(&self) -> Parts {
        Parts::new().with(SEAM, &self.chrome)
    }

    /// Decides for the page, once it is known that there is one: it counts as shown.
    pub(crate) fn decide(&mut self, ask: &Rc<Ask>, topic: Topic, parts: Parts) -> Parts {
        let asking = ask.clone();
        let choices = Part::new(async move { asking.choices(topic).await });
        let parts = parts.with(SEAM, &choices);
        self.choices = Some(choices);
        parts
    }

    /// What is decided, if anything is.
    pub(crate) fn choices(&self) -> Option<Part<Choices>> {
        self.choices.clone()
    }

    /// Waits for the departments and the basket.
    pub(crate) async fn wait(&self) -> Rc<Chrome> {
        self.chrome.wait().await
    }

    /// As much as is there by now.
    pub(crate) fn there(&self) -> Chrome {
        let chrome = self.chrome.there();
        Chrome {
            categories: chrome.as_ref().map(|chrome| chrome.categories.clone()).unwrap_or_default(),
            cart: chrome.as_ref().and_then(|chrome| chrome.cart.clone()),
            choices: self.choices.as_ref().and_then(Part::there),
        }
    }
}
