//! Templates: minijinja with the shared partials. Templates only print; logic is in the view.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior, Value};
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
        environment.set_formatter(print_escaped);
        // The only filter, for what is escaped already (`script_json`); the built-in ones are a tenth of a
        // component, and a template that computes is a defect.
        environment.add_filter("safe", |text: String| Value::from_safe_string(text));
        let mut faults = Vec::new();
        for (name, source) in PARTIALS.iter().chain(own) {
            if let Err(error) = environment.add_template(name, source) {
                faults.push(format!("{name}: {error:#}"));
            }
        }
        (Self(environment), faults)
    }

    /// That a text reads as a template.
    ///
    /// # Errors
    /// What is wrong with it, and in which line.
    pub fn check(&self, source: &str) -> Result<(), String> {
        self.0.template_from_str(source).map(|_| ()).map_err(|error| format!("{error:#}"))
    }

    /// Prints a view by a template that is no part of the component.
    ///
    /// # Errors
    /// What went wrong and where, for the log.
    pub fn print_by(&self, source: &str, view: &impl Serialize) -> Result<String, crate::Failure> {
        self.0.render_str(source, Serde(view)).map_err(|error| crate::Failure {
            trouble: crate::Trouble::Internal,
            detail: format!("{error:#}"),
        })
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

/// Escapes what could end a text or a quoted attribute. minijinja's own way escapes `/` too, which makes
/// every address in a page unreadable and a tenth of the page larger, and protects nothing between quotes.
fn print_escaped(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    let Some(text) = value.as_str().filter(|_| !value.is_safe()) else {
        return minijinja::escape_formatter(out, state, value);
    };
    for part in text.split_inclusive(['&', '<', '>', '"', '\'']) {
        let (plain, escaped) = match part.chars().next_back() {
            Some('&') => (part.strip_suffix('&'), "&amp;"),
            Some('<') => (part.strip_suffix('<'), "&lt;"),
            Some('>') => (part.strip_suffix('>'), "&gt;"),
            Some('"') => (part.strip_suffix('"'), "&#34;"),
            Some('\'') => (part.strip_suffix('\''), "&#39;"),
            _ => (None, ""),
        };
        out.write_str(plain.unwrap_or(part))?;
        out.write_str(escaped)?;
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_addresses_stay_readable() {
        let (templates, faults) = Templates::new(&[
            ("a", "<a href=\"{{ href }}\">{{ text }}</a>{{ number }}{{ text|safe }}"),
            ("b", "{{ nothing }}"),
        ]);
        assert_eq!(faults, Vec::<String>::new());
        let view = serde_json::json!({"href": "/a/b?c=1&d='\"", "text": "<b>é</b>", "number": 7});
        assert_eq!(
            templates.print("a", &view).unwrap(),
            "<a href=\"/a/b?c=1&amp;d=&#39;&#34;\">&lt;b&gt;é&lt;/b&gt;</a>7<b>é</b>"
        );
        assert!(templates.print("b", &view).unwrap_err().detail.contains("undefined"));
    }
}
