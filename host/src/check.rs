//! `headwater check`: everything that is wrong, at once.

use crate::load;
use crate::manifest::{Manifest, Problems};
use crate::variables::Sources;
use std::path::Path;

/// Looks at the manifest, its variables, files and components, without serving or building anything.
///
/// Components' code goes to the cache in `state_dir`, so that the next start is quick.
///
/// # Errors
/// When the manifest cannot be read at all; what is wrong inside comes back as [`Problems`].
pub fn check(
    manifest: Option<&Path>,
    variables: &[String],
    state_dir: &Path,
) -> anyhow::Result<(Manifest, Problems)> {
    let path = Manifest::find(manifest)?;
    let (manifest, mut problems) = Manifest::load(&path)?;
    let sources = Sources::gather(variables, &manifest.folder)?;
    // Nothing to follow up in a manifest that could not be read: the rest would be noise.
    if manifest.name.is_empty() && manifest.components.is_empty() {
        return Ok((manifest, problems));
    }
    load::examine(&manifest, &sources, &mut problems);
    load::compile(&manifest, &manifest.folder.join(state_dir), &mut problems)?;
    Ok((manifest, problems))
}

/// Asks the shop's backends how they are, through the components: what they found, a line for each, and what
/// is wrong as [`Problems`].
///
/// # Errors
/// When the application cannot be served for a moment.
pub fn backends(
    manifest: Option<&Path>,
    variables: &[String],
    state_dir: &Path,
) -> anyhow::Result<(Vec<String>, Problems)> {
    let path = Manifest::find(manifest)?;
    let (manifest, mut problems) = Manifest::load(&path)?;
    let lines = crate::backends::ask(&path, &manifest, variables, state_dir, &mut problems)?;
    Ok((lines, problems))
}
