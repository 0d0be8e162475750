//! Validation against the documents that the repository publishes.

use crate::house::root;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fs;

/// Reads a JSON Schema of the repository.
///
/// # Errors
/// The file is missing or is no schema.
pub fn json_schema(path: &str) -> Result<jsonschema::Validator> {
    let text = fs::read_to_string(root().join(path)).with_context(|| path.to_owned())?;
    let schema: Value = serde_json::from_str(&text).with_context(|| path.to_owned())?;
    jsonschema::draft202012::new(&schema).map_err(|error| anyhow::anyhow!("{path}: {error}"))
}

/// What a validator has against a value, in words; empty when nothing.
pub fn faults(validator: &jsonschema::Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The OpenAPI document of the plain form.
pub struct OpenApi(Value);

impl OpenApi {
    /// Reads `commerce/openapi.yaml`.
    ///
    /// # Errors
    /// The file is missing or no YAML.
    pub fn read() -> Result<Self> {
        let text = fs::read_to_string(root().join("commerce/openapi.yaml"))?;
        Ok(Self(serde_norway::from_str(&text)?))
    }

    /// Its paths with their methods, such as `("get", "/v1/stores")`.
    pub fn operations(&self) -> Vec<(String, String)> {
        let paths = self.0["paths"].as_object().into_iter().flatten();
        let methods = |item: &Value| -> Vec<String> {
            let known = ["get", "post", "put", "patch", "delete"];
            known.iter().filter(|method| item.get(**method).is_some()).map(|m| (*m).to_owned()).collect()
        };
        paths.flat_map(|(path, item)| methods(item).into_iter().map(move |m| (m, path.clone()))).collect()
    }

    /// Holds an answer against the document; gives the path it was found under.
    ///
    /// # Errors
    /// The path, status or media type is not documented, or the body does not fit.
    pub fn check(&self, method: &str, path: &str, status: u16, media: &str, body: &Value) -> Result<String> {
        let path = path.split('?').next().unwrap_or(path);
        let paths = self.0["paths"].as_object().context("the document has no paths")?;
        let exact = paths.iter().find(|(pattern, _)| *pattern == path);
        let found = exact.or_else(|| paths.iter().find(|(pattern, _)| matches(pattern, path)));
        let (pattern, item) = found.with_context(|| format!("{path} is not documented"))?;
        let mut answer = &item[method.to_lowercase().as_str()]["responses"][status.to_string().as_str()];
        if let Some(name) = answer["$ref"].as_str().and_then(|r| r.strip_prefix("#/components/responses/")) {
            answer = &self.0["components"]["responses"][name];
        }
        let schema = &answer["content"][media]["schema"];
        if schema.is_null() {
            bail!("{method} {pattern}: {status} {media} is not documented");
        }
        let whole = json!({ "allOf": [schema], "components": self.0["components"] });
        let validator = jsonschema::draft202012::new(&whole).map_err(|error| anyhow::anyhow!("{error}"))?;
        let faults = faults(&validator, body);
        if !faults.is_empty() {
            bail!("{method} {path} {status}:\n  {}", faults.join("\n  "));
        }
        Ok(pattern.clone())
    }
}

fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len()
        && pattern.iter().zip(path).all(|(p, s)| *p == s || p.starts_with('{') && !s.is_empty())
}
