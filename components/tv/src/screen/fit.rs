//! Keeping a screen within its limit.

use super::{Screen, cut};
use kit::Answer;

/// The most bytes of a screen: 60 KB, so that a first screen is one round trip of a TV's slow network
/// (`reference/heads.md` of the design, 2026-11).
pub const LIMIT: usize = 60_000;

/// A cut and its name.
type Step = (&'static str, fn(&mut Screen));

/// What is cut, the least missed first. Each step says what it did, and does nothing the second time.
const STEPS: &[Step] = &[
    ("subtitles", without_subtitles),
    ("titles", with_short_titles),
    ("hero-text", with_short_hero),
    ("items", with_few_items),
    ("pictures", without_pictures),
];

/// Writes a screen within [`LIMIT`]: cuts by priority, then whole rails from the bottom, and says so in
/// `trimmed` and in the header `headwater-trimmed`.
pub fn fit(mut screen: Screen) -> Answer {
    let mut steps = STEPS.iter();
    while size(&screen) > LIMIT {
        if let Some((name, step)) = steps.next() {
            step(&mut screen);
            screen.trimmed.push(name);
        } else if screen.rails.pop().is_some() {
            if screen.trimmed.last() != Some(&"rails") {
                screen.trimmed.push("rails");
            }
        } else {
            break;
        }
        follow(&mut screen);
    }
    let answer = Answer::json(&screen);
    if screen.trimmed.is_empty() {
        return answer;
    }
    answer.header(http::HeaderName::from_static("headwater-trimmed"), &screen.trimmed.join(", "))
}

fn size(screen: &Screen) -> usize {
    serde_json::to_vec(screen).map_or(0, |json| json.len())
}

/// The focus must not name what is gone.
fn follow(screen: &mut Screen) {
    let rails: Vec<String> = screen.rails.iter().map(|rail| rail.id.clone()).collect();
    screen.focus.order.retain(|id| id == "hero" || id == "keyboard" || rails.contains(id));
    let (rail, item) = screen.focus.initial.split_once('/').unwrap_or_default();
    let there = rail == "hero"
        || rail == "keyboard"
        || screen.rails.iter().any(|r| r.id == rail && r.items.iter().any(|i| i.id == item));
    if !there {
        let first = screen.rails.iter().find_map(|r| Some(format!("{}/{}", r.id, r.items.first()?.id)));
        screen.focus.initial = first.unwrap_or_default();
    }
}

fn without_subtitles(screen: &mut Screen) {
    for item in screen.rails.iter_mut().flat_map(|rail| &mut rail.items) {
        item.subtitle.clear();
    }
}

fn with_short_titles(screen: &mut Screen) {
    for rail in &mut screen.rails {
        rail.title = cut(&rail.title, 40);
        for item in &mut rail.items {
            item.title = cut(&item.title, 40);
            if let Some(image) = &mut item.image {
                image.alt.clear();
            }
        }
    }
}

fn with_short_hero(screen: &mut Screen) {
    if let Some(hero) = &mut screen.hero {
        hero.text = cut(&hero.text, 120);
    }
}

/// Six cards fill the width of a screen. Choices and cart lines are never cut: nothing else leads there.
fn with_few_items(screen: &mut Screen) {
    use super::RailKind::{Grid, Products, Wide};
    for rail in &mut screen.rails {
        if matches!(rail.kind, Grid | Products | Wide) && rail.next.is_none() {
            rail.items.truncate(6);
        }
    }
}

fn without_pictures(screen: &mut Screen) {
    for item in screen.rails.iter_mut().skip(2).flat_map(|rail| &mut rail.items) {
        item.image = None;
    }
}
