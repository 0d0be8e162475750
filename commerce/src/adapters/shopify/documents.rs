//! The GraphQL documents, each with the fragments that it uses; values only ever go in their variables.

macro_rules! documents {
    ($($(#[$doc:meta])* $name:ident = $($file:literal)+;)*) => {
        $($(#[$doc])* pub(super) const $name: &str = concat!($(include_str!(concat!("graphql/", $file, ".graphql"))),+);)*

        /// Every document by name, to be checked against the published schema.
        #[cfg(test)]
        pub(super) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

documents! {
    ABOUT = "about";
    PRODUCT = "product" "picture";
    /// The options in the shop's own language, whose words are the same in every market.
    OPTIONS = "options";
    MENU = "menu" "picture";
    COLLECTION = "collection" "filters" "card" "picture";
    COLLECTION_CURSORS = "collection_cursors";
    COLLECTION_FILTERS = "collection_filters" "filters";
    SEARCH = "search" "filters" "card" "picture";
    SEARCH_CURSORS = "search_cursors";
    SEARCH_FILTERS = "search_filters" "filters";
    RELATED = "related" "card" "picture";
    REVIEWS = "reviews";
    CONTENT_LIST = "content_list";
    CONTENT = "content" "card" "picture";
    STORES = "stores" "location" "picture";
    STORE_STOCK = "store_stock" "location" "picture";
    VARIANT_OF_SKU = "variant_of_sku";
    CART = "cart" "cart_parts" "picture";
    CART_AND_VARIANT = "cart_and_variant" "cart_parts" "picture";
    LOCATION_NAME = "location_name";
    CART_CREATE = "cart_create" "cart_parts" "picture";
    LINES_ADD = "lines_add" "cart_parts" "picture";
    LINES_UPDATE = "lines_update" "cart_parts" "picture";
    LINES_REMOVE = "lines_remove" "cart_parts" "picture";
    CODES_UPDATE = "codes_update" "cart_parts" "picture";
    IDENTITY_UPDATE = "identity_update" "cart_parts" "picture";
    ADDRESSES_REPLACE = "addresses_replace" "cart_parts" "picture";
    OPTIONS_SELECT = "options_select" "cart_parts" "picture";
    SIGN_IN = "sign_in";
    CUSTOMER = "customer" "picture";
}
