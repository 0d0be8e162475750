//! Values that are written in a condition.

use super::check::Checker;
use super::syntax::{Expr, Shape};
use crate::attribute::{MAX_ITEMS, Type, Value, money, seconds};
use commerce::{Currency, Money};

impl Checker<'_> {
    /// The value of an expression that is one: a literal, or a call of `money`, `duration` or `time`. `None` for any
    /// other; a call with bad arguments is a fault, and `Some(None)`.
    pub(super) fn constant(&mut self, expr: &Expr) -> Option<Option<Value>> {
        match &expr.shape {
            Shape::Literal(value) => Some(Some(value.clone())),
            Shape::Call { name, method: false, arguments } => {
                let (value, cure) = match name.as_str() {
                    "money" => (self.money(arguments), "money(\"GBP\", 30) or money(\"GBP 29.99\")"),
                    "duration" => {
                        (only_text(arguments).and_then(seconds).map(Value::Duration), "duration(\"7 days\")")
                    }
                    "time" | "timestamp" => (
                        only_text(arguments).and_then(|text| text.parse().ok()).map(Value::Time),
                        "time(\"2026-11-27T09:00:00Z\")",
                    ),
                    _ => return None,
                };
                if value.is_none() {
                    self.fault(expr.span, format!("this is no {name}; write it as {cure}"));
                }
                Some(value)
            }
            _ => None,
        }
    }

    /// The amount is read as it is written, so that no penny is lost in a double.
    fn money(&self, arguments: &[Expr]) -> Option<Value> {
        let read = match arguments {
            [one] => money(text(one)?)?,
            [code, amount] => {
                let currency = Currency::new(text(code)?).ok()?;
                match amount.shape {
                    Shape::Literal(Value::Int(_) | Value::Number(_)) => {
                        Money::from_decimal(amount.span.of(self.source), currency).ok()?
                    }
                    _ => return None,
                }
            }
            _ => return None,
        };
        Some(Value::Money(read))
    }

    /// A list that is written out: constants of one kind.
    pub(super) fn list(&mut self, expr: &Expr, items: &[Expr]) -> Option<(Value, Type)> {
        if items.is_empty() || items.len() > MAX_ITEMS {
            self.fault(expr.span, format!("a list must have from 1 to {MAX_ITEMS} items"));
            return None;
        }
        let mut values: Vec<Value> = Vec::with_capacity(items.len());
        for item in items {
            let Some(constant) = self.constant(item) else {
                self.fault(
                    item.span,
                    "only written values may stand in a list; join names with ||".to_owned(),
                );
                return None;
            };
            let constant = constant?;
            let expected = values.first().map_or(constant.kind(), Value::kind);
            if constant.kind() != expected {
                self.fault(item.span, "the items of a list must be of one type".to_owned());
                return None;
            }
            values.push(constant);
        }
        let kind = values.first().and_then(Value::kind)?;
        Some((Value::List(values.into()), Type::List(kind)))
    }
}

fn text(expr: &Expr) -> Option<&str> {
    match &expr.shape {
        Shape::Literal(Value::Text(text)) => Some(text),
        _ => None,
    }
}

fn only_text(arguments: &[Expr]) -> Option<&str> {
    match arguments {
        [one] => text(one),
        _ => None,
    }
}
