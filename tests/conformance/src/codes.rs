//! The codes of the demo shop's offers, as `headwater check` asks for them: each backend must tell one that it has from
//! one that it has not, and charge what is promised.

use crate::observe::Notes;
use commerce::{Capability, Port};
use kit::checkup::codes::{Promised, try_all};
use kit::visitor::Markets;
use serde_json::json;

/// What `personalise.toml` promises, and a code that nobody has.
const CODES: &str = r#"[
    {"code": "WELCOME10", "give": [{"PercentOff": 1000},
        {"FreeShippingFrom": {"amount": 3000, "currency": "GBP"}},
        {"FreeShippingFrom": {"amount": 3500, "currency": "EUR"}}]},
    {"code": "STAY5", "give": [{"PercentOff": 500}]},
    {"code": "NO-SUCH-CODE", "give": [{"PercentOff": 1000}]}
]"#;

/// Tries them in pounds and in euros.
pub async fn ask(notes: &mut Notes, port: &dyn Port) {
    let codes: Vec<Promised> = serde_json::from_str(CODES).expect("codes");
    let markets = Markets::parse("en-GB/GBP de-DE/EUR").expect("markets");
    for tried in try_all(port, &markets, &codes, "NO-SUCH-CODE-EITHER").await {
        let told = json!({
            "outcome": tried.outcome,
            "charges": tried.charges,
            "differs": tried.differs,
            "said": tried.said,
        });
        notes.fact(Capability::Cart, format!("codes.{}.{}", tried.market, tried.code), told);
    }
}
