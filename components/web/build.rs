//! Joins the parts of the style sheet and names each asset by a hash of its content, so that browsers may
//! keep it for ever.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// In cascade order.
const STYLES: &[&str] =
    &["base.css", "frame.css", "home.css", "listing.css", "product.css", "basket.css", "given.css"];

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut css = String::new();
    for part in STYLES {
        css.push_str(&read(&root.join("style").join(part))?);
    }
    let js = read(&root.join("script/site.js"))?;
    fs::write(out.join("site.css"), squeeze(&css))?;
    fs::write(out.join("site.js"), &js)?;
    println!("cargo::rustc-env=STYLE_NAME=site.{:016x}.css", hash(squeeze(&css).as_bytes()));
    println!("cargo::rustc-env=SCRIPT_NAME=site.{:016x}.js", hash(js.as_bytes()));
    Ok(())
}

fn read(file: &Path) -> Result<String, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", file.display());
    fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()).into())
}

/// Leaves out comments, indentation and line ends; ours hold no strings with any of these.
fn squeeze(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.lines().map(str::trim).collect::<Vec<_>>().join("")
}

/// FNV-1a, 64 bits: the same on every machine and with every compiler.
fn hash(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
