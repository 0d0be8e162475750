//! Orders as one JSON object per line.

use super::line::{order, shopper, slug};
use super::orders::{Event, Orders};
use super::time::time;
use serde::Deserialize;

/// One line; members that are not named here are passed over.
#[derive(Deserialize)]
struct Ordered {
    order: Word,
    #[serde(default)]
    products: Vec<String>,
    time: Option<Word>,
    visitor: Option<Word>,
}

/// A name that some systems write as a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Word {
    Text(String),
    Number(i64),
}

impl Word {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

/// Takes in one line: all of it, or nothing.
pub(super) fn take(line: &str, orders: &mut Orders) -> Result<(), String> {
    let told: Ordered = serde_json::from_str(line).map_err(|why| match why.classify() {
        // Of the shape only what is missing is said: its own words name our types.
        serde_json::error::Category::Data => {
            "not of the form {\"order\": \"…\", \"products\": [\"…\"], \"time\": …, \"visitor\": …}"
                .to_owned()
        }
        _ => format!("no JSON from column {}", why.column()),
    })?;
    let name = told.order.text();
    let visitor = told.visitor.map(Word::text).unwrap_or_default();
    let event = Event {
        order: order(&name)?,
        product: "",
        quantity: 1,
        time: time(&told.time.map(Word::text).unwrap_or_default())?,
        shopper: shopper(&visitor)?,
    };
    if told.products.is_empty() {
        return Err("no products".to_owned());
    }
    let products = told.products.iter().map(|product| slug(product)).collect::<Result<Vec<_>, _>>()?;
    products.into_iter().for_each(|product| orders.add(Event { product, ..event }));
    Ok(())
}
