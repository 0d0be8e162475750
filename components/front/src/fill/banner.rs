//! Content of a slot, as the rules choose it.

use super::{Scene, slot};
use crate::plan::Spot;
use commerce::{ContentQuery, Image};
use personalise::Moment;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    lang: String,
    dir: &'static str,
    title: String,
    text: String,
    href: Vec<String>,
    label: String,
    picture: Vec<Picture>,
}

#[derive(Serialize)]
pub(super) struct Picture {
    src: String,
    width: u32,
    height: u32,
    alt: String,
}

impl Picture {
    /// A picture at least so wide, unless its address could be anything but a picture's.
    pub(super) fn of(image: &Image, wanted: u32) -> Option<Self> {
        let (src, width, height) = image.at_least(wanted);
        let known = src.starts_with("https://") || src.starts_with("http://") || src.starts_with('/');
        let odd = |c: char| c.is_whitespace() || c.is_control();
        let is_picture = known && !src.starts_with("//") && !src.contains(odd);
        is_picture.then(|| Self { src: src.to_owned(), width, height, alt: image.alt.clone() })
    }
}

pub(super) async fn fill(scene: &Scene, spot: &Spot, name: &'static str) -> Option<String> {
    let ask = &scene.ask;
    let query = ContentQuery { slots: vec![name.to_owned()], ids: Vec::new() };
    let blocks = ask.slots.optional(slot("content"), ask.shop.content(&query)).await.ok()??;
    let choices = scene.choices().await;
    let moment = Moment { now: ask.now, zone: ask.locale.time_zone() };
    let block = choices.block(&blocks, name, &moment)?;
    let locale = &*ask.locale;
    let view = View {
        lang: locale.tag().to_owned(),
        dir: locale.direction(),
        title: block.title.clone(),
        text: block.body.clone(),
        href: block.link.as_ref().and_then(|link| scene.leads(link)).into_iter().collect(),
        label: match block.link_label.as_str() {
            "" => locale.text("discover").to_owned(),
            label => label.to_owned(),
        },
        picture: block.image.as_ref().and_then(|image| Picture::of(image, 960)).into_iter().collect(),
    };
    scene.print(spot, "banner.html", &view)
}
