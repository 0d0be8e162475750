use super::*;
use crate::model::{
    ContentId, ContentKind, Currency, Money, Price, ProductCard, Rating, Stock, Variant, VariantId,
};
use futures::executor::block_on;
use std::cell::RefCell;
use std::rc::Rc;

/// A backend that knows one product by an id of its own, and notes what it is asked.
struct Backend {
    name: &'static str,
    price: i64,
    capabilities: Vec<Capability>,
    asked: Rc<RefCell<Vec<String>>>,
}

impl Backend {
    fn product_of(&self) -> Product {
        let id = |what: &str| format!("{}-{what}", self.name);
        Product {
            id: ProductId::new(id("coat")),
            slug: "coat".into(),
            name: "Coat".into(),
            summary: String::new(),
            description: String::new(),
            brand: None,
            categories: Vec::new(),
            images: Vec::new(),
            options: Vec::new(),
            variants: vec![Variant {
                id: VariantId::new(id("variant")),
                sku: "SKU-1".into(),
                choices: Vec::new(),
                price: Price { current: Money::new(self.price, Currency::GBP), was: None },
                stock: Stock::of(5),
            }],
            attributes: Vec::new(),
            tags: Vec::new(),
            rating: None::<Rating>,
            looks: Vec::<ContentId>::new(),
        }
    }

    fn card(&self, slug: &str) -> ProductCard {
        ProductCard { slug: slug.into(), ..self.product_of().card().unwrap() }
    }

    fn note(&self, what: String) {
        self.asked.borrow_mut().push(format!("{}: {what}", self.name));
    }
}

impl Port for Backend {
    fn capabilities(&self) -> &[Capability] {
        &self.capabilities
    }

    fn product<'a>(&'a self, _: &'a Market, key: &'a ProductKey) -> Pending<'a, Product> {
        self.note(format!("product {key:?}"));
        let found = match key {
            ProductKey::Slug(slug) if slug == "coat" => Ok(self.product_of()),
            _ => Err(Error::new(Kind::NotFound(Subject::Product), "test", "")),
        };
        Box::pin(std::future::ready(found))
    }

    fn reviews<'a>(&'a self, _: &'a Market, product: &'a ProductRef, page: u32) -> Pending<'a, Reviews> {
        self.note(format!("reviews {}", product.id));
        let reviews = Reviews { rating: None, distribution: [0; 5], items: Vec::new(), page, page_size: 10 };
        Box::pin(std::future::ready(Ok(reviews)))
    }

    fn store_stock<'a>(&'a self, _: &'a Market, variant: &'a VariantRef) -> Pending<'a, Vec<StoreStock>> {
        self.note(format!("stock {}", variant.id));
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    fn content<'a>(&'a self, _: &'a Market, _: &'a ContentQuery) -> Pending<'a, Vec<ContentBlock>> {
        let block = ContentBlock {
            id: ContentId::new("rail"),
            slot: "home_rail".into(),
            kind: ContentKind::Rail,
            title: "Coats".into(),
            body: String::new(),
            link: None,
            link_label: String::new(),
            image: None,
            products: vec![self.card("coat"), self.card("not-sold-here")],
            from: None,
            until: None,
            weekday: None,
        };
        Box::pin(std::future::ready(Ok(vec![block])))
    }
}

fn composed(second: Vec<Capability>, parts: &str) -> (Composed, Rc<RefCell<Vec<String>>>) {
    let asked = Rc::default();
    let backend = |name, price, capabilities| {
        Box::new(Backend { name, price, capabilities, asked: Rc::clone(&asked) }) as Box<dyn Port>
    };
    let first = backend("shop", 1000, vec![Capability::Product, Capability::Reviews]);
    (Composed::new(first, backend("second", 900, second), parts).unwrap(), asked)
}

fn market() -> Market {
    Market::parse("en-GB/GBP").unwrap()
}

fn coat(port: &dyn Port) -> Product {
    block_on(port.product(&market(), &ProductKey::Slug("coat".into()))).unwrap()
}

#[test]
fn a_capability_is_that_of_the_backend_that_answers_the_part() {
    let (port, _) = composed(vec![Capability::Content], "content, reviews");
    assert_eq!(port.capabilities(), [Capability::Product, Capability::Content], "the second has no reviews");
    let (port, _) = composed(vec![Capability::Content], "content");
    assert!(port.capabilities().contains(&Capability::Reviews));
}

#[test]
fn a_product_is_found_by_its_slug_and_sku_in_the_other_backend() {
    let all = vec![Capability::Product, Capability::Reviews, Capability::StoreStock];
    let (port, asked) = composed(all, "reviews, stores");
    let product = coat(&port);
    assert_eq!(product.id.as_str(), "shop-coat");
    block_on(port.reviews(&market(), &product.reference(), 1)).unwrap();
    let variant = product.variant_reference(product.variants.first().unwrap());
    block_on(port.store_stock(&market(), &variant)).unwrap();
    let asked = asked.take();
    assert!(asked.contains(&"second: reviews second-coat".to_owned()), "{asked:?}");
    assert!(asked.contains(&"second: stock second-variant".to_owned()), "{asked:?}");
    let other = VariantRef { sku: "SKU-2".into(), ..variant };
    assert!(block_on(port.store_stock(&market(), &other)).is_err(), "no such SKU there");
}

#[test]
fn a_backend_without_a_catalogue_is_asked_by_slug() {
    let (port, asked) = composed(vec![Capability::Reviews], "reviews");
    block_on(port.reviews(&market(), &coat(&port).reference(), 1)).unwrap();
    assert!(asked.borrow().contains(&"second: reviews coat".to_owned()));
}

#[test]
fn content_of_another_backend_shows_the_catalogues_own_prices() {
    let (port, _) = composed(vec![Capability::Content], "content");
    let blocks = block_on(port.content(&market(), &ContentQuery::default())).unwrap();
    let cards: Vec<_> = blocks.iter().flat_map(|block| &block.products).collect();
    let prices: Vec<_> = cards.iter().map(|c| (c.slug.as_str(), c.price.current.amount)).collect();
    assert_eq!(prices, [("coat", 1000)], "at the catalogue's price, and nothing that it does not sell");
    assert_eq!(cards.first().unwrap().only_variant, Some(VariantId::new("shop-variant")));
}
