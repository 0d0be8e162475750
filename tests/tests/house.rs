//! The rules of the house hold, and the checks can fail.

use std::collections::BTreeSet;
use std::fs;
use tests::house::{Package, adapters, broken_walls, every_adapter, files, packages, root};

#[test]
fn no_wall_is_broken() {
    assert_eq!(broken_walls(&packages()), Vec::<String>::new());
}

#[test]
fn a_broken_wall_is_found() {
    let breaks = [
        ("commerce", "kit", "commerce imports kit"),
        ("commerce", "tokio", "commerce imports tokio, which belongs in host"),
        ("personalise", "kit", "personalise imports kit"),
        ("kit", "web", "kit imports web"),
        ("kit", "anyhow", "kit imports anyhow, which belongs in host"),
        ("components/web", "tv", "components/web imports tv"),
        ("components/web", "minijinja", "components/web imports minijinja, which belongs in kit and host"),
        ("host", "kit", "host imports kit"),
        ("host", "commerce", "host imports commerce"),
        ("host", "spin-sdk", "host imports spin-sdk, which belongs in kit and components/"),
        ("components/watch", "tests", "components/watch imports tests"),
    ];
    for (folder, import, complaint) in breaks {
        let mut house = packages();
        let package = house.iter_mut().find(|package| package.folder == folder).expect(folder);
        package.imports.insert(import.to_owned());
        assert_eq!(broken_walls(&house), [complaint], "{folder} + {import}");
    }
    let mut house = packages();
    house.push(Package { folder: "util".into(), name: "util".into(), imports: BTreeSet::new() });
    assert_eq!(broken_walls(&house), ["util has no place in the house"]);
}

#[test]
fn serving_knows_nothing_of_what_is_published() {
    for part in ["serve", "runtime", "outbound", "keyvalue", "manifest"] {
        let files = files(&format!("host/src/{part}"), ".rs");
        assert!(!files.is_empty(), "host/src/{part} has moved");
        for path in files {
            let text = fs::read_to_string(&path).unwrap();
            assert!(!text.contains("personalise"), "{} names personalise", path.display());
        }
    }
}

#[test]
fn each_component_has_its_folder_and_its_entry() {
    let manifest: toml::Table = fs::read_to_string(root().join("spin.toml")).unwrap().parse().unwrap();
    let entries: BTreeSet<String> = manifest["component"].as_table().unwrap().keys().cloned().collect();
    let triggers = manifest["trigger"]["http"].as_array().unwrap().iter();
    let routed: BTreeSet<String> = triggers.map(|t| t["component"].as_str().unwrap().to_owned()).collect();
    let folders = fs::read_dir(root().join("components")).unwrap().map(Result::unwrap);
    let folders: BTreeSet<String> = folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
    assert_eq!(entries, folders, "spin.toml and components/ name the same components");
    assert_eq!(entries, routed, "each component has a route");
}

/// Cargo links a library as a whole, which takes a sixth off a head, only when a component is all that it makes of it.
#[test]
fn each_component_is_linked_as_a_whole() {
    let manifest: toml::Table = fs::read_to_string(root().join("spin.toml")).unwrap().parse().unwrap();
    for (name, entry) in manifest["component"].as_table().unwrap() {
        let command = "cargo rustc --target wasm32-wasip2 --profile head --crate-type cdylib --package";
        let command = format!("{command} {name}");
        assert_eq!(entry["build"]["command"].as_str(), Some(command.as_str()), "the build command of {name}");
    }
}

#[test]
fn one_component_alone_has_the_adapters_and_the_secrets_of_vendors() {
    let manifest: toml::Table = fs::read_to_string(root().join("spin.toml")).unwrap().parse().unwrap();
    for (name, entry) in manifest["component"].as_table().unwrap() {
        let built_in = adapters(name);
        let given = entry.get("variables").map(|variables| variables.to_string()).unwrap_or_default();
        let vendors = ["client_id", "client_secret", "token", "auth_url", "project"];
        let secrets =
            vendors.map(|setting| format!("shop_{setting}")).into_iter().filter(|s| given.contains(s));
        match name.as_str() {
            "backend" => {
                assert_eq!(built_in, every_adapter());
                assert_eq!(secrets.count(), vendors.len());
            }
            _ => {
                assert_eq!(built_in, BTreeSet::new(), "{name} builds in adapters of vendors");
                assert_eq!(
                    secrets.collect::<Vec<_>>(),
                    Vec::<String>::new(),
                    "{name} is given secrets of vendors"
                );
                for secret in ["second_token", "news_secret"] {
                    assert!(!given.contains(secret), "{name} is given the {secret} of vendors");
                }
            }
        }
    }
}

#[test]
fn spin_is_named_in_one_file_of_the_kit_and_on_each_handler_line() {
    for path in files(".", ".rs") {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
        let uses = fs::read_to_string(&path).unwrap().matches("spin_sdk::").count();
        let allowed = match name.as_str() {
            "kit/src/spin.rs" => usize::MAX,
            _ if name.starts_with("tests/") || name.starts_with("host/tests/guests/") => usize::MAX,
            _ if name.starts_with("components/") && name.ends_with("/src/lib.rs") => 1,
            _ => 0,
        };
        assert!(uses <= allowed, "{name} names spin_sdk {uses} times, {allowed} allowed");
    }
}

#[test]
fn the_kit_names_no_backend_and_no_channel() {
    let foreign = [
        "vendure",
        "commercetools",
        "shopify",
        "strapi",
        "medusa",
        "slack",
        "telegram",
        "whatsapp",
        "demo-shop",
        "demo_shop",
    ];
    for path in files("kit/src", ".rs") {
        let text = fs::read_to_string(&path).unwrap().to_lowercase();
        let found: Vec<_> = foreign.iter().filter(|word| text.contains(*word)).collect();
        assert!(found.is_empty(), "{}: {found:?}", path.display());
    }
}

#[test]
fn files_are_small_and_doors_hold_no_logic() {
    for path in files(".", ".rs") {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.lines().count() <= 400, "{} has {} lines", path.display(), text.lines().count());
    }
    for door in ["commerce", "personalise", "kit", "host"] {
        let text = fs::read_to_string(root().join(door).join("src/lib.rs")).unwrap();
        let logic = text.lines().find(|line| line.contains("fn ") && !line.trim_start().starts_with("//"));
        assert_eq!(logic, None, "{door}/src/lib.rs is a door");
    }
}

#[test]
fn files_and_folders_carry_the_words_of_the_field() {
    let vague =
        ["manager", "service", "helper", "helpers", "util", "utils", "data", "info", "common", "misc"];
    for path in files(".", ".rs") {
        let inside = path.strip_prefix(root()).unwrap().with_extension("");
        let words: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let found: Vec<_> = words.iter().filter(|word| vague.contains(&word.as_str())).collect();
        assert!(found.is_empty(), "{} is called {found:?}", path.display());
    }
}
