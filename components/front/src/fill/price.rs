//! The product's price in the visitor's market.

use super::Scene;
use crate::plan::Spot;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    lang: String,
    dir: &'static str,
    now: String,
    was: Vec<String>,
}

pub(super) async fn fill(scene: &Scene, spot: &Spot) -> Option<String> {
    let product = scene.product().await?;
    let locale = &*scene.ask.locale;
    let prices = || product.variants.iter().map(|variant| &variant.price);
    let least = prices().min_by_key(|price| price.current.amount)?;
    let varies = prices().any(|price| price.current != least.current);
    let was = least.was.filter(|was| was.amount > least.current.amount);
    let now = locale.money(least.current);
    let now = if varies { locale.say("price-from", &[("price", now.into())]) } else { now };
    let view = View {
        lang: locale.tag().to_owned(),
        dir: locale.direction(),
        now,
        was: was.map(|was| locale.money(was)).into_iter().collect(),
    };
    scene.print(spot, "price.html", &view)
}
