//! What the visitor agrees to.

use kit::visitor::Consents;
use kit::{Answer, Ask, Failure, Trouble};

/// Takes the answer to the question, and goes back to where it was asked.
pub(crate) async fn agree(ask: &Ask) -> Result<Answer, Failure> {
    if !ask.is_from_own_page() {
        return Err(Failure::new(Trouble::CrossSite));
    }
    let form = ask.form()?;
    let session = ask.agree(Consents::named(form.get("purposes").unwrap_or_default())).await?;
    let home = format!("{}/", ask.base());
    let back = form.get("back").filter(|back| is_own(back, &home)).unwrap_or(&home);
    Ok(Answer::see_other(back).session(session))
}

/// Whether an address is a page that we show: nobody is sent elsewhere.
fn is_own(back: &str, home: &str) -> bool {
    let odd = |c: char| c.is_control() || c == '\\';
    back.starts_with(home) && !back.starts_with("//") && !back.contains(odd)
}
