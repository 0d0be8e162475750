//! Which question of the plain form a request asks (`commerce/openapi.yaml`).

/// A question that a head asks a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// One product, by slug or id.
    Product,
    /// A list of products without words.
    Listing,
    /// A list of products for words.
    Search,
    /// The category tree.
    Categories,
    /// Products that go with one.
    Related,
    /// A product's reviews.
    Reviews,
    /// Content blocks.
    Content,
    /// All stores.
    Stores,
    /// A variant's stock in stores.
    StoreStock,
    /// A cart as it is.
    Cart,
    /// A new cart.
    CreateCart,
    /// A change of a cart.
    ChangeCart,
    /// A cart becomes an order.
    CheckOut,
    /// An order as it is.
    Order,
    /// A customer signs in.
    SignIn,
    /// The customer who signed in.
    Customer,
    /// Anything else.
    Other,
}

impl Operation {
    /// Every question that heads ask.
    pub const ALL: [Self; 16] = [
        Self::Product,
        Self::Listing,
        Self::Search,
        Self::Categories,
        Self::Related,
        Self::Reviews,
        Self::Content,
        Self::Stores,
        Self::StoreStock,
        Self::Cart,
        Self::CreateCart,
        Self::ChangeCart,
        Self::CheckOut,
        Self::Order,
        Self::SignIn,
        Self::Customer,
    ];

    /// The question of a request.
    pub fn of(method: &http::Method, uri: &http::Uri) -> Self {
        let parts: Vec<&str> = uri.path().split('/').skip(1).collect();
        let has_words = uri.query().unwrap_or_default().split('&').any(|pair| pair.starts_with("q="));
        match (method.as_str(), parts.as_slice()) {
            ("GET", ["v1", "products", "by-id", _, "related"]) => Self::Related,
            ("GET", ["v1", "products", "by-id", _, "reviews"]) => Self::Reviews,
            ("GET", ["v1", "products", _] | ["v1", "products", "by-id", _]) => Self::Product,
            ("GET", ["v1", "listing"]) if has_words => Self::Search,
            ("GET", ["v1", "listing"]) => Self::Listing,
            ("GET", ["v1", "categories"]) => Self::Categories,
            ("GET", ["v1", "content"]) => Self::Content,
            ("GET", ["v1", "stores"]) => Self::Stores,
            ("GET", ["v1", "variants", _, "stock"]) => Self::StoreStock,
            ("GET", ["v1", "carts", _]) => Self::Cart,
            ("POST", ["v1", "carts"]) => Self::CreateCart,
            ("POST", ["v1", "carts", _, "changes"]) => Self::ChangeCart,
            ("POST", ["v1", "carts", _, "checkout"]) => Self::CheckOut,
            ("GET", ["v1", "orders", _]) => Self::Order,
            ("POST", ["v1", "customers", "sign-in"]) => Self::SignIn,
            ("GET", ["v1", "customers", "me"]) => Self::Customer,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_asks_one_question() {
        let of = |method: &str, uri: &str| Operation::of(&method.parse().unwrap(), &uri.parse().unwrap());
        assert_eq!(of("GET", "/v1/products/coat?locale=en-GB"), Operation::Product);
        assert_eq!(of("GET", "/v1/products/by-id/p-1"), Operation::Product);
        assert_eq!(of("GET", "/v1/products/by-id/p-1/reviews?page=1"), Operation::Reviews);
        assert_eq!(of("GET", "/v1/listing?locale=en-GB&category=a&page=1"), Operation::Listing);
        assert_eq!(of("GET", "/v1/listing?locale=en-GB&q=coat"), Operation::Search);
        assert_eq!(of("POST", "/v1/carts?locale=en-GB"), Operation::CreateCart);
        assert_eq!(of("GET", "/v1/carts"), Operation::Other);
        assert_eq!(of("POST", "/v1/carts/c/checkout"), Operation::CheckOut);
        assert_eq!(of("POST", "/v1/customers/sign-in?locale=en-GB"), Operation::SignIn);
        assert_eq!(of("GET", "/v1/customers/me"), Operation::Customer);
        assert_eq!(of("GET", "/v1"), Operation::Other);
    }
}
