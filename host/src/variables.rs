//! The application's variables and the templates over them.
//!
//! A value comes from, in this order: `--variable`, `SPIN_VARIABLE_NAME` in the environment, the same name in the
//! file `.env` beside the manifest, the manifest's default (spinframework.dev, "Application Variables").

use crate::manifest::{Manifest, Problems};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const PREFIX: &str = "SPIN_VARIABLE_";

/// Where values may come from besides the manifest.
#[derive(Clone, Default)]
pub(crate) struct Sources {
    given: BTreeMap<String, String>,
    environment: BTreeMap<String, String>,
    dotenv: BTreeMap<String, String>,
}

/// Every variable with its value; `Debug` shows names alone.
#[derive(Clone, Default)]
pub(crate) struct Variables {
    values: BTreeMap<String, String>,
}

impl std::fmt::Debug for Variables {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.values.keys()).finish()
    }
}

impl Sources {
    /// Gathers `--variable` pairs, this process's environment and the `.env` beside the manifest.
    ///
    /// # Errors
    /// When a pair has no `=`.
    pub(crate) fn gather(pairs: &[String], folder: &Path) -> anyhow::Result<Self> {
        let mut given = BTreeMap::new();
        for pair in pairs {
            // The text is not repeated: what was meant as a value may be a secret.
            let Some((name, value)) = pair.split_once('=') else {
                anyhow::bail!("`--variable` needs the form name=value");
            };
            given.insert(name.to_owned(), value.to_owned());
        }
        let environment = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        let dotenv = std::fs::read_to_string(folder.join(".env")).unwrap_or_default();
        Ok(Self::new(given, environment, &dotenv))
    }

    fn new(
        given: BTreeMap<String, String>,
        environment: impl IntoIterator<Item = (String, String)>,
        dotenv: &str,
    ) -> Self {
        let lines = dotenv.lines().filter_map(|line| {
            let line = line.trim();
            let line = line.strip_prefix("export ").unwrap_or(line);
            let (name, value) = line.split_once('=').filter(|_| !line.starts_with('#'))?;
            Some((name.trim().to_owned(), unquoted(value.trim()).to_owned()))
        });
        Self { given, environment: spin_variables(environment), dotenv: spin_variables(lines) }
    }
}

fn spin_variables(pairs: impl IntoIterator<Item = (String, String)>) -> BTreeMap<String, String> {
    let own =
        |(name, value): (String, String)| Some((name.strip_prefix(PREFIX)?.to_ascii_lowercase(), value));
    pairs.into_iter().filter_map(own).collect()
}

fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner;
        }
    }
    value
}

impl Variables {
    /// Gives every declared variable its value and says which have none, which do not exist, and which secrets
    /// have a value that everybody can read in the manifest.
    #[must_use]
    pub(crate) fn resolve(manifest: &Manifest, sources: &Sources, problems: &mut Problems) -> Self {
        let mut values = BTreeMap::new();
        for name in sources.given.keys().filter(|name| !manifest.variables.contains_key(*name)) {
            problems.error(
                None,
                format!("`--variable {name}=…` names a variable that [variables] does not declare"),
            );
        }
        let secrets = manifest.variables.values().filter(|declared| declared.secret);
        let public: BTreeSet<&String> = secrets
            .filter_map(|declared| declared.default.as_ref())
            .filter(|text| !text.is_empty())
            .collect();
        for (name, declared) in &manifest.variables {
            let outside = [&sources.given, &sources.environment, &sources.dotenv];
            let set = outside.iter().find_map(|source| source.get(name));
            let value = set.or(declared.default.as_ref());
            if declared.secret && value.is_some_and(|value| public.contains(value)) {
                let what = match value == declared.default.as_ref() {
                    true => "still has its default",
                    // Such as a former key, which others would know as well.
                    false => "has the default of another one",
                };
                problems.warn(
                    declared.line,
                    format!(
                        "the secret variable `{name}` {what}, which everybody can read here; set {PREFIX}{}",
                        name.to_ascii_uppercase()
                    ),
                );
            }
            match value {
                Some(value) => drop(values.insert(name.clone(), value.clone())),
                None => problems.error(
                    declared.line,
                    format!(
                        "the required variable `{name}` has no value; set {PREFIX}{} in the environment or in .env, or pass --variable {name}=…",
                        name.to_ascii_uppercase()
                    ),
                ),
            }
        }
        Self { values }
    }

    /// Fills in a template: text with `{{ name }}` in it.
    ///
    /// # Errors
    /// What is wrong with the template; never a value.
    pub(crate) fn expand(&self, template: &str) -> Result<String, String> {
        let mut text = String::new();
        for part in parts(template)? {
            match part {
                Part::Text(literal) => text.push_str(literal),
                Part::Name(name) => text.push_str(self.values.get(name).ok_or_else(|| unknown(name))?),
            }
        }
        Ok(text)
    }
}

/// Checks a template against the names declared, with or without values.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn check_template(template: &str, declared: &BTreeSet<&str>) -> Result<(), String> {
    for part in parts(template)? {
        if let Part::Name(name) = part
            && !declared.contains(name)
        {
            return Err(unknown(name));
        }
    }
    Ok(())
}

fn unknown(name: &str) -> String {
    format!("there is no variable `{name}`; declare it in [variables]")
}

enum Part<'a> {
    Text(&'a str),
    Name(&'a str),
}

fn parts(template: &str) -> Result<Vec<Part<'_>>, String> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some((text, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else {
            return Err("`{{` without its `}}`".to_owned());
        };
        found.push(Part::Text(text));
        found.push(Part::Name(name.trim()));
        rest = after;
    }
    if rest.contains("}}") {
        return Err("`}}` without its `{{`".to_owned());
    }
    found.push(Part::Text(rest));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = r#"
        spin_manifest_version = 2
        [application]
        name = "t"
        [variables]
        plain = { default = "d" }
        key = { default = "not-secret-enough", secret = true }
        former = { default = "", secret = true }
        must = { required = true }
        [[trigger.http]]
        route = "/..."
        static_response = { body = "x" }
    "#;

    fn pairs(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn resolve(sources: &Sources) -> (Variables, Problems) {
        let (manifest, mut problems) = Manifest::parse(MANIFEST);
        assert!(problems.0.is_empty(), "{problems:?}");
        let variables = Variables::resolve(&manifest, sources, &mut problems);
        (variables, problems)
    }

    #[test]
    fn the_nearest_source_wins() {
        let dotenv = "# comment\nSPIN_VARIABLE_PLAIN=\"dotenv\"\nexport SPIN_VARIABLE_MUST='m'\nPLAIN=no\n";
        let environment = pairs(&[("SPIN_VARIABLE_PLAIN", "environment"), ("PLAIN", "no")]);
        let given = pairs(&[("plain", "given")]);
        let none = BTreeMap::new;
        let table = [
            (Sources::new(given.clone(), environment.clone(), dotenv), "given"),
            (Sources::new(none(), environment, dotenv), "environment"),
            (Sources::new(none(), none(), dotenv), "dotenv"),
            (Sources::new(pairs(&[("must", "m")]), none(), ""), "d"),
        ];
        for (sources, wanted) in table {
            let (variables, problems) = resolve(&sources);
            assert!(!problems.has_errors(), "{problems:?}");
            assert_eq!(variables.expand("{{ plain }}").as_deref(), Ok(wanted));
            if wanted != "d" && wanted != "given" {
                assert_eq!(variables.expand("<{{must}}>").as_deref(), Ok("<m>"));
            }
        }
    }

    #[test]
    fn a_missing_value_and_a_default_secret_are_told_without_the_value() {
        let (variables, problems) = resolve(&Sources::default());
        let text = format!("{problems:?} {variables:?}");
        assert!(problems.has_errors());
        assert!(text.contains("SPIN_VARIABLE_MUST") && text.contains("SPIN_VARIABLE_KEY"), "{text}");
        assert!(!text.contains("not-secret-enough"), "{text}");
        let known = pairs(&[("must", "m"), ("key", "own"), ("former", "not-secret-enough")]);
        let (_, problems) = resolve(&Sources::new(known, BTreeMap::new(), ""));
        let text = format!("{problems:?}");
        assert!(
            text.contains("`former` has the default of another one") && !text.contains("`key`"),
            "{text}"
        );
        assert!(!text.contains("not-secret-enough"), "{text}");
        let (_, problems) =
            resolve(&Sources::new(pairs(&[("nope", "x"), ("must", "m")]), BTreeMap::new(), ""));
        assert!(problems.has_errors() && format!("{problems:?}").contains("nope"));
    }

    #[test]
    fn templates_that_cannot_be_filled_say_why() {
        let (variables, _) = resolve(&Sources::default());
        assert_eq!(variables.expand("a {{ plain }} b {{plain}}").as_deref(), Ok("a d b d"));
        for wrong in ["{{ plain", "plain }}", "{{ absent }}"] {
            assert!(variables.expand(wrong).is_err(), "{wrong}");
        }
        assert!(check_template("{{ plain }}", &BTreeSet::from(["plain"])).is_ok());
        assert!(check_template("{{ other }}", &BTreeSet::from(["plain"])).is_err());
    }
}
