//! Pictures and the sizes they are to be had in.

use serde::{Deserialize, Serialize};

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// `https:` or `http:`, or a path from the root of the site that shows it.
    pub url: String,
    /// What it shows, in the market's language.
    pub alt: String,
    /// Width in pixels of `url`.
    pub width: u32,
    /// Height in pixels of `url`.
    pub height: u32,
    /// The same picture in other sizes, smallest first; may be empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub renditions: Vec<Rendition>,
}

/// One size of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendition {
    /// As [`Image::url`].
    pub url: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

impl Image {
    /// The smallest size that is at least `width` pixels wide, or else the widest: (url, width, height).
    pub fn at_least(&self, width: u32) -> (&str, u32, u32) {
        let own = (self.url.as_str(), self.width, self.height);
        let sizes = self.renditions.iter().map(|r| (r.url.as_str(), r.width, r.height)).chain([own]);
        let fitting = sizes.clone().filter(|(_, w, _)| *w >= width).min_by_key(|(_, w, _)| *w);
        fitting.or_else(|| sizes.max_by_key(|(_, w, _)| *w)).unwrap_or(own)
    }
}
