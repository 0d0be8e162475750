//! `spin:key-value`: the stores behind the labels.

mod disk;
mod interface;
mod memory;

#[expect(
    unreachable_pub,
    reason = "the generated bindings re-export it, which Rust allows for `pub` alone"
)]
pub use interface::Opened;
pub(crate) use interface::{KeyValue, View};

use disk::{Disk, SHARED};
use memory::Memory;
use std::path::Path;
use std::sync::Arc;

/// The labels this host has: `default` is on disk, `cache` in memory, `own` on disk and the component's alone. Whoever
/// may use any of them has `own`, listed or not: Spin would want a runtime configuration for a label that is listed.
pub(crate) const LABELS: [&str; 3] = ["default", "cache", OWN];

/// The label of the store that no other component can open.
pub(crate) const OWN: &str = "own";

/// Longest key, in bytes.
pub(crate) const MAX_KEY: usize = 255;

/// Largest value, in bytes: the 1 MB of Akamai Functions, so that what works here works there.
pub(crate) const MAX_VALUE: usize = 1_000_000;

/// The application's stores; every component that lists a label shares what is in it, but for `own`.
pub(crate) struct Stores {
    disk: Disk,
    memory: Memory,
}

/// Which store a label means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    Default,
    Cache,
    /// Of the component of this name.
    Own(Arc<str>),
}

impl Label {
    pub(crate) fn of(label: &str, component: &str) -> Option<Self> {
        match label {
            OWN => Some(Self::Own(component.into())),
            "default" => Some(Self::Default),
            "cache" => Some(Self::Cache),
            _ => None,
        }
    }
}

/// What went wrong, in words for the component's author.
pub(crate) type Outcome<T> = Result<T, String>;

impl Stores {
    /// Opens the store file in the state folder, making it when it is not there.
    ///
    /// # Errors
    /// When the file cannot be opened, above all because another process has it open.
    pub(crate) fn open(state: &Path) -> anyhow::Result<Self> {
        Ok(Self { disk: Disk::open(&state.join("key-value.redb"))?, memory: Memory::default() })
    }

    pub(crate) async fn get(&self, label: Label, key: String) -> Outcome<Option<Vec<u8>>> {
        check_key(&key)?;
        match label {
            Label::Default => self.disk.get(SHARED.to_owned(), key).await,
            Label::Own(component) => self.disk.get(table(&component), key).await,
            Label::Cache => Ok(self.memory.get(&key)),
        }
    }

    /// Returns once the value is safe: on disk, for all but `cache`.
    pub(crate) async fn set(&self, label: Label, key: String, value: Vec<u8>) -> Outcome<()> {
        check_key(&key)?;
        if value.len() > MAX_VALUE {
            return Err(format!("the value has {} bytes; the limit is {MAX_VALUE}", value.len()));
        }
        match label {
            Label::Default => self.disk.write(SHARED.to_owned(), key, Some(value)).await,
            Label::Own(component) => self.disk.write(table(&component), key, Some(value)).await,
            Label::Cache => self.memory.set(key, value),
        }
    }

    pub(crate) async fn delete(&self, label: Label, key: String) -> Outcome<()> {
        check_key(&key)?;
        match label {
            Label::Default => self.disk.write(SHARED.to_owned(), key, None).await,
            Label::Own(component) => self.disk.write(table(&component), key, None).await,
            Label::Cache => {
                self.memory.delete(&key);
                Ok(())
            }
        }
    }

    pub(crate) async fn keys(&self, label: Label) -> Outcome<Vec<String>> {
        match label {
            Label::Default => self.disk.keys(SHARED.to_owned()).await,
            Label::Own(component) => self.disk.keys(table(&component)).await,
            Label::Cache => Ok(self.memory.keys()),
        }
    }

    /// Finishes what was begun and closes the file.
    pub(crate) fn close(&self) {
        self.disk.close();
    }
}

/// The table of a component's own; no component's name has a colon.
fn table(component: &str) -> String {
    format!("own:{component}")
}

fn check_key(key: &str) -> Outcome<()> {
    if key.is_empty() || key.len() > MAX_KEY {
        return Err(format!("the key has {} bytes; it must have 1 to {MAX_KEY}", key.len()));
    }
    Ok(())
}
