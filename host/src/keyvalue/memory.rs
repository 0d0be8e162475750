//! The `cache` label: in memory, gone with the process.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// All keys and values together, in bytes; a cache must not become the host's memory leak.
const MAX_TOTAL: usize = 256 << 20;

#[derive(Default)]
struct Held {
    values: BTreeMap<String, Vec<u8>>,
    bytes: usize,
}

#[derive(Default)]
pub(super) struct Memory {
    held: Mutex<Held>,
}

impl Memory {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn get(&self, key: &str) -> Option<Vec<u8>> {
        self.held().values.get(key).cloned()
    }

    pub(super) fn set(&self, key: String, value: Vec<u8>) -> Result<(), String> {
        let mut held = self.held();
        let old = held.values.get(&key).map_or(0, |old| old.len() + key.len());
        let bytes = held.bytes - old + key.len() + value.len();
        if bytes > MAX_TOTAL {
            return Err(format!("the store `cache` is full ({MAX_TOTAL} bytes); delete keys first"));
        }
        held.bytes = bytes;
        held.values.insert(key, value);
        Ok(())
    }

    pub(super) fn delete(&self, key: &str) {
        let mut held = self.held();
        if let Some(old) = held.values.remove(key) {
            held.bytes -= old.len() + key.len();
        }
    }

    pub(super) fn keys(&self) -> Vec<String> {
        self.held().values.keys().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_counted_and_the_limit_holds() {
        let memory = Memory::default();
        let value = vec![0; 1 << 20];
        let mut taken = 0;
        while memory.set(taken.to_string(), value.clone()).is_ok() {
            taken += 1;
        }
        assert_eq!(taken, 255);
        assert!(memory.set("0".to_owned(), value.clone()).is_ok(), "overwriting needs no new room");
        memory.delete("0");
        assert_eq!(memory.get("0"), None);
        assert!(memory.set("again".to_owned(), value).is_ok());
        for key in memory.keys() {
            memory.delete(&key);
        }
        assert_eq!(memory.held().bytes, 0);
    }
}
