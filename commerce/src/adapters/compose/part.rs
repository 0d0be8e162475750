//! The parts of the port that can come from backends of their own.

use crate::error::{Error, Kind};
use crate::port::Capability;

/// A part of the port: what one kind of system is responsible for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Products, their categories and what goes with them.
    Catalogue,
    /// Lists by words.
    Search,
    /// Content blocks.
    Content,
    /// Reviews.
    Reviews,
    /// Carts and checkout.
    Cart,
    /// Orders.
    Orders,
    /// Customers.
    Customers,
    /// Stores and their stock.
    Stores,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Catalogue,
        Self::Search,
        Self::Content,
        Self::Reviews,
        Self::Cart,
        Self::Orders,
        Self::Customers,
        Self::Stores,
    ];

    /// Its word in configuration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Catalogue => "catalogue",
            Self::Search => "search",
            Self::Content => "content",
            Self::Reviews => "reviews",
            Self::Cart => "cart",
            Self::Orders => "orders",
            Self::Customers => "customers",
            Self::Stores => "stores",
        }
    }

    /// The part to which a question belongs.
    pub const fn of(capability: Capability) -> Self {
        match capability {
            Capability::Product | Capability::Listing | Capability::Categories | Capability::Related => {
                Self::Catalogue
            }
            Capability::Search => Self::Search,
            Capability::Content => Self::Content,
            Capability::Reviews => Self::Reviews,
            Capability::Cart | Capability::Checkout => Self::Cart,
            Capability::Order => Self::Orders,
            Capability::Customer => Self::Customers,
            Capability::Stores | Capability::StoreStock => Self::Stores,
        }
    }
}

/// Reads a list of parts, such as `content, reviews`.
///
/// # Errors
/// `Internal`, with the cure, for an unknown word, and for a division that cannot work: what a cart takes
/// are the catalogue's own variants, and an order comes from its cart.
pub(super) fn parts(list: &str) -> Result<Vec<Part>, Error> {
    let wrong = |why: String| Error::new(Kind::Internal, "", format!("second_parts: {why}"));
    let words = list.split([',', ' ']).filter(|word| !word.is_empty());
    let read = |word: &str| {
        let known: Vec<_> = Part::ALL.iter().map(|part| part.as_str()).collect();
        let part = Part::ALL.into_iter().find(|part| part.as_str() == word);
        part.ok_or_else(|| {
            wrong(format!("`{}` is no part; there are: {}", word.escape_debug(), known.join(", ")))
        })
    };
    let parts = words.map(read).collect::<Result<Vec<_>, _>>()?;
    let apart = |one: Part, other: Part| parts.contains(&one) != parts.contains(&other);
    for (one, other) in [(Part::Catalogue, Part::Cart), (Part::Cart, Part::Orders)] {
        if apart(one, other) {
            let (one, other) = (one.as_str(), other.as_str());
            return Err(wrong(format!(
                "`{one}` and `{other}` must come from one backend: name both or none"
            )));
        }
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_division_that_cannot_work_is_told_with_its_cure() {
        assert_eq!(parts("content, reviews"), Ok(vec![Part::Content, Part::Reviews]));
        assert_eq!(parts(""), Ok(Vec::new()));
        let said = |list: &str| parts(list).unwrap_err().detail;
        assert!(said("contents").contains("`contents` is no part; there are: catalogue, search"));
        assert!(said("cart").contains("`catalogue` and `cart` must come from one backend"));
        assert!(said("catalogue cart").contains("`cart` and `orders`"));
        assert!(parts("catalogue cart orders").is_ok());
    }
}
