//! What each answer of the port is about.
//!
//! An answer is tagged with everything that it shows, under every name that the shop has for it: a backend's
//! news names an id, an operator a slug. What was asked is tagged as well as what came, so that an answer of
//! "there is none" goes once there is one.

use super::tag::Tag;
use super::{
    Category, CategoryRef, ContentBlock, ContentQuery, Listing, ListingQuery, Product, ProductCard,
    ProductKey, ProductRef, Reviews, Store, StoreStock, VariantRef,
};

/// Says what it is about.
pub trait Tagged {
    /// Adds its tags; some may be there twice.
    fn tags(&self, into: &mut Vec<Tag>);
}

/// The tags of a thing under both of its names, which may be the same; an empty name is none.
fn both(kind: fn(&str) -> Tag, one: &str, other: &str, into: &mut Vec<Tag>) {
    let other = Some(other).filter(|other| *other != one);
    into.extend([Some(one), other].into_iter().flatten().filter(|name| !name.is_empty()).map(kind));
}

macro_rules! each {
    ($($one:ty),*) => {$(
        impl Tagged for Vec<$one> {
            fn tags(&self, into: &mut Vec<Tag>) {
                self.iter().for_each(|one| one.tags(into));
            }
        }
    )*};
}

each!(CategoryRef, ContentBlock, Store, StoreStock);

impl Tagged for Vec<ProductCard> {
    /// All lists, since this is one, and each product.
    fn tags(&self, into: &mut Vec<Tag>) {
        into.push(Tag::listing());
        self.iter().for_each(|card| card.tags(into));
    }
}

impl Tagged for Product {
    /// The product, its variants (for news of stock), and the categories that it names.
    fn tags(&self, into: &mut Vec<Tag>) {
        both(Tag::product, &self.slug, self.id.as_str(), into);
        self.variants.iter().for_each(|variant| both(Tag::variant, &variant.sku, variant.id.as_str(), into));
        self.categories.tags(into);
    }
}

impl Tagged for ProductCard {
    fn tags(&self, into: &mut Vec<Tag>) {
        both(Tag::product, &self.slug, self.id.as_str(), into);
        into.extend(self.only_variant.iter().map(|variant| Tag::variant(variant.as_str())));
    }
}

impl Tagged for ProductKey {
    fn tags(&self, into: &mut Vec<Tag>) {
        into.push(Tag::product(match self {
            Self::Slug(slug) => slug,
            Self::Id(id) => id.as_str(),
        }));
    }
}

impl Tagged for ProductRef {
    fn tags(&self, into: &mut Vec<Tag>) {
        both(Tag::product, &self.slug, self.id.as_str(), into);
    }
}

impl Tagged for VariantRef {
    /// The variant and its product.
    fn tags(&self, into: &mut Vec<Tag>) {
        both(Tag::variant, &self.sku, self.id.as_str(), into);
        self.product.tags(into);
    }
}

impl Tagged for CategoryRef {
    fn tags(&self, into: &mut Vec<Tag>) {
        both(Tag::category, &self.slug, self.id.as_str(), into);
    }
}

impl Tagged for Category {
    /// The category and all below it.
    fn tags(&self, into: &mut Vec<Tag>) {
        both(Tag::category, &self.slug, self.id.as_str(), into);
        self.children.iter().for_each(|child| child.tags(into));
    }
}

impl Tagged for Vec<Category> {
    /// All lists, since a new category appears in this one, and each category.
    fn tags(&self, into: &mut Vec<Tag>) {
        into.push(Tag::listing());
        self.iter().for_each(|category| category.tags(into));
    }
}

impl Tagged for Listing {
    /// All lists, its category, and each product that it shows.
    fn tags(&self, into: &mut Vec<Tag>) {
        self.category.iter().for_each(|category| category.tags(into));
        self.items.tags(into);
    }
}

impl Tagged for ListingQuery {
    fn tags(&self, into: &mut Vec<Tag>) {
        into.push(Tag::listing());
        into.extend(self.category.iter().map(|slug| Tag::category(slug)));
    }
}

impl Tagged for Reviews {
    /// None of its own: reviews are about the [`ProductRef`] that they were asked for.
    fn tags(&self, _: &mut Vec<Tag>) {}
}

impl Tagged for ContentBlock {
    /// The block, its slot, and the products that it shows.
    fn tags(&self, into: &mut Vec<Tag>) {
        into.extend([Tag::content(self.id.as_str()), Tag::slot(&self.slot)]);
        // The products were chosen: a new one does not appear among them by itself.
        self.products.iter().for_each(|card| card.tags(into));
    }
}

impl Tagged for ContentQuery {
    fn tags(&self, into: &mut Vec<Tag>) {
        into.extend(self.slots.iter().map(|name| Tag::slot(name)));
        into.extend(self.ids.iter().map(|id| Tag::content(id.as_str())));
    }
}

impl Tagged for Store {
    fn tags(&self, into: &mut Vec<Tag>) {
        both(Tag::store, &self.slug, self.id.as_str(), into);
    }
}

impl Tagged for StoreStock {
    /// The store; what was asked for is the [`VariantRef`]'s.
    fn tags(&self, into: &mut Vec<Tag>) {
        self.store.tags(into);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Currency, Money, Price, ProductId, StockLevel, VariantId};
    use serde_json::{from_str, from_value, json};

    fn told(about: &impl Tagged) -> String {
        let mut tags = Vec::new();
        about.tags(&mut tags);
        tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(" ")
    }

    fn card(id: &str, slug: &str) -> ProductCard {
        let current = Money { amount: 1, currency: Currency::new("GBP").unwrap() };
        let price = json!(Price { current, was: None });
        from_value(json!({"id": id, "slug": slug, "name": "", "price": price, "stock": StockLevel::InStock}))
            .unwrap()
    }

    #[test]
    fn a_product_is_about_all_that_it_names_under_both_names() {
        let product: Product = from_str(
            r#"{"id":"7","slug":"coat","name":"","categories":[{"id":"c","slug":"c","name":""}],"variants":[
            {"id":"v","sku":"S 1","price":{"current":{"amount":1,"currency":"GBP"}},"stock":{"level":"in_stock"}}]}"#,
        )
        .unwrap();
        assert_eq!(told(&product), "product:coat product:7 variant:S%201 variant:v category:c");
        assert_eq!(told(&product.reference()), "product:coat product:7");
        let variant = product.variant_reference(&product.variants[0]);
        assert_eq!(told(&variant), "variant:S%201 variant:v product:coat product:7");
        assert_eq!(told(&ProductRef { id: ProductId::new(""), slug: "coat".into() }), "product:coat");
    }

    #[test]
    fn a_list_is_about_all_lists_and_what_it_shows() {
        let mut one = card("1", "a");
        one.only_variant = Some(VariantId::new("v1"));
        let listing: Listing = from_value(json!({
            "category": {"id": "9", "slug": "coats", "name": ""}, "items": [one, card("b", "b")],
            "total": 2, "page": 1, "pageSize": 24, "sort": "name"
        }))
        .unwrap();
        let shown = "listing product:a product:1 variant:v1 product:b";
        assert_eq!(told(&listing), format!("category:coats category:9 {shown}"));
        assert_eq!(told(&listing.items), shown, "and so is what goes with a product");
        let asked = ListingQuery { category: Some("coats".into()), ..ListingQuery::default() };
        assert_eq!(told(&asked), "listing category:coats");
    }

    #[test]
    fn content_is_about_its_slot_and_its_products_but_not_all_lists() {
        let block = json!({"id": "l", "slot": "home_hero", "kind": "look", "title": "", "products": [card("1", "a")]});
        let blocks: Vec<ContentBlock> = from_value(json!([block])).unwrap();
        assert_eq!(told(&blocks), "content:l slot:home_hero product:a product:1");
        let none: Vec<ContentBlock> = Vec::new();
        let query = ContentQuery { slots: vec!["home_hero".into()], ids: Vec::new() };
        assert_eq!((told(&none), told(&query)), (String::new(), "slot:home_hero".into()));
    }

    #[test]
    fn categories_and_stores_are_told_with_all_that_is_in_them() {
        let tree: Vec<Category> = from_value(json!([
            {"id": "1", "slug": "women", "name": "", "children": [{"id": "coats", "slug": "coats", "name": ""}]}
        ]))
        .unwrap();
        assert_eq!(told(&tree), "listing category:women category:1 category:coats");
        let store = json!({
            "id": "s1", "slug": "london", "name": "", "latitudeE6": 0, "longitudeE6": 0, "timezone": "Europe/London",
            "address": {"street": "", "city": "", "postcode": "", "country": "GB"}
        });
        let stock: Vec<StoreStock> =
            from_value(json!([{"store": store, "stock": {"level": "in_stock"}}])).unwrap();
        assert_eq!(told(&stock), "store:london store:s1");
        assert_eq!(told(&vec![stock[0].store.clone()]), "store:london store:s1");
    }
}
