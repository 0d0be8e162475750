//! Which adapters there are; a new one is one line of [`ADAPTERS`].

use super::plain::Plain;
use crate::error::Error;
use crate::port::Port;
use crate::upstream::Upstream;
use std::fmt;

/// How to reach a backend, from the operator's configuration.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The root of the backend's API, without a closing slash.
    pub url: String,
}

type Connect = fn(&Settings, Box<dyn Upstream>) -> Result<Box<dyn Port>, Error>;

/// Adapters by the name that configuration uses.
const ADAPTERS: &[(&str, Connect)] =
    &[("plain", |settings, upstream| Ok(Box::new(Plain::new(settings, upstream)?)))];

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
        None => Err(Error::new(crate::Kind::Internal, "", UnknownAdapter(name.to_owned()).to_string())),
    }
}

/// A name that no adapter has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownAdapter(pub String);

impl fmt::Display for UnknownAdapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<_> = names().collect();
        write!(
            f,
            "no adapter is called `{}`; set shop_adapter to one of: {}",
            self.0.escape_debug(),
            known.join(", ")
        )
    }
}

impl std::error::Error for UnknownAdapter {}
