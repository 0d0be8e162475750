//! Where the operator and the backends tell what has changed; every head has it below its route.
//!
//! - `POST …/.well-known/headwater/purge`: the operator's; `headwater purge` sends it. To anybody else the address
//!   does not exist.
//! - `POST …/.well-known/headwater/news/shop` (or `second`): the webhook of a backend, which proves itself in its
//!   own way with the variable `shop_news_secret`. Without the secret it does not exist.

mod news;
mod problem;
mod purge;

pub use news::{PATH as NEWS_PATH, tell};
pub use problem::{problem, said};

use crate::ask::Ask;
use crate::failure::Failure;
use bytes::Bytes;
use http::Method;

const PATH: &str = "/.well-known/headwater/";
/// Of the body of a backend's news, in bytes: a product with all its variants.
pub const NEWS_CAP: usize = 2 << 20;
/// Of the body of a purge, in bytes.
const PURGE_CAP: usize = 128 << 10;

/// Who is at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Caller {
    Operator,
    /// `shop` or `second`, as the variables begin.
    Backend(&'static str),
}

fn caller(method: &Method, path: &str) -> Option<Caller> {
    let (_, below) = path.rsplit_once(PATH).filter(|_| method == Method::POST)?;
    match below {
        "purge" => Some(Caller::Operator),
        "news/shop" => Some(Caller::Backend("shop")),
        "news/second" => Some(Caller::Backend("second")),
        _ => None,
    }
}

/// The largest body that is read of a request, in bytes; a head's `own` for all but the desk's.
pub(crate) fn body_cap<T>(request: &http::Request<T>, own: usize) -> usize {
    match caller(request.method(), request.uri().path()) {
        None => own,
        Some(Caller::Operator) => PURGE_CAP,
        Some(Caller::Backend(_)) => NEWS_CAP,
    }
}

/// The answer, when the desk is asked and the asker may ask; `None` for every other request. `refused` is why the
/// body was not read.
pub(crate) async fn answer(ask: &Ask, refused: Option<&Failure>) -> Option<http::Response<Bytes>> {
    match caller(ask.request.method(), ask.request.uri().path())? {
        Caller::Operator => purge::answer(ask, refused).await,
        Caller::Backend(prefix) => Some(news::answer(ask, prefix, refused).await),
    }
}
