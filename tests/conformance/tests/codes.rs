//! Codes of offers, tried through the plain adapter on the demo shop's own code.

use commerce::adapters::{Settings, connect};
use commerce::{
    Cart, CartChange, CartId, Checkout, Error, Kind, Listing, ListingQuery, Market, Pending, Placement, Port,
    Product, ProductKey, Refusal,
};
use conformance::upstream::Reference;
use kit::checkup::codes::{Outcome, Promised, Tried, try_all};
use kit::visitor::Markets;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The demo shop, watched, with moods of its own.
struct Shop {
    inner: Box<dyn Port>,
    /// What carts look like after the last change of each.
    carts: RefCell<Vec<Cart>>,
    orders: Cell<usize>,
    mood: Mood,
}

#[derive(Clone, Copy, PartialEq)]
enum Mood {
    Plain,
    /// Refuses every code without saying why.
    Silent,
    /// Takes every word for a code, without effect.
    TakesAny,
    /// Has the code, which is over.
    Over,
    /// Takes it, and nothing comes off the cart.
    Idle,
}

impl Shop {
    fn new(mood: Mood) -> Rc<Self> {
        let settings = Settings { url: "http://demo-shop.test".into(), ..Settings::named("shop") };
        let inner =
            connect("plain", &settings, Box::new(Reference::new())).expect("the settings are complete");
        Rc::new(Self { inner, carts: RefCell::default(), orders: Cell::new(0), mood })
    }

    fn refused(exists: Option<bool>) -> Error {
        Error::new(Kind::Refused(Refusal::BadCode { exists }), "test", "no")
    }
}

impl Port for Shop {
    fn capabilities(&self) -> &[commerce::Capability] {
        self.inner.capabilities()
    }

    fn listing<'a>(&'a self, market: &'a Market, query: &'a ListingQuery) -> Pending<'a, Listing> {
        self.inner.listing(market, query)
    }

    fn product<'a>(&'a self, market: &'a Market, key: &'a ProductKey) -> Pending<'a, Product> {
        self.inner.product(market, key)
    }

    fn create_cart<'a>(&'a self, market: &'a Market) -> Pending<'a, Cart> {
        self.inner.create_cart(market)
    }

    fn change_cart<'a>(
        &'a self,
        market: &'a Market,
        id: &'a CartId,
        change: &'a CartChange,
    ) -> Pending<'a, Cart> {
        Box::pin(async move {
            if let CartChange::ApplyCode { code } = change {
                match self.mood {
                    Mood::Silent => return Err(Self::refused(None)),
                    Mood::Over if code == "WELCOME10" => return Err(Self::refused(Some(true))),
                    Mood::TakesAny => return self.inner.cart(market, id).await,
                    Mood::Idle if code == "WELCOME10" => return self.inner.cart(market, id).await,
                    _ => {}
                }
            }
            let cart = self.inner.change_cart(market, id, change).await?;
            self.carts.borrow_mut().retain(|known| known.id != cart.id);
            self.carts.borrow_mut().push(cart.clone());
            Ok(cart)
        })
    }

    fn check_out<'a>(
        &'a self,
        market: &'a Market,
        cart: &'a CartId,
        placement: &'a Placement,
    ) -> Pending<'a, Checkout> {
        self.orders.set(self.orders.get() + 1);
        self.inner.check_out(market, cart, placement)
    }
}

fn promised(code: &str, give: &str) -> Promised {
    serde_json::from_str(&format!(r#"{{"code": "{code}", "give": {give}}}"#)).expect("a promise")
}

const WELCOME: &str = r#"[{"PercentOff": 1000},
    {"FreeShippingFrom": {"amount": 3000, "currency": "GBP"}},
    {"FreeShippingFrom": {"amount": 3500, "currency": "EUR"}}]"#;

fn tried(shop: &Shop, codes: &[Promised]) -> Vec<Tried> {
    let markets = Markets::parse(Markets::DEFAULT).expect("markets");
    futures::executor::block_on(try_all(shop, &markets, codes, "C0FFEE"))
}

#[test]
fn a_code_is_known_or_not_in_each_money_and_nothing_is_left_of_the_trial() {
    let shop = Shop::new(Mood::Plain);
    let told = tried(&shop, &[promised("WELCOME10", WELCOME), promised("WELCOM10", WELCOME)]);
    let short: Vec<_> = told.iter().map(|t| (t.code.as_str(), t.market.as_str(), t.outcome)).collect();
    assert_eq!(
        short,
        [
            ("WELCOME10", "en-gb", Outcome::Known),
            ("WELCOM10", "en-gb", Outcome::Unknown),
            ("WELCOME10", "de-de", Outcome::Known),
            ("WELCOM10", "de-de", Outcome::Unknown),
        ]
    );
    assert!(told.iter().all(|one| one.differs.is_none() && one.said.is_none()), "{told:?}");
    assert_eq!(told[0].charges, Some(true));
    let carts = shop.carts.borrow();
    assert_eq!(carts.len(), 4, "a cart for each trial");
    assert!(carts.iter().all(|cart| cart.lines.is_empty() && cart.codes.is_empty()), "{carts:?}");
    assert_eq!(shop.orders.get(), 0);
}

#[test]
fn what_is_promised_is_what_is_charged_or_it_is_told() {
    let shop = Shop::new(Mood::Plain);
    let more = r#"[{"PercentOff": 2000}]"#;
    let told = tried(&shop, &[promised("WELCOME10", more), promised("STAY5", r#"["FreeShipping"]"#)]);
    let differs = told[0].differs.as_deref().expect("a difference");
    assert!(differs.starts_with("it takes GBP ") && differs.contains("the offer promises GBP "), "{differs}");
    let differs = told[1].differs.as_deref().expect("a difference");
    assert!(differs.contains("it takes GBP 0.") && differs.contains("promises GBP 0.00"), "{differs}");
    assert!(differs.contains("delivery costs GBP 3.95 on a cart of GBP "), "{differs}");
    let differs = told[2].differs.as_deref().expect("a difference");
    assert!(differs.contains("EUR"), "{differs}");
}

#[test]
fn a_shop_that_does_not_tell_is_not_said_to_lack_the_code() {
    let told = |mood| {
        let told = tried(&Shop::new(mood), &[promised("WELCOME10", WELCOME)]).remove(0);
        (told.outcome, told.charges, told.said.unwrap_or_default())
    };
    let (outcome, charges, said) = told(Mood::Silent);
    assert_eq!((outcome, charges), (Outcome::Untold, None));
    assert!(said.contains("does not say why"), "{said}");
    let (outcome, _, said) = told(Mood::TakesAny);
    assert!(outcome == Outcome::Untold && said.starts_with("it takes any code"), "{outcome:?} {said}");
    let (outcome, charges, said) = told(Mood::Idle);
    assert_eq!((outcome, charges), (Outcome::Known, None), "the control was refused: {said}");
    assert!(said.starts_with("it has no effect on a cart of GBP "), "{said}");
    let (outcome, charges, said) = told(Mood::Over);
    assert!(outcome == Outcome::Known && charges == Some(false) && said.contains("it is over"), "{said}");
}
