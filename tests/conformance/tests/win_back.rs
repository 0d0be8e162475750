//! The demo shop's own customers and rules, from the sign-in to the order, through the web head and the demo shop in this
//! process: who lapsed is won back, once; who ordered lately is not; and the cart charges what the page promises.

use bytes::Bytes;
use http::{Request, Response};
use jiff::Timestamp;
use kit::edge::{Edge, FetchError, Instance, StoreError, Wait};
use kit::rehearsal::World;
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;
use web::head::Web;

/// A world whose only network is the demo shop.
struct Street {
    world: Rc<World>,
    shop: Rc<World>,
}

impl Edge for Street {
    fn now(&self) -> Timestamp {
        self.world.now()
    }

    fn elapsed(&self) -> Duration {
        self.world.elapsed()
    }

    fn random(&self) -> [u8; 16] {
        self.world.random()
    }

    fn sleep(&self, time: Duration) -> Wait<'_, ()> {
        self.world.sleep(time)
    }

    fn fetch(
        &self,
        request: Request<Bytes>,
        _: Duration,
        _: usize,
    ) -> Wait<'_, Result<Response<Bytes>, FetchError>> {
        let answer = self.shop.run(demo_shop::answer(&*self.shop, "media".as_ref(), &request));
        Box::pin(std::future::ready(Ok(answer)))
    }

    fn get<'a>(&'a self, key: &'a str) -> Wait<'a, Result<Option<Vec<u8>>, StoreError>> {
        self.world.get(key)
    }

    fn set<'a>(&'a self, key: &'a str, value: &'a [u8]) -> Wait<'a, Result<(), StoreError>> {
        self.world.set(key, value)
    }

    fn delete<'a>(&'a self, key: &'a str) -> Wait<'a, Result<(), StoreError>> {
        self.world.delete(key)
    }

    fn variable<'a>(&'a self, name: &'a str) -> Wait<'a, Option<String>> {
        self.world.variable(name)
    }

    fn spawn(&self, work: Pin<Box<dyn Future<Output = ()> + 'static>>) {
        self.world.spawn(work);
    }

    fn log(&self, line: &str) {
        self.world.log(line);
    }

    fn instance(&self) -> Rc<Instance> {
        self.world.instance()
    }
}

/// The shop with its rules in force.
fn street() -> Rc<Street> {
    let world = World::new();
    let text = include_str!("../../../personalise.toml");
    let published = personalise::rules::publish(text, world.now());
    let compact = published.rules.expect("the demo shop's rules hold together").to_compact().unwrap();
    world.run(kit::rulebook::publish(&*world, kit::rulebook::Shelf::Rules, &compact, None)).unwrap();
    world.wait(Duration::from_secs(2));
    // Its own chance, clock and store are those of the street: an application has one store.
    Rc::new(Street { shop: world.beside(), world })
}

/// Somebody with a browser.
struct Visitor {
    street: Rc<Street>,
    cookie: RefCell<String>,
}

impl Visitor {
    fn on(street: &Rc<Street>) -> Self {
        Self { street: street.clone(), cookie: RefCell::default() }
    }

    fn agreeing(street: &Rc<Street>) -> Self {
        let visitor = Self::on(street);
        assert_eq!(visitor.post("/en-gb/consent", "purposes=all").0, 303);
        visitor
    }

    fn get(&self, address: &str) -> String {
        self.send(Request::get(address).body(Bytes::new()).unwrap()).1
    }

    fn post(&self, address: &str, form: &str) -> (u16, String) {
        let request = Request::post(address)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.send(request.body(Bytes::from(form.to_owned())).unwrap())
    }

    fn send(&self, mut request: Request<Bytes>) -> (u16, String) {
        request.headers_mut().insert("host", "shop.test".parse().unwrap());
        if !self.cookie.borrow().is_empty() {
            request.headers_mut().insert("cookie", self.cookie.borrow().parse().unwrap());
        }
        let response = self.street.world.run(kit::handle::<Web>(self.street.clone(), request));
        if let Some(cookie) = response.headers().get("set-cookie") {
            *self.cookie.borrow_mut() = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        }
        let status = response.status().as_u16();
        (status, String::from_utf8(response.into_body().to_vec()).unwrap())
    }

    fn signs_in(&self, email: &str, password: &str) {
        let form = format!("email={email}&password={password}");
        assert_eq!(self.post("/en-gb/account/sign-in", &form).0, 303, "{email}");
    }

    /// The line above every page that says what is given; empty without one.
    fn ribbon(&self) -> String {
        let page = self.get("/en-gb/");
        page.split("class=\"ribbon\"").nth(1).map_or("", |rest| rest.split("</p>").next().unwrap()).to_owned()
    }

    /// What the basket's page says that it comes to.
    fn basket(&self) -> String {
        let page = self.get("/en-gb/cart");
        page.split_once("class=\"totals\"")
            .map_or("", |(_, rest)| rest.split("</dl>").next().unwrap())
            .to_owned()
    }
}

const NORA: (&str, &str) = ("nora@example.test", "lamp-by-the-stairs");
const TOM: (&str, &str) = ("tom@example.test", "tea-before-noon");

#[test]
fn a_lapsed_subscriber_is_won_back_once() {
    let street = street();
    let nora = Visitor::agreeing(&street);
    assert!(
        nora.ribbon().contains("10% off") && nora.ribbon().contains("free delivery"),
        "a stranger's welcome"
    );
    nora.signs_in(NORA.0, NORA.1);
    let ribbon = nora.ribbon();
    assert!(ribbon.contains("10% off") && !ribbon.contains("free delivery"), "won back: {ribbon}");
    assert!(nora.get("/en-gb/account").contains("Hello, Nora Vale"));

    // £26.00 less a tenth, as promised.
    nora.post("/en-gb/cart/add", "product=fig-and-rain-candle");
    let basket = nora.basket();
    assert!(
        basket.contains("WINBACK10") && basket.contains("£2.60") && basket.contains("£23.40"),
        "{basket}"
    );
    let form = "name=Nora+Vale&email=nora%40example.test&delivery=pickup&store=leeds";
    assert_eq!(nora.post("/en-gb/checkout", form).0, 303);
    assert_eq!(nora.ribbon(), "", "used");
    nora.post("/en-gb/cart/add", "product=fig-and-rain-candle");
    assert!(!nora.basket().contains("WINBACK10"));

    // Nor from another screen: the shop knows that she has ordered.
    let phone = Visitor::agreeing(&street);
    phone.signs_in(NORA.0, NORA.1);
    assert_eq!(phone.ribbon(), "");
}

#[test]
fn the_offer_goes_into_a_basket_that_was_filled_before_the_sign_in() {
    let street = street();
    let nora = Visitor::agreeing(&street);
    nora.post("/en-gb/cart/add", "product=fig-and-rain-candle");
    assert!(nora.basket().contains("WELCOME10"));
    nora.signs_in(NORA.0, NORA.1);
    let basket = nora.basket();
    assert!(basket.contains("WINBACK10") && !basket.contains("WELCOME10"), "{basket}");
    assert!(nora.ribbon().contains("10% off"));
}

#[test]
fn who_ordered_lately_or_agreed_to_nothing_is_not_won_back() {
    let street = street();
    let tom = Visitor::agreeing(&street);
    tom.signs_in(TOM.0, TOM.1);
    assert_eq!(tom.ribbon(), "", "twelve days ago");
    let account = tom.get("/en-gb/account");
    assert!(account.contains("Silver") && account.contains("You get them"));
    let nora = Visitor::on(&street);
    nora.signs_in(NORA.0, NORA.1);
    assert_eq!(nora.ribbon(), "", "nothing is kept of her, so nothing is known");
    // A hundred and ten days later, Tom has lapsed as well. The shop is asked after a page, and the next one knows.
    street.world.wait(Duration::from_secs(26 * 3_600));
    assert_eq!(
        (tom.ribbon(), tom.ribbon()),
        (String::new(), String::new()),
        "his past stays as far away as it was"
    );
}

#[test]
fn who_signs_out_is_a_stranger_again() {
    let street = street();
    let nora = Visitor::agreeing(&street);
    nora.signs_in(NORA.0, NORA.1);
    nora.post("/en-gb/cart/add", "product=fig-and-rain-candle");
    assert_eq!(nora.post("/en-gb/account/sign-out", "").0, 303);
    assert!(!nora.get("/en-gb/").contains("Nora") && !nora.get("/en-gb/privacy").contains("Loyalty"));
    assert!(nora.get("/en-gb/cart").contains("There is nothing in your basket yet."));
    assert!(nora.ribbon().contains("free delivery"), "welcome, as anybody who never ordered");
}
