//! The walls of the house: who may import whom, as pure rules, so that a test can break them on paper.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").to_owned()
}

/// A package of the workspace: its folder and what it depends on.
#[derive(Debug, Clone)]
pub struct Package {
    /// Folder from the root, such as `components/web`.
    pub folder: String,
    /// The package's name.
    pub name: String,
    /// Names of all dependencies except those for its own tests.
    pub imports: BTreeSet<String>,
}

/// Reads the packages of the workspace by `cargo metadata`.
pub fn packages() -> Vec<Package> {
    let output = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(root())
        .output()
        .expect("cargo metadata runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata gives JSON");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let package = |value: &Value| Package {
        folder: Path::new(&text(&value["manifest_path"]))
            .parent()
            .and_then(|folder| folder.strip_prefix(root()).ok())
            .expect("a folder of the workspace")
            .to_string_lossy()
            .into_owned(),
        name: text(&value["name"]),
        imports: value["dependencies"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|dependency| dependency["kind"] != "dev")
            .map(|dependency| text(&dependency["name"]))
            .collect(),
    };
    metadata["packages"].as_array().expect("a list").iter().map(package).collect()
}

/// Our own packages that a folder may import; `None` for one that has no place in the house.
fn may_import(folder: &str) -> Option<&'static [&'static str]> {
    Some(match folder {
        "commerce" | "fixtures" => &[],
        // `headwater check`, `publish` and `explain` say where a published file is wrong and why a rule held; that is what
        // the crate that decides knows. It serves nothing of it: the running heads are sent the compiled form.
        "host" => &["personalise"],
        "personalise" => &["commerce"],
        "kit" => &["commerce", "personalise"],
        _ if folder.starts_with("components/") => &["commerce", "personalise", "kit"],
        _ => return None,
    })
}

/// Crates with a place of their own, and the folders where they may be.
const PLACES: &[(&[&str], &[&str])] = &[
    (
        &["wasmtime", "wasmtime-wasi", "wasmtime-wasi-http", "tokio", "hyper", "hyper-util", "anyhow"],
        &["host"],
    ),
    // Heads print and rewrite by the kit alone; `headwater check` reads what an operator wrote for both.
    (&["minijinja", "lol_html"], &["kit", "host"]),
    (&["spin-sdk"], &["kit", "components/"]),
];

/// Every wall that the packages break, in words.
pub fn broken_walls(packages: &[Package]) -> Vec<String> {
    let own: BTreeSet<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    let mut broken = Vec::new();
    for package in packages.iter().filter(|package| !package.folder.starts_with("tests")) {
        let folder = package.folder.as_str();
        let Some(allowed) = may_import(folder) else {
            broken.push(format!("{folder} has no place in the house"));
            continue;
        };
        for import in &package.imports {
            if own.contains(import.as_str()) && !allowed.contains(&import.as_str()) {
                broken.push(format!("{folder} imports {import}"));
            }
            for (crates, places) in PLACES {
                let at_home = places
                    .iter()
                    .any(|place| folder == *place || place.ends_with('/') && folder.starts_with(place));
                if crates.contains(&import.as_str()) && !at_home {
                    broken.push(format!(
                        "{folder} imports {import}, which belongs in {}",
                        places.join(" and ")
                    ));
                }
            }
        }
    }
    broken
}

/// The adapters that a package's default features build in, beside the plain one.
pub fn adapters(package: &str) -> BTreeSet<String> {
    let output = std::process::Command::new(env!("CARGO"))
        .args(["tree", "--package", package, "--edges", "normal", "--prefix", "none", "--format", "{p} {f}"])
        .current_dir(root())
        .output()
        .expect("cargo tree runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).expect("cargo tree gives text");
    let line = tree.lines().find(|line| line.starts_with("commerce v"));
    let features = line.and_then(|line| line.rsplit_once(") ")).map_or("", |(_, features)| features);
    let known = every_adapter();
    features.split(',').filter(|feature| known.contains(*feature)).map(str::to_owned).collect()
}

/// The features of `commerce` that are adapters.
pub fn every_adapter() -> BTreeSet<String> {
    let manifest = std::fs::read_to_string(root().join("commerce/Cargo.toml")).expect("a manifest");
    let manifest: toml::Table = manifest.parse().expect("a manifest is TOML");
    let all = manifest["features"]["every-adapter"].as_array().expect("a list");
    all.iter().map(|feature| feature.as_str().expect("a text").to_owned()).collect()
}

/// The files of the repository that git knows or would take, below `folder`, with an ending.
pub fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let output = std::process::Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "--", folder])
        .current_dir(root())
        .output()
        .expect("git runs");
    let names = String::from_utf8(output.stdout).expect("names are UTF-8");
    let files = names.lines().filter(|name| name.ends_with(ending)).map(|name| root().join(name));
    files.filter(|path| path.exists()).collect()
}
