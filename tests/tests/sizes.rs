//! What is fetched and compiled at the edge is small.

use std::fs;
use tests::bench::build;
use tests::house::root;

/// Bytes of a head.
const MOST: u64 = 3_000_000;

#[test]
fn each_head_is_at_most_three_megabytes() {
    build();
    for head in ["web", "tv", "watch", "chat", "desk"] {
        let path = root().join(format!("target/wasm32-wasip2/head/{head}.wasm"));
        let bytes = fs::metadata(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display())).len();
        println!("{head}: {bytes} bytes");
        assert!(bytes <= MOST, "{head} has {bytes} bytes, {MOST} allowed");
    }
}
