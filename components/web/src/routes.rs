//! Which address is which page.

use http::Method;
use kit::Routes;
use std::sync::LazyLock;

/// What an address means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// `/`: to the visitor's market.
    Entry,
    /// A market's front page.
    Home,
    /// An address with a slash too many or too few.
    Slash,
    /// A category.
    Category,
    /// Search results.
    Search,
    /// A product.
    Product,
    /// The basket.
    Cart,
    /// Puts a variant into the basket.
    CartAdd,
    /// Sets a line's pieces.
    CartChange,
    /// Removes a line.
    CartRemove,
    /// Gives a code or takes it back.
    CartCode,
    /// The order form.
    Checkout,
    /// Places the order.
    Place,
    /// Asks for an order's number.
    FindOrder,
    /// An order.
    Order,
    /// Puts an offer that was shown into the basket.
    TakeOffer,
    /// The visitor is about to leave.
    Leaving,
    /// What the visitor agreed to.
    Privacy,
    /// Takes what the visitor agrees to.
    Consent,
    /// A customer's account.
    Account,
    /// The form that signs a customer in.
    SignInForm,
    /// Signs a customer in.
    SignIn,
    /// Signs them out.
    SignOut,
    /// All stores.
    Stores,
    /// Style sheet and script.
    Asset,
    /// For crawlers.
    Robots,
    /// For crawlers.
    Sitemap,
    /// What browsers ask for unasked.
    Favicon,
    /// No page, but a market, whose language says so.
    Nowhere,
}

const TABLE: &[(Method, &str, Page)] = &[
    (Method::GET, "/", Page::Entry),
    (Method::GET, "/assets/{name}", Page::Asset),
    (Method::GET, "/robots.txt", Page::Robots),
    (Method::GET, "/favicon.svg", Page::Favicon),
    (Method::GET, "/favicon.ico", Page::Favicon),
    (Method::GET, "/{market}/", Page::Home),
    (Method::GET, "/{market}/sitemap.xml", Page::Sitemap),
    (Method::GET, "/{market}/c/{slug}", Page::Category),
    (Method::GET, "/{market}/search", Page::Search),
    (Method::GET, "/{market}/p/{slug}", Page::Product),
    (Method::GET, "/{market}/cart", Page::Cart),
    (Method::POST, "/{market}/cart/add", Page::CartAdd),
    (Method::POST, "/{market}/cart/change", Page::CartChange),
    (Method::POST, "/{market}/cart/remove", Page::CartRemove),
    (Method::POST, "/{market}/cart/code", Page::CartCode),
    (Method::POST, "/{market}/cart/offer", Page::TakeOffer),
    (Method::POST, "/{market}/leaving", Page::Leaving),
    (Method::GET, "/{market}/privacy", Page::Privacy),
    (Method::POST, "/{market}/consent", Page::Consent),
    (Method::GET, "/{market}/checkout", Page::Checkout),
    (Method::POST, "/{market}/checkout", Page::Place),
    (Method::GET, "/{market}/order", Page::FindOrder),
    (Method::GET, "/{market}/order/{id}", Page::Order),
    (Method::GET, "/{market}/stores", Page::Stores),
    (Method::GET, "/{market}/account", Page::Account),
    (Method::GET, "/{market}/account/sign-in", Page::SignInForm),
    (Method::POST, "/{market}/account/sign-in", Page::SignIn),
    (Method::POST, "/{market}/account/sign-out", Page::SignOut),
    (Method::GET, "/{market}", Page::Slash),
    (Method::GET, "/{market}/c/{slug}/", Page::Slash),
    (Method::GET, "/{market}/search/", Page::Slash),
    (Method::GET, "/{market}/p/{slug}/", Page::Slash),
    (Method::GET, "/{market}/cart/", Page::Slash),
    (Method::GET, "/{market}/checkout/", Page::Slash),
    (Method::GET, "/{market}/order/", Page::Slash),
    (Method::GET, "/{market}/order/{id}/", Page::Slash),
    (Method::GET, "/{market}/stores/", Page::Slash),
    (Method::GET, "/{market}/privacy/", Page::Slash),
    (Method::GET, "/{market}/account/", Page::Slash),
    (Method::GET, "/{market}/account/sign-in/", Page::Slash),
    (Method::GET, "/{market}/{*rest}", Page::Nowhere),
    (Method::POST, "/{market}/{*rest}", Page::Nowhere),
];

static ROUTES: LazyLock<(Routes<Page>, Vec<String>)> = LazyLock::new(|| Routes::new(TABLE));

/// The addresses of this head.
pub(crate) fn routes() -> &'static Routes<Page> {
    &ROUTES.0
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_address_clashes_with_another() {
        assert_eq!(super::ROUTES.1, Vec::<String>::new());
    }
}
