//! Exchanges with the project: the only part that performs I/O.

use super::access::{Access, granted};
use super::ask::Ask;
use super::problem;
use crate::adapters::registry::Settings;
use crate::adapters::wire::{Root, json};
use crate::error::{Error, Kind, Refusal, Subject};
use crate::model::{Credentials, CustomerToken};
use crate::upstream::Upstream;
use bytes::Bytes;
use futures::lock::Mutex;
use http::{Response, StatusCode};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// A project of commercetools and the way to it.
pub(super) struct Exchange {
    root: Root,
    project: String,
    access: Access,
    /// Begins the names of what is kept, so that two projects in one instance do not mix.
    prefix: String,
    /// Held while a token is fetched.
    issuing: Mutex<()>,
    upstream: Box<dyn Upstream>,
}

impl Exchange {
    pub(super) fn new(settings: &Settings, upstream: Box<dyn Upstream>) -> Result<Self, Error> {
        let project = settings.needed("project", &settings.project)?;
        Ok(Self {
            root: settings.root("")?,
            project: project.to_owned(),
            access: Access::new(settings)?,
            prefix: format!("commercetools/{}/{project}/{}", settings.url, settings.client_id),
            issuing: Mutex::new(()),
            upstream,
        })
    }

    /// Asks and reads the answer; `subject` is what a "not found" is about.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        ask: &Ask,
        subject: Option<Subject>,
    ) -> Result<T, Error> {
        read(ask.operation, &self.send(ask).await?, subject)
    }

    /// As [`Self::ask`], with the token of a customer; one that opens nothing any more is not found.
    pub(super) async fn ask_as<T: DeserializeOwned>(
        &self,
        token: &CustomerToken,
        ask: &Ask,
    ) -> Result<T, Error> {
        let gone = |why: &str| Error::new(Kind::NotFound(Subject::Customer), ask.operation, why);
        // Anything else in a header is no token of commercetools.
        if token.as_str().is_empty() || !token.as_str().bytes().all(|b| b.is_ascii_graphic()) {
            return Err(gone("not a token"));
        }
        let call = ask.call(&self.root, &self.project, token.as_str())?;
        let response = self.upstream.send(call).await?;
        match read(ask.operation, &response, Some(Subject::Customer)) {
            Err(Error { kind: Kind::Unauthorized, .. }) => Err(gone("the token is not accepted")),
            other => other,
        }
    }

    /// A list of the project that is the same for everyone, kept as it came.
    pub(super) async fn kept(&self, name: &str, ask: &Ask, good_for: Duration) -> Result<String, Error> {
        let key = format!("{}/{name}", self.prefix);
        if let Some(body) = self.upstream.recall(&key) {
            return Ok(body);
        }
        let response = self.send(ask).await?;
        // Read once here, so that nothing broken is kept.
        let _: serde_json::Map<String, serde_json::Value> = read(ask.operation, &response, None)?;
        let body = String::from_utf8_lossy(response.body()).into_owned();
        self.upstream.keep(&key, &body, good_for);
        Ok(body)
    }

    /// A customer's own token.
    pub(super) async fn sign_in(&self, credentials: &Credentials) -> Result<CustomerToken, Error> {
        let response = self.upstream.send(self.access.of_customer(credentials)?).await?;
        Ok(CustomerToken::new(granted(&response)?.access_token))
    }

    /// A 401 means that nothing was done, so that even a write may be sent again, once, with a new token.
    async fn send(&self, ask: &Ask) -> Result<Response<Bytes>, Error> {
        let token = self.token(None).await?;
        let response = self.upstream.send(ask.call(&self.root, &self.project, &token)?).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok(response);
        }
        let token = self.token(Some(&token)).await?;
        self.upstream.send(ask.call(&self.root, &self.project, &token)?).await
    }

    /// The shop's token, other than one that has ended. Calls that are made at once wait for one token
    /// rather than asking for one each.
    async fn token(&self, ended: Option<&str>) -> Result<String, Error> {
        let key = format!("{}/token", self.prefix);
        let _one = self.issuing.lock().await;
        if let Some(token) = self.upstream.recall(&key).filter(|token| ended != Some(token)) {
            return Ok(token);
        }
        let response = self.upstream.send(self.access.of_shop()?).await?;
        let granted = granted(&response)?;
        self.upstream.keep(&key, &granted.access_token, granted.good_for());
        Ok(granted.access_token)
    }
}

fn read<T: DeserializeOwned>(
    operation: &'static str,
    response: &Response<Bytes>,
    subject: Option<Subject>,
) -> Result<T, Error> {
    if response.status().is_success() {
        return json::parse(operation, response.body());
    }
    Err(problem::error(operation, response, subject))
}

/// Whether a write was refused because someone else wrote first.
pub(super) fn is_conflict(error: &Error) -> bool {
    matches!(error.kind, Kind::Refused(Refusal::Conflict))
}
