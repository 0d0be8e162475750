//! The table's bytes.

use super::keep::Lists;
use crate::goes_with::layout::{AT_CHECKSUM, HEADER, MARK, MAX_BYTES, VERSION, checksum};
use std::collections::{BTreeMap, BTreeSet};

/// Writes what `goes_with` describes; `None` for what does not fit into [`MAX_BYTES`] or 65,535 products.
pub(super) fn write(lists: &Lists<'_>) -> Option<Vec<u8>> {
    let named = lists.iter().flat_map(|(product, list)| {
        std::iter::once(*product).chain(list.iter().map(|(neighbour, _)| *neighbour))
    });
    let slugs: BTreeSet<&str> = named.collect();
    let products = u16::try_from(slugs.len()).ok()?;
    let numbers: BTreeMap<&str, u16> = slugs.iter().copied().zip(0..).collect();
    let (mut starts, mut firsts) = (vec![0_u32], vec![0_u32]);
    let (mut text, mut neighbours) = (Vec::new(), Vec::new());
    for slug in &slugs {
        text.extend_from_slice(slug.as_bytes());
        starts.push(u32::try_from(text.len()).ok()?);
        for (neighbour, score) in lists.get(slug).map_or(&[][..], Vec::as_slice) {
            neighbours.push((*numbers.get(neighbour)?, *score));
        }
        firsts.push(u32::try_from(neighbours.len()).ok()?);
    }
    let length = HEADER + 4 * (starts.len() + firsts.len() + neighbours.len()) + text.len();
    if length > MAX_BYTES {
        return None;
    }
    let mut table = Vec::with_capacity(length);
    table.extend_from_slice(&MARK);
    table.extend_from_slice(&VERSION.to_le_bytes());
    table.extend_from_slice(&products.to_le_bytes());
    table.extend_from_slice(&u32::try_from(neighbours.len()).ok()?.to_le_bytes());
    table.extend_from_slice(&u32::try_from(length).ok()?.to_le_bytes());
    table.extend_from_slice(&[0; HEADER - AT_CHECKSUM]);
    starts.iter().chain(&firsts).for_each(|number| table.extend_from_slice(&number.to_le_bytes()));
    for (product, score) in neighbours {
        table.extend_from_slice(&product.to_le_bytes());
        table.extend_from_slice(&score.to_le_bytes());
    }
    table.extend_from_slice(&text);
    let checksum = checksum(&table).to_le_bytes();
    table.get_mut(AT_CHECKSUM..HEADER)?.copy_from_slice(&checksum);
    Some(table)
}
