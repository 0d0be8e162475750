//! What visitors do: fill carts, get things wrong, buy, sign in.

use crate::observe::{Notes, ORDERED, refusal};
use commerce::{
    Address, Capability, Cart, CartChange, CartId, Checkout, Contact, Credentials, Delivery, Error, LineId,
    Market, OrderId, Placement, Port, ProductKey, VariantId,
};
use serde_json::{Value, json};

/// Sold singly, with plenty of stock.
const PLENTY: &str = "glasswing-protector-corvane-nine";
/// Three pieces are left of this one.
const FEW: (&str, &str) = ("tessaly-3", "LF-2003-256GB-CHARCOAL");
/// None is left of this one.
const NONE: (&str, &str) = ("harbour-lantern", "LF-3014-COPPER");

struct Visit<'a> {
    notes: &'a mut Notes,
    port: &'a dyn Port,
    market: &'a Market,
}

/// Goes through all journeys.
pub async fn go(notes: &mut Notes, port: &dyn Port, market: &Market) {
    if port.capabilities().contains(&Capability::Cart) {
        let mut visit = Visit { notes, port, market };
        visit.fills().await;
        visit.stock().await;
        visit.codes().await;
        visit.wrong().await;
        visit.at_once().await;
        visit.delivery().await;
        visit.buys().await;
    }
    let capable = port.capabilities();
    if capable.contains(&Capability::Order) {
        for id in ["no-such-order", "../carts"] {
            let nothing = port.order(market, &OrderId::new(id)).await;
            notes.answer(Capability::Order, "order-unknown", &nothing);
        }
    }
    if capable.contains(&Capability::Customer) {
        Visit { notes, port, market }.signs_in().await;
    }
}

impl Visit<'_> {
    fn note(&mut self, name: &str, cart: &Result<Cart, Error>) {
        self.notes.answer(Capability::Cart, format!("cart.{name}"), cart);
    }

    async fn variant(&self, slug: &str, sku: Option<&str>) -> VariantId {
        let product = self.port.product(self.market, &ProductKey::Slug(slug.to_owned())).await;
        let found = product.ok().and_then(|p| {
            p.variants.into_iter().find(|v| sku.is_none_or(|sku| v.sku == sku)).map(|variant| variant.id)
        });
        found.unwrap_or_else(|| VariantId::new("the-catalogue-lacks-it"))
    }

    async fn fresh(&self) -> CartId {
        self.port.create_cart(self.market).await.map_or_else(|_| CartId::new("none"), |cart| cart.id)
    }

    async fn change(&self, cart: &mut CartId, change: CartChange) -> Result<Cart, Error> {
        let changed = self.port.change_cart(self.market, cart, &change).await;
        // A backend may give a cart another id as it changes (a session that is begun by the first write).
        if let Ok(changed) = &changed {
            *cart = changed.id.clone();
        }
        changed
    }

    async fn add(
        &self,
        cart: &mut CartId,
        slug: &str,
        sku: Option<&str>,
        quantity: u32,
    ) -> Result<Cart, Error> {
        let variant = self.variant(slug, sku).await;
        self.change(cart, CartChange::Add { variant, quantity }).await
    }

    async fn fills(&mut self) {
        let empty = self.port.create_cart(self.market).await;
        self.note("empty", &empty);
        let mut cart = self.fresh().await;
        let one = self.add(&mut cart, PLENTY, None, 1).await;
        self.note("add", &one);
        let two = self.add(&mut cart, PLENTY, None, 1).await;
        self.note("add-again", &two);
        let coat = self.add(&mut cart, "harbour-trench-coat", Some("LF-1001-S-NAVY"), 2).await;
        self.note("add-another", &coat);
        let line = |cart: &Result<Cart, Error>, slug: &str| {
            let found = cart.as_ref().ok().and_then(|c| c.lines.iter().find(|l| l.slug == slug));
            found.map_or_else(|| LineId::new("none"), |line| line.id.clone())
        };
        let change = CartChange::Set { line: line(&coat, PLENTY), quantity: 3 };
        let set = self.change(&mut cart, change).await;
        self.note("set", &set);
        let removed = self.change(&mut cart, CartChange::Remove { line: line(&set, PLENTY) }).await;
        self.note("remove", &removed);
        let change = CartChange::Set { line: line(&removed, "harbour-trench-coat"), quantity: 0 };
        let none = self.change(&mut cart, change).await;
        self.note("set-to-none", &none);
        let read = self.port.cart(self.market, &cart).await;
        self.note("read", &read);
    }

    async fn stock(&mut self) {
        let mut cart = self.fresh().await;
        let _ = self.add(&mut cart, PLENTY, None, 1).await;
        let none = self.add(&mut cart, NONE.0, Some(NONE.1), 1).await;
        self.note("out-of-stock", &none);
        let more = self.add(&mut cart, FEW.0, Some(FEW.1), 5).await;
        self.note("more-than-there-is", &more);
        let kept = self.port.cart(self.market, &cart).await;
        self.note("kept-after-refusals", &kept);
        let some = self.add(&mut cart, FEW.0, Some(FEW.1), 2).await;
        self.note("two-of-the-last-three", &some);
        let line = some.as_ref().ok().and_then(|c| c.lines.iter().find(|l| l.slug == FEW.0));
        let line = line.map_or_else(|| LineId::new("none"), |line| line.id.clone());
        let set = self.change(&mut cart, CartChange::Set { line, quantity: 9 }).await;
        self.note("set-to-more-than-there-is", &set);
        let kept = self.port.cart(self.market, &cart).await;
        self.note("kept-after-set", &kept);
    }

    async fn codes(&mut self) {
        let mut cart = self.fresh().await;
        let _ = self.add(&mut cart, PLENTY, None, 2).await;
        let bad = self.change(&mut cart, CartChange::ApplyCode { code: "NO-SUCH-CODE".into() }).await;
        self.note("bad-code", &bad);
        let good = self.change(&mut cart, CartChange::ApplyCode { code: "WELCOME10".into() }).await;
        self.note("good-code", &good);
        let back = self.change(&mut cart, CartChange::RemoveCode { code: "WELCOME10".into() }).await;
        self.note("code-taken-back", &back);
    }

    async fn wrong(&mut self) {
        let nowhere = self.port.cart(self.market, &CartId::new("no-such-cart")).await;
        self.note("unknown", &nowhere);
        let mut cart = self.fresh().await;
        let line = LineId::new("no-such-line");
        let unknown = self.change(&mut cart, CartChange::Remove { line }).await;
        self.note("unknown-line", &unknown);
        let variant = VariantId::new("no-such-variant");
        let unknown = self.change(&mut cart, CartChange::Add { variant, quantity: 1 }).await;
        self.note("unknown-variant", &unknown);
    }

    /// Two taps on one button: both count, or one is told that the cart has changed; nothing else.
    async fn at_once(&mut self) {
        let mut cart = self.fresh().await;
        let _ = self.add(&mut cart, PLENTY, None, 1).await;
        let variant = self.variant("beeswax-pillars", None).await;
        let change = CartChange::Add { variant, quantity: 1 };
        let ask = || self.port.change_cart(self.market, &cart, &change);
        let (one, other) = futures::join!(ask(), ask());
        let done = [&one, &other].iter().filter(|result| result.is_ok()).count();
        let told = [&one, &other]
            .iter()
            .filter_map(|r| r.as_ref().err())
            .all(|error| matches!(error.kind, commerce::Kind::Refused(commerce::Refusal::Conflict)));
        let read = self.port.cart(self.market, &cart).await;
        let pieces = read.map(|cart| cart.quantity as usize);
        let value = match pieces {
            Ok(pieces) => json!({ "adds up": pieces == 1 + done, "else a conflict": told }),
            Err(error) => refusal(&error),
        };
        self.notes.fact(Capability::Cart, "cart.two-at-once", value);
    }

    async fn delivery(&mut self) {
        let mut cart = self.fresh().await;
        let _ = self.add(&mut cart, PLENTY, None, 1).await;
        let ship = Delivery::Ship { address: Some(address()) };
        let shipped = self.change(&mut cart, CartChange::ChooseDelivery { delivery: ship }).await;
        self.note("shipped", &shipped);
        if self.port.capabilities().contains(&Capability::Stores) {
            let stores = self.port.stores(self.market).await.unwrap_or_default();
            if let Some(store) = stores.iter().find(|store| store.slug == "leeds") {
                let delivery = Delivery::Pickup { store: store.id.clone() };
                let pickup = self.change(&mut cart, CartChange::ChooseDelivery { delivery }).await;
                self.note("pickup", &pickup);
            }
        }
    }

    async fn buys(&mut self) {
        if !self.port.capabilities().contains(&Capability::Checkout) {
            return;
        }
        let placement = Placement {
            contact: Contact { name: "Ada Finch".into(), email: "ada@example.test".into() },
            delivery: Delivery::Ship { address: Some(address()) },
        };
        let empty = self.fresh().await;
        let refused = self.port.check_out(self.market, &empty, &placement).await;
        self.notes.answer(Capability::Checkout, "checkout.empty", &refused);
        let mut cart = self.fresh().await;
        let _ = self.add(&mut cart, ORDERED, None, 1).await;
        let done = self.port.check_out(self.market, &cart, &placement).await;
        self.notes.answer(Capability::Checkout, "checkout.order", &done);
        let after = self.port.cart(self.market, &cart).await;
        let nothing_left = match after {
            Ok(cart) => json!(cart.lines.is_empty()),
            Err(error) if matches!(error.kind, commerce::Kind::NotFound(_)) => json!(true),
            Err(error) => refusal(&error),
        };
        if let Ok(Checkout::Placed { order }) = &done {
            self.notes.fact(Capability::Checkout, "checkout.cart-afterwards-empty", nothing_left);
            let read = self.port.order(self.market, &order.id).await;
            self.notes.answer(Capability::Order, "order.read", &read);
        }
    }

    async fn signs_in(&mut self) {
        let with =
            |password: &str| Credentials { email: "ada@example.test".into(), password: password.into() };
        let wrong = self.port.sign_in(self.market, &with("wrong"), None).await;
        let wrong: Result<Value, Error> = wrong.map(|_| json!("let in"));
        self.notes.answer(Capability::Customer, "customer.wrong-password", &wrong);
        let known = match self.port.sign_in(self.market, &with("correct-horse-battery"), None).await {
            Ok(signed_in) => self.port.customer(self.market, &signed_in.token).await,
            Err(error) => Err(error),
        };
        let known = known.map(|customer| {
            let wishes = customer.wish_list.as_deref();
            let wishes = wishes.map(|all| all.iter().map(|wish| wish.slug.as_str()).collect::<Vec<_>>());
            json!({ "name": customer.name, "email": customer.email, "wishes": wishes })
        });
        let known = known.unwrap_or_else(|error| refusal(&error));
        self.notes.fact(Capability::Customer, "customer.known", known);
        let token = commerce::CustomerToken::new("no-such-token");
        let stranger = self.port.customer(self.market, &token).await.map(|_| json!("let in"));
        self.notes.answer(Capability::Customer, "customer.unknown-token", &stranger);
    }
}

fn address() -> Address {
    Address {
        name: "Ada Finch".into(),
        street: "1 Finch Row".into(),
        city: "Leeds".into(),
        postcode: "LS1 0ZZ".into(),
        country: "GB".into(),
    }
}
