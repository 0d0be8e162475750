//! The first two bytes choose the adapter and the question, the rest is what the backend answers.
#![no_main]

use commerce::adapters::names;
use conformance::mangle::ask;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let [adapter, question, body @ ..] = input else { return };
    let all: Vec<&str> = names().collect();
    ask(all[usize::from(*adapter) % all.len()], usize::from(*question), 200, body);
});
