//! A port served as the plain form: what the plain adapter asks, any other adapter answers.

mod read;
mod reply;

use super::question::{Question, Unrouted};
use crate::model::ProductRef;
use crate::port::Port;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use read::{Asked, Wrong};
pub use reply::failed;
use reply::{problem, told};

/// The largest request body, in bytes: the longest change to a cart is a hundredth of it.
pub const BODY_CAP: usize = 64 << 10;

/// The answer to a body over [`BODY_CAP`].
pub fn too_large() -> Response<Bytes> {
    reply::wrong(&Wrong::TooLarge)
}

/// Answers a request of the plain form through a port. An error of the port is a problem from which the plain
/// adapter makes the same error again; nothing may be kept, since heads keep what they read.
pub async fn serve(port: &dyn Port, request: &Request<Bytes>) -> Response<Bytes> {
    match Question::read(request.method(), request.uri().path()) {
        Err(Unrouted::Path) => problem(StatusCode::NOT_FOUND, "not_found", "There is no such path."),
        Err(Unrouted::Method(allowed)) => reply::method(allowed),
        Ok(_) if request.body().len() > BODY_CAP => too_large(),
        Ok(question) => answer(port, request, question).await.unwrap_or_else(|wrong| reply::wrong(&wrong)),
    }
}

async fn answer(
    port: &dyn Port,
    request: &Request<Bytes>,
    question: Question,
) -> Result<Response<Bytes>, Wrong> {
    let asked = Asked::new(request);
    if question == Question::Capabilities {
        let words: Vec<&str> = port.capabilities().iter().map(|capability| capability.as_str()).collect();
        return Ok(told(StatusCode::OK, Ok(words)));
    }
    let market = &asked.market()?;
    let ok = StatusCode::OK;
    Ok(match question {
        Question::Capabilities | Question::About => told(ok, port.about(market).await),
        Question::Product(key) => told(ok, port.product(market, &key).await),
        Question::Related(id) => {
            let product = ProductRef { id, slug: asked.text("slug") };
            told(ok, port.related(market, &product).await)
        }
        Question::Reviews(id) => {
            let product = ProductRef { id, slug: asked.text("slug") };
            told(ok, port.reviews(market, &product, asked.number("page", 1, u32::MAX)?).await)
        }
        Question::Listing => told(ok, port.listing(market, &asked.listing()?).await),
        Question::Categories => told(ok, port.categories(market).await),
        Question::Content => told(ok, port.content(market, &asked.content()).await),
        Question::Stores => told(ok, port.stores(market).await),
        Question::StoreStock(id) => told(ok, port.store_stock(market, &asked.variant(id)).await),
        Question::CreateCart => {
            let _: serde_json::Map<String, serde_json::Value> = asked.body()?;
            told(StatusCode::CREATED, port.create_cart(market).await)
        }
        Question::Cart(cart) => told(ok, port.cart(market, &cart).await),
        Question::ChangeCart(cart) => told(ok, port.change_cart(market, &cart, &asked.body()?).await),
        Question::CheckOut(cart) => told(ok, port.check_out(market, &cart, &asked.body()?).await),
        Question::Order(order) => told(ok, port.order(market, &order).await),
        Question::SignIn => {
            let (credentials, cart) = asked.sign_in()?;
            told(ok, port.sign_in(market, &credentials, cart.as_ref()).await)
        }
        Question::Customer => told(ok, port.customer(market, &asked.customer_token()).await),
    })
}
