//! Customers, asked with their own token. <https://docs.commercetools.com/api/projects/me-profile>

use super::ask::Ask;
use super::cart::expanded;
use super::order::WireOrder;
use super::schema::{Page, Schema};
use crate::error::Error;
use crate::model::{CartId, Credentials, Customer, CustomerId, Market, ProductCard};
use serde::Deserialize;
use serde_json::json;

pub(super) const READ: &str = "commercetools.customer";
pub(super) const LISTS: &str = "commercetools.shopping_lists";

/// Gives a visitor's cart over to the customer who signs in; their lines join those of the customer's cart.
pub(super) fn log_in(credentials: &Credentials, cart: &CartId) -> Ask {
    let body = json!({
        "email": credentials.email,
        "password": credentials.password,
        "anonymousCart": { "typeId": "cart", "id": cart.as_str() },
        "anonymousCartSignInMode": "MergeWithExistingCustomerCart",
    });
    Ask::post("commercetools.sign_in", &["login"], body).for_one()
}

/// What signing in gives.
#[derive(Deserialize)]
pub(super) struct LoggedIn {
    #[serde(default)]
    pub(super) cart: Option<Taken>,
}

#[derive(Deserialize)]
pub(super) struct Taken {
    pub(super) id: String,
}

pub(super) fn ask_profile() -> Ask {
    Ask::get(READ, &["me"]).with("expand", "customerGroup")
}

pub(super) fn ask_orders() -> Ask {
    expanded(Ask::get(READ, &["me", "orders"]).with("sort", "createdAt desc").with("limit", "10"))
}

/// Wish lists and other lists alike: the customer may name theirs as they please. They are asked for with the shop's own
/// token: a customer's could not be had at all from a client that lacks the scope for lists.
/// <https://docs.commercetools.com/api/projects/shoppingLists>
pub(super) fn ask_lists(customer: &str) -> Ask {
    Ask::get(LISTS, &["shopping-lists"])
        .filtered("customer(id=:customer)", &[("customer", customer)])
        .with("sort", "lastModifiedAt desc")
        .with("limit", "5")
}

/// Products that a customer keeps in mind, without a quantity or a price.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ShoppingList {
    #[serde(default)]
    line_items: Vec<Wished>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wished {
    product_id: String,
    /// RFC 3339 in UTC, so that the later is the greater.
    #[serde(default)]
    added_at: String,
}

/// The products of all lists, latest first, each once.
pub(super) fn wished(lists: Page<ShoppingList>) -> Vec<String> {
    let mut all: Vec<Wished> = lists.results.into_iter().flat_map(|list| list.line_items).collect();
    all.sort_by(|one, other| other.added_at.cmp(&one.added_at));
    let mut ids = Vec::new();
    for Wished { product_id, .. } in all {
        if ids.len() < Customer::MOST_WISHES && !ids.contains(&product_id) {
            ids.push(product_id);
        }
    }
    ids
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Profile {
    pub(super) id: String,
    email: String,
    #[serde(default)]
    first_name: Option<String>,
    #[serde(default)]
    last_name: Option<String>,
    #[serde(default)]
    customer_group: Option<Group>,
}

#[derive(Deserialize)]
struct Group {
    #[serde(default)]
    obj: Option<Named>,
}

#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    key: Option<String>,
    name: String,
}

impl Profile {
    pub(super) fn customer(
        self,
        market: &Market,
        schema: &Schema,
        orders: Option<&Page<WireOrder>>,
        wish_list: Option<Vec<ProductCard>>,
    ) -> Result<Customer, Error> {
        let names: Vec<String> = [self.first_name, self.last_name].into_iter().flatten().collect();
        let group = self.customer_group.and_then(|group| group.obj);
        let list = |page: &Page<WireOrder>| {
            let all = page.results.iter().take(10).map(|order| order.order(READ, market, schema, None));
            all.collect::<Result<Vec<_>, _>>()
        };
        Ok(Customer {
            id: CustomerId::new(self.id),
            name: names.join(" "),
            email: self.email,
            groups: group.map(|group| group.key.unwrap_or(group.name)).into_iter().collect(),
            subscriber: None,
            order_count: orders.and_then(|page| page.total),
            orders: orders.map(list).transpose()?,
            wish_list,
        })
    }
}
