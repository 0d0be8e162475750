//! Compiled code on disk, so that a start costs milliseconds instead of a compilation.
//!
//! A file is `KEY.SUM.cwasm`: the key says what was compiled and by which engine, the sum is the hash of the file's
//! own bytes. A file whose bytes do not have its sum is never loaded.

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use wasmtime::Engine;
use wasmtime::component::Component;

/// Loads a component, from the cache in `folder` or by compiling it and leaving the code there.
///
/// # Errors
/// When the file cannot be read or is not a component that this engine takes. A cache that cannot be written is
/// not an error: the next start compiles again.
pub(crate) fn load(engine: &Engine, wasm: &Path, folder: &Path) -> anyhow::Result<Component> {
    let bytes = std::fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let key = key(engine, &bytes);
    if let Some(component) = cached(engine, folder, &key) {
        return Ok(component);
    }
    let code = engine
        .precompile_component(&bytes)
        .map_err(|error| anyhow::anyhow!("{} is not a WASM component: {error:#}", wasm.display()))?;
    match write(folder, &key, &code) {
        Ok(path) => deserialize(engine, &path),
        Err(_) => Component::new(engine, &bytes).map_err(anyhow::Error::from),
    }
}

fn key(engine: &Engine, wasm: &[u8]) -> String {
    let mut compatibility = DefaultHasher::new();
    engine.precompile_compatibility_hash().hash(&mut compatibility);
    format!("{}-{:016x}", hex(wasm), compatibility.finish())
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn cached(engine: &Engine, folder: &Path, key: &str) -> Option<Component> {
    for entry in std::fs::read_dir(folder).ok()?.flatten() {
        let name = entry.file_name();
        let sum =
            name.to_str().and_then(|name| name.strip_prefix(key)?.strip_prefix('.')?.strip_suffix(".cwasm"));
        let Some(sum) = sum else { continue };
        let whole = std::fs::read(entry.path()).is_ok_and(|code| hex(&code) == sum);
        match whole.then(|| deserialize(engine, &entry.path())) {
            Some(Ok(component)) => return Some(component),
            // Damaged, or from another build of the engine: of no use to anybody.
            _ => drop(std::fs::remove_file(entry.path())),
        }
    }
    None
}

fn write(folder: &Path, key: &str, code: &[u8]) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join(format!("{key}.{}.cwasm", hex(code)));
    // Two hosts, also within one process, may compile the same component at once; each renames a whole file
    // of its own into place.
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let mine = COUNT.fetch_add(1, Ordering::Relaxed);
    let temporary = folder.join(format!("{key}.{}.{mine}.tmp", std::process::id()));
    std::fs::write(&temporary, code)?;
    std::fs::rename(&temporary, &path)?;
    Ok(path)
}

#[expect(
    unsafe_code,
    reason = "wasmtime cannot prove that a file holds code of its own making; here we made it"
)]
fn deserialize(engine: &Engine, path: &Path) -> anyhow::Result<Component> {
    // SAFETY: the file is in our own state folder, was written by `write` from what this engine's compiler returned,
    // and has been found to hash to the sum in its name (or was written a moment ago by this process). wasmtime
    // itself refuses code of another version or configuration.
    let component = unsafe { Component::deserialize_file(engine, path) };
    component.map_err(anyhow::Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::engine::{Pool, engine};

    /// The smallest component there is: the eight bytes of its header.
    const EMPTY: &[u8] = &[0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00];

    #[test]
    fn damaged_code_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let wasm = folder.path().join("empty.wasm");
        std::fs::write(&wasm, EMPTY).unwrap();
        let engine = engine(Pool { instances: 2, memory: 1 << 20 }).unwrap();
        let code = folder.path().join("code");
        let files = || -> Vec<PathBuf> {
            std::fs::read_dir(&code).unwrap().map(|entry| entry.unwrap().path()).collect()
        };

        load(&engine, &wasm, &code).unwrap();
        let [file] = &files()[..] else { panic!("{:?}", files()) };
        let written = std::fs::read(file).unwrap();
        assert!(cached(&engine, &code, &key(&engine, EMPTY)).is_some());

        for damaged in [&written[..written.len() / 2], b"", &[written.clone(), b"x".to_vec()].concat()] {
            std::fs::write(file, damaged).unwrap();
            assert!(cached(&engine, &code, &key(&engine, EMPTY)).is_none());
            load(&engine, &wasm, &code).unwrap();
            assert_eq!(std::fs::read(file).unwrap(), written);
        }
        std::fs::write(&wasm, b"not wasm").unwrap();
        assert!(load(&engine, &wasm, &code).unwrap_err().to_string().contains("not a WASM component"));
    }
}
