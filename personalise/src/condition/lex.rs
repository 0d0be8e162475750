//! Words of a condition.

use super::{Fault, Span};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A name or a word of the language.
    Word,
    Int(u64),
    Number(f64),
    Text(Box<str>),
    Symbol(&'static str),
    End,
}

/// Longer ones first.
const SYMBOLS: [&str; 20] = [
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "+", "-", "*", "/", "%", "(", ")", "[", "]", ",", ".",
];

/// Cuts a source into words; the last is [`Token::End`].
pub(super) fn lex(source: &str) -> Result<Vec<(Token, Span)>, Fault> {
    let mut tokens = Vec::new();
    let mut rest = source;
    loop {
        rest = rest.trim_start();
        let start = source.len() - rest.len();
        let Some(first) = rest.chars().next() else {
            tokens.push((Token::End, span(start, start)));
            return Ok(tokens);
        };
        let (token, length) = if first.is_ascii_alphabetic() || first == '_' {
            (Token::Word, run(rest, |c| c.is_ascii_alphanumeric() || c == '_'))
        } else if first.is_ascii_digit() {
            number(rest).map_err(|(length, message)| fault(start, length, message))?
        } else if first == '"' || first == '\'' {
            text(rest, first).map_err(|(length, message)| fault(start, length, message))?
        } else if let Some(symbol) = SYMBOLS.into_iter().find(|symbol| rest.starts_with(symbol)) {
            (Token::Symbol(symbol), symbol.len())
        } else {
            return Err(fault(start, first.len_utf8(), unexpected(first)));
        };
        tokens.push((token, span(start, start + length)));
        rest = rest.get(length..).unwrap_or_default();
    }
}

fn unexpected(first: char) -> String {
    match first {
        '=' => "= compares nothing here; write ==".to_owned(),
        '&' => "write && for \"and\"".to_owned(),
        '|' => "write || for \"or\"".to_owned(),
        '?' => "?: is not part of the language; write two rules".to_owned(),
        other => format!("{other:?} has no meaning here"),
    }
}

type Refused = (usize, String);

fn number(rest: &str) -> Result<(Token, usize), Refused> {
    let whole = run(rest, |c| c.is_ascii_digit());
    let mut length = whole;
    let after = |length: usize| rest.get(length..).unwrap_or_default();
    if let Some(fraction) =
        after(length).strip_prefix('.').filter(|f| f.starts_with(|c: char| c.is_ascii_digit()))
    {
        length += 1 + run(fraction, |c| c.is_ascii_digit());
    }
    if let Some(exponent) = after(length).strip_prefix(['e', 'E']) {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let count = run(digits, |c| c.is_ascii_digit());
        if count > 0 {
            length += 1 + exponent.len() - digits.len() + count;
        }
    }
    let tail = run(after(length), |c| c.is_ascii_alphanumeric() || c == '_');
    if tail > 0 {
        let cure = "a number is written 30, 0.5 or 1e3; a length of time duration(\"7 days\")";
        return Err((length + tail, cure.to_owned()));
    }
    let written = rest.get(..length).unwrap_or_default();
    if length == whole {
        let int = written.parse().map_err(|_| (length, "the number is beyond 64 bits".to_owned()))?;
        return Ok((Token::Int(int), length));
    }
    match written.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok((Token::Number(number), length)),
        _ => Err((length, "the number is too large".to_owned())),
    }
}

fn text(rest: &str, quote: char) -> Result<(Token, usize), Refused> {
    let mut read = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((place, c)) = chars.next() {
        match c {
            c if c == quote => return Ok((Token::Text(read.into()), place + 1)),
            '\n' => break,
            '\\' => read.push(match chars.next().map(|(_, escaped)| escaped) {
                Some('n') => '\n',
                Some('t') => '\t',
                Some(same @ ('\\' | '"' | '\'')) => same,
                _ => return Err((place + 1, r#"only \n \t \\ \" and \' may follow a backslash"#.to_owned())),
            }),
            c => read.push(c),
        }
    }
    Err((1, format!("the string is not closed; end it with {quote}")))
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn fault(start: usize, length: usize, message: String) -> Fault {
    Fault { span: span(start, start + length), message }
}

/// Sources are bounded far below 4 GB.
pub(super) fn span(start: usize, end: usize) -> Span {
    let cut = |place| u32::try_from(place).unwrap_or(u32::MAX);
    Span { start: cut(start), end: cut(end) }
}
