//! What each slot tells the HTML that shows it.

use crate::placements::Show;
use serde_json::{Value, json};

/// The view of what is shown, with all that there may be: what an operator's own HTML can print. A text is its own
/// name in parentheses, a list has one item.
#[must_use]
pub fn sample(show: &Show) -> Value {
    let picture = || json!([{"src": "(src)", "width": 1, "height": 1, "alt": "(alt)"}]);
    let mut view = match show {
        Show::Offer => json!({"title": "(title)", "text": "(text)", "code": ["(code)"]}),
        Show::Consent => json!({
            "action": "(action)", "back": "(back)", "title": "(title)", "text": "(text)", "yes": "(yes)", "no": "(no)"
        }),
        Show::Banner(_) => json!({
            "title": "(title)", "text": "(text)", "href": ["(href)"], "label": "(label)", "picture": picture()
        }),
        Show::Recommendations => json!({
            "title": "(title)",
            "cards": [{"href": ["(href)"], "name": "(name)", "price": "(price)", "picture": picture()}]
        }),
        Show::Price => json!({"now": "(now)", "was": ["(was)"]}),
        Show::Stock => {
            json!({"title": "(title)", "rows": [{"store": "(store)", "kind": "(kind)", "text": "(text)"}]})
        }
        Show::Html => json!({}),
    };
    if let Some(view) = view.as_object_mut() {
        view.insert("lang".to_owned(), "en".into());
        view.insert("dir".to_owned(), "ltr".into());
    }
    view
}
