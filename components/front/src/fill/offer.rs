//! The offer that the rules give, in a line.

use super::Scene;
use crate::plan::Spot;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    lang: String,
    dir: &'static str,
    title: String,
    text: String,
}

pub(super) async fn fill(scene: &Scene, spot: &Spot) -> Option<String> {
    let choices = scene.choices().await;
    let locale = &*scene.ask.locale;
    let text = choices.offer("offer")?.phrase(locale)?;
    let view = View {
        lang: locale.tag().to_owned(),
        dir: locale.direction(),
        title: locale.text("offer-title").to_owned(),
        text,
    };
    scene.print(spot, "offer.html", &view)
}
