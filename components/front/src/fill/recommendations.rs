//! Products beside that of the page.

use super::banner::Picture;
use super::{Scene, slot};
use crate::plan::Spot;
use commerce::ProductCard;
use serde::Serialize;

/// The most that stand in a row.
const MOST: usize = 4;

#[derive(Serialize)]
struct View {
    lang: String,
    dir: &'static str,
    title: String,
    cards: Vec<Card>,
}

#[derive(Serialize)]
struct Card {
    href: Vec<String>,
    name: String,
    price: String,
    picture: Vec<Picture>,
}

pub(super) async fn fill(scene: &Scene, spot: &Spot) -> Option<String> {
    let ask = &scene.ask;
    let product = scene.product().await?;
    let choices = scene.choices().await;
    let seeds = [product.slug.as_str()];
    let ruled = ask.recommend(&choices, slot("recommendations"), "product", Some(&**product), &seeds).await;
    let cards: Vec<ProductCard> = match ruled.ok().flatten() {
        Some(recommended) => recommended.cards,
        None => {
            let this = product.reference();
            let related = ask.slots.optional(slot("related"), ask.shop.related(&this)).await.ok()??;
            related.iter().cloned().collect()
        }
    };
    let locale = &*ask.locale;
    let card = |card: &ProductCard| {
        let now = locale.money(card.price.current);
        Card {
            href: scene.product_address(&card.slug).into_iter().collect(),
            name: card.name.clone(),
            price: match card.price_varies {
                true => locale.say("price-from", &[("price", now.into())]),
                false => now,
            },
            picture: card.image.as_ref().and_then(|image| Picture::of(image, 240)).into_iter().collect(),
        }
    };
    let cards: Vec<Card> = cards.iter().take(MOST).map(card).collect();
    if cards.is_empty() {
        return None;
    }
    let view = View {
        lang: locale.tag().to_owned(),
        dir: locale.direction(),
        title: locale.text("recommended-title").to_owned(),
        cards,
    };
    scene.print(spot, "recommendations.html", &view)
}
