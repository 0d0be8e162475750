//! Pictures. An image has one label for all languages; an asset of the same address is taken for its words in
//! each (<https://docs.commercetools.com/api/projects/products#image>, `#asset`).

use super::lenient;
use super::text::{Localized, said};
use crate::model::{Image, Market};
use serde::Deserialize;

/// An image of a variant.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Picture {
    url: String,
    dimensions: Dimensions,
    #[serde(default)]
    label: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
struct Dimensions {
    w: u32,
    h: u32,
}

/// A media file with localized words.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Asset {
    name: Localized,
    #[serde(default, deserialize_with = "lenient::list")]
    sources: Vec<Source>,
}

#[derive(Debug, Clone, Deserialize)]
struct Source {
    uri: String,
    dimensions: Dimensions,
}

/// The pictures of a variant; what they show is said by their asset, their label, or else the product.
pub(super) fn images(pictures: &[Picture], assets: &[Asset], market: &Market, product: &str) -> Vec<Image> {
    let image = |picture: &Picture| {
        let asset = assets.iter().find(|asset| asset.sources.iter().any(|s| s.uri == picture.url));
        let alt = asset.map(|asset| said(&asset.name, market)).filter(|alt| !alt.is_empty());
        let label = || picture.label.clone().filter(|label| !label.is_empty());
        Image {
            url: picture.url.clone(),
            alt: alt.or_else(label).unwrap_or_else(|| product.to_owned()),
            width: picture.dimensions.w,
            height: picture.dimensions.h,
            renditions: Vec::new(),
        }
    };
    pictures.iter().map(image).collect()
}

/// The first picture among assets whose size is known.
pub(super) fn of_assets(assets: &[Asset], market: &Market) -> Option<Image> {
    let found = assets.iter().find_map(|asset| Some((asset, asset.sources.first()?)));
    found.map(|(asset, source)| Image {
        url: source.uri.clone(),
        alt: said(&asset.name, market),
        width: source.dimensions.w,
        height: source.dimensions.h,
        renditions: Vec::new(),
    })
}
