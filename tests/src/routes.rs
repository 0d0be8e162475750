//! The addresses of every head, read from the tables in their sources: a new address or a new head is found
//! here without a word in this package, and removing one leaves nothing behind.

use crate::house::{files, root};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One address that a head takes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// The component.
    pub head: String,
    /// The method.
    pub method: String,
    /// The pattern, such as `/{market}/p/{slug}`.
    pub pattern: String,
}

/// A line of a table: `(Method::GET, "/{market}/cart", Page::Cart)`.
static ROW: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\(\s*Method::([A-Z]+),\s*"(/[^"]*)",\s*Page::"#).expect("an expression"));

/// All of them.
///
/// # Panics
/// When a source cannot be read.
pub fn all() -> Vec<Route> {
    let mut routes = Vec::new();
    let bases = bases();
    for path in files("components", ".rs") {
        let inside = path.strip_prefix(root().join("components")).expect("below components");
        let mut parts = inside.iter().map(|part| part.to_string_lossy());
        let (Some(head), Some("src")) = (parts.next(), parts.next().as_deref()) else { continue };
        let text = std::fs::read_to_string(&path).expect("a source");
        let base = bases.get(&*head).map_or("", String::as_str);
        routes.extend(ROW.captures_iter(&text).map(|row| Route {
            head: head.clone().into_owned(),
            method: row[1].to_owned(),
            // A head that does not care below which path it is shown leaves the path out.
            pattern: if row[2].starts_with(base) { row[2].to_owned() } else { format!("{base}{}", &row[2]) },
        }));
    }
    routes.sort();
    routes.dedup();
    routes
}

/// The path below which each component is shown.
fn bases() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root().join("spin.toml")).expect("a manifest");
    let manifest: toml::Table = text.parse().expect("a manifest is TOML");
    let triggers = manifest["trigger"]["http"].as_array().expect("a list").iter();
    let public = triggers.filter_map(|trigger| {
        let route = trigger["route"].as_str()?.trim_end_matches("/...");
        Some((trigger["component"].as_str()?.to_owned(), route.to_owned()))
    });
    public.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_head_has_addresses_and_every_table_is_read_whole() {
        let routes = all();
        let manifest: toml::Table =
            std::fs::read_to_string(root().join("spin.toml")).unwrap().parse().unwrap();
        for (name, component) in manifest["component"].as_table().unwrap() {
            let count = routes.iter().filter(|route| route.head == *name).count();
            // A component without a deadline is no head but a shop or a backend.
            let is_head = component.get("variables").is_some_and(|v| v.get("deadline_ms").is_some());
            assert_eq!(count > 0, is_head, "{name}: {count} addresses");
        }
        for path in files("components", ".rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let rows = text.lines().filter(|line| line.trim_start().starts_with("(Method::")).count();
            assert_eq!(rows, ROW.captures_iter(&text).count(), "{}", path.display());
        }
    }
}
