//! Customers: the made-up people of `fixtures/catalogue/customers.json`, who can sign in and see their orders.

use crate::catalogue::record::CustomerRecord;
use crate::catalogue::{Catalogue, Lens};
use crate::order;
use crate::show::card;
use crate::token::{is_token, token};
use crate::wire::No;
use commerce::{CartId, Customer, CustomerId, CustomerToken, Refusal, SignedIn};
use jiff::{SignedDuration, Timestamp};
use kit::Edge;
use serde::{Deserialize, Serialize};

/// How long a sign-in lasts.
const LASTS: SignedDuration = SignedDuration::from_hours(24 * 30);
/// How many orders a customer is shown, and how many are kept.
const MOST_ORDERS: usize = 10;
/// The group of those whom the shop writes to.
const SUBSCRIBER: &str = "subscriber";

/// The body of a sign-in.
#[derive(Deserialize)]
pub(crate) struct Asked {
    email: String,
    password: String,
    #[serde(default)]
    cart: Option<String>,
}

/// What is kept under `customer-token:{token}`.
#[derive(Serialize, Deserialize)]
struct Session {
    customer: String,
    until: Timestamp,
}

/// Lets a customer in. Their cart stays the one they had.
///
/// # Errors
/// `bad_credentials`, whichever of the two is wrong.
pub(crate) async fn sign_in(catalogue: &Catalogue, edge: &dyn Edge, asked: &Asked) -> Result<SignedIn, No> {
    let customer = by_email(catalogue, &asked.email).filter(|known| known.password == asked.password);
    let customer = customer.ok_or(Refusal::BadCredentials)?;
    let token = token(edge.random());
    let until = edge.now().saturating_add(LASTS).map_err(|e| No::Broken(e.to_string()))?;
    let session = Session { customer: customer.id.clone(), until };
    let bytes = serde_json::to_vec(&session).map_err(|e| No::Broken(e.to_string()))?;
    edge.set(&session_key(&token), &bytes).await?;
    Ok(SignedIn { token: CustomerToken::new(token), cart: asked.cart.clone().map(CartId::new) })
}

/// The customer whom a token opens, with their latest orders.
///
/// # Errors
/// [`No::NotFound`] for a token that was never given or has expired.
pub(crate) async fn customer(
    catalogue: &Catalogue,
    edge: &dyn Edge,
    lens: &Lens<'_>,
    token: &str,
) -> Result<Customer, No> {
    if !is_token(token) {
        return Err(No::NotFound);
    }
    let bytes = edge.get(&session_key(token)).await?.ok_or(No::NotFound)?;
    let session: Session =
        serde_json::from_slice(&bytes).map_err(|e| No::Broken(format!("a sign-in: {e}")))?;
    let known = catalogue.customers().iter().find(|customer| customer.id == session.customer);
    let known = known.filter(|_| edge.now() < session.until).ok_or(No::NotFound)?;
    let placed = placed_by(edge, &known.id).await?;
    // Of who placed more than are kept, it is not known how many more.
    let all = (placed.len() < MOST_ORDERS).then(|| placed.len().saturating_add(known.orders.len()));
    let order_count = all.and_then(|count| u32::try_from(count).ok());
    let mut orders = Vec::new();
    for id in placed {
        orders.push(order::read(catalogue, edge, lens, &id).await?);
    }
    orders.extend(known.orders.iter().map(|past| order::past(catalogue, lens, past, edge.now())));
    orders.truncate(MOST_ORDERS);
    let wishes = known.wish_list.iter().filter_map(|id| catalogue.product(id));
    let wish_list =
        wishes.map(|product| card(catalogue, lens, product)).take(Customer::MOST_WISHES).collect();
    Ok(Customer {
        id: CustomerId::new(&known.id),
        name: known.name.clone(),
        email: known.email.clone(),
        groups: known.groups.clone(),
        subscriber: Some(known.groups.iter().any(|group| group == SUBSCRIBER)),
        order_count,
        orders: Some(orders),
        wish_list: Some(wish_list),
    })
}

/// Remembers that an order is a customer's, when its e-mail address is theirs.
pub(crate) async fn ordered(
    catalogue: &Catalogue,
    edge: &dyn Edge,
    email: &str,
    order: &str,
) -> Result<(), No> {
    let Some(known) = by_email(catalogue, email) else { return Ok(()) };
    let mut orders = placed_by(edge, &known.id).await?;
    orders.insert(0, order.to_owned());
    orders.truncate(MOST_ORDERS);
    let bytes = serde_json::to_vec(&orders).map_err(|e| No::Broken(e.to_string()))?;
    Ok(edge.set(&orders_key(&known.id), &bytes).await?)
}

async fn placed_by(edge: &dyn Edge, customer: &str) -> Result<Vec<String>, No> {
    match edge.get(&orders_key(customer)).await? {
        Some(bytes) => {
            serde_json::from_slice(&bytes).map_err(|e| No::Broken(format!("a customer's orders: {e}")))
        }
        None => Ok(Vec::new()),
    }
}

fn by_email(catalogue: &Catalogue, email: &str) -> Option<&'static CustomerRecord> {
    catalogue.customers().iter().find(|customer| customer.email.eq_ignore_ascii_case(email.trim()))
}

fn session_key(token: &str) -> String {
    format!("customer-token:{token}")
}

fn orders_key(customer: &str) -> String {
    format!("customer-orders:{customer}")
}

#[cfg(test)]
mod tests;
