//! From a manifest to an application that can answer; also everything `headwater check` looks at.

use crate::application::{Application, Responder};
use crate::files::{self, Plan};
use crate::keyvalue::Stores;
use crate::manifest::{Component, Manifest, Problems, Target};
use crate::outbound::{Clients, Entry, Gate};
use crate::routes::{Pattern, Router};
use crate::runtime::Served;
use crate::runtime::code;
use crate::runtime::engine::{Pool, engine, tick};
use crate::runtime::guest::{Guest, Profile, linker};
use crate::runtime::worker::Instances;
use crate::serve::Options;
use crate::variables::{Sources, Variables, check_template};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use wasmtime::Engine;
use wasmtime::component::Linker;
use wasmtime_wasi_http::handler::ProxyPre;

/// An application whose manifest, variables and files have been looked at.
pub(crate) struct Examined {
    components: BTreeMap<String, Checked>,
}

struct Checked {
    allowed: Vec<Entry>,
    variables: BTreeMap<String, String>,
    files: Plan,
}

/// Looks at everything but the compiled components, and says all that is wrong.
pub(crate) fn examine(manifest: &Manifest, sources: &Sources, problems: &mut Problems) -> Examined {
    let variables = Variables::resolve(manifest, sources, problems);
    let declared: BTreeSet<&str> = manifest.variables.keys().map(String::as_str).collect();
    let mut components = BTreeMap::new();
    for (name, component) in &manifest.components {
        let mut filled = BTreeMap::new();
        for (key, (template, line)) in &component.variables {
            if let Err(why) = check_template(template, &declared) {
                problems.error(*line, format!("variable `{key}` of `{name}`: {why}"));
            } else if let Ok(value) = variables.expand(template) {
                filled.insert(key.clone(), value);
            }
        }
        let allowed = allowed(component, &declared, &variables, problems);
        let files = files::plan(manifest, name, component, problems);
        let source = manifest.folder.join(&component.source);
        if !component.source.as_os_str().is_empty() && !source.is_file() {
            let cure = match &component.build {
                Some(_) => format!("build it with `headwater build {name}`"),
                None => "it has no build command; put the file there".to_owned(),
            };
            problems.error(component.line, format!("`{name}` has no {}; {cure}", component.source.display()));
        }
        components.insert(name.clone(), Checked { allowed, variables: filled, files });
    }
    Examined { components }
}

fn allowed(
    component: &Component,
    declared: &BTreeSet<&str>,
    variables: &Variables,
    problems: &mut Problems,
) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (template, line) in &component.allowed_outbound_hosts {
        if let Err(why) = check_template(template, declared) {
            problems.error(*line, format!("allowed_outbound_hosts \"{template}\": {why}"));
            continue;
        }
        let Ok(entry) = variables.expand(template) else { continue };
        match Entry::parse(&entry) {
            Ok(entry) => entries.push(entry),
            // The template is shown, not what it became: that may be a secret.
            Err(why) => problems.error(*line, format!("allowed_outbound_hosts \"{template}\" {why}")),
        }
    }
    entries
}

/// The compiled side of an application.
pub(crate) struct Compiled {
    engine: Engine,
    components: BTreeMap<String, Arc<ProxyPre<Guest>>>,
}

/// Compiles every component whose file is there (or takes its code from the cache), all at once.
///
/// # Errors
/// When wasmtime cannot be set up on this machine.
pub(crate) fn compile(
    manifest: &Manifest,
    state: &Path,
    problems: &mut Problems,
) -> anyhow::Result<Compiled> {
    let limits = || manifest.components.values().map(|component| &component.limits);
    let wanted: usize = limits().map(|limits| limits.max_concurrent + limits.max_concurrent / 4 + 8).sum();
    let pool = Pool {
        instances: u32::try_from(wanted.clamp(16, 1000)).unwrap_or(1000),
        memory: limits().map(|limits| limits.memory).max().unwrap_or(1 << 20),
    };
    let engine = engine(pool)?;
    let linker = linker(&engine)?;
    let folder = state.join("code");
    let results: Vec<(&String, &Component, anyhow::Result<ProxyPre<Guest>>)> = std::thread::scope(|scope| {
        let threads: Vec<_> = manifest
            .components
            .iter()
            .map(|(name, component)| (name, component, manifest.folder.join(&component.source)))
            .filter(|(_, _, path)| path.is_file())
            .map(|(name, component, path)| {
                let (engine, linker, folder) = (&engine, &linker, &folder);
                (name, component, scope.spawn(move || prepare(engine, linker, &path, folder)))
            })
            .collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, anyhow::Result<ProxyPre<Guest>>>| {
            thread.join().unwrap_or_else(|_| Err(anyhow::anyhow!("the compiler failed; please report this")))
        };
        threads.into_iter().map(|(name, component, thread)| (name, component, join(thread))).collect()
    });
    let mut components = BTreeMap::new();
    for (name, component, result) in results {
        match result {
            Ok(pre) => drop(components.insert(name.clone(), Arc::new(pre))),
            Err(error) => problems.error(component.line, format!("component `{name}`: {error:#}")),
        }
    }
    Ok(Compiled { engine, components })
}

fn prepare(
    engine: &Engine,
    linker: &Linker<Guest>,
    path: &Path,
    folder: &Path,
) -> anyhow::Result<ProxyPre<Guest>> {
    let component = code::load(engine, path, folder)?;
    let pre = linker
        .instantiate_pre(&component)
        .map_err(|error| anyhow::anyhow!("it needs something that this host does not have: {error:#}"))?;
    if let Ok(pre) = wasmtime_wasi_http::p3::bindings::ServicePre::new(pre.clone()) {
        return Ok(ProxyPre::P3(pre));
    }
    let pre = wasmtime_wasi_http::p2::bindings::ProxyPre::new(pre).map_err(|_| {
        anyhow::anyhow!("it does not answer HTTP requests: it exports neither wasi:http/handler@0.3 nor wasi:http/incoming-handler@0.2")
    })?;
    Ok(ProxyPre::P2(pre))
}

/// Puts the parts together.
///
/// # Errors
/// When files cannot be copied or the system gives no thread.
pub(crate) fn assemble(
    manifest: &Manifest,
    examined: Examined,
    compiled: Compiled,
    stores: &Arc<Stores>,
    state: &Path,
    options: &Options,
) -> anyhow::Result<Arc<Application>> {
    let log = &options.log;
    let clients = Clients::new()?;
    let link = Arc::new(OnceLock::new());
    let Compiled { engine, components: mut code } = compiled;
    let mut components = BTreeMap::new();
    for (name, checked) in examined.components {
        let (Some(component), Some(pre)) = (manifest.components.get(&name), code.remove(&name)) else {
            continue;
        };
        let gate = Gate {
            component: name.clone(),
            entries: checked.allowed,
            allow_private: component.limits.allow_private_hosts,
            log: log.clone(),
            clients: clients.clone(),
            application: Arc::clone(&link),
        };
        let profile = Profile {
            name: name.clone(),
            limits: component.limits.clone(),
            log: log.clone(),
            clock: options.clock,
            environment: component.environment.clone(),
            mounts: checked.files.carry_out(state, &name)?,
            variables: checked.variables,
            granted: component.key_value_stores.iter().map(|(label, _)| label.clone()).collect(),
            stores: Arc::clone(stores),
            gate: Arc::new(gate),
        };
        let instances = Instances { engine: engine.clone(), pre, profile: Arc::new(profile) };
        components.insert(name, Served::new(instances));
    }
    let mut routes = Vec::new();
    for trigger in &manifest.triggers {
        let Some(Ok(pattern)) = trigger.route.as_deref().map(Pattern::parse) else { continue };
        let responder = match &trigger.target {
            Target::Component(name) => Responder::Component(name.clone()),
            Target::Static(fixed) => Responder::Static(fixed.clone()),
        };
        routes.push((pattern, responder));
    }
    tick(&engine)?;
    let application = Arc::new(Application { router: Router::new(routes), components });
    // Set once, right here: nothing else holds the link yet.
    drop(link.set(Arc::downgrade(&application)));
    Ok(application)
}
