//! How tagged values are read: all fields of all forms in one record, of which each form takes its own.
//!
//! serde's own way buffers the content of a tagged enum and reads it a second time, by decoders that are a
//! twentieth of the component.

use super::action::{Action, Purpose};
use super::memory::Question;
use super::reply::{Button, Card, Part};
use commerce::{Choice, LineId, OrderId, ProductId, VariantId};
use serde::Deserialize;

/// Takes a field that a form cannot do without.
fn need<T>(field: &mut Option<T>, name: &str) -> Result<T, String> {
    field.take().ok_or_else(|| format!("missing field `{name}`"))
}

/// What a form did not take, it does not have.
fn spent<T: Default + PartialEq>(fields: &T) -> Result<(), String> {
    if *fields == T::default() { Ok(()) } else { Err("a field that belongs to another kind".to_owned()) }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Do {
    Search,
    Department,
    Departments,
    Show,
    Add,
    Choose,
    Set,
    Remove,
    Cart,
    Checkout,
    Stores,
    Order,
    Offer,
    Help,
    Person,
    Take,
    Remember,
    Forget,
}

/// An [`Action`] as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlatAction {
    r#do: Do,
    words: Option<String>,
    page: Option<u32>,
    slug: Option<String>,
    product: Option<ProductId>,
    variant: Option<VariantId>,
    quantity: Option<u32>,
    choices: Option<Vec<Choice>>,
    purpose: Option<Purpose>,
    line: Option<LineId>,
    near: Option<String>,
    id: Option<OrderId>,
    grant: Option<String>,
}

impl TryFrom<FlatAction> for Action {
    type Error = String;

    fn try_from(flat: FlatAction) -> Result<Self, String> {
        let FlatAction { r#do, mut words, mut page, mut slug, mut product, mut variant, .. } = flat;
        let FlatAction {
            mut quantity, mut choices, mut purpose, mut line, mut near, mut id, mut grant, ..
        } = flat;
        let action = match r#do {
            Do::Search => Self::Search { words: need(&mut words, "words")?, page: need(&mut page, "page")? },
            Do::Department => {
                Self::Department { slug: need(&mut slug, "slug")?, page: need(&mut page, "page")? }
            }
            Do::Departments => Self::Departments {},
            Do::Show => Self::Show { product: need(&mut product, "product")? },
            Do::Add => Self::Add {
                variant: need(&mut variant, "variant")?,
                quantity: need(&mut quantity, "quantity")?,
            },
            Do::Choose => Self::Choose {
                product: need(&mut product, "product")?,
                choices: need(&mut choices, "choices")?,
                purpose: need(&mut purpose, "purpose")?,
            },
            Do::Set => {
                Self::Set { line: need(&mut line, "line")?, quantity: need(&mut quantity, "quantity")? }
            }
            Do::Remove => Self::Remove { line: need(&mut line, "line")? },
            Do::Cart => Self::Cart {},
            Do::Checkout => Self::Checkout {},
            Do::Stores => Self::Stores { near: near.take() },
            Do::Order => Self::Order { id: id.take() },
            Do::Offer => Self::Offer {},
            Do::Help => Self::Help {},
            Do::Person => Self::Person {},
            Do::Take => Self::Take { grant: need(&mut grant, "grant")? },
            Do::Remember => Self::Remember {},
            Do::Forget => Self::Forget {},
        };
        spent(&(words, page, slug, product, variant, quantity))?;
        spent(&(choices, purpose, line, near, id, grant))?;
        Ok(action)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum For {
    Add,
    Stock,
}

/// A [`Purpose`] as it is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlatPurpose {
    r#for: For,
    quantity: Option<u32>,
    town: Option<String>,
}

impl TryFrom<FlatPurpose> for Purpose {
    type Error = String;

    fn try_from(mut flat: FlatPurpose) -> Result<Self, String> {
        let purpose = match flat.r#for {
            For::Add => Self::Add { quantity: need(&mut flat.quantity, "quantity")? },
            For::Stock => Self::Stock { town: flat.town.take() },
        };
        spent(&(flat.quantity, flat.town))?;
        Ok(purpose)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Is {
    Which,
    Variant,
    Order,
}

/// A [`Question`] as it is read.
#[derive(Deserialize)]
pub(super) struct FlatQuestion {
    is: Is,
    product: Option<ProductId>,
    choices: Option<Vec<Choice>>,
    purpose: Option<Purpose>,
}

impl TryFrom<FlatQuestion> for Question {
    type Error = String;

    fn try_from(mut flat: FlatQuestion) -> Result<Self, String> {
        Ok(match flat.is {
            Is::Which => Self::Which { purpose: need(&mut flat.purpose, "purpose")? },
            Is::Variant => Self::Variant {
                product: need(&mut flat.product, "product")?,
                choices: need(&mut flat.choices, "choices")?,
                purpose: need(&mut flat.purpose, "purpose")?,
            },
            Is::Order => Self::Order,
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Text,
    Cards,
    Choices,
    Link,
}

/// A [`Part`] as it is read.
#[derive(Deserialize)]
pub(super) struct FlatPart {
    kind: Kind,
    text: Option<String>,
    cards: Option<Vec<Card>>,
    buttons: Option<Vec<Button>>,
    label: Option<String>,
    url: Option<String>,
}

impl TryFrom<FlatPart> for Part {
    type Error = String;

    fn try_from(mut flat: FlatPart) -> Result<Self, String> {
        Ok(match flat.kind {
            Kind::Text => Self::Text { text: need(&mut flat.text, "text")? },
            Kind::Cards => Self::Cards { cards: need(&mut flat.cards, "cards")? },
            Kind::Choices => Self::Choices { buttons: need(&mut flat.buttons, "buttons")? },
            Kind::Link => {
                Self::Link { label: need(&mut flat.label, "label")?, url: need(&mut flat.url, "url")? }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_written_is_read_again() {
        let choices = vec![Choice { option: "size".into(), value: "s".into() }];
        let (product, variant) = (ProductId::new("p"), VariantId::new("v"));
        let (line, town) = (LineId::new("l"), Some("Leeds".to_owned()));
        let purposes = [
            Purpose::Add { quantity: 2 },
            Purpose::Stock { town: town.clone() },
            Purpose::Stock { town: None },
        ];
        let mut actions = vec![
            Action::Search { words: "coat".into(), page: 2 },
            Action::Department { slug: "coats".into(), page: 1 },
            Action::Departments {},
            Action::Show { product: product.clone() },
            Action::Add { variant, quantity: 1 },
            Action::Set { line: line.clone(), quantity: 0 },
            Action::Remove { line },
            Action::Cart {},
            Action::Checkout {},
            Action::Stores { near: town },
            Action::Stores { near: None },
            Action::Order { id: Some(OrderId::new("o")) },
            Action::Order { id: None },
            Action::Offer {},
            Action::Help {},
            Action::Person {},
            Action::Take { grant: "sealed".into() },
            Action::Remember {},
            Action::Forget {},
        ];
        actions.extend(purposes.clone().map(|purpose| Action::Choose {
            product: product.clone(),
            choices: choices.clone(),
            purpose,
        }));
        for action in &actions {
            assert_eq!(Action::read(&json!(action).to_string()).as_ref(), Ok(action));
        }
        let buttons: Vec<Button> = actions.into_iter().map(|action| Button::new("x", action)).collect();
        let cards = vec![Card { title: "t".into(), buttons: buttons.clone(), ..Card::default() }];
        let label = "l".to_owned();
        let parts = [
            Part::Text { text: "t".into() },
            Part::Cards { cards },
            Part::Choices { buttons },
            Part::Link { url: "/".into(), label },
        ];
        for part in parts {
            assert_eq!(serde_json::from_value::<Part>(json!(part)).unwrap(), part);
        }
        let mut questions = vec![Question::Order];
        for purpose in purposes {
            questions.push(Question::Which { purpose: purpose.clone() });
            questions.push(Question::Variant { product: product.clone(), choices: choices.clone(), purpose });
        }
        for question in questions {
            assert_eq!(serde_json::from_value::<Question>(json!(question)).unwrap(), question);
        }
    }

    #[test]
    fn what_lacks_a_field_or_has_anothers_is_refused() {
        for wrong in [
            json!({}),
            json!({ "do": "steal" }),
            json!({ "do": "search", "words": "x" }),
            json!({ "do": "search", "words": null, "page": 1 }),
            json!({ "do": "cart", "page": 1 }),
            json!({ "do": "cart", "near": "Leeds" }),
            json!({ "do": "take" }),
            json!({ "do": "remember", "grant": "x" }),
            json!({ "do": "help", "nonsense": 1 }),
            json!({ "do": "add", "variant": "v", "quantity": -1 }),
            json!({ "do": "choose", "product": "p", "choices": [], "purpose": { "for": "add", "town": "x", "quantity": 1 } }),
            json!({ "do": "choose", "product": "p", "choices": [], "purpose": { "for": "stock", "x": 1 } }),
        ] {
            assert!(Action::read(&wrong.to_string()).is_err(), "{wrong}");
        }
    }
}
