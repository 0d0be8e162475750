//! Where a visitor seems to be, as the network in front tells it.

use crate::edge::Edge;
use crate::reads::Reads;
use http::HeaderMap;
use std::rc::Rc;

/// Headers in which networks tell a country. Which one is believed, the operator says (`geo_header`), since anybody
/// can send any of them where no network in front takes it away.
const HEADERS: [&str; 5] = [
    "cf-ipcountry",
    "cloudfront-viewer-country",
    "fastly-geo-country",
    "x-akamai-edgescape",
    "x-vercel-ip-country",
];

/// The country as an ISO 3166-1 code of two letters; `None` where no header is believed or it does not know.
pub(crate) async fn of(edge: &Rc<dyn Edge>, headers: &HeaderMap, reads: Option<&Reads>) -> Option<String> {
    let believed = edge.instance().variable(&**edge, "geo_header").await?;
    let name = HEADERS.into_iter().find(|name| believed.eq_ignore_ascii_case(name))?;
    reads.into_iter().for_each(|reads| reads.header(name));
    code(headers.get(name)?.to_str().ok()?)
}

/// Akamai tells `georegion=246,country_code=US,…`, the others the code alone; `XX` is unknown and `T1` Tor.
fn code(value: &str) -> Option<String> {
    let code =
        value.split(',').find_map(|part| part.trim().strip_prefix("country_code=")).unwrap_or(value).trim();
    let is_code = code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic());
    is_code.then(|| code.to_ascii_uppercase()).filter(|code| code != "XX")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_and_what_is_unknown_is_none() {
        assert_eq!(code("de").as_deref(), Some("DE"));
        assert_eq!(code("georegion=246,country_code=US,region_code=CA").as_deref(), Some("US"));
        for unknown in ["XX", "T1", "", "DEU", "georegion=1", "D\u{e9}"] {
            assert_eq!(code(unknown), None, "{unknown}");
        }
    }
}
