//! Asks for a page as its visitor would.

use super::case::{Asked, Case, Who};
use crate::answer::Answer;
use crate::bench::Bench;
use crate::shop::{Basket, OpenShop, cookie_of, handover};
use anyhow::{Context, Result};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

/// What Slack signs with here, as a setting.
pub const SLACK: &str = "slack_signing_secret=of-the-test";

/// A customer of `fixtures/catalogue/customers.json`, who has ordered before: e-mail address and password.
pub const CUSTOMER: (&str, &str) = ("tom@example.test", "tea-before-noon");

/// Somebody about to ask for a page.
pub struct Visitor {
    /// Their cart, when they have one.
    pub basket: Option<Basket>,
    cookie: Option<String>,
    order: String,
}

impl Visitor {
    /// As a case wants them; `order` is one that everybody may look at.
    ///
    /// # Errors
    /// When the shop refuses them a cart.
    pub async fn of(case: &Case, shop: &OpenShop, order: &str) -> Result<Self> {
        let basket = match case.who {
            Who::Anybody => None,
            Who::Basket | Who::Shopper | Who::Customer => Some(shop.basket(2).await?),
        };
        let own = (case.who == Who::Shopper).then_some(order);
        let token = match case.who {
            Who::Customer => Some(shop.sign_in(CUSTOMER.0, CUSTOMER.1).await?),
            _ => None,
        };
        let cookie = basket.as_ref().map(|basket| cookie_of(Some(&basket.id), own, token.as_deref()));
        Ok(Self { basket, cookie, order: order.to_owned() })
    }

    /// Asks.
    ///
    /// # Errors
    /// When there is no answer at all, which no fault of a shop may cause.
    pub async fn ask(
        &self,
        case: &Case,
        shop: &OpenShop,
        bench: &Bench,
        client: &reqwest::Client,
    ) -> Result<Answer> {
        let basket = self.basket.as_ref();
        let fill = |text: &str| {
            let mut text = text.replace("{slug}", &shop.slug).replace("{product}", &shop.product);
            text = text.replace("{variant}", &shop.variant).replace("{order}", &self.order);
            if let Some(basket) = basket {
                text = text.replace("{line}", &basket.line);
                text = text.replace("{handover}", &handover(&basket.id));
            }
            text
        };
        let request = match case.asked {
            Asked::Get(path) => client.get(bench.address(&fill(path))),
            Asked::Form(path, form) => client
                .post(bench.address(&fill(path)))
                .header("content-type", "application/x-www-form-urlencoded")
                .body(fill(form)),
            Asked::Json(path, json) => client
                .post(bench.address(&fill(path)))
                .header("content-type", "application/json")
                .body(fill(json)),
            Asked::Slack(text) => {
                static USERS: AtomicU64 = AtomicU64::new(1);
                let user = format!("U{}", USERS.fetch_add(1, Ordering::Relaxed));
                slack(client.post(bench.address("/chat/slack/commands")), &user, text, bench.now())?
            }
        };
        let mut request = request.header("sec-fetch-site", "same-origin");
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        Answer::to(request).await.with_context(|| case.name())
    }
}

/// A slash command of a user, signed at a time
/// (<https://docs.slack.dev/authentication/verifying-requests-from-slack>, 2026-11).
///
/// # Errors
/// Never on a working machine.
pub fn slack(
    request: reqwest::RequestBuilder,
    user: &str,
    text: &str,
    at: SystemTime,
) -> Result<reqwest::RequestBuilder> {
    static TRIGGERS: AtomicU64 = AtomicU64::new(1);
    let trigger = TRIGGERS.fetch_add(1, Ordering::Relaxed);
    let text = text.replace(' ', "+");
    let body = format!("team_id=T1&user_id={user}&trigger_id=t{trigger}&command=%2Fshop&text={text}");
    let time = at.duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
    let mut mac = Hmac::<Sha256>::new_from_slice(b"of-the-test")?;
    mac.update(format!("v0:{time}:{body}").as_bytes());
    let digest = mac.finalize().into_bytes();
    let signature = digest.iter().fold("v0=".to_owned(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    Ok(request
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-slack-request-timestamp", time)
        .header("x-slack-signature", signature)
        .body(body))
}
