//! Pictures of the model: where they are and in which sizes.

use commerce::{Image, Rendition};

/// The drawing's own size, known by the kind of picture that its name tells.
fn drawn(file: &str) -> (u32, u32) {
    match file.split('-').next().unwrap_or_default() {
        "category" => (1200, 900),
        "store" => (1200, 800),
        "hero" | "look" | "banner" => (1920, 1080),
        _ => (960, 1200),
    }
}

/// A picture with its sizes. Drawings scale, so a size may be larger than the drawing's own.
pub(crate) fn image(file: &str, alt: &str) -> Image {
    let (wide, high) = drawn(file);
    let sizes: [u32; 3] = if wide > high { [640, 1280, 1920] } else { [240, 480, 960] };
    let sized = |width: u32| Rendition {
        url: format!("/media/{file}?w={width}"),
        width,
        height: height(width, wide, high),
    };
    let full = sized(wide);
    Image {
        url: full.url,
        alt: alt.to_owned(),
        width: full.width,
        height: full.height,
        renditions: sizes.into_iter().map(sized).collect(),
    }
}

/// The height of a picture `width` wide, half up.
fn height(width: u32, wide: u32, high: u32) -> u32 {
    (width * high + wide / 2).checked_div(wide).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_are_in_proportion() {
        let trench = image("harbour-trench-coat-1.svg", "A coat");
        assert_eq!((trench.url.as_str(), trench.height), ("/media/harbour-trench-coat-1.svg?w=960", 1200));
        let small: Vec<_> = trench.renditions.iter().map(|r| (r.width, r.height)).collect();
        assert_eq!(small, [(240, 300), (480, 600), (960, 1200)]);
        let store = image("store-leeds.svg", "Leeds");
        assert_eq!((store.width, store.height), (1200, 800));
        assert_eq!(store.renditions.first().map(|r| r.height), Some(427));
    }

    #[test]
    fn every_picture_is_there_in_the_size_that_its_name_tells() {
        let catalogue = crate::catalogue::catalogue();
        let products = catalogue.products().iter().flat_map(|p| p.pictures.iter().map(|p| &p.file));
        let content = catalogue.content().iter().filter_map(|c| c.picture.as_ref()).map(|p| &p.file);
        let categories = catalogue.categories().iter().filter_map(|c| c.picture.as_ref());
        let stores = catalogue.stores().iter().filter_map(|s| s.picture.as_ref());
        for name in products.chain(content).chain(categories).chain(stores) {
            let path = format!("{}/../../fixtures/media/{name}", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
            let (wide, high) = drawn(name);
            assert!(text.contains(&format!("viewBox=\"0 0 {wide} {high}\"")), "{name} is not {wide}×{high}");
        }
    }
}
