//! Rules that ask for each other: their order, and the circles that have none.

use super::desk::Desk;

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    Open,
    Done,
}

/// Every place once, each behind those that it asks for. A circle is an error that names its path.
///
/// `names` are those of the rules and `what` the word for them; `references` are, for each, the places that it asks
/// for and where in the file.
pub(super) fn ordered(
    what: &str,
    names: &[&str],
    references: &[Vec<(u16, usize)>],
    desk: &mut Desk<'_>,
) -> Vec<u16> {
    let mut marks = vec![Mark::New; names.len()];
    let mut order = Vec::with_capacity(names.len());
    for (first, _) in (0_u16..).zip(names) {
        // Depth first, with a stack of our own: a chain may be as long as the file.
        let mut path: Vec<(u16, usize)> = vec![(first, 0)];
        if marks.get(usize::from(first)) != Some(&Mark::New) {
            continue;
        }
        while let Some((place, next)) = path.last_mut() {
            let (place, index) = (*place, *next);
            *next += 1;
            set(&mut marks, place, Mark::Open);
            let asked = references.get(usize::from(place)).and_then(|asked| asked.get(index));
            let Some((to, at)) = asked else {
                set(&mut marks, place, Mark::Done);
                order.push(place);
                path.pop();
                continue;
            };
            match marks.get(usize::from(*to)) {
                Some(Mark::New) => path.push((*to, 0)),
                Some(Mark::Open) => desk.error(*at, circle(what, names, &path, *to)),
                _ => {}
            }
        }
    }
    order
}

fn set(marks: &mut [Mark], place: u16, to: Mark) {
    if let Some(mark) = marks.get_mut(usize::from(place)) {
        *mark = to;
    }
}

/// `a → b → a`; the middle of a long one is left out.
fn circle(what: &str, known: &[&str], path: &[(u16, usize)], to: u16) -> String {
    let name = |place: u16| known.get(usize::from(place)).copied().unwrap_or("");
    let mut names: Vec<&str> =
        path.iter().skip_while(|(place, _)| *place != to).map(|(p, _)| name(*p)).collect();
    if names.len() > 12 {
        names.splice(6..names.len() - 6, ["…"]);
    }
    names.push(name(to));
    format!("{what} ask for each other in a circle: {}; take one out", names.join(" → "))
}
