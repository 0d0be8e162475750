//! Which question a path and a method ask.

use super::No;
use http::Method;
use percent_encoding::percent_decode_str;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    Shop,
    Product(ProductRoute),
    Listing,
    Categories,
    Content,
    Stores,
    StoreStock(String),
    Cart(CartRoute),
    Order(String),
    SignIn,
    Customer,
    /// The file's name as it stands in the address, not decoded.
    Picture(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ProductRoute {
    BySlug(String),
    ById(String),
    Related(String),
    Reviews(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CartRoute {
    Create,
    Read(String),
    Change(String),
    CheckOut(String),
}

const READ: &str = "GET, HEAD";
const WRITE: &str = "POST";

/// Finds the question.
///
/// # Errors
/// [`No::NotFound`] for an unknown path, [`No::Method`] for a known path with another method.
pub(crate) fn route(method: &Method, path: &str) -> Result<Route, No> {
    if let Some(file) = path.strip_prefix("/media/") {
        return allow(method, READ, Route::Picture(file.to_owned()));
    }
    let decode = |part: &str| percent_decode_str(part).decode_utf8().map(|text| text.into_owned());
    let parts = path.strip_prefix("/v1").ok_or(No::NotFound)?.split('/').skip(1).map(decode);
    let parts: Vec<String> = parts.collect::<Result<_, _>>().map_err(|_| No::NotFound)?;
    if !path.starts_with("/v1/") && path != "/v1" {
        return Err(No::NotFound);
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let product = |route| allow(method, READ, Route::Product(route));
    match parts.as_slice() {
        [] => allow(method, READ, Route::Shop),
        ["products", slug] => product(ProductRoute::BySlug((*slug).to_owned())),
        ["products", "by-id", id] => product(ProductRoute::ById((*id).to_owned())),
        ["products", "by-id", id, "related"] => product(ProductRoute::Related((*id).to_owned())),
        ["products", "by-id", id, "reviews"] => product(ProductRoute::Reviews((*id).to_owned())),
        ["listing"] => allow(method, READ, Route::Listing),
        ["categories"] => allow(method, READ, Route::Categories),
        ["content"] => allow(method, READ, Route::Content),
        ["stores"] => allow(method, READ, Route::Stores),
        ["variants", id, "stock"] => allow(method, READ, Route::StoreStock((*id).to_owned())),
        ["carts"] => allow(method, WRITE, Route::Cart(CartRoute::Create)),
        ["carts", id] => allow(method, READ, Route::Cart(CartRoute::Read((*id).to_owned()))),
        ["carts", id, "changes"] => allow(method, WRITE, Route::Cart(CartRoute::Change((*id).to_owned()))),
        ["carts", id, "checkout"] => allow(method, WRITE, Route::Cart(CartRoute::CheckOut((*id).to_owned()))),
        ["customers", "sign-in"] => allow(method, WRITE, Route::SignIn),
        ["customers", "me"] => allow(method, READ, Route::Customer),
        ["orders", id] => allow(method, READ, Route::Order((*id).to_owned())),
        _ => Err(No::NotFound),
    }
}

fn allow(method: &Method, allowed: &'static str, route: Route) -> Result<Route, No> {
    match allowed.split(", ").any(|known| known == method.as_str()) {
        true => Ok(route),
        false => Err(No::Method(allowed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_decoded_once_and_stay_in_their_place() {
        let get = |path: &str| route(&Method::GET, path);
        assert_eq!(get("/v1"), Ok(Route::Shop));
        assert_eq!(get("/v1/orders/a%2Fb"), Ok(Route::Order("a/b".into())));
        assert_eq!(get("/media/..%2Fx.svg"), Ok(Route::Picture("..%2Fx.svg".into())));
        for path in ["", "/", "/v2", "/v1x", "/v1/", "/v1//", "/v1/carts/a/b/c", "/v1/orders/%ff", "/media"] {
            assert_eq!(get(path), Err(No::NotFound), "{path}");
        }
    }

    #[test]
    fn another_method_hears_which_are_allowed() {
        assert_eq!(route(&Method::GET, "/v1/carts"), Err(No::Method("POST")));
        assert_eq!(route(&Method::DELETE, "/v1/carts/x"), Err(No::Method("GET, HEAD")));
        assert_eq!(route(&Method::PUT, "/media/x.svg"), Err(No::Method("GET, HEAD")));
    }
}
