//! A product.

use crate::links::Links;
use crate::pages::{chrome, print, slot};
use crate::structured;
use crate::view::{
    AsOf, Banner, Card, Chosen, Chrome, Crumb, Goods, Look, Meta, Notice, ReviewPage, StockRow, Use,
};
use crate::view::{cards, choose, crumbs, shortened};
use commerce::{
    Capability, ContentBlock, ContentQuery, Product, ProductCard, ProductKey, Reviews, StoreStock,
};
use futures::try_join;
use kit::decide::{Recommended, Topic};
use kit::fields::Fields;
use kit::visibility::Public;
use kit::{Answer, Ask, Failure};
use serde::Serialize;

#[derive(Serialize)]
struct Page {
    notice: Vec<Notice>,
    crumbs: Vec<Crumb>,
    goods: Goods,
    promise: Vec<Banner>,
    stock: Vec<StockRow>,
    has_stock: bool,
    stock_as_of: Vec<AsOf>,
    reviews: Vec<ReviewPage>,
    related: Vec<Card>,
    has_related: bool,
    looks: Vec<Look>,
}

/// What the shop tells around a product; each part may be missing.
struct Around {
    recommended: Vec<ProductCard>,
    related: Option<Public<Vec<ProductCard>>>,
    reviews: Option<Public<Reviews>>,
    stock: Option<Public<Vec<StoreStock>>>,
    content: Option<Public<Vec<ContentBlock>>>,
}

/// The product's page.
pub(crate) async fn answer(ask: &Ask) -> Result<Answer, Failure> {
    let key = ProductKey::Slug(ask.part("slug").to_owned());
    let product = ask.slots.required(slot::PRODUCT, ask.shop.product(&key));
    let (chrome, product) = try_join!(chrome(ask), product)?;
    let choices = Some(ask.choices(Topic::product(&product)).await);
    let chrome = Chrome { choices, ..chrome };
    show(ask, &chrome, &product, &ask.query, None).await
}

/// The page of a product that is known, with what the visitor chose, and a message.
pub(crate) async fn show(
    ask: &Ask,
    chrome: &Chrome,
    product: &Product,
    fields: &Fields,
    notice: Option<Notice>,
) -> Result<Answer, Failure> {
    let chosen = choose(product, fields);
    let around = around(ask, chrome, product, &chosen).await?;
    let (locale, links) = (&*ask.locale, Links::of(ask));
    let quantity = fields.get("quantity").unwrap_or("1");
    let goods = Goods::of(locale, &links, product, &chosen, quantity, ask.now);
    let category = product.categories.first();
    let slug = category.map(|c| c.slug.as_str()).unwrap_or_default();
    let name = category.map(|c| c.name.as_str()).unwrap_or_default();
    let (way, json, department) = crumbs(ask, chrome, slug, name);
    let summary = if product.summary.is_empty() { &product.description } else { &product.summary };
    let meta = Meta {
        title: product.name.clone(),
        description: shortened(summary, 160),
        picture: goods.preview(),
        department,
        structured: vec![json, structured::product(ask, product)],
        ..Meta::default()
    };
    let content = around.content.unwrap_or_default();
    let (promise, looks): (Vec<&ContentBlock>, Vec<&ContentBlock>) =
        content.iter().partition(|block| block.slot == "delivery_promise");
    let in_stores = around.stock.unwrap_or_default();
    let stock: Vec<StockRow> = in_stores.iter().map(|row| StockRow::of(locale, row)).collect();
    // One line for all stores: the oldest of their times.
    let counted = in_stores.iter().filter_map(|row| row.stock.as_of).min();
    let related = match around.recommended.as_slice() {
        [] => cards(locale, &links, &around.related.unwrap_or_default(), Use::Card),
        recommended => cards(locale, &links, recommended, Use::Card),
    };
    let address = links.product(&product.slug);
    let page = Page {
        notice: notice.into_iter().collect(),
        crumbs: way,
        goods,
        promise: promise.iter().take(1).map(|block| Banner::of(locale, &links, block, Use::Half)).collect(),
        has_stock: !stock.is_empty(),
        stock,
        stock_as_of: AsOf::maybe(locale, "stock-as-of", counted, ask.now),
        reviews: around.reviews.iter().map(|reviews| ReviewPage::of(locale, &address, reviews)).collect(),
        has_related: !related.is_empty(),
        related,
        looks: looks.iter().take(2).map(|block| Look::of(locale, &links, block)).collect(),
    };
    print(ask, "product.html", chrome, meta, page)
}

/// Asks for all that stands around a product at once.
async fn around(
    ask: &Ask,
    chrome: &Chrome,
    product: &Product,
    chosen: &Chosen<'_>,
) -> Result<Around, Failure> {
    let page = ask.query.number("reviews", 1..=1000, 1)?;
    let query = ContentQuery { slots: vec!["delivery_promise".to_owned()], ids: product.looks.clone() };
    let this = product.reference();
    let stock = async {
        match chosen.variant.filter(|_| ask.shop.can(Capability::StoreStock)) {
            Some(variant) => {
                let variant = product.variant_reference(variant);
                ask.slots.optional(slot::STOCK, ask.shop.store_stock(&variant)).await
            }
            None => Ok(None),
        }
    };
    // What the rules recommend stands where the shop's own relations would.
    let beside = async {
        let rules = match &chrome.choices {
            Some(choices) => {
                let seeds = [product.slug.as_str()];
                ask.recommend(choices, slot::RECOMMENDATIONS, "product", Some(product), &seeds).await?
            }
            None => Recommended::default(),
        };
        match rules.wants_related() {
            true => Ok((Vec::new(), ask.slots.optional(slot::RELATED, ask.shop.related(&this)).await?)),
            false => Ok((rules.cards, None)),
        }
    };
    let ((recommended, related), reviews, stock, content) = try_join!(
        beside,
        ask.slots.optional(slot::REVIEWS, ask.shop.reviews(&this, page)),
        stock,
        ask.slots.optional(slot::CONTENT, ask.shop.content(&query)),
    )?;
    Ok(Around { recommended, related, reviews, stock, content })
}
