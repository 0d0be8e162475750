//! `headwater check`: everything that is wrong, at once.

use crate::load;
use crate::manifest::{Manifest, Problems};
use crate::moment::Moment;
use crate::rules::{Codes, Desk, Kind, RuleFile, Source};
use crate::variables::Sources;
use jiff::Timestamp;
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

/// Compiles the file of a kind beside the manifest, if there is one, and runs its checks: what is found, a line for each,
/// and whether it can be published.
///
/// # Errors
/// When a file cannot be read.
pub fn published(manifest: Option<&Path>, kind: Kind) -> anyhow::Result<(Vec<String>, bool)> {
    let (manifest, _) = Manifest::load(&Manifest::find(manifest)?)?;
    let (mut lines, mut is_sound) = (Vec::new(), true);
    for source in Source::beside(&manifest.folder, Some(kind)) {
        let draft = source.draft(Timestamp::now())?;
        lines.extend(draft.findings);
        match draft.ready {
            Some(ready) => lines.push(format!("{}: {}", source.shown(), ready.words)),
            None => is_sound = false,
        }
    }
    Ok((lines, is_sound))
}

/// Asks the shop, through the application served for a moment, whether it knows the codes of the offers in the rule file
/// beside the manifest: what is found, a line for each, and whether no code is unknown. Nothing is asked where there are
/// no codes, or the file has errors.
///
/// # Errors
/// When a file cannot be read or the application cannot be served for a moment; a shop that cannot be asked is told in
/// a line.
pub fn codes(
    manifest: Option<&Path>,
    variables: &[String],
    state_dir: &Path,
) -> anyhow::Result<(Vec<String>, bool)> {
    let path = Manifest::find(manifest)?;
    let (manifest, _) = Manifest::load(&path)?;
    let Some(file) = RuleFile::find(None, &manifest.folder) else { return Ok((Vec::new(), true)) };
    let compiled = file.compile(Timestamp::now())?;
    if compiled.codes.is_empty() {
        return Ok((Vec::new(), true));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let moment = Moment::start(&path, &manifest, variables, state_dir).await?;
        let asked = async {
            let desk = Desk::of(Some(&path), variables, &format!("http://{}", moment.addr()))?;
            Codes::ask(&desk, &file.shown(), &compiled.codes).await
        };
        let told = match asked.await {
            Ok(codes) => (codes.lines, codes.unknown == 0),
            Err(why) => (vec![format!("{}: note: no code is asked for: {why:#}", file.shown())], true),
        };
        moment.stop().await;
        Ok(told)
    })
}
