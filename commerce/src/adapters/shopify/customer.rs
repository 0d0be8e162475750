//! Customers and their orders; pure. E-mail address and password work in shops with Shopify's legacy customer
//! accounts; its newer ones sign in on a page of Shopify's own.

use super::shape::{Cash, Nodes, Picture, lenient, price};
use crate::error::{Error, Kind, Refusal};
use crate::model::{
    CartLine, Customer, CustomerId, CustomerToken, LineId, Order, OrderId, OrderState, Price, ProductId,
    VariantId,
};
use jiff::Timestamp;
use serde::Deserialize;

/// The answer of `sign_in.graphql`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SignIn {
    customer_access_token_create: Created,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Created {
    customer_access_token: Option<Token>,
    #[serde(default)]
    customer_user_errors: Vec<Fault>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    access_token: String,
}

#[derive(Deserialize)]
struct Fault {
    code: Option<String>,
}

impl SignIn {
    /// # Errors
    /// `BadCredentials`; `Overloaded` after too many tries, which Shopify tells without a code.
    pub(super) fn token(self, operation: &'static str) -> Result<CustomerToken, Error> {
        let created = self.customer_access_token_create;
        match (created.customer_access_token, created.customer_user_errors.first()) {
            (Some(token), _) => Ok(CustomerToken::new(token.access_token)),
            (None, Some(Fault { code: None })) => {
                Err(Error::new(Kind::Overloaded { retry_after: None }, operation, "too many sign-ins"))
            }
            (None, fault) => {
                let code = fault.and_then(|fault| fault.code.as_deref()).unwrap_or_default();
                Err(Error::new(Kind::Refused(Refusal::BadCredentials), operation, code))
            }
        }
    }
}

/// The answer of `customer.graphql`.
#[derive(Deserialize)]
pub(super) struct Answer {
    customer: Option<Found>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    id: String,
    display_name: String,
    email: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    tags: Option<Vec<String>>,
    #[serde(default, deserialize_with = "lenient")]
    accepts_marketing: Option<bool>,
    /// 64 bits, hence in quotes.
    #[serde(default, deserialize_with = "lenient")]
    number_of_orders: Option<String>,
    orders: Nodes<Placed>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Placed {
    id: String,
    name: String,
    processed_at: Timestamp,
    canceled_at: Option<Timestamp>,
    fulfillment_status: String,
    subtotal_price: Option<Cash>,
    total_shipping_price: Cash,
    total_price: Cash,
    line_items: Nodes<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    title: String,
    quantity: u32,
    original_total_price: Cash,
    discounted_total_price: Cash,
    variant: Option<Variant>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Variant {
    id: String,
    title: String,
    selected_options: Vec<Selection>,
    price: Cash,
    product: Product,
}

#[derive(Deserialize)]
struct Selection {
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Product {
    id: String,
    handle: String,
    #[serde(default, deserialize_with = "lenient")]
    featured_image: Option<Picture>,
}

impl Answer {
    /// `None` for a token that has expired.
    pub(super) fn customer(self) -> Option<Customer> {
        let found = self.customer?;
        Some(Customer {
            id: CustomerId::new(found.id),
            name: found.display_name,
            email: found.email.unwrap_or_default(),
            groups: found.tags.unwrap_or_default(),
            subscriber: found.accepts_marketing,
            order_count: found.number_of_orders.and_then(|count| count.parse().ok()),
            orders: Some(found.orders.nodes.into_iter().map(order).collect()),
            wish_list: None,
        })
    }
}

fn order(placed: Placed) -> Order {
    let state = match placed.fulfillment_status.as_str() {
        _ if placed.canceled_at.is_some() => OrderState::Cancelled,
        "FULFILLED" => OrderState::Shipped,
        "IN_PROGRESS" | "PARTIALLY_FULFILLED" => OrderState::Packing,
        _ => OrderState::Placed,
    };
    let lines: Vec<CartLine> = (1_usize..).zip(placed.line_items.nodes).filter_map(line).collect();
    Order {
        id: OrderId::new(placed.id),
        number: placed.name,
        state,
        placed_at: placed.processed_at,
        quantity: lines.iter().fold(0, |sum, line| sum.saturating_add(line.quantity)),
        lines,
        // After reductions, which an order of Shopify does not tell apart.
        subtotal: placed.subtotal_price.unwrap_or(placed.total_price).0,
        discounts: Vec::new(),
        delivery_price: Some(placed.total_shipping_price.0),
        total: placed.total_price.0,
        pickup: None,
        expected_at: None,
    }
}

/// What is no longer sold has no variant and is left out.
fn line((number, item): (usize, Item)) -> Option<CartLine> {
    let variant = item.variant?;
    let words: Vec<String> = variant.selected_options.into_iter().map(|option| option.value).collect();
    // The price of then; that of now when the total does not divide.
    let paid = item.original_total_price.0;
    let pieces = i64::from(item.quantity.max(1));
    let then =
        (paid.amount % pieces == 0).then(|| crate::model::Money { amount: paid.amount / pieces, ..paid });
    Some(CartLine {
        id: LineId::new(number.to_string()),
        product: ProductId::new(variant.product.id),
        slug: variant.product.handle,
        variant: VariantId::new(variant.id),
        choices: if variant.title == "Default Title" { String::new() } else { words.join(", ") },
        image: variant.product.featured_image.map(|picture| picture.image(&item.title)),
        name: item.title,
        quantity: item.quantity,
        price: then.map_or_else(|| price(variant.price, None), |current| Price { current, was: None }),
        total: item.discounted_total_price.0,
        available: None,
    })
}
