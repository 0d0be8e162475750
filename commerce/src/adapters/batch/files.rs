//! Which files there are and how they are asked for; pure.

use super::super::registry::Settings;
use super::super::wire::Root;
use crate::error::{Error, Kind};
use crate::model::Market;
use crate::upstream::{Call, Limit, Repeat};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderValue, header};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Products,
    Stock,
    Stores,
}

impl Role {
    const ALL: [Self; 3] = [Self::Products, Self::Stock, Self::Stores];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Products => "products",
            Self::Stock => "stock",
            Self::Stores => "stores",
        }
    }

    /// Its word in traces and errors.
    pub(super) const fn operation(self) -> &'static str {
        match self {
            Self::Products => "batch.products",
            Self::Stock => "batch.stock",
            Self::Stores => "batch.stores",
        }
    }
}

/// The files of a backend.
pub(super) struct Files {
    root: Root,
    paths: Vec<(Role, String)>,
    proof: Option<HeaderValue>,
}

impl Files {
    /// Reads `files`, such as `products=feed-{language}.xml, stock=stock.csv`.
    ///
    /// # Errors
    /// `Internal`, with the cure, for a list that cannot be read or a proof that no header can carry.
    pub(super) fn new(settings: &Settings) -> Result<Self, Error> {
        let name = format!("{}_files", settings.prefix);
        let wrong = |why: String| {
            let cure = format!("{name}: {why}; write such as products=products.csv, stock=stock.csv");
            Error::new(Kind::Internal, "", cure)
        };
        let mut paths: Vec<(Role, String)> = Vec::new();
        for entry in settings.needed("files", &settings.files)?.split(',').map(str::trim) {
            let shown = entry.escape_debug();
            let (word, path) = entry.split_once('=').ok_or_else(|| wrong(format!("`{shown}` has no `=`")))?;
            let role = Role::ALL.into_iter().find(|role| role.as_str() == word.trim());
            let role =
                role.ok_or_else(|| wrong(format!("`{shown}` is neither products, stock nor stores")))?;
            if path.trim().is_empty() || paths.iter().any(|(known, _)| *known == role) {
                return Err(wrong(format!("`{shown}` names no file, or a second one")));
            }
            paths.push((role, path.trim().to_owned()));
        }
        let has = |role: Role| paths.iter().any(|(known, _)| *known == role);
        if !has(Role::Products) && !has(Role::Stores) {
            return Err(wrong(
                "stock alone says nothing: it needs products, or stores, beside it".to_owned(),
            ));
        }
        Ok(Self { root: settings.root("")?, proof: proof(settings)?, paths })
    }

    pub(super) fn has(&self, role: Role) -> bool {
        self.paths.iter().any(|(known, _)| *known == role)
    }

    /// Asks for a file as a market has it.
    ///
    /// # Errors
    /// `Internal` for a file that is not configured or cannot be asked for.
    pub(super) fn call(&self, role: Role, market: &Market) -> Result<Call, Error> {
        let internal = |why: &str| Error::new(Kind::Internal, role.operation(), why);
        let (_, path) =
            self.paths.iter().find(|(known, _)| *known == role).ok_or_else(|| internal("no such file"))?;
        let path = path
            .replace("{locale}", market.locale())
            .replace("{language}", market.language())
            .replace("{country}", market.country())
            .replace("{currency}", market.currency().code());
        let (path, query) = path.split_once('?').map_or((path.as_str(), None), |(p, q)| (p, Some(q)));
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let mut url = self.root.at(role.operation(), &parts)?;
        url.set_query(query);
        let mut request = http::Request::get(url.as_str())
            .header(header::ACCEPT, "text/csv, application/rss+xml, application/xml, text/xml, */*;q=0.1");
        if let Some(proof) = &self.proof {
            request = request.header(header::AUTHORIZATION, proof);
        }
        let request = request.body(Bytes::new()).map_err(|error| internal(&error.to_string()))?;
        Ok(Call { operation: role.operation(), request, repeat: Repeat::Safe, limit: Limit::All })
    }
}

/// A token as `Bearer`, or else a name and password as `Basic` (RFC 7617).
fn proof(settings: &Settings) -> Result<Option<HeaderValue>, Error> {
    let proof = match (settings.token.as_str(), settings.client_id.as_str()) {
        ("", "") => return Ok(None),
        ("", name) => format!("Basic {}", STANDARD.encode(format!("{name}:{}", settings.client_secret))),
        (token, _) => format!("Bearer {token}"),
    };
    let cure = format!("{}_token cannot be sent in a header", settings.prefix);
    let mut value = HeaderValue::from_str(&proof).map_err(|_| Error::new(Kind::Internal, "", cure))?;
    value.set_sensitive(true);
    Ok(Some(value))
}
