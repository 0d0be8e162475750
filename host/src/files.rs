//! `files` of a component: folders that its guest may read.
//!
//! A folder with a destination is mounted as it is. Globs, and single files with a destination, are copied to a
//! folder of the component's own under the state folder, which is mounted at `/`.

use crate::manifest::{Component, Manifest, Problems};
use std::path::{Component as Part, Path, PathBuf};

/// What to mount and what to copy.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// Folders of the host, each with its place in the guest.
    pub(crate) mounts: Vec<(PathBuf, String)>,
    /// Files of the host, each with its path below `/`.
    pub(crate) copies: Vec<(PathBuf, PathBuf)>,
}

/// Finds the files of a component and says which cannot be found.
pub(crate) fn plan(manifest: &Manifest, name: &str, component: &Component, problems: &mut Problems) -> Plan {
    let mut plan = Plan::default();
    for files in &component.files {
        if !Path::new(&files.source).components().all(|part| matches!(part, Part::Normal(_) | Part::CurDir)) {
            let text =
                format!("files \"{}\" of `{name}` must stay below the manifest's folder", files.source);
            problems.error(files.line, text);
            continue;
        }
        let source = manifest.folder.join(&files.source);
        match &files.destination {
            Some(destination) if source.is_dir() => plan.mounts.push((source, destination.clone())),
            Some(destination) if source.is_file() => {
                let place = Path::new(destination.trim_start_matches('/'));
                if place.components().all(|part| matches!(part, Part::Normal(_)))
                    && place.file_name().is_some()
                {
                    plan.copies.push((source, place.to_owned()));
                } else {
                    problems.error(
                        files.line,
                        format!("the destination {destination} must be a plain path to a file"),
                    );
                }
            }
            Some(_) => {
                problems.error(files.line, format!("files \"{}\" of `{name}` are not there", files.source))
            }
            None => glob_files(manifest, files, name, &mut plan, problems),
        }
    }
    plan
}

fn glob_files(
    manifest: &Manifest,
    files: &crate::manifest::Files,
    name: &str,
    plan: &mut Plan,
    problems: &mut Problems,
) {
    let folder = glob::Pattern::escape(&manifest.folder.to_string_lossy());
    let before = plan.copies.len();
    match glob::glob(&format!("{folder}/{}", files.source)) {
        Ok(paths) => {
            for path in paths.flatten().filter(|path| path.is_file()) {
                if let Ok(place) = path.strip_prefix(&manifest.folder) {
                    plan.copies.push((path.clone(), place.to_owned()));
                }
            }
        }
        Err(error) => {
            problems.error(files.line, format!("\"{}\" is not a glob: {}", files.source, error.msg))
        }
    }
    if plan.copies.len() == before {
        problems.warn(files.line, format!("files \"{}\" of `{name}` match nothing", files.source));
    }
}

impl Plan {
    /// Makes the copies below `state` and gives all mounts.
    ///
    /// # Errors
    /// When a file cannot be copied.
    pub(crate) fn carry_out(self, state: &Path, name: &str) -> anyhow::Result<Vec<(PathBuf, String)>> {
        use anyhow::Context as _;
        let mut mounts = self.mounts;
        if self.copies.is_empty() {
            return Ok(mounts);
        }
        let folder = state.join("files").join(name);
        // What an earlier manifest put there must not stay readable.
        if folder.exists() {
            std::fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        for (source, place) in self.copies {
            let target = folder.join(place);
            if let Some(parent) = target.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::copy(&source, &target).with_context(|| format!("cannot copy {}", source.display()))?;
        }
        mounts.push((folder, "/".to_owned()));
        Ok(mounts)
    }
}
