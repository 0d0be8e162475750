//! Every document is of Shopify's published schema.

use crate::adapters::shopify::documents;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Shopify refuses a question with one unknown field as a whole, so this is worth more than any replay. It
/// needs node and what `tests/backends/shopify/start.sh` installs, and says so when it cannot look.
#[test]
fn every_document_is_of_the_published_schema() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/backends/shopify");
    if !folder.join("node_modules/graphql").exists() {
        eprintln!("not looked at: run tests/backends/shopify/start.sh once to install the schema");
        return;
    }
    let all: serde_json::Map<_, _> =
        documents::ALL.iter().map(|(name, text)| ((*name).to_owned(), (*text).into())).collect();
    let mut node = Command::new("node")
        .arg("validate.mjs")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    node.stdin.take().unwrap().write_all(serde_json::to_string(&all).unwrap().as_bytes()).unwrap();
    let done = node.wait_with_output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}
