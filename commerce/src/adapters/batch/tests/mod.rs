//! The adapter over files of our own catalogue (`tests/backends/batch/write.mjs`), and over bad ones.

mod goods;
mod wrong;

use super::*;
use crate::adapters::{Backend, open};
use crate::upstream::Call;
use bytes::Bytes;
use futures::executor::block_on;
use std::cell::RefCell;
use std::collections::HashMap;

/// A quarter to ten on a Saturday in London.
const MADE: &str = "Sat, 21 Nov 2026 09:45:00 GMT";

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../../../../../fixtures/recorded/batch/", $name))
    };
}

/// A server of files, and what was asked of it and told by it.
#[derive(Clone, Default)]
struct Server {
    files: HashMap<&'static str, Vec<u8>>,
    modified: Option<&'static str>,
    asked: Rc<RefCell<Vec<http::Request<Bytes>>>>,
    told: Rc<RefCell<Vec<String>>>,
    kept: Rc<RefCell<HashMap<String, String>>>,
}

impl Server {
    fn with(mut self, path: &'static str, body: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path, body.into());
        self
    }

    fn open(&self, files: &str) -> Result<Batch, Error> {
        let settings = Settings {
            url: "http://files.test".into(),
            path: "export".into(),
            files: files.into(),
            client_id: "shop".into(),
            client_secret: "hush".into(),
            ..Settings::named("shop")
        };
        Batch::new(&settings, Box::new(self.clone()))
    }

    fn paths(&self) -> Vec<String> {
        self.asked.borrow().iter().map(|request| request.uri().path().to_owned()).collect()
    }
}

impl Upstream for Server {
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
        crate::upstream::assert_repeat(&call);
        let name = call.request.uri().path().strip_prefix("/export/").expect("below the folder").to_owned();
        self.asked.borrow_mut().push(call.request);
        let body = self.files.get(name.as_str());
        let mut response = http::Response::builder().status(if body.is_some() { 200 } else { 404 });
        if let Some(modified) = self.modified {
            response = response.header("last-modified", modified);
        }
        let response = response.body(Bytes::from(body.cloned().unwrap_or_default())).unwrap();
        Box::pin(async move { Ok(response) })
    }

    fn recall(&self, key: &str) -> Option<String> {
        self.kept.borrow().get(key).cloned()
    }

    fn keep(&self, key: &str, value: &str, _: Duration) {
        self.kept.borrow_mut().insert(key.to_owned(), value.to_owned());
    }

    fn note(&self, operation: &'static str, what: &str) {
        self.told.borrow_mut().push(format!("{operation}: {what}"));
    }
}

/// All the files of our catalogue.
fn larkspur() -> Server {
    Server { modified: Some(MADE), ..Server::default() }
        .with("products-en.csv", file!("products-en.csv"))
        .with("products-de.csv", file!("products-de.csv"))
        .with("products-en.xml", file!("products-en.xml"))
        .with("stock.csv", file!("stock.csv"))
        .with("stores.csv", file!("stores.csv"))
}

/// A port of one product file.
fn products(body: &str) -> (Batch, Server) {
    let server = Server::default().with("p", body);
    (server.open("products=p").unwrap(), server)
}

fn market(text: &str) -> Market {
    Market::parse(text).unwrap()
}

fn britain() -> Market {
    market("en-GB/GBP")
}

fn by_slug(batch: &Batch, market: &Market, slug: &str) -> Result<Product, Error> {
    block_on(batch.product(market, &ProductKey::Slug(slug.into())))
}

fn list(batch: &Batch, query: &ListingQuery) -> Result<Listing, Error> {
    block_on(batch.listing(&britain(), query))
}

fn everything() -> ListingQuery {
    ListingQuery { page: 1, page_size: 24, ..ListingQuery::default() }
}

#[test]
fn files_that_cannot_be_read_are_told_with_their_cure() {
    for (files, cure) in [
        ("", "shop_files is empty"),
        ("products.csv", "`products.csv` has no `=`"),
        ("prices=p.csv", "neither products, stock nor stores"),
        ("products=", "names no file, or a second one"),
        ("products=a.csv, products=b.csv", "a second one"),
        ("stock=stock.csv", "stock alone says nothing"),
    ] {
        let error = Server::default().open(files).err().unwrap();
        assert!(error.detail.contains(cure), "{files}: {error}");
    }
}

#[test]
fn what_is_asked_is_the_markets_own_file_with_a_proof_that_is_not_told() {
    let server = larkspur().with("x/de-DE/EUR.csv", file!("products-de.csv"));
    let batch = server.open("products = x/{locale}/{currency}.csv?day=1&in={country}").unwrap();
    by_slug(&batch, &market("de-DE/EUR"), "harbour-trench-coat").unwrap();
    let asked = server.asked.borrow();
    let [request] = asked.as_slice() else { panic!("one call") };
    assert_eq!(request.uri(), "http://files.test/export/x/de-DE/EUR.csv?day=1&in=DE");
    let proof = &request.headers()["authorization"];
    assert!(proof == "Basic c2hvcDpodXNo" && proof.is_sensitive(), "RFC 7617");
}

#[test]
fn a_capability_is_that_of_a_file() {
    let can = |files: &str| larkspur().open(files).unwrap().capabilities().to_vec();
    use Capability::*;
    assert_eq!(can("products=p"), [Product, Listing, Search, Categories]);
    assert_eq!(can("stores=s, stock=t"), [Stores, StoreStock]);
    assert_eq!(can("stores=s"), [Stores]);
    let batch = larkspur().open("stores=stores.csv").unwrap();
    let refused = by_slug(&batch, &britain(), "harbour-trench-coat").unwrap_err();
    assert_eq!(refused.kind, Kind::Unsupported(Product));
    let upstream = |_| -> Box<dyn Upstream> { Box::new(larkspur()) };
    let settings =
        Settings { url: "http://files.test".into(), files: "stores=s".into(), ..Settings::named("shop") };
    let alone = Backend { adapter: "batch".into(), settings };
    assert!(open(&[alone], "", &upstream).is_err(), "stores alone are no shop");
}

#[test]
fn a_file_is_fetched_once_for_all_questions_of_a_request_and_a_missing_one_too() {
    let server = larkspur();
    let batch = server.open("products=products-en.csv, stock=stock.csv").unwrap();
    let ask = |slug: &'static str| by_slug(&batch, &britain(), slug);
    let market = britain();
    let keys = ["harbour-trench-coat", "herringbone-throw"].map(|slug| ProductKey::Slug(slug.into()));
    let all = futures::future::join_all(keys.iter().map(|key| batch.product(&market, key)));
    assert!(block_on(all).iter().all(Result::is_ok));
    assert!(ask("cast-iron-casserole").is_ok());
    assert_eq!(ask("no-such").unwrap_err().kind, Kind::NotFound(Subject::Product));
    let mut paths = server.paths();
    paths.sort();
    assert_eq!(paths, ["/export/products-en.csv", "/export/stock.csv"]);
    let gone = Server::default();
    let batch = gone.open("products=p").unwrap();
    for _ in 0..3 {
        assert_eq!(by_slug(&batch, &britain(), "x").unwrap_err().kind, Kind::Failed { status: 404 });
    }
    assert_eq!(gone.paths().len(), 1);
}
