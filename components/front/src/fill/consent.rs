//! The question what the visitor agrees to, while it is open.

use super::Scene;
use crate::plan::Spot;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    lang: String,
    dir: &'static str,
    action: String,
    /// The page to come back to.
    back: String,
    title: String,
    text: String,
    yes: String,
    no: String,
}

pub(super) async fn fill(scene: &Scene, spot: &Spot) -> Option<String> {
    let choices = scene.choices().await;
    if !choices.asks_for_consent() {
        return None;
    }
    let (ask, locale) = (&scene.ask, &*scene.ask.locale);
    let text = |key: &str| locale.text(key).to_owned();
    let view = View {
        lang: locale.tag().to_owned(),
        dir: locale.direction(),
        action: format!("{}/_consent", ask.base()),
        back: ask.path().to_owned(),
        title: text("consent-title"),
        text: text("consent-text"),
        yes: text("consent-yes"),
        no: text("consent-no"),
    };
    scene.print(spot, "consent.html", &view)
}
