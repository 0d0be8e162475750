//! One product: shown, and found by what was said of it.

use super::super::{Action, Button, Card, Purpose, Question, Reply, Shown, Talk, Which};
use super::goods::picture;
use commerce::{Product, ProductId, ProductKey, StockLevel, Subject, Variant};
use kit::decide::Topic;
use kit::visibility::Public;
use kit::{Failure, Slot, Trouble};

/// What was meant by "it", "the second one" or a name.
pub(super) enum Meant {
    /// One product.
    One(ProductId),
    /// Not clear: what to say instead.
    Unclear(Reply),
}

impl Talk<'_> {
    /// Shows the product that was meant.
    pub(in super::super) async fn show_which(&mut self, which: Which) -> Result<Reply, Failure> {
        match self.shown(&which) {
            Some(shown) => self.show(&shown.id).await,
            None => Ok(self.nothing_there(&which)),
        }
    }

    /// Shows a product with what there is to choose.
    pub(in super::super) async fn show(&mut self, id: &ProductId) -> Result<Reply, Failure> {
        let Some(product) = self.product(id).await? else { return Ok(self.gone()) };
        self.focus_on(&product, None);
        let cheapest = product.variants.iter().min_by_key(|variant| variant.price.current.amount);
        let varies =
            product.variants.iter().any(|v| cheapest.is_some_and(|c| c.price.current != v.price.current));
        let price = cheapest.map(|variant| self.locale.money(variant.price.current));
        let price = price.map(|price| match varies {
            true => self.locale.say("price-from", &[("price", price.into())]),
            false => price,
        });
        let level = product.variants.iter().map(|variant| variant.stock.level).max();
        let level = level.unwrap_or(StockLevel::OutOfStock);
        let mut lines = vec![product.summary.clone()];
        lines.extend(product.options.iter().map(|option| {
            let values: Vec<&str> = option.values.iter().map(|value| value.name.as_str()).collect();
            format!("{}: {}", option.name, self.listed(&values))
        }));
        if let Some(rating) = product.rating {
            let stars = self.locale.tenths(rating.average_tenths);
            let number = self.locale.number(rating.count);
            let variables =
                [("stars", stars.into()), ("count", rating.count.into()), ("number", number.into())];
            lines.push(self.locale.say("rating", &variables));
        }
        lines.push(self.stock_word(level));
        let choose = |purpose| Action::Choose { product: product.id.clone(), choices: Vec::new(), purpose };
        let mut buttons = Vec::new();
        if level != StockLevel::OutOfStock {
            buttons.push(self.button("button-add", choose(Purpose::Add { quantity: 1 })));
        }
        buttons.push(self.button("button-stock", choose(Purpose::Stock { town: None })));
        let card = Card {
            title: product.name.clone(),
            subtitle: lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
            price,
            was: cheapest.and_then(|variant| variant.price.was).map(|was| self.locale.money(was)),
            image: product.images.first().map(picture),
            link: Some(self.product_page(&product.slug)),
            buttons,
        };
        let about: String =
            product.description.split("\n\n").next().unwrap_or_default().chars().take(600).collect();
        let choices = self.ask.choices(Topic::product(&product)).await;
        let given = self.given_on(&choices, None);
        let beside = self.beside(&choices, "product", Some(&product), &[&product.slug]).await;
        Ok(Reply::default().and_cards(vec![card]).and_text(about).then(given).then(beside))
    }

    /// A product by its id; `None` when the shop no longer has it.
    pub(super) async fn product(&self, id: &ProductId) -> Result<Option<Public<Product>>, Failure> {
        let key = ProductKey::Id(id.clone());
        match self.ask.slots.required(Slot::new("product"), self.ask.shop.product(&key)).await {
            Ok(product) => Ok(Some(product)),
            Err(Failure { trouble: Trouble::NotFound(Subject::Product), .. }) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// "It" means this product from now on.
    pub(super) fn focus_on(&mut self, product: &Product, variant: Option<&Variant>) {
        let only = match product.variants.as_slice() {
            [only] => Some(only),
            _ => None,
        };
        self.memory.focus = Some(Shown {
            id: product.id.clone(),
            name: product.name.chars().take(120).collect(),
            variant: variant.or(only).map(|variant| variant.id.clone()),
        });
    }

    fn shown(&self, which: &Which) -> Option<Shown> {
        match which {
            Which::Nth(place) => self.memory.nth(*place).cloned(),
            _ => self.memory.focus.clone(),
        }
    }

    /// Which product was meant. A name that fits several is asked back, never guessed.
    pub(super) async fn meant(&mut self, which: &Which, purpose: &Purpose) -> Result<Meant, Failure> {
        if let Which::Words(words) = which {
            return self.meant_by_words(words, purpose).await;
        }
        match (self.shown(which), which) {
            (Some(shown), _) => Ok(Meant::One(shown.id)),
            (None, Which::Nth(_)) => Ok(Meant::Unclear(self.nothing_there(which))),
            (None, _) if !self.memory.shown.is_empty() => Ok(Meant::Unclear(self.ask_which(purpose))),
            (None, _) => Ok(Meant::Unclear(self.nothing_there(which))),
        }
    }

    async fn meant_by_words(&mut self, words: &str, purpose: &Purpose) -> Result<Meant, Failure> {
        let found = self.listing(words, 1).await?;
        let wanted = super::super::words::fold::fold(words);
        let named = |name: &str| super::super::words::fold::fold(name) == wanted;
        let mut exact = found.items.iter().filter(|card| named(&card.name));
        match (found.items.as_slice(), exact.next(), exact.next()) {
            ([], _, _) => Ok(Meant::Unclear(self.search(words, 1).await?)),
            ([only], _, _) if found.total <= 1 => Ok(Meant::One(only.id.clone())),
            (_, Some(one), None) => Ok(Meant::One(one.id.clone())),
            _ => {
                let list = self.found(words, &found, 1);
                self.memory.asked = Some(Question::Which { purpose: purpose.clone() });
                Ok(Meant::Unclear(Reply::text(self.text("which-one")).then(list)))
            }
        }
    }

    /// Asks which of the shown products, with a button for each.
    pub(super) fn ask_which(&mut self, purpose: &Purpose) -> Reply {
        let shown = self.memory.shown.iter().enumerate();
        let buttons = shown.map(|(place, shown)| {
            let action =
                Action::Choose { product: shown.id.clone(), choices: Vec::new(), purpose: purpose.clone() };
            let number = self.locale.number(i64::try_from(place + 1).unwrap_or_default());
            Button::new(format!("{number} · {}", shown.name), action)
        });
        let buttons = buttons.collect();
        self.memory.asked = Some(Question::Which { purpose: purpose.clone() });
        Reply::text(self.text("which-one")).and_choices(buttons)
    }

    /// Words one after another, with the language's comma.
    pub(super) fn listed(&self, words: &[&str]) -> String {
        words.join(&format!("{} ", self.locale.text("list-comma")))
    }

    /// There is no second one, or nothing was shown.
    pub(super) fn nothing_there(&self, which: &Which) -> Reply {
        match (which, self.memory.shown.len()) {
            (Which::Nth(_), count @ 1..) => {
                let count = u32::try_from(count).unwrap_or_default();
                Reply::text(self.locale.count("no-such-place", count))
            }
            _ => Reply::text(self.text("nothing-shown")).and_choices(self.starters()),
        }
    }

    /// The shop no longer has it.
    pub(super) fn gone(&self) -> Reply {
        Reply::text(self.text("gone")).and_choices(self.starters())
    }

    pub(super) fn stock_word(&self, level: StockLevel) -> String {
        self.text(match level {
            StockLevel::InStock => "stock-in-stock",
            StockLevel::LowStock => "stock-low-stock",
            StockLevel::OutOfStock => "stock-out-of-stock",
        })
    }
}
