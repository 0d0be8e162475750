//! The operator's own HTML.

use super::syntax::{Fault, Syntax};
use super::view::sample;
use crate::nearest::hint;
use crate::placements::{Put, Show};
use crate::rules::publish::desk::{Cell, Desk, cut, start};

/// The most bytes of one.
const LONGEST: usize = 64 << 10;

pub(super) fn read_html<'t>(
    cell: &Cell<'t>,
    show: &Show,
    put: Option<Put>,
    syntax: &dyn Syntax,
    desk: &mut Desk<'t>,
) -> Option<Box<str>> {
    let html = desk.string(cell, "html")?;
    if html.len() > LONGEST {
        desk.error(start(cell), format!("html has at most {LONGEST} bytes, and this has {}", html.len()));
        return None;
    }
    let view = sample(show);
    let known: Vec<&str> = view.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    let names = match syntax.names(html) {
        Ok(names) => names,
        Err(fault) => {
            tell(&fault, cell, html, desk);
            return None;
        }
    };
    let mut is_sound = true;
    for name in names.iter().filter(|name| !known.contains(&name.as_str())) {
        let hint = hint(name, known.iter().copied());
        let at = desk.inside(cell, html, place_of(name, html));
        desk.error(
            at,
            format!("html: there is no `{}` to print{hint}; there are {}", cut(name), known.join(", ")),
        );
        is_sound = false;
    }
    if is_sound && let Err(fault) = syntax.print(html, &view) {
        tell(&fault, cell, html, desk);
    }
    let own: Vec<&str> = known.into_iter().filter(|name| !matches!(*name, "lang" | "dir")).collect();
    let is_used = own.iter().any(|name| names.contains(*name));
    if html.trim().is_empty() && put.is_some_and(|put| !put.replaces()) {
        desk.warn(start(cell), "html is empty, so nothing is put there; leave the place out");
    } else if *show != Show::Html && !is_used {
        let cure = "print them, or leave html out for ours";
        let all = own.join(", ");
        desk.warn(start(cell), format!("html prints nothing of what is shown here ({all}); {cure}"));
    }
    Some(html.into())
}

fn tell<'t>(fault: &Fault, cell: &Cell<'t>, html: &str, desk: &mut Desk<'t>) {
    let before: usize = html.split_inclusive('\n').take(fault.line.saturating_sub(1)).map(str::len).sum();
    let at = desk.inside(cell, html, before);
    desk.error(at, format!("html: {}", fault.message));
}

/// Where a name stands first between the braces of a template; its beginning when that cannot be told.
fn place_of(name: &str, html: &str) -> usize {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let is_there = |at: &usize| {
        let (before, after) =
            (html.get(..*at).unwrap_or_default(), html.get(at + name.len()..).unwrap_or_default());
        let open = before.rfind("{{").max(before.rfind("{%"));
        let close = before.rfind("}}").max(before.rfind("%}"));
        open.is_some()
            && open > close
            && !before.ends_with(is_letter)
            && !after.starts_with(|c: char| is_letter(c) && c != '.')
    };
    html.match_indices(name).map(|(at, _)| at).find(is_there).unwrap_or(0)
}
