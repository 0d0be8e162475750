//! Reading a Spin manifest.

mod component;
mod problems;
mod reader;
mod trigger;
mod types;

pub use problems::{Problem, Problems, Severity};
pub use types::{Build, Component, Declared, Files, Limits, Manifest, StaticResponse, Target, Trigger};

use reader::{Lines, Reader};
use std::path::{Path, PathBuf};
use toml::de::DeTable;

impl Manifest {
    /// Finds the manifest: the given path, or else `spin.toml` in this folder or the nearest one above.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(given: Option<&Path>) -> anyhow::Result<PathBuf> {
        if let Some(given) = given {
            let path = if given.is_dir() { given.join("spin.toml") } else { given.to_owned() };
            anyhow::ensure!(path.is_file(), "there is no manifest at {}", path.display());
            return Ok(path);
        }
        let start = std::env::current_dir()?;
        start.ancestors().map(|folder| folder.join("spin.toml")).find(|path| path.is_file()).ok_or_else(|| {
            anyhow::anyhow!(
                "no spin.toml in {} or any folder above it; run this inside an application, or name it with --manifest",
                start.display()
            )
        })
    }

    /// Reads the manifest at `path` and says everything that is wrong with it.
    ///
    /// # Errors
    /// When the file cannot be read; what is wrong inside comes back as [`Problems`].
    pub fn load(path: &Path) -> anyhow::Result<(Self, Problems)> {
        use anyhow::Context as _;
        let path = std::path::absolute(path)?;
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let (mut manifest, problems) = Self::parse(&text);
        manifest.folder = path.parent().map(Path::to_owned).unwrap_or_default();
        Ok((manifest, problems))
    }

    /// Reads a manifest's text; its `folder` stays empty.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Problems) {
        let mut problems = Problems::default();
        let lines = Lines(text);
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let line = error.span().map(|span| lines.at(span.start));
            problems.error(line, error.message().to_owned());
        }
        let mut manifest = Self::default();
        if problems.has_errors() {
            return (manifest, problems);
        }
        manifest.read(Reader::root(table.get_ref(), &lines), &lines, &mut problems);
        (manifest, problems)
    }

    fn read(&mut self, mut root: Reader<'_>, lines: &Lines<'_>, problems: &mut Problems) {
        let version = root.number("spin_manifest_version", 0..=u64::MAX, problems);
        if version != Some(2) {
            problems.error(
                root.line_of("spin_manifest_version"),
                "`spin_manifest_version = 2` must stand at the top: this host serves manifests of version 2",
            );
        }
        match root.table("application", problems) {
            Some(mut application) => {
                self.name = application.string("name", problems).unwrap_or_default();
                if self.name.is_empty() {
                    problems.error(application.line(), "[application] needs a `name`");
                }
                self.version = application.string("version", problems).unwrap_or_default();
                application.string("description", problems);
                application.strings("authors", problems);
                application.ignore("tool");
                application.finish(problems);
            }
            None => problems.error(None, "the table [application] with a `name` is missing"),
        }
        if let Some(variables) = root.table("variables", problems) {
            for (name, line, value) in variables.members() {
                let declared = Reader::of(value, lines, format!("variables.{name}"), line)
                    .map(|table| variable(table, problems));
                match declared {
                    Some(declared) => drop(self.variables.insert(name, declared)),
                    None => problems.error(
                        line,
                        format!("variable `{name}` must be a table such as {{ default = \"…\" }}"),
                    ),
                }
            }
        }
        for (name, declared) in &self.variables {
            if !is_variable_name(name) {
                problems.error(declared.line, format!("variable `{name}` must be named in lower_snake_case"));
            }
        }
        if let Some(mut trigger) = root.table("trigger", problems) {
            for (value, line) in trigger.array("http", problems) {
                match Reader::of(value, lines, "trigger.http".to_owned(), line) {
                    Some(table) => self.triggers.extend(trigger::read(table, problems)),
                    None => problems
                        .error(line, "`trigger.http` must be a list of tables, written [[trigger.http]]"),
                }
            }
            trigger.finish(problems);
        }
        if let Some(components) = root.table("component", problems) {
            for (name, line, value) in components.members() {
                match Reader::of(value, lines, format!("component.{name}"), line) {
                    Some(table) => {
                        drop(self.components.insert(name.clone(), component::read(table, lines, problems)))
                    }
                    None => problems.error(line, format!("`component.{name}` must be a table")),
                }
                if !is_component_name(&name) {
                    problems.error(
                        line,
                        format!("component `{name}` must be named in lower-case letters, digits and hyphens"),
                    );
                }
            }
        }
        root.finish(problems);
        self.check_routes(problems);
    }
}

fn variable(mut table: Reader<'_>, problems: &mut Problems) -> Declared {
    let default = table.string("default", problems);
    let required = table.bool("required", problems).unwrap_or(false);
    let secret = table.bool("secret", problems).unwrap_or(false);
    let line = table.line();
    match (&default, required) {
        (Some(_), true) => {
            problems.error(line, "a variable is either `required` or has a `default`, not both")
        }
        (None, false) => problems.error(line, "a variable needs a `default`, or `required = true`"),
        _ => {}
    }
    table.finish(problems);
    Declared { default, secret, line }
}

/// Lower snake case, starting with a letter, no double or closing underscore (Spin's rule).
pub(crate) fn is_variable_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && !name.ends_with('_')
        && !name.contains("__")
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// A component's name is also a host name (`NAME.spin.internal`).
fn is_component_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && !name.ends_with('-')
        && name.len() <= 63
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}
