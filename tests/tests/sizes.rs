//! What is fetched and compiled at the edge is small.

use std::fs;
use tests::bench::build;
use tests::house::root;

/// Bytes of a head.
const MOST: usize = 3_000_000;
/// From an error of jiff. Where its words are in a head, so is its reader of written times: 120 KB.
const JIFF: &[u8] = b"failed to find time zone";

#[test]
fn each_head_is_at_most_three_megabytes() {
    build();
    for head in ["web", "tv", "watch", "chat", "front", "desk"] {
        let path = root().join(format!("target/wasm32-wasip2/head/{head}.wasm"));
        let code = fs::read(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let bytes = code.len();
        println!("{head}: {bytes} bytes");
        assert!(bytes <= MOST, "{head} has {bytes} bytes, {MOST} allowed");
        // The desk takes moments as operators write them, and is no head.
        assert!(
            head == "desk" || !code.windows(JIFF.len()).any(|part| part == JIFF),
            "{head} reads times by jiff, or panics with an error of it; `commerce::date` reads them with less"
        );
    }
}
