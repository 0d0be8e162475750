//! A product.

use super::framing::Framing;
use super::{Content, blocks, content};
use crate::links::Links;
use crate::pages::{slot, text};
use crate::structured;
use crate::view::{
    AsOf, Banner, Card, Chrome, Crumb, Frame, Goods, Look, Meta, Notice, ReviewPage, Sheet, StockRow, Use,
};
use crate::view::{cards, choose, crumbs, shortened};
use commerce::{
    Capability, ContentBlock, ContentQuery, Product, ProductCard, ProductKey, Reviews, StoreStock,
};
use kit::decide::{Recommended, Topic};
use kit::fields::Fields;
use kit::seams::{Part, Parts};
use kit::visibility::Public;
use kit::{Answer, Ask, Failure};
use serde::Serialize;
use std::rc::Rc;

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

type Told<T> = Part<Option<Public<T>>>;

/// What the shop tells around a product; each part may be missing, or come late.
struct Around {
    framing: Framing,
    beside: Part<Vec<ProductCard>>,
    reviews: Told<Reviews>,
    stock: Told<Vec<StoreStock>>,
    content: Content,
}

/// A product whose page is printed.
struct Shown {
    ask: Rc<Ask>,
    product: Public<Product>,
    /// What the visitor chose of it.
    fields: Fields,
    notice: Option<Notice>,
    around: Around,
}

/// The product's page.
pub(crate) async fn answer(ask: &Rc<Ask>) -> Result<Answer, Failure> {
    let key = ProductKey::Slug(ask.part("slug").to_owned());
    let framing = Framing::asked(ask);
    let parts = framing.parts();
    let product = parts.beside(ask.slots.required(slot::PRODUCT, ask.shop.product(&key))).await?;
    page(ask, (parts, framing), product, ask.query.clone(), None).await
}

/// The page of a product that is known, with what the visitor chose, and a message.
pub(crate) async fn show(
    ask: &Rc<Ask>,
    chrome: Chrome,
    product: Public<Product>,
    fields: Fields,
    notice: Option<Notice>,
) -> Result<Answer, Failure> {
    let framing = Framing::of(chrome);
    page(ask, (framing.parts(), framing), product, fields, notice).await
}

async fn page(
    ask: &Rc<Ask>,
    (parts, mut framing): (Parts, Framing),
    product: Public<Product>,
    fields: Fields,
    notice: Option<Notice>,
) -> Result<Answer, Failure> {
    // A page of a refusal shows no offers.
    let parts = match notice {
        None => framing.decide(ask, Topic::product(&product), parts),
        Some(_) => parts,
    };
    let around = around(ask, framing, &product, &fields)?;
    let parts = parts
        .with("stock", &around.stock)
        .with("stock", &around.content)
        .with("reviews", &around.reviews)
        .with("related", &around.beside);
    let shown = Shown { ask: ask.clone(), product, fields, notice, around };
    parts.page(ask, move || shown.print()).await
}

impl Shown {
    /// The page with what is there by now.
    fn print(&self) -> Result<String, Failure> {
        let Self { ask, product, fields, around, .. } = self;
        let chosen = choose(product, fields);
        let (locale, links) = (&*ask.locale, Links::of(ask));
        let chrome = around.framing.there();
        let quantity = fields.get("quantity").unwrap_or("1");
        let goods = Goods::of(locale, &links, product, &chosen, quantity, ask.now);
        let category = product.categories.first();
        let slug = category.map(|c| c.slug.as_str()).unwrap_or_default();
        let name = category.map(|c| c.name.as_str()).unwrap_or_default();
        let (way, json, department) = crumbs(ask, &chrome, slug, name);
        let summary = if product.summary.is_empty() { &product.description } else { &product.summary };
        let meta = Meta {
            title: product.name.clone(),
            description: shortened(summary, 160),
            picture: goods.preview(),
            department,
            structured: vec![json, structured::product(ask, product)],
            ..Meta::default()
        };
        let content = around.content.there();
        let (promise, looks): (Vec<&ContentBlock>, Vec<&ContentBlock>) =
            blocks(&content).iter().partition(|block| block.slot == "delivery_promise");
        let in_stores = around.stock.there();
        let in_stores = in_stores.iter().filter_map(|stock| stock.as_ref().as_ref());
        let in_stores: Vec<&StoreStock> = in_stores.flat_map(|stock| stock.iter()).collect();
        let stock: Vec<StockRow> = in_stores.iter().map(|row| StockRow::of(locale, row)).collect();
        // One line for all stores: the oldest of their times.
        let counted = in_stores.iter().filter_map(|row| row.stock.as_of).min();
        let related = around.beside.there();
        let related = cards(locale, &links, related.as_deref().map_or(&[], Vec::as_slice), Use::Card);
        let address = links.product(&product.slug);
        let reviews = around.reviews.there();
        let reviews = reviews.iter().filter_map(|reviews| reviews.as_ref().as_ref());
        let page = Page {
            notice: self.notice.iter().cloned().collect(),
            crumbs: way,
            goods,
            promise: promise
                .iter()
                .take(1)
                .map(|block| Banner::of(locale, &links, block, Use::Half))
                .collect(),
            has_stock: !stock.is_empty(),
            stock,
            stock_as_of: AsOf::maybe(locale, "stock-as-of", counted, ask.now),
            reviews: reviews.map(|reviews| ReviewPage::of(locale, &address, reviews)).collect(),
            has_related: !related.is_empty(),
            related,
            looks: looks.iter().take(2).map(|block| Look::of(locale, &links, block)).collect(),
        };
        text("product.html", &Sheet { t: ask.locale.texts(), frame: Frame::of(ask, &chrome, meta), page })
    }
}

/// Asks for all that stands around a product at once.
fn around(
    ask: &Rc<Ask>,
    framing: Framing,
    product: &Public<Product>,
    fields: &Fields,
) -> Result<Around, Failure> {
    let number = ask.query.number("reviews", 1..=1000, 1)?;
    let chosen = choose(product, fields);
    let query = ContentQuery { slots: vec!["delivery_promise".to_owned()], ids: product.looks.clone() };
    let content = content(ask, query);
    let (asking, this) = (ask.clone(), product.reference());
    let reviews = Part::new(async move {
        asking.slots.optional(slot::REVIEWS, asking.shop.reviews(&this, number)).await.ok().flatten()
    });
    let asking = ask.clone();
    let variant = chosen.variant.filter(|_| ask.shop.can(Capability::StoreStock));
    let variant = variant.map(|variant| product.variant_reference(variant));
    let stock = Part::new(async move {
        let variant = variant?;
        asking.slots.optional(slot::STOCK, asking.shop.store_stock(&variant)).await.ok().flatten()
    });
    // What the rules recommend stands where the shop's own relations would.
    let (asking, about, decided) = (ask.clone(), product.clone(), framing.choices());
    let beside = Part::new(async move {
        let rules = match decided {
            Some(decided) => {
                let (choices, seeds) = (decided.wait().await, [about.slug.as_str()]);
                let asked =
                    asking.recommend(&choices, slot::RECOMMENDATIONS, "product", Some(&about), &seeds);
                asked.await.unwrap_or_default()
            }
            None => Recommended::default(),
        };
        match rules.wants_related() {
            true => {
                let related = asking.shop.related(&about.reference());
                let related = asking.slots.optional(slot::RELATED, related).await.ok().flatten();
                related.map(|related| related.to_vec()).unwrap_or_default()
            }
            false => rules.cards,
        }
    });
    Ok(Around { framing, beside, reviews, stock, content })
}
