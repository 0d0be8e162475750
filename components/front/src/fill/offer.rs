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
    /// The site's own basket takes it.
    code: Vec<String>,
}

pub(super) async fn fill(scene: &Scene, spot: &Spot) -> Option<String> {
    let choices = scene.choices().await;
    let locale = &*scene.ask.locale;
    let offer = choices.offer("offer")?;
    let text = offer.phrase(locale)?;
    let code = offer.code.map(|code| locale.say("offer-code", &[("code", code.into())]));
    let view = View {
        lang: locale.tag().to_owned(),
        dir: locale.direction(),
        title: locale.text("offer-title").to_owned(),
        text,
        code: code.into_iter().collect(),
    };
    scene.print(spot, "offer.html", &view)
}
