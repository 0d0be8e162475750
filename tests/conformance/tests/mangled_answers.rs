//! No answer of a backend, however wrong, makes an adapter panic, ask on and on, or take memory without end.
//! `cargo fuzz` in `tests/fuzz` goes on from here for as long as one likes.

use bytes::Bytes;
use cap::Cap;
use commerce::adapters::names;
use conformance::mangle::{Chance, MOST_CALLS, QUESTIONS, ask, mangle};
use kit::rehearsal::World;
use std::alloc::System;
use std::fs;
use std::path::Path;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// Rounds over all questions for each recorded answer.
const ROUNDS: usize = 12;
/// What one question may take beyond what was there; the mangled answers have at most 0.4 MB.
const MOST_MEMORY: usize = 64 << 20;

/// Answers of the demo shop, which speaks the plain form.
fn spoken_plainly() -> Vec<(String, Vec<u8>)> {
    let world = World::new();
    let market = "locale=en-GB&currency=GBP";
    let paths = [
        "products/harbour-trench-coat?",
        "products/by-id/p-1001/reviews?",
        "products/by-id/p-1001/related?",
        "listing?category=candles&",
        "categories?",
        "content?slot=home_hero&",
        "stores?",
        "variants/v-2004/stock?",
    ];
    let asked = paths.iter().map(|path| http::Request::get(format!("http://shop/v1/{path}{market}")));
    let cart = http::Request::post(format!("http://shop/v1/carts?{market}"));
    let cart = cart.header("content-type", "application/json").body(Bytes::from_static(b"{}"));
    let requests = asked.map(|request| request.body(Bytes::new())).chain([cart]);
    let answer = |request: http::Request<Bytes>| {
        let answer = world.run(demo_shop::answer(&*world, "media".as_ref(), &request));
        assert!(answer.status().is_success(), "{}: {}", request.uri(), answer.status());
        (request.uri().to_string(), answer.into_body().to_vec())
    };
    requests.map(|request| answer(request.expect("a request"))).collect()
}

/// The recorded answers of an adapter.
fn seeds(adapter: &str) -> Vec<(String, Vec<u8>)> {
    if adapter == "plain" {
        return spoken_plainly();
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/recorded").join(adapter);
    let mut seeds: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|e| panic!("{}: {e}: record some answers of {adapter}", folder.display()))
        .map(|entry| entry.expect("a file").path())
        .filter(|path| {
            path.extension().is_some_and(|end| ["json", "csv", "xml"].into_iter().any(|own| end == own))
        })
        .map(|path| (path.display().to_string(), fs::read(&path).expect("a readable file")))
        .collect();
    seeds.sort();
    assert!(!seeds.is_empty(), "{adapter} has no recorded answers");
    seeds
}

#[test]
fn no_answer_makes_an_adapter_panic_or_ask_without_end() {
    let mut asked = 0;
    for adapter in names() {
        for (name, seed) in seeds(adapter) {
            let mut chance = Chance::new(u64::try_from(seed.len()).unwrap_or(7));
            for round in 0..ROUNDS * QUESTIONS {
                let question = round % QUESTIONS;
                let body = if round < QUESTIONS { seed.clone() } else { mangle(&seed, &mut chance) };
                let status = [200, 200, 200, 400, 404, 409][chance.below(6)];
                let before = MEMORY.allocated();
                MEMORY.set_limit(before + MOST_MEMORY).expect("what is there is less");
                let calls = ask(adapter, question, status, &body);
                MEMORY.set_limit(usize::MAX).expect("no limit");
                assert!(calls <= MOST_CALLS, "{adapter}, question {question}, {name}: {calls} calls");
                asked += 1;
            }
        }
    }
    assert!(asked > ROUNDS * QUESTIONS, "something was asked: {asked}");
}

#[test]
fn mangling_changes_answers() {
    let mut chance = Chance::new(1);
    let seed = br#"{"a":[1,{"b":"c"}]}"#;
    let different = (0..100).filter(|_| mangle(seed, &mut chance) != seed).count();
    assert!(different > 90, "{different} of 100");
}
