//! From a product to one variant, choice by choice.

use super::super::words::fold::fold;
use super::super::{Action, Button, Purpose, Question, Reply, Talk, Which};
use super::product::Meant;
use commerce::{Choice, Product, ProductId, ProductOption, StockLevel, Variant};
use kit::Failure;

impl Talk<'_> {
    /// Finds the product that was meant and goes on with it.
    pub(in super::super) async fn which(&mut self, which: Which, purpose: Purpose) -> Result<Reply, Failure> {
        match self.meant(&which, &purpose).await? {
            Meant::Unclear(reply) => Ok(reply),
            Meant::One(product) => {
                // A variant that was chosen before stays chosen: "two more of it".
                let focus = self.memory.focus.as_ref().filter(|focus| focus.id == product);
                match (focus.and_then(|focus| focus.variant.clone()), &purpose) {
                    (Some(variant), Purpose::Add { quantity }) => self.add(&variant, *quantity).await,
                    (Some(variant), Purpose::Stock { town }) => {
                        let Some(product) = self.product(&product).await? else { return Ok(self.gone()) };
                        match product.variants.iter().find(|known| known.id == variant) {
                            Some(variant) => self.stock(&product, variant, town.as_deref()).await,
                            None => Ok(self.gone()),
                        }
                    }
                    (None, _) => self.choose(&product, Vec::new(), purpose).await,
                }
            }
        }
    }

    /// Goes on with a product: does what was wished when one variant is left, else asks for a choice.
    pub(in super::super) async fn choose(
        &mut self,
        id: &ProductId,
        choices: Vec<Choice>,
        purpose: Purpose,
    ) -> Result<Reply, Failure> {
        let Some(product) = self.product(id).await? else { return Ok(self.gone()) };
        let left: Vec<&Variant> =
            product.variants.iter().filter(|variant| has_all(variant, &choices)).collect();
        match (left.as_slice(), &purpose) {
            ([], _) => Ok(Reply::text(self.text("no-such-variant")).then(self.show(id).await?)),
            ([one], Purpose::Add { quantity }) => {
                self.focus_on(&product, Some(one));
                self.add(&one.id, *quantity).await
            }
            ([one], Purpose::Stock { town }) => {
                self.focus_on(&product, Some(one));
                self.stock(&product, one, town.as_deref()).await
            }
            _ => Ok(self.ask_choice(&product, &left, choices, purpose)),
        }
    }

    fn ask_choice(
        &mut self,
        product: &Product,
        left: &[&Variant],
        choices: Vec<Choice>,
        purpose: Purpose,
    ) -> Reply {
        self.focus_on(product, None);
        let Some(option) = product.options.iter().find(|option| values_left(option, left).len() > 1) else {
            // Variants that no option tells apart: the backend's doing, and nobody can choose.
            return self.gone();
        };
        let for_cart = matches!(purpose, Purpose::Add { .. });
        let buyable = |choice: &Choice| {
            !for_cart
                || left.iter().any(|v| v.choices.contains(choice) && v.stock.level != StockLevel::OutOfStock)
        };
        let buttons: Vec<Button> = values_left(option, left)
            .into_iter()
            .filter(|(choice, _)| buyable(choice))
            .map(|(choice, name)| {
                let choices = choices.iter().cloned().chain([choice]).collect();
                Button::new(
                    name,
                    Action::Choose { product: product.id.clone(), choices, purpose: purpose.clone() },
                )
            })
            .collect();
        if buttons.is_empty() {
            return Reply::text(self.text("sold-out"));
        }
        self.memory.asked = Some(Question::Variant { product: product.id.clone(), choices, purpose });
        let variables = [("product", product.name.clone().into()), ("option", option.name.clone().into())];
        Reply::text(self.locale.say("choose", &variables)).and_choices(buttons)
    }

    /// The choices that a bare "navy, M" makes, added to those made before; `None` when it names none.
    pub(super) async fn chosen(
        &self,
        id: &ProductId,
        choices: &[Choice],
        text: &str,
    ) -> Result<Option<Vec<Choice>>, Failure> {
        let Some(product) = self.product(id).await? else { return Ok(None) };
        let said = format!(
            " {} ",
            super::super::words::fold::tokens(text)
                .into_iter()
                .map(|t| t.folded)
                .collect::<Vec<_>>()
                .join(" ")
        );
        let mut all = choices.to_vec();
        for option in &product.options {
            if all.iter().any(|choice| choice.option == option.id) {
                continue;
            }
            let mut named: Vec<_> = option.values.iter().filter(|value| says(&said, &value.name)).collect();
            // "Dark green" also says "green": the longest name is meant.
            named.sort_by_key(|value| std::cmp::Reverse(value.name.chars().count()));
            if let Some(value) = named.first() {
                all.push(Choice { option: option.id.clone(), value: value.id.clone() });
            }
        }
        Ok((all.len() > choices.len()).then_some(all))
    }
}

fn says(said: &str, name: &str) -> bool {
    let name: Vec<String> =
        super::super::words::fold::tokens(name).into_iter().map(|token| token.folded).collect();
    let name = name.join(" ");
    !name.is_empty() && (said.contains(&format!(" {name} ")) || is_slip(said.trim(), &fold(&name)))
}

fn is_slip(said: &str, name: &str) -> bool {
    name.chars().count() >= 4 && strsim::osa_distance(said, name) <= 1
}

fn has_all(variant: &Variant, choices: &[Choice]) -> bool {
    choices.iter().all(|choice| variant.choices.contains(choice))
}

/// The values of an option that the variants still have.
fn values_left(option: &ProductOption, left: &[&Variant]) -> Vec<(Choice, String)> {
    let choice = |value: &str| Choice { option: option.id.clone(), value: value.to_owned() };
    let values = option.values.iter().map(|value| (choice(&value.id), value.name.clone()));
    values.filter(|(choice, _)| left.iter().any(|variant| variant.choices.contains(choice))).collect()
}
