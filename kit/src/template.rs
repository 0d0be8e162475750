//! Templates: minijinja with the shared partials. Templates only print; logic is in the view.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

/// Partials that heads share, by name.
const PARTIALS: &[(&str, &str)] = &[];

/// A head's templates.
pub struct Templates(Environment<'static>);

impl Templates {
    /// Reads a head's own templates and the shared partials; the second value names what does not parse,
    /// which a head's test asserts to be empty. Reading a value that is not there is an error, not "".
    pub fn new(own: &[(&'static str, &'static str)]) -> (Self, Vec<String>) {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let mut syntax = SyntaxConfig::builder();
        syntax.trim_blocks(true).lstrip_blocks(true);
        if let Ok(syntax) = syntax.build() {
            environment.set_syntax(syntax);
        }
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        let mut faults = Vec::new();
        for (name, source) in PARTIALS.iter().chain(own) {
            if let Err(error) = environment.add_template(name, source) {
                faults.push(format!("{name}: {error:#}"));
            }
        }
        (Self(environment), faults)
    }

    /// Prints a view.
    ///
    /// # Errors
    /// What went wrong and where, for the log.
    pub fn print(&self, name: &str, view: &impl Serialize) -> Result<String, crate::Failure> {
        let printed = self.0.get_template(name).and_then(|template| template.render(Serde(view)));
        printed.map_err(|error| crate::Failure {
            trouble: crate::Trouble::Internal,
            detail: format!("{error:#}"),
        })
    }
}

/// A value as JSON that may stand inside a `<script>` element: what could end the element or a line of
/// script is escaped (`<`, `>`, `&`, U+2028, U+2029).
pub fn script_json(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            other => safe.push(other),
        }
    }
    safe
}
