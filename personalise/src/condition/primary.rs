//! The parts that operators join: names, literals, lists, calls, brackets.

use super::lex::Token;
use super::parse::Parser;
use super::syntax::{Expr, Shape};
use super::{Fault, Span};
use crate::attribute::Value;

impl Parser<'_> {
    pub(super) fn member(&mut self) -> Result<Expr, Fault> {
        let mut target = self.primary()?;
        while self.take(".") {
            let (name, span) = self.word()?;
            if !self.is_symbol("(") {
                return Err(Fault { span, message: format!(".{name} can only follow a name") });
            }
            target = self.method(target, name, span)?;
        }
        Ok(target)
    }

    fn primary(&mut self) -> Result<Expr, Fault> {
        let (token, span) = self.peek();
        match token {
            Token::Word => self.named(),
            Token::Int(int) => {
                self.advance();
                self.int(int, span)
            }
            Token::Number(number) => {
                self.advance();
                self.node(span, Shape::Literal(Value::Number(number)))
            }
            Token::Text(text) => {
                self.advance();
                self.node(span, Shape::Literal(Value::Text(text)))
            }
            Token::Symbol("(") => {
                self.advance();
                self.deeper(span)?;
                let inner = self.any()?;
                let end = self.close(")", span)?;
                Ok(Expr { span: span.to(end), ..inner })
            }
            Token::Symbol("[") => {
                self.advance();
                self.deeper(span)?;
                let (items, end) = self.items("]", span)?;
                self.node(span.to(end), Shape::List(items))
            }
            Token::End => {
                Err(Fault { span, message: "the condition ends where a value is expected".to_owned() })
            }
            Token::Symbol(symbol) => {
                Err(Fault { span, message: format!("a value is expected here, not {symbol:?}") })
            }
        }
    }

    /// The least int has no positive counterpart, so it is only read behind its sign.
    fn int(&self, int: u64, span: Span) -> Result<Expr, Fault> {
        let negative = span.start.checked_sub(1).is_some_and(|before| {
            (Span { start: before, end: span.start }).of(self.source) == "-" && int == i64::MIN.unsigned_abs()
        });
        match i64::try_from(int) {
            Ok(int) => self.node(span, Shape::Literal(Value::Int(int))),
            Err(_) if negative => self.node(span, Shape::Literal(Value::Int(i64::MIN))),
            Err(_) => Err(Fault { span, message: "the number is beyond 64 bits".to_owned() }),
        }
    }

    fn named(&mut self) -> Result<Expr, Fault> {
        let (mut path, mut span) = self.word()?;
        match path.as_str() {
            "true" | "false" => return self.node(span, Shape::Literal(Value::Bool(path == "true"))),
            "null" => {
                let message = "nothing equals null; ask has(name) whether a value is known".to_owned();
                return Err(Fault { span, message });
            }
            "in" => return Err(Fault { span, message: "a value is expected before `in`".to_owned() }),
            _ if self.is_symbol("(") => return self.call(path, false, Vec::new(), span),
            _ => {}
        }
        while self.take(".") {
            let (word, word_span) = self.word()?;
            if self.is_symbol("(") {
                let target = self.node(span, Shape::Name(path))?;
                return self.method(target, word, span.to(word_span));
            }
            path = format!("{path}.{word}");
            span = span.to(word_span);
        }
        self.node(span, Shape::Name(path))
    }

    fn method(&mut self, target: Expr, name: String, span: Span) -> Result<Expr, Fault> {
        let span = target.span.to(span);
        self.call(name, true, vec![target], span)
    }

    fn call(
        &mut self,
        name: String,
        method: bool,
        mut arguments: Vec<Expr>,
        span: Span,
    ) -> Result<Expr, Fault> {
        let (_, bracket) = self.peek();
        self.advance();
        self.deeper(bracket)?;
        let (items, end) = self.items(")", bracket)?;
        arguments.extend(items);
        self.node(span.to(end), Shape::Call { name, method, arguments })
    }

    fn items(&mut self, closing: &'static str, opened: Span) -> Result<(Vec<Expr>, Span), Fault> {
        let mut items = Vec::new();
        while !self.is_symbol(closing) {
            items.push(self.any()?);
            if !self.take(",") {
                break;
            }
        }
        Ok((items, self.close(closing, opened)?))
    }

    fn close(&mut self, closing: &'static str, opened: Span) -> Result<Span, Fault> {
        let (_, end) = self.peek();
        self.shut();
        if self.take(closing) {
            Ok(end)
        } else {
            Err(Fault { span: opened, message: format!("this bracket is not closed; add {closing}") })
        }
    }

    fn word(&mut self) -> Result<(String, Span), Fault> {
        match self.peek() {
            (Token::Word, span) => {
                self.advance();
                Ok((span.of(self.source).to_owned(), span))
            }
            (_, span) => Err(Fault { span, message: "a name is expected after the point".to_owned() }),
        }
    }
}
