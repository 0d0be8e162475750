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
use crate::wire::{CartRoute, Keep, No, ProductRoute, Query, Route, json, problem, route};
use bytes::Bytes;
use commerce::{CartChange, Placement};
use http::header::CONTENT_TYPE;
use http::{Request, Response, StatusCode};
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
    match route(request.method(), request.uri().path())? {
        Route::Picture(name) => picture(media, &name, &query, request.headers()),
        Route::Shop => shop(catalogue()),
        Route::Cart(route) => cart_answer(edge, request, Market::of(&query)?, route).await,
        Route::Order(id) => {
            let (market, sold) = (Market::of(&query)?, Sold::default());
            let lens = Lens { market, sold: &sold };
            json(StatusCode::OK, Keep::Nobody, &order::read(catalogue(), edge, &lens, &id).await?)
        }
        Route::SignIn => {
            Market::of(&query)?;
            let signed_in = customer::sign_in(catalogue(), edge, &body(request)?).await?;
            json(StatusCode::OK, Keep::Nobody, &signed_in)
        }
        Route::Customer => {
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
fn read(catalogue: &Catalogue, lens: &Lens<'_>, query: &Query, route: Route) -> Result<Response<Bytes>, No> {
    let (status, keep) = (StatusCode::OK, Keep::Everyone);
    let by_id = |id: &str| catalogue.product(id).ok_or(No::NotFound);
    match route {
        Route::Product(ProductRoute::BySlug(slug)) => {
            let record = catalogue.product_by_slug(&slug).ok_or(No::NotFound)?;
            json(status, keep, &show::product(catalogue, lens, record))
        }
        Route::Product(ProductRoute::ById(id)) => {
            json(status, keep, &show::product(catalogue, lens, by_id(&id)?))
        }
        Route::Product(ProductRoute::Related(id)) => {
            json(status, keep, &show::related(catalogue, lens, by_id(&id)?))
        }
        Route::Product(ProductRoute::Reviews(id)) => {
            let page = query.number("page", 1, 1..=u32::MAX)?;
            json(status, keep, &show::reviews(catalogue, lens, &by_id(&id)?.id, page))
        }
        Route::Listing => json(status, keep, &listing(catalogue, lens, query)?),
        Route::Categories => json(status, keep, &show::tree(catalogue, lens)),
        Route::Content => json(status, keep, &show::blocks(catalogue, lens, query)),
        Route::Stores => json(status, keep, &show::stores(catalogue, lens)),
        Route::StoreStock(id) => {
            let (_, variant) = catalogue.variant(&id).ok_or(No::NotFound)?;
            json(status, keep, &show::store_stock(catalogue, lens, variant))
        }
        Route::Shop
        | Route::Cart(_)
        | Route::Order(_)
        | Route::SignIn
        | Route::Customer
        | Route::Picture(_) => Err(No::NotFound),
    }
}

/// What is one visitor's.
async fn cart_answer(
    edge: &dyn Edge,
    request: &Request<Bytes>,
    market: Market,
    route: CartRoute,
) -> Result<Response<Bytes>, No> {
    let catalogue = catalogue();
    let (status, id, stored) = match route {
        CartRoute::Create => {
            body::<serde_json::Map<String, serde_json::Value>>(request)?;
            let (id, cart) = cart::create(edge, Once::of(request)?).await?;
            (StatusCode::CREATED, id, cart)
        }
        CartRoute::Read(id) => {
            let cart = cart::existing(catalogue, cart::load(edge, &id).await?);
            (StatusCode::OK, id, cart)
        }
        CartRoute::Change(id) => {
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
        CartRoute::CheckOut(id) => {
            let placement: Placement = body(request)?;
            let once = Once::of(request)?;
            let sold = Sold::default();
            let lens = Lens { market, sold: &sold };
            let placed = order::check_out(catalogue, edge, &lens, &id, once, placement);
            let placed = cart::alone(edge, &id, placed).await?;
            return json(StatusCode::OK, Keep::Nobody, &placed);
        }
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
