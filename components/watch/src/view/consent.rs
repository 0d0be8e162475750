//! What the visitor agrees to. A watch asks nobody: the app on the phone does, for all that belongs to the visitor.

use super::{address, glance};
use crate::glance::{Kind, fit};
use kit::{Answer, Ask, Failure};

/// How long the glance that says it is worth showing.
const MINUTES: u32 = 1;

/// Takes what the visitor agrees to, `{"purposes": ["personalisation"]}`, and says what counts from now on; `[]`
/// erases what is known.
///
/// # Errors
/// `BadInput`, `UnsupportedMedia`; `Internal` when the store does not answer: then nothing has changed.
pub async fn agree(ask: &Ask) -> Result<Answer, Failure> {
    let session = ask.agree(ask.purposes()?).await?;
    // A browser that forbids it for every site has the last word.
    let key = if session.visitor.is_some() { "consent-given" } else { "consent-refused" };
    let (title, text) = (ask.locale.text("consent-title"), ask.locale.text(key).to_owned());
    Ok(fit(glance(ask, Kind::Consent, title, text, address::web(ask, "privacy"), MINUTES)).session(session))
}
