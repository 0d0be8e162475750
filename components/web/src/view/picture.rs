//! Pictures in the sizes that a place on the page needs.

use commerce::Image;
use serde::Serialize;

/// Where a picture stands; decides its sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Across the page, at once.
    Hero,
    /// About half of the page.
    Half,
    /// A product in a grid.
    Card,
    /// A product in the first row of a grid.
    FirstCard,
    /// A product's own page.
    Gallery,
    /// Beside a line of text.
    Thumb,
}

/// A picture as an `img` element says it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Picture {
    src: String,
    srcset: String,
    sizes: &'static str,
    width: u32,
    height: u32,
    alt: String,
    eager: bool,
    urgent: bool,
}

impl Picture {
    /// The picture, unless its address could be anything but a picture's.
    pub(crate) fn of(image: &Image, place: Use) -> Option<Self> {
        let (wanted, sizes) = match place {
            Use::Hero => (1920, "100vw"),
            Use::Half => (1280, "(min-width: 48rem) 50vw, 100vw"),
            Use::Card | Use::FirstCard => (480, "(min-width: 64rem) 22vw, (min-width: 40rem) 30vw, 46vw"),
            Use::Gallery => (960, "(min-width: 60rem) 45vw, 100vw"),
            Use::Thumb => (240, "6rem"),
        };
        let (src, width, height) = image.at_least(wanted);
        if !is_picture_address(src) {
            return None;
        }
        let fitting = image.renditions.iter().filter(|r| is_picture_address(&r.url) && !r.url.contains(','));
        let set: Vec<String> = fitting.map(|r| format!("{} {}w", r.url, r.width)).collect();
        Some(Self {
            src: src.to_owned(),
            srcset: set.join(", "),
            sizes,
            width,
            height,
            alt: image.alt.clone(),
            urgent: place == Use::Hero,
            eager: matches!(place, Use::Hero | Use::Gallery | Use::FirstCard),
        })
    }

    /// The picture of what may have none, as a list of at most one.
    pub(crate) fn maybe(image: Option<&Image>, place: Use) -> Vec<Self> {
        image.and_then(|image| Self::of(image, place)).into_iter().collect()
    }

    /// With nothing to read out: the words beside it say the same.
    pub(crate) fn silent(mut self) -> Self {
        self.alt.clear();
        self
    }

    /// Its address, for link previews.
    pub(crate) fn src(&self) -> &str {
        &self.src
    }
}

/// `https:`, `http:` or a path of ours; `//host` would be another site's.
fn is_picture_address(url: &str) -> bool {
    let known = url.starts_with("https://") || url.starts_with("http://") || url.starts_with('/');
    known && !url.starts_with("//") && !url.contains(|c: char| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_odd_address_gives_no_picture() {
        let picture = |url: &str| {
            let image = Image { url: url.into(), alt: "A".into(), width: 9, height: 9, renditions: vec![] };
            Picture::of(&image, Use::Card)
        };
        assert!(picture("/media/a.svg").is_some() && picture("https://cdn.test/a.jpg").is_some());
        for url in ["javascript:alert(1)", "data:text/html,x", "//evil.test/a", "", "/a b", "ftp://a"] {
            assert!(picture(url).is_none(), "{url}");
        }
    }
}
