//! Putting rules and placements in force.
//!
//! Bytes are written before the pointer that names them. Key-value has no compare-and-set: of two who publish at the
//! same moment one wins, and the other is told, unless it wrote last and read too early to see it.

use super::load::{self, Unusable};
use super::pointer::{Pointer, Version};
use super::{Digest, Shelf};
use crate::edge::{Edge, StoreError};
use personalise::rules::MAX_COMPACT;
use std::fmt;

/// The most bytes that a table may have: what a value in a key-value store of an edge network may have.
pub const MAX_TABLE: usize = MAX_COMPACT;

/// Why nothing was put in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The bytes are not of their kind, or of another version of Headwater.
    Form(String),
    /// The bytes are too many.
    TooLarge(String),
    /// So many bytes are no table: 1 to [`MAX_TABLE`].
    Table(usize),
    /// There are no rules yet that a table could be given to.
    NoRules,
    /// There was nothing before that one could go back to.
    NoFormer(Shelf),
    /// What is to be put in force is not in the store, or not usable.
    Gone(String),
    /// Somebody else published at the same moment.
    Meanwhile,
    /// The store holds something else under the key.
    Foreign(Shelf, String),
    /// The store failed; what was in force may or may not be.
    Store(StoreError),
}

/// What is in force and what was before; `None` where nothing ever was.
///
/// # Errors
/// [`Refused::Store`]; [`Refused::Foreign`] when it cannot be read.
pub async fn shown(edge: &dyn Edge, shelf: Shelf) -> Result<Option<Pointer>, Refused> {
    let bytes = edge.get(shelf.key()).await?;
    let pointer = bytes.map(|bytes| Pointer::from_bytes(&bytes)).transpose();
    pointer.map_err(|why| Refused::Foreign(shelf, why))
}

/// Puts rules or placements in force, given in their compact form; rules with a table that was kept before or else that
/// of the rules which are in force. The same again changes nothing, but mends bytes that were damaged.
///
/// # Errors
/// [`Refused`].
pub async fn publish(
    edge: &dyn Edge,
    shelf: Shelf,
    compact: &[u8],
    goes_with: Option<Digest>,
) -> Result<Pointer, Refused> {
    shelf.check(compact)?;
    let known = known(edge, shelf).await?;
    let digest = Digest::of(compact);
    if let Some(table) = goes_with {
        let found = load::table(edge, shelf, table).await?;
        found.map_err(|why| Refused::Gone(format!("the table {table} is {why}")))?;
    }
    edge.set(&shelf.content_key(digest), compact).await?;
    let goes_with = goes_with.or_else(|| known.as_ref()?.current.goes_with);
    put(edge, shelf, known, Version { digest, goes_with, at: edge.now() }).await
}

/// Keeps a table without using it.
///
/// # Errors
/// [`Refused::Table`], [`Refused::Store`].
pub async fn keep_table(edge: &dyn Edge, table: &[u8]) -> Result<Digest, Refused> {
    if table.is_empty() || table.len() > MAX_TABLE {
        return Err(Refused::Table(table.len()));
    }
    let digest = Digest::of(table);
    edge.set(&Shelf::Rules.table_key(digest), table).await?;
    Ok(digest)
}

/// Gives a table that was kept to the rules which are in force.
///
/// # Errors
/// [`Refused`].
pub async fn point_to_table(edge: &dyn Edge, table: Digest) -> Result<Pointer, Refused> {
    let known = shown(edge, Shelf::Rules).await?.ok_or(Refused::NoRules)?;
    let current = Version { goes_with: Some(table), at: edge.now(), ..known.current };
    put(edge, Shelf::Rules, Some(known), current).await
}

/// Goes back to what was in force before; twice is back again.
///
/// # Errors
/// [`Refused`].
pub async fn roll_back(edge: &dyn Edge, shelf: Shelf) -> Result<Pointer, Refused> {
    let known = shown(edge, shelf).await?.ok_or(Refused::NoFormer(shelf))?;
    let former = known.former.ok_or(Refused::NoFormer(shelf))?;
    let gone = |what: &str, why: Unusable| Refused::Gone(format!("the former {what} {why}"));
    let lost = |why| gone(&format!("{} are", shelf.key()), why);
    load::check(edge, shelf, former.digest).await?.map_err(lost)?;
    if let Some(table) = former.goes_with {
        load::table(edge, shelf, table).await?.map_err(|why| gone("table is", why))?;
    }
    put(edge, shelf, Some(known), Version { at: edge.now(), ..former }).await
}

/// The pointer, if there is one that can be read; publishing puts right what is none.
async fn known(edge: &dyn Edge, shelf: Shelf) -> Result<Option<Pointer>, Refused> {
    match shown(edge, shelf).await {
        Err(Refused::Foreign(_, why)) => {
            let key = shelf.key();
            edge.log(&format!("{key} held no pointer to {key} ({why}): a new one is written"));
            Ok(None)
        }
        other => other,
    }
}

async fn put(
    edge: &dyn Edge,
    shelf: Shelf,
    known: Option<Pointer>,
    current: Version,
) -> Result<Pointer, Refused> {
    let (pointer, unused) = match known {
        None => (Pointer::first(current), Vec::new()),
        Some(known) if known.current.is_same(&current) => return Ok(known),
        Some(known) => known.then(shelf, current),
    };
    edge.set(shelf.key(), &pointer.to_bytes()).await?;
    if shown(edge, shelf).await?.is_none_or(|written| written != pointer) {
        return Err(Refused::Meanwhile);
    }
    for key in unused {
        // What stays behind costs room and harms nobody.
        if let Err(error) = edge.delete(&key).await {
            edge.log(&format!("{key}, which is used no more, cannot be deleted: {error}"));
        }
    }
    Ok(pointer)
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(why) | Self::TooLarge(why) => f.write_str(why),
            Self::Table(bytes) => write!(f, "a table has 1 to {MAX_TABLE} bytes, and this has {bytes}"),
            Self::NoRules => f.write_str("there are no rules yet to give a table to; publish rules first"),
            Self::NoFormer(shelf) => {
                let what = shelf.key();
                write!(f, "no other {what} were in force before; publish {what} instead")
            }
            Self::Gone(what) => write!(f, "{what}; publish it again"),
            Self::Meanwhile => f.write_str(
                "somebody else published at the same moment; look at what is in force, and publish again",
            ),
            Self::Foreign(shelf, why) => {
                let what = shelf.key();
                write!(f, "the store holds no pointer to {what} ({why}); publish {what} to write a new one")
            }
            Self::Store(error) => {
                write!(f, "the store failed, look at what is in force, and do it again: {error}")
            }
        }
    }
}

impl std::error::Error for Refused {}
