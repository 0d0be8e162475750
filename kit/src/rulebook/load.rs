//! Reading what a pointer names.

use super::{Content, Digest, Shelf};
use crate::edge::{Edge, StoreError};
use std::fmt;
use std::rc::Rc;

/// Why bytes that a pointer names cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unusable {
    /// Not there. A store that carries writes to many places may bring the pointer first.
    Missing,
    /// Other bytes than those that were written.
    Damaged,
    /// As they were written, and not for this version of Headwater.
    Foreign(String),
}

/// Bytes that a pointer names, as they were written.
async fn bytes(edge: &dyn Edge, key: &str, digest: Digest) -> Result<Result<Vec<u8>, Unusable>, StoreError> {
    Ok(match edge.get(key).await? {
        None => Err(Unusable::Missing),
        Some(bytes) if Digest::of(&bytes) != digest => Err(Unusable::Damaged),
        Some(bytes) => Ok(bytes),
    })
}

/// The content of a version.
pub(super) async fn content<T: Content>(
    edge: &dyn Edge,
    digest: Digest,
) -> Result<Result<Rc<T>, Unusable>, StoreError> {
    let read = |bytes: Vec<u8>| T::read(&bytes).map(Rc::new).map_err(Unusable::Foreign);
    Ok(bytes(edge, &T::SHELF.content_key(digest), digest).await?.and_then(read))
}

/// That a version can be put in force again.
pub(super) async fn check(
    edge: &dyn Edge,
    shelf: Shelf,
    digest: Digest,
) -> Result<Result<(), Unusable>, StoreError> {
    let sound = |bytes: Vec<u8>| shelf.check(&bytes).map_err(|why| Unusable::Foreign(why.to_string()));
    Ok(bytes(edge, &shelf.content_key(digest), digest).await?.and_then(sound))
}

/// A table.
pub(super) async fn table(
    edge: &dyn Edge,
    shelf: Shelf,
    digest: Digest,
) -> Result<Result<Rc<[u8]>, Unusable>, StoreError> {
    Ok(bytes(edge, &shelf.table_key(digest), digest).await?.map(Rc::from))
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("not in the store"),
            Self::Damaged => f.write_str("damaged in the store"),
            Self::Foreign(why) => f.write_str(why),
        }
    }
}
