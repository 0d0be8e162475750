//! `[component.NAME]`.

use super::problems::Problems;
use super::reader::{Lines, Reader, string};
use super::{Build, Component, Files, Limits};
use std::path::PathBuf;
use std::time::Duration;

pub(super) fn read(mut table: Reader<'_>, lines: &Lines<'_>, problems: &mut Problems) -> Component {
    let line = table.line();
    let source = table.string("source", problems);
    if source.is_none() {
        problems.error(line, "a component needs a `source`, the path of its .wasm file (URLs and registries are not supported)");
    }
    table.string("description", problems);
    let files = files(&mut table, lines, problems);
    let allowed_outbound_hosts = table.strings("allowed_outbound_hosts", problems);
    let key_value_stores = table.strings("key_value_stores", problems);
    for (label, line) in &key_value_stores {
        if !crate::keyvalue::LABELS.contains(&label.as_str()) {
            problems.error(
                *line,
                format!("key-value store `{label}` is not supported; this host has `default` (on disk), `cache` (in memory) and `own` (on disk, the component's alone)"),
            );
        }
    }
    let variables = table.string_table("variables", problems);
    for (name, (_, line)) in &variables {
        if !super::is_variable_name(name) {
            problems.error(*line, format!("variable `{name}` must be named in lower_snake_case"));
        }
    }
    let environment =
        table.string_table("environment", problems).into_iter().map(|(name, (value, _))| (name, value));
    let environment = environment.collect();
    let build = table.table("build", problems).and_then(|build| read_build(build, problems));
    let limits = match table.table("tool", problems) {
        Some(mut tool) => {
            tool.table("headwater", problems).map(|own| limits(own, problems)).unwrap_or_default()
        }
        None => Limits::default(),
    };
    table.finish(problems);
    Component {
        source: source.map(PathBuf::from).unwrap_or_default(),
        files,
        allowed_outbound_hosts,
        key_value_stores,
        variables,
        environment,
        build,
        limits,
        line,
    }
}

fn files(table: &mut Reader<'_>, lines: &Lines<'_>, problems: &mut Problems) -> Vec<Files> {
    let mut found = Vec::new();
    for (value, line) in table.array("files", problems) {
        if let Some(source) = string(value) {
            found.push(Files { source, destination: None, line });
        } else if let Some(mut entry) = Reader::of(value, lines, "files".to_owned(), line) {
            let (source, destination) =
                (entry.string("source", problems), entry.string("destination", problems));
            match (source, destination) {
                (Some(source), Some(destination)) if destination.starts_with('/') => {
                    found.push(Files { source, destination: Some(destination), line });
                }
                (Some(_), Some(_)) => problems.error(line, "the `destination` of files must start with /"),
                _ => problems.error(line, "a member of `files` needs `source` and `destination`"),
            }
            entry.finish(problems);
        } else {
            problems.error(line, "a member of `files` is a glob or { source = \"…\", destination = \"/…\" }");
        }
    }
    found
}

fn read_build(mut table: Reader<'_>, problems: &mut Problems) -> Option<Build> {
    let command = table.string("command", problems);
    if command.is_none() {
        problems.error(table.line(), "a `build` table needs a `command`");
    }
    let workdir = table.string("workdir", problems);
    table.strings("watch", problems);
    table.finish(problems);
    command.map(|command| Build { command, workdir })
}

fn limits(mut table: Reader<'_>, problems: &mut Problems) -> Limits {
    let mut limits = Limits::default();
    match table.string("instance", problems).as_deref() {
        None | Some("reuse") => {}
        Some("fresh") => limits.fresh = true,
        Some(_) => problems.error(table.line_of("instance"), "`instance` is \"reuse\" or \"fresh\""),
    }
    if let Some(mib) = table.number("memory_mib", 1..=4096, problems) {
        limits.memory = usize::try_from(mib << 20).unwrap_or(limits.memory);
    }
    if let Some(milliseconds) = table.number("timeout_ms", 1..=3_600_000, problems) {
        limits.timeout = Duration::from_millis(milliseconds);
    }
    if let Some(many) = table.number("max_concurrent", 1..=2000, problems) {
        limits.max_concurrent = usize::try_from(many).unwrap_or(limits.max_concurrent);
    }
    limits.allow_private_hosts = table.bool("allow_private_hosts", problems).unwrap_or(false);
    table.finish(problems);
    limits
}
