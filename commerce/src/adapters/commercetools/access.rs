//! Access tokens: the shop's own, and those of customers.
//! <https://docs.commercetools.com/api/authorization>

use super::problem;
use crate::adapters::registry::Settings;
use crate::adapters::wire::{Root, json};
use crate::error::{Error, Kind};
use crate::model::Credentials;
use crate::upstream::{Call, Limit, Repeat};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderValue, header};
use serde::Deserialize;
use std::time::Duration;
use url::form_urlencoded;

const OPERATION: &str = "commercetools.token";
/// Apart from the shop's own tokens: customers who mistype must not stand in their way.
const SIGN_IN: &str = "commercetools.sign_in";

/// A token is taken for old this long before it is, so that none ends on its way.
const MARGIN: u64 = 300;

/// Where tokens are issued, and who asks for them.
pub(super) struct Access {
    root: Root,
    basic: String,
    project: String,
}

/// A token and how long it is good for.
#[derive(Deserialize)]
pub(super) struct Granted {
    pub(super) access_token: String,
    #[serde(default)]
    expires_in: u64,
}

impl Granted {
    /// How long to keep it.
    pub(super) fn good_for(&self) -> Duration {
        Duration::from_secs(self.expires_in.saturating_sub(MARGIN))
    }
}

impl Access {
    pub(super) fn new(settings: &Settings) -> Result<Self, Error> {
        let url = settings.needed("auth_url", &settings.auth_url)?;
        let id = settings.needed("client_id", &settings.client_id)?;
        let secret = settings.needed("client_secret", &settings.client_secret)?;
        Ok(Self {
            root: Root::new(&format!("{}_auth_url", settings.prefix), url)?,
            basic: format!("Basic {}", STANDARD.encode(format!("{id}:{secret}"))),
            project: settings.needed("project", &settings.project)?.to_owned(),
        })
    }

    /// Asks for a token of the shop.
    pub(super) fn of_shop(&self) -> Result<Call, Error> {
        // A token that was lost on its way is one too many, and nothing else.
        self.call(OPERATION, &["oauth", "token"], &[("grant_type", "client_credentials")], Repeat::Safe)
    }

    /// Asks for a token of a customer, which opens nothing but what is theirs.
    pub(super) fn of_customer(&self, credentials: &Credentials) -> Result<Call, Error> {
        let project = &self.project;
        let call = self.call(
            SIGN_IN,
            &["oauth", project, "customers", "token"],
            &[
                ("grant_type", "password"),
                ("username", &credentials.email),
                ("password", &credentials.password),
                ("scope", &format!("manage_my_profile:{project} manage_my_orders:{project}")),
            ],
            Repeat::Never,
        );
        call.map(Call::for_one)
    }

    fn call(
        &self,
        operation: &'static str,
        path: &[&str],
        form: &[(&str, &str)],
        repeat: Repeat,
    ) -> Result<Call, Error> {
        let url = self.root.at(operation, path)?;
        let internal = |e: &str| Error::new(Kind::Internal, operation, e);
        let mut basic = HeaderValue::from_str(&self.basic).map_err(|_| internal("credentials"))?;
        basic.set_sensitive(true);
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = http::Request::post(url.as_str())
            .header(header::AUTHORIZATION, basic)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Bytes::from(body));
        let request = request.map_err(|e| internal(&e.to_string()))?;
        Ok(Call { operation, request, repeat, limit: Limit::All })
    }
}

/// Reads a token. A 400 says that the client or its scopes are not accepted, unless it is about a password.
pub(super) fn granted(response: &http::Response<Bytes>) -> Result<Granted, Error> {
    if response.status().is_success() {
        return json::parse(OPERATION, response.body());
    }
    let error = problem::error(OPERATION, response, None);
    match error.kind {
        Kind::Failed { status: 400 } => Err(Error { kind: Kind::Unauthorized, ..error }),
        _ => Err(error),
    }
}
