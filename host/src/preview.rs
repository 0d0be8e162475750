//! `headwater preview`: an address that shows a page as the backends have it now, past everything that heads keep.

use crate::manifest::{Manifest, Problems, Target};
use crate::routes::{Pattern, Router};
use crate::variables::{Sources, Variables};
use anyhow::Context as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The query field that a head reads.
const FIELD: &str = "preview";
/// A link that is passed on must end; this is long enough to plan a campaign by.
const LONGEST: Duration = Duration::from_secs(30 * 24 * 3600);

/// Which page, and for how long.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The application's manifest; found as by the other commands unless given.
    pub manifest: Option<PathBuf>,
    /// Values for variables, `NAME=VALUE`: the `session_key` that the application runs with signs the address.
    pub variables: Vec<String>,
    /// The page: `http:` or `https:` with a host.
    pub url: String,
    /// How long the address works.
    pub lasts: Duration,
}

impl Preview {
    /// The address of the page with the token that its head accepts, until so long from now. Nothing is sent.
    ///
    /// # Errors
    /// When there is no such page, or nothing to sign with; each with the cure.
    pub fn address(&self, now: SystemTime) -> anyhow::Result<String> {
        let manifest = Manifest::find(self.manifest.as_deref())?;
        let (manifest, problems) = Manifest::load(&manifest)?;
        problems.into_result()?;
        let sources = Sources::gather(&self.variables, &manifest.folder)?;
        let variables = Variables::resolve(&manifest, &sources, &mut Problems::default());
        let (url, fragment) = self.url.split_once('#').unwrap_or((&self.url, ""));
        let page: http::Uri = url.parse().with_context(|| format!("{} is no address", self.url))?;
        anyhow::ensure!(
            matches!(page.scheme_str(), Some("http" | "https")) && page.host().is_some(),
            "{} must be the whole address of a page, such as http://127.0.0.1:3000/en-gb/",
            self.url
        );
        let key = key_of(&manifest, &variables, page.path())?;
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let until = (now + self.lasts).as_secs().to_string();
        let given = page.query().unwrap_or_default().split('&');
        let token = format!("{FIELD}={until}.{}", signature(&key, &until)?);
        let kept = given.filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(FIELD));
        let query: Vec<&str> = kept.chain([token.as_str()]).collect();
        let (root, _) = url.split_once('?').unwrap_or((url, ""));
        let slash = if root.splitn(4, '/').count() < 4 { "/" } else { "" };
        let hash = if fragment.is_empty() { "" } else { "#" };
        Ok(format!("{root}{slash}?{}{hash}{fragment}", query.join("&")))
    }
}

/// How long a link works, from a number and `s`, `m`, `h` or `d`.
///
/// # Errors
/// When it is not so written, nothing, or more than 30 days.
pub fn lasting(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is not how long the link works: 30m, 1h, 2d, and at most 30d");
    let unit = text.chars().last().ok_or_else(wrong)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 24 * 3600,
        _ => return Err(wrong()),
    };
    let number: u64 = text.strip_suffix(unit).unwrap_or_default().parse().map_err(|_| wrong())?;
    let lasts = Duration::from_secs(number.checked_mul(seconds).ok_or_else(wrong)?);
    if lasts.is_zero() || lasts > LONGEST { Err(wrong()) } else { Ok(lasts) }
}

/// The key of the head that answers a path.
fn key_of(manifest: &Manifest, variables: &Variables, path: &str) -> anyhow::Result<String> {
    let routes = manifest
        .triggers
        .iter()
        .filter_map(|trigger| Some((Pattern::parse(trigger.route.as_deref()?).ok()?, &trigger.target)));
    let router = Router::new(routes.collect());
    let Some((pattern, Target::Component(name), _)) = router.find(path) else {
        anyhow::bail!(
            "no component of {} answers {path}; its routes stand in [[trigger.http]]",
            manifest.name
        );
    };
    let template = manifest.components.get(name).and_then(|component| component.variables.get("session_key"));
    let (template, _) = template.with_context(|| {
        format!(
            "the component {name}, which answers {}, has no variable session_key to sign with; give it one under \
             [component.{name}.variables]",
            pattern.written()
        )
    })?;
    let key = variables.expand(template).map_err(|why| anyhow::anyhow!("session_key of {name}: {why}"))?;
    anyhow::ensure!(
        !key.is_empty(),
        "the session_key of {name} is empty, so its previews are off; set SPIN_VARIABLE_SESSION_KEY, here and where \
         the application runs"
    );
    Ok(key)
}

/// HMAC-SHA256 over the purpose and the time, in hexadecimal, as a head makes it to compare.
fn signature(key: &str, until: &str) -> anyhow::Result<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes())?;
    mac.update(b"headwater-preview ");
    mac.update(until.as_bytes());
    Ok(mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect())
}
