//! Keeping a glance within its limit.

use super::{Glance, Glances, LEAST_REFRESH, SCHEMA, cut};
use http::HeaderName;
use kit::Answer;

/// The most bytes of a glance: 2 KB (`reference/heads.md` of the design, 2026-11).
pub const LIMIT: usize = 2048;

/// What is cut, the least missed first: step by step until it fits. The last ones leave a glance of which
/// every part is bounded.
const STEPS: &[fn(&mut Glance)] = &[
    |glance| glance.text = cut(&glance.text, 120),
    |glance| glance.detail = cut(&glance.detail, 60),
    |glance| glance.image = None,
    |glance| glance.title = cut(&glance.title, 40),
    |glance| glance.text = cut(&glance.text, 60),
    |glance| glance.value = cut(&glance.value, 24),
    |glance| glance.detail.clear(),
    // A link too long to keep leads to the shop's door.
    |glance| glance.tap = door(&glance.tap),
    |glance| glance.tap = "/".to_owned(),
];

/// `scheme://host/` of an address.
fn door(address: &str) -> String {
    let mut parts = address.splitn(4, '/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(scheme), Some(""), Some(host)) => format!("{scheme}//{host}/"),
        _ => "/".to_owned(),
    }
}

fn size(glance: &Glance) -> usize {
    serde_json::to_vec(glance).map_or(0, |json| json.len())
}

fn fitted(mut glance: Glance) -> Glance {
    let before = glance.clone();
    for step in STEPS {
        if size(&glance) <= LIMIT {
            break;
        }
        step(&mut glance);
        // The mark itself takes room, so it is there from the first cut on.
        glance.trimmed = true;
    }
    glance.trimmed |= glance != before;
    glance
}

/// Writes a glance within [`LIMIT`], and says in `trimmed` and in the header `headwater-trimmed` when
/// something was cut.
pub fn fit(glance: Glance) -> Answer {
    let glance = fitted(glance);
    said(Answer::json(&glance), glance.trimmed)
}

/// Writes every glance, each within [`LIMIT`].
pub fn fit_all(glances: Vec<Glance>) -> Answer {
    let glances: Vec<Glance> = glances.into_iter().map(fitted).collect();
    let trimmed = glances.iter().any(|glance| glance.trimmed);
    let refresh = glances.iter().map(|glance| glance.refresh_after_s).min().unwrap_or(LEAST_REFRESH);
    said(Answer::json(&Glances { schema: SCHEMA, glances, refresh_after_s: refresh }), trimmed)
}

fn said(answer: Answer, trimmed: bool) -> Answer {
    let header = HeaderName::from_static("headwater-trimmed");
    if trimmed { answer.header(header, "glance") } else { answer }
}
