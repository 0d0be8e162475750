//! CSS and HTML as heads read them: the same readers, in the same setting as in `kit::template` and `kit::rewrite`.

use lol_html::Selector;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior};
use personalise::placements::{Fault, Syntax};
use std::collections::BTreeSet;

/// The readers.
pub(super) struct Readers(Environment<'static>);

impl Readers {
    pub(super) fn new() -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let mut syntax = SyntaxConfig::builder();
        syntax.trim_blocks(true).lstrip_blocks(true);
        if let Ok(syntax) = syntax.build() {
            environment.set_syntax(syntax);
        }
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.add_filter("safe", |text: String| Value::from_safe_string(text));
        Self(environment)
    }
}

impl Syntax for Readers {
    fn selector(&self, selector: &str) -> Result<(), String> {
        selector.parse::<Selector>().map(drop).map_err(|error| error.to_string())
    }

    fn names(&self, html: &str) -> Result<BTreeSet<String>, Fault> {
        let template = self.0.template_from_str(html).map_err(fault)?;
        Ok(template.undeclared_variables(false).into_iter().collect())
    }

    fn print(&self, html: &str, view: &serde_json::Value) -> Result<String, Fault> {
        self.0.render_str(html, Serde(view)).map_err(fault)
    }
}

fn fault(error: Error) -> Fault {
    let message = match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    };
    Fault { line: error.line().unwrap_or(1), message }
}
