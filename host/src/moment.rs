//! The application, served for a moment to be asked something.

use crate::log::Log;
use crate::manifest::Manifest;
use crate::serve::{Options, Running, serve};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// An application on a free port, with a state of its own.
pub(crate) struct Moment {
    running: Running,
    _own: Own,
}

impl Moment {
    /// Serves the manifest at a path.
    ///
    /// # Errors
    /// When it cannot be served.
    pub(crate) async fn start(
        path: &Path,
        manifest: &Manifest,
        variables: &[String],
        state_dir: &Path,
    ) -> anyhow::Result<Self> {
        let own = Own::beside(&manifest.folder.join(state_dir))?;
        let options = Options {
            manifest: Some(path.to_owned()),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            variables: variables.to_vec(),
            state_dir: own.0.clone(),
            log: Log::Lines(std::sync::Arc::default()),
            access_log: false,
            ..Options::default()
        };
        Ok(Self { running: serve(options).await?, _own: own })
    }

    /// Where it answers.
    pub(crate) fn addr(&self) -> SocketAddr {
        self.running.addr()
    }

    /// Stops serving.
    pub(crate) async fn stop(self) {
        self.running.stop().await;
    }
}

/// A state folder for a moment, so that a shop that is being served keeps its own; compiled code is shared.
struct Own(PathBuf);

impl Own {
    fn beside(state: &Path) -> anyhow::Result<Self> {
        let own = state.join(format!("check-{}", std::process::id()));
        let code = state.join("code");
        std::fs::create_dir_all(&own).and_then(|()| std::fs::create_dir_all(&code))?;
        let own = Self(own);
        std::os::unix::fs::symlink(std::path::absolute(code)?, own.0.join("code"))?;
        Ok(own)
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        // What is left behind does no harm.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
