//! Types and names: each part is checked against the declared attributes and becomes a node.

use super::item::ItemPart;
use super::node::{Arithmetic, At, Comparison, Node, TextTest};
use super::syntax::{Expr, Shape};
use super::{Condition, Fault, Names, Span};
use crate::attribute::{Kind, Type};
use crate::nearest::hint;

/// The functions, with how each is written.
const FUNCTIONS: [(&str, &str); 9] = [
    ("has", "has(visitor.visits)"),
    ("money", "money(\"GBP\", 30)"),
    ("duration", "duration(\"7 days\")"),
    ("time", "time(\"2026-11-27T09:00:00Z\")"),
    ("timestamp", "timestamp(\"2026-11-27T09:00:00Z\")"),
    ("size", "size(visitor.viewed_categories)"),
    ("contains", "geo.city.contains(\"ham\")"),
    ("startsWith", "geo.city.startsWith(\"Ham\")"),
    ("endsWith", "geo.city.endsWith(\"burg\")"),
];

type Checked = Option<(At, Type)>;

pub(super) struct Checker<'a> {
    pub(super) source: &'a str,
    names: Names<'a>,
    nodes: Vec<Node>,
    spans: Vec<Span>,
    faults: Vec<Fault>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(source: &'a str, names: Names<'a>) -> Self {
        Self { source, names, nodes: Vec::new(), spans: Vec::new(), faults: Vec::new() }
    }

    pub(super) fn finish(mut self) -> Result<Condition, Vec<Fault>> {
        if self.faults.is_empty() {
            let made = Condition::new(self.source.into(), self.nodes.into(), self.spans.into());
            return made.map_err(|error| {
                vec![Fault { span: Span { start: 0, end: 1 }, message: error.to_string() }]
            });
        }
        self.faults.sort_by_key(|fault| fault.span.start);
        Err(self.faults)
    }

    pub(super) fn fault(&mut self, span: Span, message: String) {
        self.faults.push(Fault { span, message });
    }

    /// `None` where a fault was told; what stands around it is still checked.
    pub(super) fn check(&mut self, expr: &Expr) -> Checked {
        if let Some(constant) = self.constant(expr) {
            let value = constant?;
            let kind = Type::One(value.kind()?);
            return self.push(Node::Literal(value), expr.span, kind);
        }
        match &expr.shape {
            Shape::Literal(_) => None,
            Shape::Name(name) => self.name(name, expr.span),
            Shape::List(items) => {
                let (value, kind) = self.list(expr, items)?;
                self.push(Node::Literal(value), expr.span, kind)
            }
            Shape::Not(one) => {
                let at = self.bool(one)?;
                self.push(Node::Not(at), expr.span, Type::BOOL)
            }
            Shape::Negate(one) => match self.check(one)? {
                (at, kind @ Type::One(Kind::Int | Kind::Number | Kind::Money | Kind::Duration)) => {
                    self.push(Node::Negate(at), expr.span, kind)
                }
                (_, kind) => self.refuse(expr.span, format!("{kind} has no opposite; use ! for a bool")),
            },
            Shape::All(parts) => self.joined(parts, expr.span, Node::All),
            Shape::Any(parts) => self.joined(parts, expr.span, Node::Any),
            Shape::Compare(comparison, both) => self.compare(*comparison, both, expr.span),
            Shape::In(both) => self.among(both, expr.span),
            Shape::Arithmetic(operation, both) => self.arithmetic(*operation, both, expr.span),
            Shape::Call { name, arguments, .. } => self.call(name, arguments, expr.span),
        }
    }

    fn push(&mut self, node: Node, span: Span, kind: Type) -> Checked {
        let at = At::try_from(self.nodes.len()).ok()?;
        self.nodes.push(node);
        self.spans.push(span);
        Some((at, kind))
    }

    fn refuse(&mut self, span: Span, message: String) -> Checked {
        self.fault(span, message);
        None
    }

    fn name(&mut self, name: &str, span: Span) -> Checked {
        if name == "now" {
            return self.push(Node::Now, span, Type::One(Kind::Time));
        }
        if let Some(audience) = name.strip_prefix("audience.") {
            return match self.names.audiences.get(audience) {
                Some(place) => self.push(Node::Audience(*place), span, Type::BOOL),
                None => {
                    let hint = hint(audience, self.names.audiences.keys().map(String::as_str));
                    self.refuse(span, format!("there is no audience `{audience}`{hint}"))
                }
            };
        }
        if name.starts_with("item.") {
            return self.item(name, span);
        }
        match self.names.schema.find(name) {
            Some((id, kind)) => self.push(Node::Attribute(id), span, kind),
            None => self.undeclared(name, span),
        }
    }

    fn item(&mut self, name: &str, span: Span) -> Checked {
        match ItemPart::NAMES.into_iter().find(|(known, ..)| *known == name) {
            Some((_, part, kind)) if self.names.items => self.push(Node::Item(part), span, kind),
            Some(_) => {
                let cure = "only the `filter` of a recommendation has products to ask about";
                self.refuse(span, format!("`{name}` is unknown here; {cure}"))
            }
            None => {
                let hint = hint(name, ItemPart::NAMES.into_iter().map(|(known, ..)| known));
                self.refuse(span, format!("of an item `{name}` is not known{hint}"))
            }
        }
    }

    fn undeclared(&mut self, name: &str, span: Span) -> Checked {
        let hint = match self.names.audiences.contains_key(name) {
            true => format!("; did you mean `audience.{name}`?"),
            false => hint(name, self.names.schema.iter().map(|(known, _)| known)),
        };
        self.refuse(span, format!("`{name}` is not declared under [attributes]{hint}"))
    }

    fn bool(&mut self, expr: &Expr) -> Option<At> {
        match self.check(expr)? {
            (at, Type::BOOL) => Some(at),
            (_, kind) => {
                self.fault(
                    expr.span,
                    format!("true or false is needed here, and this is {kind}; compare it"),
                );
                None
            }
        }
    }

    fn joined(&mut self, parts: &[Expr], span: Span, node: fn(Box<[At]>) -> Node) -> Checked {
        let checked: Vec<Option<At>> = parts.iter().map(|part| self.bool(part)).collect();
        let parts = checked.into_iter().collect::<Option<Box<[At]>>>()?;
        self.push(node(parts), span, Type::BOOL)
    }

    fn both(&mut self, [left, right]: &[Expr; 2]) -> Option<[(At, Type); 2]> {
        let (left, right) = (self.check(left), self.check(right));
        Some([left?, right?])
    }

    fn compare(&mut self, comparison: Comparison, both: &[Expr; 2], span: Span) -> Checked {
        let [(left, left_type), (right, right_type)] = self.both(both)?;
        let comparable = match (left_type, right_type) {
            (Type::One(a), Type::One(b)) => a == b || a.is_numeric() && b.is_numeric(),
            _ => false,
        };
        let ranks = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        if !comparable {
            let cure = cure(left_type, right_type);
            return self.refuse(span, format!("{left_type} cannot be compared with {right_type}{cure}"));
        }
        if ranks && left_type == Type::BOOL {
            return self.refuse(span, "of two bools none is the greater; use == or !=".to_owned());
        }
        self.push(Node::Compare(comparison, left, right), span, Type::BOOL)
    }

    fn among(&mut self, both: &[Expr; 2], span: Span) -> Checked {
        match self.both(both)? {
            [(item, Type::One(a)), (list, Type::List(b))] if a == b || a.is_numeric() && b.is_numeric() => {
                self.push(Node::In(item, list), span, Type::BOOL)
            }
            [(_, item), (_, list)] => {
                let cure = match list {
                    Type::One(Kind::Text) => "; a part of a string is asked for by .contains(\"…\")",
                    _ => "; write an item before `in` and a list of its type after it",
                };
                self.refuse(span, format!("{item} cannot be in {list}{cure}"))
            }
        }
    }

    fn arithmetic(&mut self, operation: Arithmetic, both: &[Expr; 2], span: Span) -> Checked {
        let [(left, left_type), (right, right_type)] = self.both(both)?;
        let kind = match (left_type, right_type) {
            (Type::One(a), Type::One(b)) => operation.kind(a, b),
            _ => None,
        };
        match kind {
            Some(kind) => self.push(Node::Arithmetic(operation, left, right), span, Type::One(kind)),
            None => self.refuse(span, format!("{left_type} and {right_type} cannot be reckoned together so")),
        }
    }

    fn call(&mut self, name: &str, arguments: &[Expr], span: Span) -> Checked {
        let test = match name {
            "has" => return self.has(arguments, span),
            "size" => return self.size(arguments, span),
            "contains" => TextTest::Contains,
            "startsWith" => TextTest::StartsWith,
            "endsWith" => TextTest::EndsWith,
            _ => {
                let shown: String = name.chars().take(64).collect();
                let hint = hint(name, FUNCTIONS.into_iter().map(|(known, _)| known));
                return self.refuse(span, format!("there is no function `{shown}`{hint}"));
            }
        };
        let [text, part] = arguments else { return self.misused(name, span) };
        match (self.check(text), self.check(part)) {
            (Some((text, Type::One(Kind::Text))), Some((part, Type::One(Kind::Text)))) => {
                self.push(Node::Text(test, text, part), span, Type::BOOL)
            }
            (Some((_, Type::List(_))), Some(_)) => {
                self.refuse(span, "an item of a list is asked for by `item in list`".to_owned())
            }
            (Some(_), Some(_)) => self.misused(name, span),
            _ => None,
        }
    }

    fn has(&mut self, arguments: &[Expr], span: Span) -> Checked {
        let [Expr { shape: Shape::Name(name), span: at, .. }] = arguments else {
            return self.misused("has", span);
        };
        match self.names.schema.find(name) {
            Some((id, _)) => self.push(Node::Has(id), span, Type::BOOL),
            None => self.undeclared(name, *at),
        }
    }

    fn size(&mut self, arguments: &[Expr], span: Span) -> Checked {
        let [one] = arguments else { return self.misused("size", span) };
        match self.check(one)? {
            (at, Type::One(Kind::Text) | Type::List(_)) => {
                self.push(Node::Size(at), span, Type::One(Kind::Int))
            }
            _ => self.misused("size", span),
        }
    }

    fn misused(&mut self, name: &str, span: Span) -> Checked {
        let written =
            FUNCTIONS.into_iter().find(|(known, _)| *known == name).map_or("", |(_, written)| written);
        self.refuse(span, format!("{name} is written {written}"))
    }
}

fn cure(left: Type, right: Type) -> &'static str {
    let has = |kind| left == Type::One(kind) || right == Type::One(kind);
    if matches!((left, right), (Type::List(_), _) | (_, Type::List(_))) {
        return "; ask `item in list`";
    }
    let cures = [
        (Kind::Money, "; write an amount as money(\"GBP\", 30)"),
        (Kind::Duration, "; write a length of time as duration(\"7 days\")"),
        (Kind::Time, "; write a moment as time(\"2026-11-27T09:00:00Z\")"),
        (Kind::Text, "; put a string in quotes, and a number in none"),
    ];
    cures.into_iter().find(|(kind, _)| has(*kind)).map_or("", |(_, cure)| cure)
}
