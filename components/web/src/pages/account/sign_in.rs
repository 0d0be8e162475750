//! The form that signs a customer in.

use super::{check, way_back};
use crate::links::Links;
use crate::pages::{chrome, print, slot};
use crate::view::{Banner, Meta, Notice, Use};
use commerce::{ContentQuery, Credentials, Refusal};
use futures::try_join;
use http::{StatusCode, header};
use kit::fields::Fields;
use kit::{Answer, Ask, Failure, Trouble};
use serde::Serialize;

/// The most characters of an e-mail address (RFC 5321, section 4.5.3.1, has 254 for a path).
const LONGEST_EMAIL: usize = 254;
/// The most characters of a password; nobody types more, and a shop need not hash it.
const LONGEST_PASSWORD: usize = 1_000;

#[derive(Serialize)]
struct Page {
    notice: Vec<Notice>,
    note: Vec<Banner>,
    action: String,
    back: String,
    /// What was typed; the password is typed again.
    email: String,
    /// What is wrong with a field; empty where nothing is.
    wrong_email: String,
    wrong_password: String,
    /// Whether the two do not fit together, or cannot be tried now.
    refused: bool,
}

/// What is wrong with a try.
#[derive(Default)]
struct Wrong {
    notice: Option<Notice>,
    email: bool,
    password: bool,
}

/// The form; `over` in the query says why it is shown to somebody who was signed in.
pub(crate) async fn form(ask: &Ask) -> Result<Answer, Failure> {
    check(ask)?;
    let back = way_back(ask, ask.query.get("back"));
    if ask.signed_in().is_some() {
        return Ok(Answer::see_other(&back));
    }
    let over = ask.query.get("over").map(|_| Notice::good(ask.locale.text("sign-in-over")));
    show(ask, &back, "", Wrong { notice: over, ..Wrong::default() }).await
}

/// Signs in and goes back, or shows the form again with what is wrong.
pub(crate) async fn enter(ask: &Ask) -> Result<Answer, Failure> {
    check(ask)?;
    let form = ask.form()?;
    let back = way_back(ask, form.get("back"));
    let typed = form.get("email").unwrap_or_default().trim();
    let Some(credentials) = credentials(&form) else {
        let notice = Some(Notice::bad(ask.locale.text("failure-invalid")));
        let wrong = Wrong { notice, email: !is_address(typed), password: password(&form).is_none() };
        return Ok(show(ask, &back, typed, wrong).await?.status(StatusCode::UNPROCESSABLE_ENTITY));
    };
    match ask.sign_in(&credentials).await {
        Ok(session) => Ok(Answer::see_other(&back).session(session)),
        Err(failure) => match &failure.trouble {
            // Who has tried too often is told so where they try.
            Trouble::UpstreamBusy(_) => {
                let page = refused(ask, &back, typed, &failure, Notice::bad(ask.locale.text("sign-in-busy")))
                    .await?;
                let wait = failure.retry_after().unwrap_or_default().to_string();
                Ok(page.header(header::RETRY_AFTER, &wait))
            }
            Trouble::Refused(Refusal::BadCredentials | Refusal::Invalid { .. }) => {
                let notice = Notice::refused(&ask.locale, &failure);
                refused(ask, &back, typed, &failure, notice).await
            }
            _ => Err(failure),
        },
    }
}

async fn refused(
    ask: &Ask,
    back: &str,
    typed: &str,
    failure: &Failure,
    notice: Notice,
) -> Result<Answer, Failure> {
    let wrong = Wrong { notice: Some(notice), ..Wrong::default() };
    Ok(show(ask, back, typed, wrong).await?.status(failure.status()))
}

async fn show(ask: &Ask, back: &str, typed: &str, wrong: Wrong) -> Result<Answer, Failure> {
    let (locale, links) = (&*ask.locale, Links::of(ask));
    ask.slots.stand_around();
    let query = ContentQuery { slots: vec!["sign_in".to_owned()], ids: Vec::new() };
    let content = ask.slots.optional(slot::CONTENT, ask.shop.content(&query));
    let (chrome, content) = try_join!(chrome(ask), content)?;
    let note = content.as_ref().map(|blocks| blocks.as_slice()).unwrap_or_default().iter().take(1);
    let text = |is_wrong: bool, key| if is_wrong { locale.text(key).to_owned() } else { String::new() };
    let page = Page {
        refused: wrong.notice.as_ref().is_some_and(Notice::is_bad) && !wrong.email && !wrong.password,
        notice: wrong.notice.into_iter().collect(),
        note: note.map(|block| Banner::of(locale, &links, block, Use::Half)).collect(),
        action: links.page("account/sign-in"),
        back: back.to_owned(),
        email: typed.chars().take(LONGEST_EMAIL).collect(),
        wrong_email: text(wrong.email, "wrong-email"),
        wrong_password: text(wrong.password, "wrong-password"),
    };
    let meta = Meta { title: locale.text("sign-in").to_owned(), hidden: true, ..Meta::default() };
    print(ask, "sign-in.html", &chrome, meta, page)
}

/// What was typed, if it can be tried at all. A password is taken as it is, with its spaces.
fn credentials(form: &Fields) -> Option<Credentials> {
    let email = form.get("email").map(str::trim).filter(|email| is_address(email))?;
    Some(Credentials { email: email.to_owned(), password: password(form)?.to_owned() })
}

fn password(form: &Fields) -> Option<&str> {
    let fits = |password: &&str| (1..=LONGEST_PASSWORD).contains(&password.chars().count());
    form.get("password").filter(fits)
}

fn is_address(email: &str) -> bool {
    let parts = email.split_once('@');
    parts.is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
        && email.chars().count() <= LONGEST_EMAIL
}
