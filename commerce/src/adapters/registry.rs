//! Which adapters there are; a new one is one line of [`ADAPTERS`] and one feature of the crate.

#[cfg(feature = "batch")]
use super::batch::Batch;
#[cfg(feature = "commercetools")]
use super::commercetools::Commercetools;
use super::compose::Composed;
#[cfg(feature = "medusa")]
use super::medusa::Medusa;
use super::plain::Plain;
#[cfg(feature = "shopify")]
use super::shopify::Shopify;
#[cfg(feature = "strapi")]
use super::strapi::Strapi;
#[cfg(feature = "vendure")]
use super::vendure::Vendure;
use super::wire::Root;
use crate::error::{Error, Kind};
use crate::port::{Capability, Port};
use crate::upstream::Upstream;
use std::fmt;

/// How to reach a backend, from the operator's configuration; an empty text is one that was not given.
#[derive(Clone, Default)]
pub struct Settings {
    /// What the names of the variables begin with, such as `shop` of `shop_url`; for messages.
    pub prefix: &'static str,
    /// `PREFIX_url`: the backend's scheme and host, which the manifest allows; without a path.
    pub url: String,
    /// `PREFIX_path`: where its API begins there; empty is the adapter's usual place.
    pub path: String,
    /// `PREFIX_auth_url`: where access tokens are issued, when that is another place.
    pub auth_url: String,
    /// `PREFIX_project`: the backend's own name of the shop: a project, a channel.
    pub project: String,
    /// `PREFIX_client_id`: who we are, where tokens are issued.
    pub client_id: String,
    /// `PREFIX_client_secret`: the proof of it.
    pub client_secret: String,
    /// `PREFIX_token`: an access token that does not expire.
    pub token: String,
    /// `PREFIX_files`: which files the backend has, for the adapter of files.
    pub files: String,
    /// What the backend is known to have, for the adapter that cannot know it by itself; `None` is everything.
    pub capabilities: Option<Vec<Capability>>,
    /// Whether who answers is Headwater's own component `backend`, which asks others in turn: it repeats what may be
    /// repeated, and knows no write again by its key, since most vendors do not.
    pub relayed: bool,
}

impl Settings {
    /// Empty settings whose variables begin with a prefix.
    pub fn named(prefix: &'static str) -> Self {
        Self { prefix, ..Self::default() }
    }

    /// The settings' names without the prefix, and their values, in the order to read them.
    pub fn fields(&mut self) -> [(&'static str, &mut String); 8] {
        [
            ("url", &mut self.url),
            ("path", &mut self.path),
            ("auth_url", &mut self.auth_url),
            ("project", &mut self.project),
            ("client_id", &mut self.client_id),
            ("client_secret", &mut self.client_secret),
            ("token", &mut self.token),
            ("files", &mut self.files),
        ]
    }

    /// Where the backend's API begins: below `url`, at `path` or else at the adapter's `usual` place.
    ///
    /// # Errors
    /// `Internal`, with the cure, when it cannot be called.
    pub(crate) fn root(&self, usual: &str) -> Result<Root, Error> {
        let root = Root::new(&format!("{}_url", self.prefix), &self.url)?;
        Ok(match self.path.as_str() {
            "" if root.has_path() => root,
            "" => root.below(usual),
            path => root.below(path),
        })
    }

    /// A setting that an adapter cannot do without.
    ///
    /// # Errors
    /// `Internal`, with the cure, when it is empty.
    #[allow(dead_code, reason = "the plain adapter needs none")]
    pub(crate) fn needed<'a>(&self, name: &str, value: &'a str) -> Result<&'a str, Error> {
        if value.is_empty() {
            let cure = format!("{0}_{name} is empty, and {0}_adapter needs it: set it", self.prefix);
            return Err(Error::new(Kind::Internal, "", cure));
        }
        Ok(value)
    }
}

impl fmt::Debug for Settings {
    /// Without the secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Settings({} at {})", self.prefix, self.url)
    }
}

type Connect = fn(&Settings, Box<dyn Upstream>) -> Result<Box<dyn Port>, Error>;

/// Adapters by the name that configuration uses.
const ADAPTERS: &[(&str, Connect)] = &[
    #[cfg(feature = "batch")]
    ("batch", |settings, upstream| Ok(Box::new(Batch::new(settings, upstream)?))),
    #[cfg(feature = "commercetools")]
    ("commercetools", |settings, upstream| Ok(Box::new(Commercetools::new(settings, upstream)?))),
    #[cfg(feature = "medusa")]
    ("medusa", |settings, upstream| Ok(Box::new(Medusa::new(settings, upstream)?))),
    ("plain", |settings, upstream| Ok(Box::new(Plain::new(settings, upstream)?))),
    #[cfg(feature = "shopify")]
    ("shopify", |settings, upstream| Ok(Box::new(Shopify::new(settings, upstream)?))),
    #[cfg(feature = "strapi")]
    ("strapi", |settings, upstream| Ok(Box::new(Strapi::new(settings, upstream)?))),
    #[cfg(feature = "vendure")]
    ("vendure", |settings, upstream| Ok(Box::new(Vendure::new(settings, upstream)?))),
];

/// The names that [`connect`] knows.
pub fn names() -> impl Iterator<Item = &'static str> {
    ADAPTERS.iter().map(|(name, _)| *name)
}

/// Opens the port of a backend.
///
/// # Errors
/// `Internal` when no adapter has that name or the settings are not usable; the detail states the cure.
pub fn connect(name: &str, settings: &Settings, upstream: Box<dyn Upstream>) -> Result<Box<dyn Port>, Error> {
    match ADAPTERS.iter().find(|(known, _)| *known == name) {
        Some((_, open)) => open(settings, upstream),
        None => {
            let unknown = UnknownAdapter { prefix: settings.prefix, name: name.to_owned() };
            Err(Error::new(Kind::Internal, "", unknown.to_string()))
        }
    }
}

/// An adapter with its settings, as configured.
#[derive(Debug, Clone)]
pub struct Backend {
    /// The adapter's name.
    pub adapter: String,
    /// Its settings.
    pub settings: Settings,
}

/// Opens the port of a shop: one backend, or a second one beside it that answers the listed parts (see
/// [`Composed`]). `upstream` gives the network for the backend of a prefix.
///
/// # Errors
/// As [`connect`] and [`Composed::new`].
pub fn open(
    backends: &[Backend],
    parts: &str,
    upstream: &dyn Fn(&'static str) -> Box<dyn Upstream>,
) -> Result<Box<dyn Port>, Error> {
    let connect =
        |backend: &Backend| connect(&backend.adapter, &backend.settings, upstream(backend.settings.prefix));
    match backends {
        [one] => able(one, connect(one)?),
        [one, other] => Ok(Box::new(Composed::new(connect(one)?, connect(other)?, parts)?)),
        _ => Err(Error::new(Kind::Internal, "", "a shop has one backend or two")),
    }
}

/// A shop that sells nothing shows nothing: a backend of parts, such as a CMS, stands beside another.
fn able(backend: &Backend, port: Box<dyn Port>) -> Result<Box<dyn Port>, Error> {
    if port.capabilities().contains(&Capability::Product) {
        return Ok(port);
    }
    let name = backend.adapter.escape_debug();
    let cure = format!(
        "{name} has no products; set shop_adapter to what sells, second_adapter to {name}, and second_parts to what \
         comes from it"
    );
    Err(Error::new(Kind::Internal, "", cure))
}

/// A name that no adapter has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownAdapter {
    /// As [`Settings::prefix`].
    pub prefix: &'static str,
    /// The name.
    pub name: String,
}

impl fmt::Display for UnknownAdapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<_> = names().collect();
        write!(
            f,
            "no adapter is called `{}`; set {}_adapter to one of: {}",
            self.name.escape_debug(),
            self.prefix,
            known.join(", ")
        )
    }
}

impl std::error::Error for UnknownAdapter {}
