//! One question and its answer; all that is needed of the world comes through [`Edge`].

use crate::cart;
use crate::catalogue::{Catalogue, Lens, catalogue};
use crate::customer;
use crate::listing::listing;
use crate::market::{Language, Market, Tender};
use crate::media::picture;
use crate::once::Once;
use crate::order;
use crate::show;
use crate::stock::Sold;
use crate::wire::{Keep, No, Query, json, problem};
use bytes::Bytes;
use commerce::adapters::plain::Question;
use commerce::{Capability, CartChange, Placement, ProductKey};
use http::header::CONTENT_TYPE;
use http::{Method, Request, Response, StatusCode};
use kit::Edge;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::path::Path;

/// The most bytes of a body.
pub const BODY_LIMIT: usize = 64 * 1024;

/// Answers a request. `media` is the folder of the pictures.
pub async fn answer(edge: &dyn Edge, media: &Path, request: &Request<Bytes>) -> Response<Bytes> {
    let answered = match request.body().len() > BODY_LIMIT {
        true => Err(No::TooLarge),
        false => ask(edge, media, request).await,
    };
    // HEAD is answered like GET: the host leaves the body out and keeps its length.
    answered.unwrap_or_else(|no| {
        if let Some(words) = no.log() {
            edge.log(&format!("demo-shop: {words}"));
        }
        problem(&no)
    })
}

/// The answer to a body over [`BODY_LIMIT`], of which the rest is not read.
pub fn too_large() -> Response<Bytes> {
    problem(&No::TooLarge)
}

async fn ask(edge: &dyn Edge, media: &Path, request: &Request<Bytes>) -> Result<Response<Bytes>, No> {
    let query = Query::read(request.uri().query());
    if let Some(name) = request.uri().path().strip_prefix("/media/") {
        return match *request.method() {
            Method::GET | Method::HEAD => picture(media, name, &query, request.headers()),
            _ => Err(No::Method("GET, HEAD")),
        };
    }
    match Question::read(request.method(), request.uri().path())? {
        Question::About => shop(catalogue()),
        Question::Capabilities => {
            json(StatusCode::OK, Keep::Everyone, &Capability::ALL.map(Capability::as_str))
        }
        question @ (Question::CreateCart
        | Question::Cart(_)
        | Question::ChangeCart(_)
        | Question::CheckOut(_)) => cart_answer(edge, request, Market::of(&query)?, question).await,
        Question::Order(id) => {
            let (market, sold) = (Market::of(&query)?, Sold::default());
            let lens = Lens { market, sold: &sold };
            json(StatusCode::OK, Keep::Nobody, &order::read(catalogue(), edge, &lens, id.as_str()).await?)
        }
        Question::SignIn => {
            Market::of(&query)?;
            let signed_in = customer::sign_in(catalogue(), edge, &body(request)?).await?;
            json(StatusCode::OK, Keep::Nobody, &signed_in)
        }
        Question::Customer => {
            let (market, sold) = (Market::of(&query)?, Sold::default());
            let lens = Lens { market, sold: &sold };
            let token = request.headers().get("headwater-customer-token");
            let token = token.and_then(|token| token.to_str().ok()).unwrap_or_default();
            json(StatusCode::OK, Keep::Nobody, &customer::customer(catalogue(), edge, &lens, token).await?)
        }
        other => {
            let market = Market::of(&query)?;
            let sold = Sold::shown(edge).await;
            read(catalogue(), &Lens { market, sold: &sold }, &query, other)
        }
    }
}

fn shop(catalogue: &Catalogue) -> Result<Response<Bytes>, No> {
    let about = json!({
        "name": "Larkspur & Finch",
        "version": env!("CARGO_PKG_VERSION"),
        "currencies": Tender::ALL.map(|tender| tender.currency().code().to_owned()),
        "locales": Language::ALL.map(Language::code),
        "products": catalogue.products().len(),
    });
    json(StatusCode::OK, Keep::Everyone, &about)
}

/// What is the same for everyone in a market.
fn read(
    catalogue: &Catalogue,
    lens: &Lens<'_>,
    query: &Query,
    question: Question,
) -> Result<Response<Bytes>, No> {
    let (status, keep) = (StatusCode::OK, Keep::Everyone);
    let by_id = |id: &str| catalogue.product(id).ok_or(No::NotFound);
    match question {
        Question::Product(ProductKey::Slug(slug)) => {
            let record = catalogue.product_by_slug(&slug).ok_or(No::NotFound)?;
            json(status, keep, &show::product(catalogue, lens, record))
        }
        Question::Product(ProductKey::Id(id)) => {
            json(status, keep, &show::product(catalogue, lens, by_id(id.as_str())?))
        }
        Question::Related(id) => json(status, keep, &show::related(catalogue, lens, by_id(id.as_str())?)),
        Question::Reviews(id) => {
            let page = query.number("page", 1, 1..=u32::MAX)?;
            json(status, keep, &show::reviews(catalogue, lens, &by_id(id.as_str())?.id, page))
        }
        Question::Listing => json(status, keep, &listing(catalogue, lens, query)?),
        Question::Categories => json(status, keep, &show::tree(catalogue, lens)),
        Question::Content => json(status, keep, &show::blocks(catalogue, lens, query)),
        Question::Stores => json(status, keep, &show::stores(catalogue, lens)),
        Question::StoreStock(id) => {
            let (_, variant) = catalogue.variant(id.as_str()).ok_or(No::NotFound)?;
            json(status, keep, &show::store_stock(catalogue, lens, variant))
        }
        // The visitors' own are answered elsewhere.
        Question::About
        | Question::Capabilities
        | Question::CreateCart
        | Question::Cart(_)
        | Question::ChangeCart(_)
        | Question::CheckOut(_)
        | Question::Order(_)
        | Question::SignIn
        | Question::Customer => Err(No::NotFound),
    }
}

/// What is one visitor's.
async fn cart_answer(
    edge: &dyn Edge,
    request: &Request<Bytes>,
    market: Market,
    question: Question,
) -> Result<Response<Bytes>, No> {
    let catalogue = catalogue();
    let (status, id, stored) = match question {
        Question::CreateCart => {
            body::<serde_json::Map<String, serde_json::Value>>(request)?;
            let (id, cart) = cart::create(edge, Once::of(request)?).await?;
            (StatusCode::CREATED, id, cart)
        }
        Question::Cart(id) => {
            let id = id.as_str().to_owned();
            let cart = cart::existing(catalogue, cart::load(edge, &id).await?);
            (StatusCode::OK, id, cart)
        }
        Question::ChangeCart(id) => {
            let id = id.as_str().to_owned();
            let change: CartChange = body(request)?;
            let once = Once::of(request)?;
            // Who asks for a cart that is not there need not wait for a turn.
            cart::load(edge, &id).await?;
            let changed = cart::alone(edge, &id, async {
                let mut cart = cart::existing(catalogue, cart::load(edge, &id).await?);
                if cart.done.knows(once.as_ref())? {
                    // As it is by now, which may be further on: the visitor sees what they have.
                    return Ok(cart);
                }
                let sold = Sold::counted(edge, cart::wanted(&cart, &change).into_iter()).await?;
                cart::change(catalogue, &sold, &mut cart, change)?;
                cart.done.add(once);
                cart::save(edge, &id, &cart).await?;
                Ok(cart)
            });
            let cart = changed.await?;
            (StatusCode::OK, id, cart)
        }
        Question::CheckOut(id) => {
            let id = id.as_str().to_owned();
            let placement: Placement = body(request)?;
            let once = Once::of(request)?;
            let sold = Sold::default();
            let lens = Lens { market, sold: &sold };
            let placed = order::check_out(catalogue, edge, &lens, &id, once, placement);
            let placed = cart::alone(edge, &id, placed).await?;
            return json(StatusCode::OK, Keep::Nobody, &placed);
        }
        _ => return Err(No::NotFound),
    };
    let sold = Sold::counted(edge, stored.lines.iter().map(|line| line.variant.as_str())).await?;
    let lens = Lens { market, sold: &sold };
    json(status, Keep::Nobody, &cart::show(catalogue, &lens, &id, &stored))
}

/// The body as JSON.
fn body<T: DeserializeOwned>(request: &Request<Bytes>) -> Result<T, No> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(No::MediaType);
    }
    serde_json::from_slice(request.body()).map_err(|_| No::invalid("body"))
}

#[cfg(test)]
mod tests;
