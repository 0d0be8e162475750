//! The whole application in our own host, on a port of its own.

use crate::house::root;
use anyhow::{Context, Result, ensure};
use host::{Log, Options, Running};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// A running application; it ends with the value.
pub struct Bench {
    running: Running,
    log: Arc<Mutex<Vec<String>>>,
    clock: Option<SystemTime>,
    state: tempfile::TempDir,
}

/// What to run; the default is the product as shipped, with an empty state, on a Saturday at noon.
pub struct Setting {
    /// The text of another manifest than the product's; its paths are those of the repository.
    pub manifest: Option<String>,
    /// Values for variables, `name=value`.
    pub variables: Vec<String>,
    /// Whether every request has an instance of its own, so that none finds what another has left there.
    pub fresh: bool,
    /// What the clock says; `None` for the real time.
    pub clock: Option<SystemTime>,
}

impl Default for Setting {
    fn default() -> Self {
        Self { manifest: None, variables: Vec::new(), fresh: false, clock: Some(noon()) }
    }
}

/// 2026-11-21T12:00:00Z, when golden answers were recorded.
pub fn noon() -> SystemTime {
    SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_795_262_400)
}

/// Builds every component of spin.toml as `headwater build` does, once a test program.
pub fn build() {
    build_those(|_| true);
}

/// Builds those components of spin.toml, each once a test program.
fn build_those(are_wanted: impl Fn(&str) -> bool) {
    static BUILT: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    // Who waits for another's build that failed fails by its own.
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    let path = root().join("spin.toml");
    let (manifest, problems) = host::manifest::Manifest::load(&path).expect("spin.toml can be read");
    problems.into_result().expect("spin.toml is in order");
    let names = manifest.components.keys().filter(|name| are_wanted(name) && !built.contains(*name));
    let names: Vec<String> = names.cloned().collect();
    if !names.is_empty() {
        host::build::build(&manifest, &names).expect("the components build");
        built.extend(names);
    }
}

/// The product's manifest; `fresh` gives every request an instance of its own.
fn product(fresh: bool) -> Result<String> {
    let mut manifest: toml::Table = std::fs::read_to_string(root().join("spin.toml"))?.parse()?;
    let components = manifest["component"].as_table_mut().context("components")?;
    for (_, component) in components.iter_mut().filter(|_| fresh) {
        let component = component.as_table_mut().context("a component")?;
        component.insert("tool".to_owned(), toml::toml! { headwater = { instance = "fresh" } }.into());
    }
    Ok(toml::to_string(&manifest)?)
}

/// The product's manifest with these components alone, which start sooner than all of it.
///
/// # Errors
/// The manifest cannot be read, or has no such component.
pub fn part(components: &[&str]) -> Result<String> {
    let mut manifest: toml::Table = std::fs::read_to_string(root().join("spin.toml"))?.parse()?;
    let all = manifest["component"].as_table_mut().context("components")?;
    for name in components {
        ensure!(all.contains_key(*name), "the product has no component {name}");
    }
    all.retain(|name, _| components.contains(&name.as_str()));
    let routes = manifest["trigger"]["http"].as_array_mut().context("routes")?;
    routes.retain(|route| route["component"].as_str().is_some_and(|name| components.contains(&name)));
    Ok(toml::to_string(&manifest)?)
}

/// Settings for variables that this product has; others are left out.
pub fn known(variables: &[&str]) -> Vec<String> {
    let manifest = std::fs::read_to_string(root().join("spin.toml")).unwrap_or_default();
    let manifest: toml::Table = manifest.parse().unwrap_or_default();
    let declared = |setting: &&&str| {
        let name = setting.split('=').next().unwrap_or_default();
        manifest.get("variables").is_some_and(|variables| variables.get(name).is_some())
    };
    variables.iter().filter(declared).map(|setting| (*setting).to_owned()).collect()
}

/// Puts a rule file in force, with the demo shop's table of what goes with what.
///
/// # Errors
/// What is wrong with the file, or the application's refusal.
pub async fn publish(bench: &Bench, rules: &std::path::Path) -> Result<()> {
    let order = host::rules::Publish {
        manifest: Some(root().join("spin.toml")),
        variables: vec![format!("session_key={}", crate::shop::SESSION_KEY)],
        url: bench.address(""),
        file: Some(rules.to_owned()),
        only: None,
        goes_with: Some(root().join("fixtures/goes-with.hw")),
        rollback: false,
        offline: true,
    };
    done(order).await
}

/// Puts the demo shop's placements in force, as `headwater up` does.
///
/// # Errors
/// What is wrong with the file, or the application's refusal.
pub async fn place(bench: &Bench) -> Result<()> {
    let order = host::rules::Publish {
        manifest: Some(root().join("spin.toml")),
        variables: vec![format!("session_key={}", crate::shop::SESSION_KEY)],
        url: bench.address(""),
        file: None,
        only: Some(host::rules::Kind::Rewrite),
        goes_with: None,
        rollback: false,
        offline: true,
    };
    done(order).await
}

async fn done(order: host::rules::Publish) -> Result<()> {
    let (lines, is_done) = order.run(jiff::Timestamp::now()).await?;
    ensure!(is_done, "{}", lines.join("\n"));
    Ok(())
}

impl Bench {
    /// Builds what is needed and starts the product as shipped.
    ///
    /// # Errors
    /// Whatever keeps it from starting.
    pub async fn start() -> Result<Self> {
        Self::with(Setting::default()).await
    }

    /// Builds what is needed and starts an application.
    ///
    /// # Errors
    /// Whatever keeps it from starting.
    pub async fn with(setting: Setting) -> Result<Self> {
        // Another manifest may name fewer components than the product has.
        let other: Option<toml::Table> = setting.manifest.as_deref().map(str::parse).transpose()?;
        let is_wanted =
            move |name: &str| other.as_ref().is_none_or(|table| table["component"].get(name).is_some());
        tokio::task::spawn_blocking(|| build_those(is_wanted)).await?;
        let state = tempfile::tempdir()?;
        let variables = without_copies(setting.variables, setting.manifest.as_deref())?;
        let own = setting.fresh.then(|| product(true)).transpose()?;
        let manifest = match setting.manifest.or(own) {
            None => root(),
            Some(text) => {
                let folder = state.path().join("app");
                std::fs::create_dir(&folder)?;
                for shared in ["target", "fixtures"] {
                    std::os::unix::fs::symlink(root().join(shared), folder.join(shared))?;
                }
                std::fs::write(folder.join("spin.toml"), text)?;
                folder
            }
        };
        // Compiled code is the same for every run; only the state is to be new.
        let code = root().join("target/headwater-code");
        std::fs::create_dir_all(&code)?;
        std::os::unix::fs::symlink(code, state.path().join("code"))?;
        let log = Arc::new(Mutex::new(Vec::new()));
        let options = Options {
            manifest: Some(manifest),
            listen: ([127, 0, 0, 1], 0).into(),
            variables,
            state_dir: state.path().to_owned(),
            clock: setting.clock,
            log: Log::Lines(log.clone()),
            ..Options::default()
        };
        let running = host::serve(options).await.context("the application starts")?;
        Ok(Self { running, log, clock: setting.clock, state })
    }

    /// `127.0.0.1:PORT`.
    pub fn host(&self) -> String {
        self.running.addr().to_string()
    }

    /// The whole address of a path.
    pub fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.addr())
    }

    /// A client with cookies of its own that follows no redirects.
    ///
    /// # Errors
    /// Never on a working machine.
    pub fn browser(&self) -> Result<reqwest::Client> {
        let builder =
            reqwest::Client::builder().cookie_store(true).redirect(reqwest::redirect::Policy::none());
        Ok(builder.no_proxy().build()?)
    }

    /// What the clock says.
    pub fn now(&self) -> SystemTime {
        self.clock.unwrap_or_else(SystemTime::now)
    }

    /// The log lines so far.
    pub fn log(&self) -> Vec<String> {
        self.log.lock().map(|lines| lines.clone()).unwrap_or_default()
    }

    /// Stops gracefully.
    pub async fn stop(self) {
        drop(self.kept().await);
    }

    /// Stops gracefully; gives the folder with what was kept.
    pub async fn kept(self) -> tempfile::TempDir {
        self.running.stop().await;
        self.state
    }
}

/// Every question is asked, so that answers do not depend on what was asked before; a test of copies says `cache=on`.
fn without_copies(mut variables: Vec<String>, manifest: Option<&str>) -> Result<Vec<String>> {
    let manifest: toml::Table = manifest.unwrap_or_default().parse()?;
    let is_other =
        !manifest.is_empty() && manifest.get("variables").is_none_or(|all| all.get("cache").is_none());
    if !is_other && !variables.iter().any(|variable| variable.starts_with("cache=")) {
        variables.push("cache=off".to_owned());
    }
    // Whether a page is begun early hangs on how busy the machine is; who tests that says so.
    let waits = |variable: &String| variable.starts_with("begin_after_ms=");
    if !is_other && !variables.iter().any(waits) {
        variables.push("begin_after_ms=20000".to_owned());
    }
    Ok(variables)
}
