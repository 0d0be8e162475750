//! The addresses of the plain form, read by whoever answers it: Headwater's own `backend` component and the
//! demo shop.

use crate::model::{CartId, OrderId, ProductId, ProductKey, VariantId};
use http::Method;
use percent_encoding::percent_decode_str;

/// What an address and a method ask. Its further parts stand in the query, the headers and the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// What the shop is.
    About,
    /// What can be asked of it.
    Capabilities,
    /// A product.
    Product(ProductKey),
    /// What goes with a product.
    Related(ProductId),
    /// A page of a product's reviews.
    Reviews(ProductId),
    /// A page of products.
    Listing,
    /// The tree of categories.
    Categories,
    /// Content blocks.
    Content,
    /// All stores.
    Stores,
    /// What each store has of a variant.
    StoreStock(VariantId),
    /// A new cart.
    CreateCart,
    /// A cart.
    Cart(CartId),
    /// A change to a cart.
    ChangeCart(CartId),
    /// An order out of a cart.
    CheckOut(CartId),
    /// An order.
    Order(OrderId),
    /// A sign-in.
    SignIn,
    /// The customer who signed in.
    Customer,
}

/// An address that asks nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unrouted {
    /// There is no such path.
    Path,
    /// The path takes other methods; the value of `Allow`.
    Method(&'static str),
}

const READ: &str = "GET, HEAD";
const WRITE: &str = "POST";

impl Question {
    /// Reads a method and a path, whose parts are decoded once.
    ///
    /// # Errors
    /// [`Unrouted`], for 404 and 405.
    pub fn read(method: &Method, path: &str) -> Result<Self, Unrouted> {
        let decode = |part: &str| percent_decode_str(part).decode_utf8().map(|text| text.into_owned());
        let below = path.strip_prefix("/v1").filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let parts = below.ok_or(Unrouted::Path)?.split('/').skip(1).map(decode);
        let parts: Vec<String> = parts.collect::<Result<_, _>>().map_err(|_| Unrouted::Path)?;
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let (allowed, question) = match parts.as_slice() {
            [] => (READ, Self::About),
            ["capabilities"] => (READ, Self::Capabilities),
            ["products", slug] => (READ, Self::Product(ProductKey::Slug((*slug).to_owned()))),
            ["products", "by-id", id] => (READ, Self::Product(ProductKey::Id(ProductId::new(*id)))),
            ["products", "by-id", id, "related"] => (READ, Self::Related(ProductId::new(*id))),
            ["products", "by-id", id, "reviews"] => (READ, Self::Reviews(ProductId::new(*id))),
            ["listing"] => (READ, Self::Listing),
            ["categories"] => (READ, Self::Categories),
            ["content"] => (READ, Self::Content),
            ["stores"] => (READ, Self::Stores),
            ["variants", id, "stock"] => (READ, Self::StoreStock(VariantId::new(*id))),
            ["carts"] => (WRITE, Self::CreateCart),
            ["carts", id] => (READ, Self::Cart(CartId::new(*id))),
            ["carts", id, "changes"] => (WRITE, Self::ChangeCart(CartId::new(*id))),
            ["carts", id, "checkout"] => (WRITE, Self::CheckOut(CartId::new(*id))),
            ["customers", "sign-in"] => (WRITE, Self::SignIn),
            ["customers", "me"] => (READ, Self::Customer),
            ["orders", id] => (READ, Self::Order(OrderId::new(*id))),
            _ => return Err(Unrouted::Path),
        };
        match allowed.split(", ").any(|known| known == method.as_str()) {
            true => Ok(question),
            false => Err(Unrouted::Method(allowed)),
        }
    }

    /// Its word for the log, which holds no identifier.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Capabilities => "capabilities",
            Self::Product(_) => "product",
            Self::Related(_) => "related",
            Self::Reviews(_) => "reviews",
            Self::Listing => "listing",
            Self::Categories => "categories",
            Self::Content => "content",
            Self::Stores => "stores",
            Self::StoreStock(_) => "store_stock",
            Self::CreateCart => "create_cart",
            Self::Cart(_) => "cart",
            Self::ChangeCart(_) => "change_cart",
            Self::CheckOut(_) => "check_out",
            Self::Order(_) => "order",
            Self::SignIn => "sign_in",
            Self::Customer => "customer",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_decoded_once_and_stay_in_their_place() {
        let get = |path: &str| Question::read(&Method::GET, path);
        assert_eq!(get("/v1"), Ok(Question::About));
        assert_eq!(get("/v1/orders/a%2Fb"), Ok(Question::Order(OrderId::new("a/b"))));
        assert_eq!(get("/v1/orders/a%252Fb"), Ok(Question::Order(OrderId::new("a%2Fb"))));
        for path in ["", "/", "/v2", "/v1x", "/v1/", "/v1//", "/v1/carts/a/b/c", "/v1/orders/%ff", "/media/x"]
        {
            assert_eq!(get(path), Err(Unrouted::Path), "{path}");
        }
    }

    #[test]
    fn another_method_hears_which_are_allowed() {
        let read = |method: Method, path: &str| Question::read(&method, path);
        assert_eq!(read(Method::GET, "/v1/carts"), Err(Unrouted::Method("POST")));
        assert_eq!(read(Method::DELETE, "/v1/carts/x"), Err(Unrouted::Method("GET, HEAD")));
        assert_eq!(read(Method::HEAD, "/v1/carts/x"), Ok(Question::Cart(CartId::new("x"))));
    }
}
