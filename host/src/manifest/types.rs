//! What a manifest says, after it has been read.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

/// A `spin.toml` (manifest version 2, the subset in the crate's documentation).
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// The folder of the manifest; every path in it is relative to this.
    pub folder: PathBuf,
    /// `[application] name`.
    pub name: String,
    /// `[application] version`, empty when absent.
    pub version: String,
    /// `[variables]` by name.
    pub variables: BTreeMap<String, Declared>,
    /// `[[trigger.http]]` in the order written.
    pub triggers: Vec<Trigger>,
    /// `[component.NAME]` by name.
    pub components: BTreeMap<String, Component>,
}

/// One application variable as declared.
#[derive(Clone, Default)]
pub struct Declared {
    /// Used when nothing else gives a value.
    pub default: Option<String>,
    /// Never shown.
    pub secret: bool,
    /// Where it stands.
    pub line: usize,
}

impl std::fmt::Debug for Declared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let default = match (&self.default, self.secret) {
            (Some(_), true) => Some("(secret)"),
            (Some(default), false) => Some(default.as_str()),
            (None, _) => None,
        };
        f.debug_struct("Declared").field("default", &default).field("secret", &self.secret).finish()
    }
}

/// One `[[trigger.http]]`.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// The public path pattern; `None` for `{ private = true }`.
    pub route: Option<String>,
    /// Who answers.
    pub target: Target,
    /// Where it stands.
    pub line: usize,
}

/// Who answers a route.
#[derive(Clone, Debug)]
pub enum Target {
    /// The component of this name.
    Component(String),
    /// A fixed answer from the manifest.
    Static(StaticResponse),
}

/// `static_response` of a trigger.
#[derive(Clone, Debug, Default)]
pub struct StaticResponse {
    /// `status_code`, 200 when absent.
    pub status: u16,
    /// `headers`.
    pub headers: Vec<(String, String)>,
    /// `body`.
    pub body: String,
}

/// One `[component.NAME]`.
#[derive(Clone, Debug, Default)]
pub struct Component {
    /// Path of the `.wasm`, relative to the manifest.
    pub source: PathBuf,
    /// What the guest may read.
    pub files: Vec<Files>,
    /// `allowed_outbound_hosts` as written (templates not filled in), each with its line.
    pub allowed_outbound_hosts: Vec<(String, usize)>,
    /// Labels of `key_value_stores`.
    pub key_value_stores: Vec<(String, usize)>,
    /// Component variables: templates over the application's variables, each with its line.
    pub variables: BTreeMap<String, (String, usize)>,
    /// WASI environment.
    pub environment: BTreeMap<String, String>,
    /// `[component.NAME.build]`.
    pub build: Option<Build>,
    /// `[component.NAME.tool.headwater]`.
    pub limits: Limits,
    /// Where it stands.
    pub line: usize,
}

/// One member of `files`.
#[derive(Clone, Debug)]
pub struct Files {
    /// A glob, or a path when `destination` is given; relative to the manifest.
    pub source: String,
    /// Absolute path in the guest.
    pub destination: Option<String>,
    /// Where it stands.
    pub line: usize,
}

/// How a component is built.
#[derive(Clone, Debug)]
pub struct Build {
    /// Run by the shell.
    pub command: String,
    /// Relative to the manifest; its folder when absent.
    pub workdir: Option<String>,
}

/// The host's own settings of a component, under `[component.NAME.tool.headwater]`.
#[derive(Clone, Debug)]
pub struct Limits {
    /// `instance = "fresh"`: a new instance for every request; otherwise up to 128 requests use one in turn.
    pub fresh: bool,
    /// `memory_mib`: linear memory of one instance, in bytes. 128 MiB unless set, as on Akamai Functions.
    pub memory: usize,
    /// `timeout_ms`: one request from its arrival to the last byte of its answer. 30 s unless set.
    pub timeout: Duration,
    /// `max_concurrent`: requests in progress; as many again may wait. 128 unless set.
    pub max_concurrent: usize,
    /// `allow_private_hosts`: a host *name* may resolve to a loopback, private or link-local address.
    pub allow_private_hosts: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            fresh: false,
            memory: 128 << 20,
            timeout: Duration::from_secs(30),
            max_concurrent: 128,
            allow_private_hosts: false,
        }
    }
}
