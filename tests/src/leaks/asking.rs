//! How an address is asked for on behalf of a visitor. An address that this file does not know is asked for
//! with what fits most: so a new one is covered before anybody thinks of it.

use super::canary::Visitor;
use super::spelling::Lines;
use crate::bench::noon;
use crate::matrix::visit::slack;
use crate::routes::Route;
use crate::shop::handover;
use anyhow::Result;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::json;

/// Where to ask, and what for.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// Keeps no cookies.
    pub client: &'a Client,
    /// `http://127.0.0.1:PORT`.
    pub site: &'a str,
    /// The slug of something to buy.
    pub slug: &'a str,
    /// Its variant.
    pub variant: &'a str,
}

impl Asking<'_> {
    /// The requests of an address by a method: mostly one, of a conversation several. A method that is not
    /// the address's own is sent without a body.
    ///
    /// # Errors
    /// Never on a working machine.
    pub fn requests(&self, route: &Route, method: &str, visitor: &Visitor) -> Result<Vec<RequestBuilder>> {
        let method_token: Method = method.parse()?;
        let address = format!("{}{}", self.site, self.path(route, visitor));
        let start = || self.client.request(method_token.clone(), &address);
        if method != route.method || method == "GET" {
            return Ok(vec![start()]);
        }
        let json = |value: serde_json::Value| {
            start().header("content-type", "application/json").body(value.to_string())
        };
        let canary = &visitor.canary;
        Ok(match route.pattern.as_str() {
            "/chat/messages" => vec![
                json(json!({ "text": "show my basket" })),
                json(json!({ "text": "where is my order" })),
                json(json!({ "text": canary })),
                json(json!({ "action": { "do": "add", "variant": self.variant, "quantity": 1 } })),
            ],
            "/chat/slack/commands" => {
                vec![slack(start(), canary, canary, noon())?, slack(start(), canary, "basket", noon())?]
            }
            pattern if pattern.ends_with("/account/sign-in") => {
                let email = format!("{canary}@example.com");
                let typed = [("email", email.as_str()), ("password", canary), ("back", "/en-gb/cart")];
                // The second one is refused, and sees what they typed.
                let wrong = [("email", canary.as_str()), ("password", canary)];
                vec![start().form(&typed), start().form(&wrong)]
            }
            pattern if pattern.starts_with("/tv/screens/cart/lines/") => vec![json(json!({ "quantity": 3 }))],
            pattern if pattern.starts_with("/tv/screens/") => {
                vec![json(json!({ "variant": self.variant, "quantity": 1 }))]
            }
            pattern => {
                // A shop to collect from is missing, so that the form of the checkout comes again as typed.
                let handover = handover(canary);
                let sold = [("product", self.slug), ("quantity", "1"), ("line", canary), ("code", canary)];
                let typed = [("name", canary.as_str()), ("email", canary), ("delivery", "pickup")];
                let said = [("text", "show my basket"), ("cart", &handover)];
                let fields: Vec<_> = sold.into_iter().chain(typed).chain(said).collect();
                let mut requests = vec![start().form(&fields)];
                if pattern.ends_with("/checkout") {
                    let email = format!("{canary}@example.com");
                    let whole = [("name", canary.as_str()), ("email", &email), ("delivery", "pickup")];
                    requests.push(start().form(&[whole.as_slice(), &[("store", "leeds")]].concat()));
                }
                requests
            }
        })
    }

    /// The path of an address, its parts filled in, with a query for those that want one.
    pub fn path(&self, route: &Route, visitor: &Visitor) -> String {
        let mut path = String::new();
        for part in route.pattern.split_inclusive('/') {
            let (name, slash) = part.strip_suffix('/').map_or((part, ""), |name| (name, "/"));
            let is_category = path.ends_with("/c/") || path.ends_with("/category/");
            path.push_str(match name {
                "{market}" => "en-gb",
                "{slug}" if is_category => "fashion",
                "{slug}" => "harbour-trench-coat",
                "{name}" => "tv.css",
                "{*rest}" => "no/such/page",
                "{*path}" => "products/harbour-trench-coat.html",
                "{token}" => return format!("{path}{}?market=en-gb", handover(&visitor.canary)),
                name if name.starts_with('{') => &visitor.canary,
                name => name,
            });
            path.push_str(slash);
        }
        let handover = handover(&visitor.canary);
        let market = if route.pattern.contains("{market}") { "" } else { "market=en-gb&" };
        match route.pattern.as_str() {
            "/chat/basket" => format!("{path}?{market}cart={handover}"),
            pattern if pattern.ends_with("/search") => format!("{path}?{market}q=coat"),
            _ if market.is_empty() => path,
            _ => format!("{path}?{}", market.trim_end_matches('&')),
        }
    }
}

/// The request with the visitor's cookie and further header lines, from a page of our own.
pub fn with(request: RequestBuilder, visitor: &Visitor, lines: Lines) -> RequestBuilder {
    let mut request = request.header("sec-fetch-site", "same-origin");
    if let Some(cookie) = &visitor.cookie {
        request = request.header("cookie", cookie);
    }
    lines.iter().fold(request, |request, (name, value)| request.header(*name, value.as_bytes()))
}
