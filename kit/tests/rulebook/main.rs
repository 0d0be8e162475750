//! The merchandiser's rules, in a rehearsed world: how instances pick them up, and how they are put in force.

#![expect(clippy::unwrap_used, reason = "what a test builds itself is right, or the test stops there")]

mod broken;
mod pick_up;
mod writing;

use jiff::Timestamp;
use kit::Edge;
use kit::rehearsal::World;
use kit::rulebook::{Digest, Pointer, Refused, Rulebook, Shelf, current, publish};
use personalise::rules::Rules;
use std::rc::Rc;
use std::time::Duration;

/// Where the pointer is.
const KEY: &str = "rules";
const SECOND: Duration = Duration::from_secs(1);
const MILLISECOND: Duration = Duration::from_millis(1);

/// Rules that are known by the name of their only slot.
fn compact(name: &str) -> Vec<u8> {
    let file = format!("[slot.{name}]\nshow = [{{ content = \"hero\" }}]\n");
    let published = personalise::rules::publish(&file, Timestamp::UNIX_EPOCH);
    published.rules.unwrap().to_compact().unwrap()
}

fn digest(name: &str) -> Digest {
    Digest::of(&compact(name))
}

fn key(name: &str) -> String {
    format!("rules/{}", digest(name))
}

fn name(rules: &Rules) -> String {
    rules.slots.first().unwrap().name.to_string()
}

fn put(world: &Rc<World>, name: &str) -> Result<Pointer, Refused> {
    world.run(publish(&**world, Shelf::Rules, &compact(name), None))
}

fn book(world: &Rc<World>) -> Option<Rc<Rulebook>> {
    let edge: Rc<dyn Edge> = world.clone();
    world.run(async { current(&edge).await })
}

/// Which rules a request that comes now is answered by.
fn in_use(world: &Rc<World>) -> Option<String> {
    book(world).map(|book| name(&book.rules))
}

fn says(name: &str) -> Option<String> {
    Some(name.to_owned())
}
