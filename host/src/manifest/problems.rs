//! Everything that is wrong with an application, gathered so that it can be told at once.

use std::fmt;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The application cannot be served as written.
    Error,
    /// It can be served; somebody should look at it before visitors do.
    Warning,
}

/// One thing that is wrong, where it stands and how to put it right.
#[derive(Clone, Debug)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The line of the manifest, from 1, when the problem has a place there.
    pub line: Option<usize>,
    /// What is wrong and the cure; never the value of a secret.
    pub text: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.severity {
            Severity::Error => f.write_str("error")?,
            Severity::Warning => f.write_str("warning")?,
        }
        match self.line {
            Some(line) => write!(f, ": spin.toml:{line}: {}", self.text),
            None => write!(f, ": {}", self.text),
        }
    }
}

/// The problems found so far, in the order found.
#[derive(Clone, Debug, Default)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Adds an error that stands at a line of the manifest (`None`: nowhere in particular).
    pub fn error(&mut self, line: impl Into<Option<usize>>, text: impl Into<String>) {
        self.0.push(Problem { severity: Severity::Error, line: line.into(), text: text.into() });
    }

    /// Adds a warning.
    pub fn warn(&mut self, line: impl Into<Option<usize>>, text: impl Into<String>) {
        self.0.push(Problem { severity: Severity::Warning, line: line.into(), text: text.into() });
    }

    /// Whether any problem stops the application from being served.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// Turns the errors, if there are any, into one error that lists them all.
    ///
    /// # Errors
    /// When [`Problems::has_errors`].
    pub fn into_result(self) -> anyhow::Result<()> {
        if !self.has_errors() {
            return Ok(());
        }
        let lines: Vec<String> = self
            .0
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .map(|problem| format!("  {problem}"))
            .collect();
        Err(anyhow::anyhow!("the application cannot be served:\n{}", lines.join("\n")))
    }
}
