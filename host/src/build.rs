//! `headwater build`: runs the components' own build commands.

use crate::manifest::{Build, Manifest};
use anyhow::{Context as _, bail, ensure};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

const TARGET: &str = "wasm32-wasip2";

/// Builds the components named, or all of them.
///
/// The commands run in the shell, in their `workdir` below the manifest's folder, with this process's standard error,
/// so that cargo's progress shows. A command that several components share runs once.
///
/// # Errors
/// When a name is unknown, the WASM target cannot be had, a command fails (its component and text are named), or a
/// component's file is still missing afterwards.
pub fn build(manifest: &Manifest, names: &[String]) -> anyhow::Result<()> {
    for name in names {
        if !manifest.components.contains_key(name) {
            let known: Vec<&str> = manifest.components.keys().map(String::as_str).collect();
            bail!("there is no component `{name}`; there are: {}", known.join(", "));
        }
    }
    let chosen = || manifest.components.iter().filter(|(name, _)| names.is_empty() || names.contains(name));
    if chosen()
        .any(|(_, component)| component.build.as_ref().is_some_and(|build| build.command.contains(TARGET)))
    {
        add_target(&manifest.folder)?;
    }
    let mut done = BTreeSet::new();
    for (name, component) in chosen() {
        if let Some(build) = &component.build
            && done.insert((build.command.clone(), build.workdir.clone()))
        {
            run(&manifest.folder, name, build)?;
        }
    }
    for (name, component) in chosen() {
        let source = manifest.folder.join(&component.source);
        ensure!(
            source.is_file(),
            "component `{name}`: there is no {} {}",
            source.display(),
            match &component.build {
                Some(build) =>
                    format!("after `{}`; does `source` in spin.toml name what it makes?", build.command),
                None => "and no build command; put the file there or add [component.NAME.build]".to_owned(),
            }
        );
    }
    Ok(())
}

fn run(folder: &Path, name: &str, build: &Build) -> anyhow::Result<()> {
    let workdir = build.workdir.as_deref().map_or_else(|| folder.to_owned(), |workdir| folder.join(workdir));
    let status = Command::new("sh")
        .args(["-c", &build.command])
        .current_dir(&workdir)
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("cannot run the build command of `{name}` in {}", workdir.display()))?;
    ensure!(
        status.success(),
        "building component `{name}` failed ({status}); the command was: {}",
        build.command
    );
    Ok(())
}

/// Makes sure that Rust can compile to WASM, adding the target when rustup is there.
fn add_target(folder: &Path) -> anyhow::Result<()> {
    let cure = format!("Rust cannot compile to WASM yet; run: rustup target add {TARGET}");
    let rustup = |arguments: &[&str]| {
        Command::new("rustup").args(arguments).current_dir(folder).stderr(Stdio::inherit()).output()
    };
    let Ok(installed) = rustup(&["target", "list", "--installed"]) else {
        // Without rustup the toolchain is the distribution's; ask it where the target's library would be.
        let output = Command::new("rustc")
            .args(["--print", "target-libdir", "--target", TARGET])
            .current_dir(folder)
            .output();
        let there =
            output.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir());
        ensure!(there, "{cure} (or install your distribution's std library for {TARGET})");
        return Ok(());
    };
    if installed.status.success()
        && String::from_utf8_lossy(&installed.stdout).lines().any(|line| line == TARGET)
    {
        return Ok(());
    }
    let added = rustup(&["target", "add", TARGET]).with_context(|| cure.clone())?;
    ensure!(added.status.success(), "{cure}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(folder: &Path, components: &str) -> Manifest {
        let text = format!(
            "spin_manifest_version = 2\n[application]\nname = \"t\"\n[[trigger.http]]\nroute = \"/...\"\ncomponent = \"a\"\n{components}"
        );
        let (mut manifest, problems) = Manifest::parse(&text);
        assert!(!problems.has_errors(), "{problems:?}");
        manifest.folder = folder.to_owned();
        manifest
    }

    #[test]
    fn a_shared_command_runs_once_and_failures_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let shared = "echo x >> runs; touch a.wasm b.wasm";
        let text = format!(
            "[component.a]\nsource = \"a.wasm\"\n[component.a.build]\ncommand = \"{shared}\"\n\
             [component.b]\nsource = \"b.wasm\"\n[component.b.build]\ncommand = \"{shared}\"\n\
             [component.c]\nsource = \"c.wasm\"\n[component.c.build]\ncommand = \"exit 3\"\n\
             [component.d]\nsource = \"d.wasm\"\n[component.d.build]\ncommand = \"true\"\n\
             [component.e]\nsource = \"e.wasm\"\n"
        );
        let manifest = manifest(folder.path(), &text);
        let build = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            super::build(&manifest, &names).map_err(|error| error.to_string())
        };
        assert_eq!(build(&["a", "b"]), Ok(()));
        assert_eq!(std::fs::read_to_string(folder.path().join("runs")).unwrap(), "x\n");
        let failed = build(&["c"]).unwrap_err();
        assert!(failed.contains("`c`") && failed.contains("exit 3"), "{failed}");
        assert!(build(&["d"]).unwrap_err().contains("d.wasm"));
        assert!(build(&["e"]).unwrap_err().contains("no build command"));
        assert!(build(&["nope"]).unwrap_err().contains("a, b, c, d, e"));
    }
}
