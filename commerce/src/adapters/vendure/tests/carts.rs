//! Carts, and how they become orders.

use super::market;
use super::replay::{Answer, Replay, now, recorded};
use crate::error::{Error, Kind, Refusal, Subject};
use crate::model::{
    Address, Cart, CartChange, CartId, Checkout, Contact, Delivery, Placement, StoreId, VariantId,
};
use crate::port::Capability;

const TOKEN: &str = "a-visitors-token";

/// What comes of a change when the cart is as recorded in `before` and then this is answered.
fn change(answers: &[&str], change: CartChange) -> (Result<Cart, Error>, Replay) {
    let (shop, calls) = Replay::of(answers.iter().copied().map(Answer::recorded));
    let changed = now(shop.change_cart(&market("en-GB/GBP"), &CartId::new(TOKEN), &change));
    (changed, calls)
}

fn refusal(result: Result<Cart, Error>) -> Refusal {
    match result.unwrap_err() {
        Error { kind: Kind::Refused(refusal), detail, .. } => {
            assert!(!detail.contains(TOKEN));
            refusal
        }
        other => panic!("{other}"),
    }
}

/// Of the variant that the recorded cart holds.
fn add(quantity: u32) -> CartChange {
    let active: serde_json::Value = serde_json::from_str(&recorded("active")).unwrap();
    let variant = &active["data"]["activeOrder"]["lines"][0]["productVariant"]["id"];
    CartChange::Add { variant: VariantId::new(variant.as_str().unwrap()), quantity }
}

#[test]
fn a_cart_is_a_session() {
    let british = market("en-GB/GBP");
    let (shop, calls) = Replay::of([
        Answer::recorded("active_none").with("vendure-auth-token", "fresh"),
        Answer::recorded("active"),
        Answer::recorded("active_none").with("vendure-auth-token", "another"),
    ]);
    let empty = now(shop.create_cart(&british)).unwrap();
    assert_eq!((empty.id.as_str(), empty.total.amount), ("fresh", 0));
    let cart = now(shop.cart(&british, &empty.id)).unwrap();
    assert_eq!(calls.call(1).headers()["authorization"], "Bearer fresh");
    assert_eq!((cart.quantity, cart.lines[0].quantity, cart.id.as_str()), (2, 2, "fresh"));
    assert_eq!(cart.lines[0].total, cart.subtotal);
    assert_eq!(cart.lines[0].choices, "256 GB, Charcoal");
    assert_eq!(cart.lines[0].available, Some(3));
    // Vendure begins a new session for a token that is over; that is not this visitor's cart.
    let error = now(shop.cart(&british, &CartId::new("over"))).unwrap_err();
    assert_eq!(error.kind, Kind::NotFound(Subject::Cart));
}

#[test]
fn what_vendure_adds_although_it_refuses_is_taken_out_again() {
    // There are three, the cart has two, five more are wanted: Vendure adds one and says so.
    let (result, calls) = change(&["active", "too_many", "active_after", "put_back"], add(5));
    assert_eq!(refusal(result), Refusal::OutOfStock { available: Some(3) });
    assert_eq!(calls.names(), ["Active", "Add", "Active", "Adjust"]);
    assert_eq!(calls.variables(3)["quantity"], 2);

    let (result, calls) = change(&["active_none", "too_many", "active_after", "put_back"], add(5));
    assert_eq!(refusal(result), Refusal::OutOfStock { available: Some(1) });
    assert_eq!(calls.names(), ["Active", "Add", "Active", "Remove"]);
}

#[test]
fn nothing_is_written_to_a_session_that_is_over() {
    let (shop, calls) = Replay::of([Answer::recorded("active_none").with("vendure-auth-token", "another")]);
    let result = now(shop.change_cart(&market("en-GB/GBP"), &CartId::new(TOKEN), &add(1)));
    assert_eq!(result.unwrap_err().kind, Kind::NotFound(Subject::Cart));
    assert_eq!(calls.names(), ["Active"]);
}

#[test]
fn refusals_are_the_ports_words() {
    let code = |code: &str| CartChange::ApplyCode { code: code.into() };
    assert_eq!(
        refusal(change(&["active", "bad_code"], code("NO")).0),
        Refusal::BadCode { exists: Some(false) }
    );
    assert_eq!(refusal(change(&["active", "unknown_variant"], add(1)).0), Refusal::UnknownVariant);
    let line = crate::model::LineId::new("no-such");
    assert_eq!(refusal(change(&["active"], CartChange::Remove { line }).0), Refusal::UnknownLine);
    assert_eq!(refusal(change(&["active"], add(0)).0), Refusal::Invalid { field: "quantity".into() });
    let taken = CartChange::RemoveCode { code: "WELCOME10".into() };
    assert_eq!(refusal(change(&["active"], taken).0), Refusal::BadCode { exists: None });
    let pickup = |store: &str| CartChange::ChooseDelivery {
        delivery: Delivery::Pickup { store: StoreId::new(store) },
    };
    assert_eq!(
        refusal(change(&["active", "ways"], pickup("atlantis")).0),
        Refusal::Invalid { field: "delivery.store".into() }
    );
    assert_eq!(refusal(change(&["active_none"], pickup("leeds")).0), Refusal::EmptyCart);
    let (given, calls) = change(&["active", "good_code"], code(" welcome10 "));
    let given = given.unwrap();
    assert_eq!(calls.variables(1)["code"], "welcome10");
    assert_eq!(given.codes[0].code, "WELCOME10");
    assert_eq!(given.subtotal.amount - given.discounts[0].amount.amount, given.total.amount);
}

#[test]
fn a_write_is_never_repeated() {
    let (shop, calls) =
        Replay::of([Answer::recorded("active"), Answer::status(503, "busy").with("retry-after", "1")]);
    let result = now(shop.change_cart(&market("en-GB/GBP"), &CartId::new(TOKEN), &add(1)));
    assert!(matches!(result.unwrap_err().kind, Kind::Overloaded { .. }));
    assert_eq!(calls.names(), ["Active", "Add"]);
}

fn placement() -> Placement {
    let address = Address {
        name: String::new(),
        street: "1 Finch Row".into(),
        city: "Leeds".into(),
        postcode: "LS1 0ZZ".into(),
        country: "GB".into(),
    };
    Placement {
        contact: Contact { name: "Ada Finch".into(), email: "ada@example.test".into() },
        delivery: Delivery::Ship { address: Some(address) },
    }
}

fn check_out(answers: &[&str], placement: &Placement) -> (Result<Checkout, Error>, Replay) {
    let (shop, calls) = Replay::of(answers.iter().copied().map(Answer::recorded));
    (now(shop.check_out(&market("en-GB/GBP"), &CartId::new(TOKEN), placement)), calls)
}

#[test]
fn a_cart_becomes_an_order() {
    let (done, calls) = check_out(&["active", "ways", "delivered", "paid"], &placement());
    let Checkout::Placed { order } = done.unwrap() else { panic!("handed over") };
    assert_eq!((order.quantity, order.id.as_str()), (2, order.number.as_str()));
    assert_eq!(calls.names(), ["Active", "Ways", "Deliver", "Pay"]);
    let sent = calls.variables(2);
    assert_eq!(sent["contact"]["lastName"], "Finch");
    assert_eq!(sent["address"]["fullName"], "Ada Finch");
    assert_eq!(calls.variables(3)["method"], "on-account");
}

#[test]
fn a_payment_that_needs_more_leaves_the_cart_open() {
    let (done, calls) = check_out(&["active", "ways", "delivered", "unpaid", "reopened"], &placement());
    assert_eq!(done.unwrap_err().kind, Kind::Unsupported(Capability::Checkout));
    assert_eq!(calls.names().last().unwrap(), "Reopen");
}

#[test]
fn an_order_that_cannot_be_delivered_is_refused_before_anything_is_written() {
    let field = |change: &dyn Fn(&mut Placement)| {
        let mut wrong = placement();
        change(&mut wrong);
        let (done, calls) = check_out(&["active", "ways"], &wrong);
        assert_eq!(calls.names(), ["Active", "Ways"]);
        match done.unwrap_err().kind {
            Kind::Refused(Refusal::Invalid { field }) => field,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(field(&|p| p.contact.name = " ".into()), "contact.name");
    for email in ["", "ada", "ada@", "ada@x", "@x.test", "a b@x.test", "ada@.test", "a\r\n@x.test"] {
        assert_eq!(field(&|p| p.contact.email = email.into()), "contact.email", "{email}");
    }
    assert_eq!(field(&|p| p.delivery = Delivery::Ship { address: None }), "delivery.address");
    let street = |p: &mut Placement| {
        if let Delivery::Ship { address: Some(address) } = &mut p.delivery {
            address.street.clear();
        }
    };
    assert_eq!(field(&street), "delivery.address.street");
    let (done, _) = check_out(&["active_none", "ways"], &placement());
    assert_eq!(done.unwrap_err().kind, Kind::Refused(Refusal::EmptyCart));
}
