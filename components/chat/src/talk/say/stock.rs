//! Which stores have it.

use super::super::{Action, Purpose, Reply, Talk};
use super::stores::is_in;
use commerce::{Capability, Choice, Product, StockLevel, StoreStock, Variant};
use kit::{Failure, Slot};

impl Talk<'_> {
    pub(super) async fn stock(
        &mut self,
        product: &Product,
        variant: &Variant,
        town: Option<&str>,
    ) -> Result<Reply, Failure> {
        if !self.ask.shop.can(Capability::StoreStock) {
            return Ok(Reply::text(self.text("failure-unsupported")));
        }
        let asked = product.variant_reference(variant);
        let all =
            self.ask.slots.required(Slot::new("store-stock"), self.ask.shop.store_stock(&asked)).await?;
        let near: Vec<&StoreStock> =
            all.iter().filter(|stock| town.is_none_or(|town| is_in(&stock.store, town))).collect();
        let shown = if near.is_empty() { all.iter().collect() } else { near };
        let name = super::add::with_choices(&product.name, &self.listed(&choices_of(product, variant)));
        let mut lines = vec![self.locale.say("stock-heading", &[("name", name.into())])];
        lines.extend(shown.iter().map(|stock| {
            let level = match (stock.stock.level, stock.stock.quantity) {
                (StockLevel::LowStock, Some(count)) => self.locale.count("stock-left", count),
                (level, _) => self.stock_word(level),
            };
            self.locale
                .say("stock-line", &[("store", stock.store.name.clone().into()), ("level", level.into())])
        }));
        // One line for all stores: the oldest of their times.
        lines.extend(shown.iter().filter_map(|stock| stock.stock.as_of).min().map(|at| {
            let time = self.locale.lately(at, self.ask.now);
            self.locale.say("stock-as-of", &[("time", time.into())])
        }));
        let mut buttons = Vec::new();
        if variant.stock.level != StockLevel::OutOfStock {
            let purpose = Purpose::Add { quantity: 1 };
            let choices: Vec<Choice> = variant.choices.clone();
            let action = Action::Choose { product: product.id.clone(), choices, purpose };
            buttons.push(self.button("button-add", action));
        }
        buttons.push(self.button("button-stores", Action::Stores { near: None }));
        Ok(Reply::text(lines.join("\n")).and_choices(buttons))
    }
}

/// A variant's choices in words.
fn choices_of<'p>(product: &'p Product, variant: &Variant) -> Vec<&'p str> {
    let names = product.options.iter().filter_map(|option| {
        let choice = variant.choices.iter().find(|choice| choice.option == option.id)?;
        option.values.iter().find(|value| value.id == choice.value).map(|value| value.name.as_str())
    });
    names.collect()
}
