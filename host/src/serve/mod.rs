//! Serving an application on a socket.

mod connection;
mod wire;

use crate::application::Application;
use crate::keyvalue::Stores;
use crate::load;
use crate::log::Log;
use crate::manifest::{Manifest, Target};
use crate::variables::Sources;
use anyhow::Context as _;
use connection::Front;
use hyper_util::server::graceful::GracefulShutdown;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// What to serve and how; the defaults are those of `headwater up`.
#[derive(Clone, Debug)]
pub struct Options {
    /// The manifest, or its folder; `None`: `spin.toml` in the present folder or the nearest above.
    pub manifest: Option<PathBuf>,
    /// Where to listen; port 0 takes any free port.
    pub listen: SocketAddr,
    /// Values for variables, each `name=value`.
    pub variables: Vec<String>,
    /// Where state is kept: key-value store, compiled code, copied files. Relative to the manifest's folder.
    pub state_dir: PathBuf,
    /// Where log lines go.
    pub log: Log,
    /// Whether every request gets a line.
    pub access_log: bool,
    /// How long requests in progress may go on after a stop.
    pub drain: Duration,
    /// What the components' wall clock always says, so that recorded answers can be compared; `None`: the time.
    pub clock: Option<SystemTime>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            manifest: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            variables: Vec::new(),
            state_dir: PathBuf::from(".headwater"),
            log: Log::Stderr,
            access_log: true,
            drain: Duration::from_secs(30),
            clock: None,
        }
    }
}

/// An application that is being served; dropped, it stops accepting and closes the store, without waiting for anybody.
pub struct Running {
    address: SocketAddr,
    routes: Vec<(String, String)>,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
    stores: Arc<Stores>,
}

/// Loads and serves an application.
///
/// # Errors
/// When anything is wrong with the manifest, its variables, files or components (all of it is named), when the
/// state folder cannot be used, or when the address is taken.
pub async fn serve(options: Options) -> anyhow::Result<Running> {
    let path = Manifest::find(options.manifest.as_deref())?;
    let (manifest, problems) = Manifest::load(&path)?;
    // First, because a taken port is quicker to find than anything below.
    let listener = TcpListener::bind(options.listen).await.with_context(|| {
        format!("cannot listen on {}; is another server there? Choose another with --listen", options.listen)
    })?;
    let address = listener.local_addr()?;
    let log = options.log.clone();
    let state = make_state(&manifest, &options.state_dir)?;
    let loading = {
        let options = options.clone();
        let manifest = manifest.clone();
        tokio::task::spawn_blocking(move || application(&manifest, problems, &options, &state))
    };
    let (application, stores) = loading.await??;
    let front = Arc::new(Front { application, log, access_log: options.access_log });
    let (stop, stopped) = oneshot::channel();
    let serving = tokio::spawn(accept(listener, front, stopped, options.drain));
    let routes = manifest.triggers.iter().filter_map(|trigger| {
        let by = match &trigger.target {
            Target::Component(name) => name.clone(),
            Target::Static(_) => "static".to_owned(),
        };
        Some((by, trigger.route.clone()?))
    });
    Ok(Running { address, routes: routes.collect(), stop: Some(stop), serving, stores })
}

fn make_state(manifest: &Manifest, folder: &Path) -> anyhow::Result<PathBuf> {
    use std::os::unix::fs::DirBuilderExt as _;
    let state = manifest.folder.join(folder);
    // The owner's alone: it holds visitors' carts, and code that is run.
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&state)
        .with_context(|| format!("cannot make the state folder {}", state.display()))?;
    Ok(state)
}

fn application(
    manifest: &Manifest,
    mut problems: crate::manifest::Problems,
    options: &Options,
    state: &Path,
) -> anyhow::Result<(Arc<Application>, Arc<Stores>)> {
    let sources = Sources::gather(&options.variables, &manifest.folder)?;
    let examined = load::examine(manifest, &sources, &mut problems);
    let compiled = load::compile(manifest, state, &mut problems)?;
    for problem in problems.0.iter().filter(|problem| problem.severity == crate::manifest::Severity::Warning)
    {
        options.log.line(problem.to_string());
    }
    problems.into_result()?;
    let stores = Arc::new(Stores::open(state)?);
    let application = load::assemble(manifest, examined, compiled, &stores, state, options)?;
    Ok((application, stores))
}

async fn accept(
    listener: TcpListener,
    front: Arc<Front>,
    mut stopped: oneshot::Receiver<()>,
    drain: Duration,
) {
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = &mut stopped => break,
        };
        match accepted {
            Ok((stream, client)) => {
                tokio::spawn(connection::serve(Arc::clone(&front), stream, client, graceful.watcher()));
            }
            Err(error) => {
                // Out of file descriptors, most likely: connections that end will free some.
                front.log.line(format!("cannot accept a connection: {error}"));
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(drain, graceful.shutdown()).await.is_err() {
        front.log.line(format!("requests still in progress after {drain:?} were cut off"));
    }
}

impl Running {
    /// The address it really listens on.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    /// Who answers each public route: the component (or `static`) and the route as written.
    #[must_use]
    pub fn routes(&self) -> &[(String, String)] {
        &self.routes
    }

    /// Stops accepting, lets requests in progress end within [`Options::drain`], and closes the store.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            // An error means that serving has ended already.
            stop.send(()).ok();
        }
        drop((&mut self.serving).await);
        let stores = Arc::clone(&self.stores);
        drop(tokio::task::spawn_blocking(move || stores.close()).await);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.serving.abort();
        self.stores.close();
    }
}
