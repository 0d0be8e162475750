//! The labels `default` and `own`: a redb file, with a table for each, that loses nothing it acknowledged.
//!
//! One thread writes. It takes every write that waits, commits them together with immediate durability (one fsync),
//! and only then acknowledges each: as many writers as like share the price of one commit.

use super::Outcome;
use redb::{
    Database, DatabaseError, Durability, ReadOnlyTable, ReadableDatabase as _, ReadableTable as _,
    TableDefinition, TableError,
};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// The table of the label `default`.
pub(super) const SHARED: &str = "default";

type Table<'a> = TableDefinition<'a, &'static str, &'static [u8]>;

/// Writes in one commit at most, so that the first to wait is not kept waiting by those behind.
const BATCH: usize = 256;

struct Write {
    table: String,
    key: String,
    /// `None` deletes.
    value: Option<Vec<u8>>,
    done: oneshot::Sender<Outcome<()>>,
}

pub(super) struct Disk {
    /// `None` once closed: instances that live on must not keep the file.
    database: RwLock<Option<Arc<Database>>>,
    writer: Mutex<Option<(Sender<Write>, JoinHandle<()>)>>,
}

impl Disk {
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        let database = Database::create(path).map_err(|error| match error {
            DatabaseError::DatabaseAlreadyOpen => anyhow::anyhow!(
                "the key-value store {} is open in another process; stop the other `headwater up`, or give this one its own --state-dir",
                path.display()
            ),
            other => anyhow::anyhow!("cannot open the key-value store {}: {other}", path.display()),
        })?;
        let database = Arc::new(database);
        let (sender, receiver) = channel();
        let thread = std::thread::Builder::new().name("key-value".to_owned()).spawn({
            let database = Arc::clone(&database);
            move || write_all(&database, &receiver)
        })?;
        Ok(Self { database: RwLock::new(Some(database)), writer: Mutex::new(Some((sender, thread))) })
    }

    pub(super) async fn get(&self, table: String, key: String) -> Outcome<Option<Vec<u8>>> {
        self.read(move |database| {
            let Some(table) = open_table(database, &table)? else { return Ok(None) };
            Ok(table.get(key.as_str())?.map(|value| value.value().to_vec()))
        })
        .await
    }

    pub(super) async fn keys(&self, table: String) -> Outcome<Vec<String>> {
        self.read(move |database| {
            let Some(table) = open_table(database, &table)? else { return Ok(Vec::new()) };
            let keys: Result<Vec<String>, redb::Error> =
                table.iter()?.map(|entry| Ok(entry?.0.value().to_owned())).collect();
            keys
        })
        .await
    }

    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Database) -> Result<T, redb::Error> + Send + 'static,
    ) -> Outcome<T> {
        let database =
            self.database.read().unwrap_or_else(PoisonError::into_inner).clone().ok_or_else(closed)?;
        match tokio::task::spawn_blocking(move || read(&database)).await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => Err(format!("the store cannot be read: {error}")),
            Err(_) => Err(closed()),
        }
    }

    pub(super) async fn write(&self, table: String, key: String, value: Option<Vec<u8>>) -> Outcome<()> {
        let (done, outcome) = oneshot::channel();
        let sender = self
            .writer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_ref()
            .map(|(sender, _)| sender.clone())
            .ok_or_else(closed)?;
        sender.send(Write { table, key, value, done }).map_err(|_| closed())?;
        drop(sender);
        outcome.await.map_err(|_| closed())?
    }

    /// Waits until every write that was handed over is on disk, and lets go of the file.
    pub(super) fn close(&self) {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some((sender, thread)) = writer {
            drop(sender);
            // A writer that panicked has acknowledged nothing that it did not commit.
            drop(thread.join());
        }
        drop(self.database.write().unwrap_or_else(PoisonError::into_inner).take());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        self.close();
    }
}

/// A table to read; `None` while nothing was ever written to it.
fn open_table(
    database: &Database,
    name: &str,
) -> Result<Option<ReadOnlyTable<&'static str, &'static [u8]>>, redb::Error> {
    match database.begin_read()?.open_table(Table::new(name)) {
        Ok(table) => Ok(Some(table)),
        Err(TableError::TableDoesNotExist(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn closed() -> String {
    "the store is closed: the host is stopping".to_owned()
}

fn write_all(database: &Database, waiting: &Receiver<Write>) {
    while let Ok(first) = waiting.recv() {
        let mut batch = vec![first];
        while let Some(next) = (batch.len() < BATCH).then(|| waiting.try_recv().ok()).flatten() {
            batch.push(next);
        }
        let outcome = commit(database, &batch).map_err(|error| format!("the value was not stored: {error}"));
        for write in batch {
            // A guest that is gone does not want to know.
            drop(write.done.send(outcome.clone()));
        }
    }
}

fn commit(database: &Database, batch: &[Write]) -> Result<(), redb::Error> {
    let mut transaction = database.begin_write()?;
    transaction.set_durability(Durability::Immediate)?;
    // A table is open once at a time: writes to the same one follow each other.
    for run in batch.chunk_by(|one, next| one.table == next.table) {
        let Some(first) = run.first() else { continue };
        let mut table = transaction.open_table(Table::new(&first.table))?;
        for write in run {
            match &write.value {
                Some(value) => drop(table.insert(write.key.as_str(), value.as_slice())?),
                None => drop(table.remove(write.key.as_str())?),
            }
        }
    }
    Ok(transaction.commit()?)
}

#[cfg(test)]
mod tests {
    use super::super::{Label, MAX_KEY, MAX_VALUE, Stores};

    #[tokio::test(flavor = "multi_thread")]
    async fn values_survive_a_restart_and_limits_hold() {
        let folder = tempfile::tempdir().unwrap();
        let stores = Stores::open(folder.path()).unwrap();
        let set = |key: &str, size| stores.set(Label::Default, key.to_owned(), vec![7; size]);
        futures::future::join_all(
            (0..100).map(|n| async move { (n, set(&format!("key-{n:03}"), n).await.unwrap()) }),
        )
        .await;
        assert!(set(&"k".repeat(MAX_KEY), MAX_VALUE).await.is_ok());
        assert!(set(&"k".repeat(MAX_KEY + 1), 1).await.is_err());
        assert!(set("", 1).await.is_err());
        assert!(set("big", MAX_VALUE + 1).await.is_err());
        stores.delete(Label::Default, "key-001".to_owned()).await.unwrap();
        assert_eq!(stores.get(Label::Cache, "key-002".to_owned()).await, Ok(None), "labels are apart");
        let own = |component: &str| Label::Own(component.into());
        stores.set(own("web"), "key-001".to_owned(), vec![1]).await.unwrap();
        assert_eq!(stores.get(own("tv"), "key-001".to_owned()).await, Ok(None), "components are apart");
        drop(stores);

        let stores = Stores::open(folder.path()).unwrap();
        assert_eq!(stores.get(Label::Default, "key-042".to_owned()).await, Ok(Some(vec![7; 42])));
        assert_eq!(stores.get(Label::Default, "key-001".to_owned()).await, Ok(None));
        assert_eq!(stores.keys(Label::Default).await.unwrap().len(), 100);
        assert_eq!(stores.get(Label::Own("web".into()), "key-001".to_owned()).await, Ok(Some(vec![1])));
        assert_eq!(stores.keys(Label::Own("tv".into())).await, Ok(Vec::new()));
    }

    #[tokio::test]
    async fn a_store_opens_once_and_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let _stores = Stores::open(folder.path()).unwrap();
        let error = Stores::open(folder.path()).err().unwrap().to_string();
        assert!(error.contains("another process") && error.contains("--state-dir"), "{error}");
    }

    #[tokio::test]
    async fn a_closed_store_refuses_instead_of_losing() {
        let folder = tempfile::tempdir().unwrap();
        let stores = Stores::open(folder.path()).unwrap();
        stores.close();
        assert!(stores.set(Label::Default, "k".to_owned(), vec![1]).await.is_err());
    }
}
