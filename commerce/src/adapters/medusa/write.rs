//! Carts, checkout and customers: which calls, in which order. Medusa's writes take long, so none is made without
//! need, and none is made twice.

use super::Medusa;
use super::basket::Basket;
use super::cart::{self, Carts, address_body, names};
use super::order::{self, Completed, OneCustomer, OneOrder, Orders};
use super::store::{self, Options};
use crate::error::{Error, Kind, Refusal, Subject};
use crate::model::{
    Cart, CartChange, CartId, Checkout, Credentials, Customer, CustomerToken, Delivery, Market, Order,
    OrderId, Placement, SignedIn,
};
use serde::Deserialize;
use serde_json::{Value, json};

const CHANGE: &str = "medusa.change_cart";
const CHECK_OUT: &str = "medusa.check_out";

/// The provider of Medusa's own that takes no money: the merchant collects it by other means.
const PAYMENT: &str = "pp_system_default";

#[derive(Deserialize)]
struct Entered {
    #[serde(default)]
    token: Option<String>,
}

#[derive(Deserialize)]
struct Payment {
    payment_collection: Collection,
}

#[derive(Deserialize)]
struct Collection {
    id: String,
}

#[derive(Deserialize)]
struct Left {
    variant: VariantLeft,
}

#[derive(Deserialize)]
struct VariantLeft {
    inventory_quantity: i64,
}

fn is_out_of_stock(error: &Error) -> bool {
    matches!(error.kind, Kind::Refused(Refusal::OutOfStock { .. }))
}

fn refused<T>(operation: &'static str, refusal: Refusal) -> Result<T, Error> {
    Err(Error::new(Kind::Refused(refusal), operation, "refused before it was asked"))
}

fn invalid<T>(operation: &'static str, field: &str) -> Result<T, Error> {
    refused(operation, Refusal::Invalid { field: field.to_owned() })
}

impl Medusa {
    pub(super) async fn read_cart(&self, market: &Market, id: &CartId) -> Result<Cart, Error> {
        let basket = self.basket("medusa.cart", id).await?;
        self.settled(market, basket).await
    }

    pub(super) async fn open_cart(&self, market: &Market) -> Result<Cart, Error> {
        let region = self.region(market).await?;
        let body = json!({ "region_id": region.id, "locale": market.locale() });
        let basket = self.write("medusa.create_cart", &[], &body).await?;
        cart::cart(basket, market)
    }

    pub(super) async fn change(
        &self,
        market: &Market,
        id: &CartId,
        change: &CartChange,
    ) -> Result<Cart, Error> {
        let cart = id.as_str();
        let basket = match change {
            CartChange::Add { quantity: 0, .. } => return invalid(CHANGE, "quantity"),
            CartChange::Add { variant, quantity } => {
                let body = json!({ "variant_id": variant.as_str(), "quantity": quantity });
                match self.write(CHANGE, &[cart, "line-items"], &body).await {
                    Err(error) if is_out_of_stock(&error) => {
                        return Err(self.counted(error, variant.as_str()).await);
                    }
                    answer => answer?,
                }
            }
            CartChange::Set { line, quantity } => match self.set(cart, line.as_str(), *quantity).await {
                Err(error) if is_out_of_stock(&error) => {
                    let basket = self.basket(CHANGE, id).await?;
                    let line = basket.items.iter().find(|own| own.id == line.as_str());
                    return Err(self.counted(error, line.map_or("", |line| &line.variant_id)).await);
                }
                answer => answer?,
            },
            // Medusa's own removal says yes to a line that is not there; none of it says no.
            CartChange::Remove { line } => self.set(cart, line.as_str(), 0).await?,
            CartChange::ApplyCode { code } => self.apply(cart, code.trim()).await?,
            CartChange::RemoveCode { code } => self.take_back(id, code.trim()).await?,
            CartChange::ChooseDelivery { delivery } => self.deliver(cart, delivery).await?,
        };
        self.settled(market, basket).await
    }

    async fn basket(&self, operation: &'static str, id: &CartId) -> Result<Basket, Error> {
        let call = self.ask.cart(operation, id.as_str())?;
        Ok(self.fetch::<Carts>(call, Subject::Cart).await?.cart)
    }

    async fn write(&self, operation: &'static str, path: &[&str], body: &Value) -> Result<Basket, Error> {
        let call = self.ask.change(operation, path, body)?;
        Ok(self.fetch::<Carts>(call, Subject::Cart).await?.cart)
    }

    async fn set(&self, cart: &str, line: &str, quantity: u32) -> Result<Basket, Error> {
        let unknown = || Error::new(Kind::Refused(Refusal::UnknownLine), CHANGE, "no line has such a name");
        if line.is_empty() || line.starts_with('.') {
            return Err(unknown());
        }
        self.write(CHANGE, &[cart, "line-items", line], &json!({ "quantity": quantity })).await
    }

    /// Medusa refuses without a number, so what is left is asked for; the refusal stands in any case.
    async fn counted(&self, refused: Error, variant: &str) -> Error {
        let left = match self.ask.left(variant) {
            Ok(call) => self.fetch::<Left>(call, Subject::Product).await.ok(),
            Err(_) => None,
        };
        let available = left.and_then(|left| u32::try_from(left.variant.inventory_quantity.max(0)).ok());
        Error { kind: Kind::Refused(Refusal::OutOfStock { available }), ..refused }
    }

    /// Medusa tells capitals apart and visitors do not: a code that is refused is tried once more in capitals.
    async fn apply(&self, cart: &str, code: &str) -> Result<Basket, Error> {
        let give = async |code: &str| {
            self.write(CHANGE, &[cart, "promotions"], &json!({ "promo_codes": [code] })).await
        };
        let capitals = code.to_uppercase();
        match give(code).await {
            Err(Error { kind: Kind::Refused(Refusal::BadCode { .. }), .. }) if capitals != code => {
                give(&capitals).await
            }
            answer => answer,
        }
    }

    /// Medusa says yes to a code that was never given, so the cart is read first.
    async fn take_back(&self, id: &CartId, code: &str) -> Result<Basket, Error> {
        let basket = self.basket(CHANGE, id).await?;
        let given = basket.promotions.iter().find(|given| given.code.eq_ignore_ascii_case(code));
        let Some(given) = given.filter(|given| !given.is_automatic) else {
            return refused(CHANGE, Refusal::BadCode { exists: None });
        };
        let call = self.ask.remove_code(id.as_str(), &given.code)?;
        Ok(self.fetch::<Carts>(call, Subject::Cart).await?.cart)
    }

    /// The address first: it decides which options there are.
    async fn deliver(&self, cart: &str, delivery: &Delivery) -> Result<Basket, Error> {
        if let Delivery::Ship { address: Some(address) } = delivery {
            let body = json!({ "shipping_address": address_body(address, None) });
            self.write(CHANGE, &[cart], &body).await?;
        }
        self.choose(CHANGE, cart, delivery).await
    }

    async fn choose(
        &self,
        operation: &'static str,
        cart: &str,
        delivery: &Delivery,
    ) -> Result<Basket, Error> {
        let options: Options = self.fetch(self.ask.shipping_options(operation, cart)?, Subject::Cart).await?;
        let field = match delivery {
            Delivery::Ship { .. } => "delivery.address.country",
            Delivery::Pickup { .. } => "delivery.store",
        };
        let Some((option, data)) = store::option_for(options, delivery) else {
            return invalid(operation, field);
        };
        let body = json!({ "option_id": option, "data": data });
        self.write(operation, &[cart, "shipping-methods"], &body).await
    }

    /// The cart in the market that asks: when the visitor has changed it, Medusa prices the cart anew.
    async fn settled(&self, market: &Market, basket: Basket) -> Result<Cart, Error> {
        cart::cart(self.moved(market, basket).await?, market)
    }

    async fn moved(&self, market: &Market, basket: Basket) -> Result<Basket, Error> {
        if basket.completed_at.is_some() || !cart::is_foreign(&basket, market) {
            return Ok(basket);
        }
        let region = self.region(market).await?;
        let body = json!({ "region_id": region.id, "locale": market.locale() });
        self.write("medusa.cart", &[&basket.id], &body).await
    }

    pub(super) async fn place(
        &self,
        market: &Market,
        id: &CartId,
        placement: &Placement,
    ) -> Result<Checkout, Error> {
        let cart = id.as_str();
        let basket = self.moved(market, self.basket(CHECK_OUT, id).await?).await?;
        if basket.completed_at.is_some() {
            return Err(Error::new(Kind::NotFound(Subject::Cart), CHECK_OUT, "the cart was ordered"));
        }
        if basket.items.is_empty() {
            return refused(CHECK_OUT, Refusal::EmptyCart);
        }
        self.write(CHECK_OUT, &[cart], &addressed(placement)?).await?;
        if !same_way(cart::delivery(&basket), &placement.delivery) {
            self.choose(CHECK_OUT, cart, &placement.delivery).await?;
        }
        let collection = self.ask.pay(&[], &json!({ "cart_id": cart }))?;
        let payment: Payment = self.fetch(collection, Subject::Cart).await?;
        let session = [payment.payment_collection.id.as_str(), "payment-sessions"];
        let session = self.ask.pay(&session, &json!({ "provider_id": PAYMENT }))?;
        self.fetch::<serde::de::IgnoredAny>(session, Subject::Cart).await?;
        let call = self.ask.change(CHECK_OUT, &[cart, "complete"], &json!({}))?;
        let completed: Completed = self.fetch(call, Subject::Cart).await?;
        Ok(Checkout::Placed { order: completed.order(market)? })
    }

    pub(super) async fn read_order(&self, market: &Market, id: &OrderId) -> Result<Order, Error> {
        let one: OneOrder = self.fetch(self.ask.order(id.as_str())?, Subject::Order).await?;
        order::order("medusa.order", one.order, market)
    }

    pub(super) async fn enter(
        &self,
        credentials: &Credentials,
        cart: Option<&CartId>,
    ) -> Result<SignedIn, Error> {
        let operation = "medusa.sign_in";
        let body = json!({ "email": credentials.email, "password": credentials.password });
        let answer = self.fetch::<Entered>(self.ask.sign_in(&body)?, Subject::Customer).await;
        let token = match answer {
            Ok(Entered { token: Some(token) }) => token,
            Ok(Entered { token: None }) => {
                return Err(Error::bad_answer(operation, "token is missing: Medusa signs in elsewhere"));
            }
            Err(Error { kind: Kind::NotFound(Subject::Customer), .. }) => {
                return Err(Error::new(Kind::Refused(Refusal::BadCredentials), operation, "unauthorized"));
            }
            Err(error) => return Err(error),
        };
        let mut kept = cart.cloned();
        if let Some(id) = cart {
            let given = self.ask.give_cart(id.as_str(), &token)?;
            // Who signed in is signed in, whatever becomes of the cart; one that is gone is forgotten.
            if let Err(Error { kind: Kind::NotFound(_), .. }) =
                self.fetch::<serde::de::IgnoredAny>(given, Subject::Cart).await
            {
                kept = None;
            }
        }
        Ok(SignedIn { token: crate::CustomerToken::new(token), cart: kept })
    }

    pub(super) async fn read_customer(
        &self,
        market: &Market,
        token: &CustomerToken,
    ) -> Result<Customer, Error> {
        let (who, orders) = (self.ask.customer(token)?, self.ask.orders(token)?);
        let (who, orders) = futures::join!(
            self.fetch::<OneCustomer>(who, Subject::Customer),
            self.fetch::<Orders>(orders, Subject::Customer)
        );
        // A customer without their orders is still one.
        order::customer(who?, orders.ok(), market)
    }
}

/// Who orders and, for shipping, where to.
fn addressed(placement: &Placement) -> Result<Value, Error> {
    let contact = &placement.contact;
    if contact.name.trim().is_empty() {
        return invalid(CHECK_OUT, "contact.name");
    }
    match &placement.delivery {
        Delivery::Ship { address: None } => invalid(CHECK_OUT, "delivery.address"),
        Delivery::Ship { address: Some(address) } => {
            let address = address_body(address, Some(contact));
            let body = json!({
                "email": contact.email, "shipping_address": address, "billing_address": address,
            });
            Ok(body)
        }
        Delivery::Pickup { .. } => {
            let (first, last) = names(&contact.name);
            let person = json!({ "first_name": first, "last_name": last });
            Ok(json!({ "email": contact.email, "billing_address": person }))
        }
    }
}

/// Whether the method that the cart has will do.
fn same_way(has: Option<Delivery>, wanted: &Delivery) -> bool {
    match (has, wanted) {
        (Some(Delivery::Ship { .. }), Delivery::Ship { .. }) => true,
        (Some(Delivery::Pickup { store: has }), Delivery::Pickup { store }) => has == *store,
        _ => false,
    }
}
