//! From words to a tree: operators by their rank, as CEL ranks them.

use super::lex::{Token, lex};
use super::node::{Arithmetic, Comparison};
use super::syntax::{Expr, Shape};
use super::{Fault, MAX_DEPTH, Span};
use crate::attribute::Value;

pub(super) struct Parser<'a> {
    pub(super) source: &'a str,
    tokens: Vec<(Token, Span)>,
    next: usize,
    /// Brackets and signs that are open now.
    open: usize,
}

/// Reads a whole condition.
pub(super) fn parse(source: &str) -> Result<Expr, Fault> {
    let mut parser = Parser { source, tokens: lex(source)?, next: 0, open: 0 };
    let whole = parser.any()?;
    match parser.peek() {
        (Token::End, _) => Ok(whole),
        (_, span) => {
            let message =
                format!("{:?} is not expected here; join conditions with && or ||", span.of(source));
            Err(Fault { span, message })
        }
    }
}

impl Parser<'_> {
    pub(super) fn any(&mut self) -> Result<Expr, Fault> {
        self.joined("||", Self::all, Shape::Any)
    }

    fn all(&mut self) -> Result<Expr, Fault> {
        self.joined("&&", Self::relation, Shape::All)
    }

    fn joined(
        &mut self,
        symbol: &'static str,
        part: fn(&mut Self) -> Result<Expr, Fault>,
        shape: fn(Vec<Expr>) -> Shape,
    ) -> Result<Expr, Fault> {
        let first = part(self)?;
        if !self.is_symbol(symbol) {
            return Ok(first);
        }
        let mut span = first.span;
        let mut parts = vec![first];
        while self.take(symbol) {
            let next = part(self)?;
            span = span.to(next.span);
            parts.push(next);
        }
        self.node(span, shape(parts))
    }

    fn relation(&mut self) -> Result<Expr, Fault> {
        let left = self.sum()?;
        let Some(relation) = self.relation_sign() else {
            return Ok(left);
        };
        self.next += 1;
        let right = self.sum()?;
        if self.relation_sign().is_some() {
            let message = "comparisons cannot be chained; join two of them with &&".to_owned();
            return Err(Fault { span: self.peek().1, message });
        }
        let span = left.span.to(right.span);
        let both = Box::new([left, right]);
        self.node(
            span,
            match relation {
                Some(comparison) => Shape::Compare(comparison, both),
                None => Shape::In(both),
            },
        )
    }

    /// `Some(None)` is the word `in`.
    fn relation_sign(&self) -> Option<Option<Comparison>> {
        match self.peek() {
            (Token::Symbol(symbol), _) => Some(Some(match symbol {
                "==" => Comparison::Equal,
                "!=" => Comparison::NotEqual,
                "<" => Comparison::Less,
                "<=" => Comparison::AtMost,
                ">" => Comparison::More,
                ">=" => Comparison::AtLeast,
                _ => return None,
            })),
            (Token::Word, span) if span.of(self.source) == "in" => Some(None),
            _ => None,
        }
    }

    fn sum(&mut self) -> Result<Expr, Fault> {
        self.chain(Self::product, &[("+", Arithmetic::Add), ("-", Arithmetic::Subtract)])
    }

    fn product(&mut self) -> Result<Expr, Fault> {
        let signs = [("*", Arithmetic::Multiply), ("/", Arithmetic::Divide), ("%", Arithmetic::Remainder)];
        self.chain(Self::signed, &signs)
    }

    fn chain(
        &mut self,
        part: fn(&mut Self) -> Result<Expr, Fault>,
        signs: &[(&'static str, Arithmetic)],
    ) -> Result<Expr, Fault> {
        let mut left = part(self)?;
        while let Some((symbol, operation)) = signs.iter().find(|(symbol, _)| self.is_symbol(symbol)) {
            self.take(symbol);
            let right = part(self)?;
            let span = left.span.to(right.span);
            left = self.node(span, Shape::Arithmetic(*operation, Box::new([left, right])))?;
        }
        Ok(left)
    }

    fn signed(&mut self) -> Result<Expr, Fault> {
        let (_, start) = self.peek();
        let negates = self.is_symbol("-");
        if !negates && !self.is_symbol("!") {
            return self.member();
        }
        self.next += 1;
        self.deeper(start)?;
        let one = self.signed()?;
        self.shut();
        let span = start.to(one.span);
        self.node(
            span,
            match one.shape {
                Shape::Literal(Value::Number(number)) if negates => Shape::Literal(Value::Number(-number)),
                // The least int is written by a number that no int has.
                Shape::Literal(Value::Int(i64::MIN)) if negates && is_plain(one.span.of(self.source)) => {
                    Shape::Literal(Value::Int(i64::MIN))
                }
                Shape::Literal(Value::Int(int)) if negates && int != i64::MIN => {
                    Shape::Literal(Value::Int(-int))
                }
                _ if negates => Shape::Negate(Box::new(one)),
                _ => Shape::Not(Box::new(one)),
            },
        )
    }

    /// Counts a bracket or sign that opens. Where one is refused the parse ends, so none has to be taken back.
    pub(super) fn deeper(&mut self, span: Span) -> Result<(), Fault> {
        self.open += 1;
        if self.open < MAX_DEPTH { Ok(()) } else { Err(too_deep(span)) }
    }

    pub(super) fn shut(&mut self) {
        self.open = self.open.saturating_sub(1);
    }

    pub(super) fn node(&self, span: Span, shape: Shape) -> Result<Expr, Fault> {
        let depth = 1 + shape.parts().iter().map(|part| part.depth).max().unwrap_or(0);
        if depth <= MAX_DEPTH { Ok(Expr { span, depth, shape }) } else { Err(too_deep(span)) }
    }

    pub(super) fn peek(&self) -> (Token, Span) {
        let end = || (Token::End, super::lex::span(self.source.len(), self.source.len()));
        self.tokens.get(self.next).cloned().unwrap_or_else(end)
    }

    pub(super) fn advance(&mut self) {
        self.next += 1;
    }

    pub(super) fn is_symbol(&self, symbol: &str) -> bool {
        matches!(self.tokens.get(self.next), Some((Token::Symbol(next), _)) if *next == symbol)
    }

    pub(super) fn take(&mut self, symbol: &str) -> bool {
        let is_next = self.is_symbol(symbol);
        self.next += usize::from(is_next);
        is_next
    }
}

fn is_plain(written: &str) -> bool {
    written.bytes().all(|b| b.is_ascii_digit())
}

fn too_deep(span: Span) -> Fault {
    let message = format!("nested deeper than {MAX_DEPTH}; name a part of it as an audience");
    Fault { span, message }
}
