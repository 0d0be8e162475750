//! Where everything stands in the table, for those who read it and those who write it.

/// The most bytes that a table may have: what a value in a key-value store of an edge network may have.
pub const MAX_BYTES: usize = 1 << 20;

/// The most neighbours that a product may have.
pub const MAX_NEIGHBOURS: usize = 20;

/// The most bytes of a product's slug.
pub const MAX_SLUG: usize = 200;

pub(super) const MARK: [u8; 4] = *b"HWGW";
pub(super) const VERSION: u16 = 1;
pub(super) const AT_VERSION: usize = 4;
pub(super) const AT_PRODUCTS: usize = 6;
pub(super) const AT_NEIGHBOURS: usize = 8;
pub(super) const AT_LENGTH: usize = 12;
pub(super) const AT_CHECKSUM: usize = 16;
/// Bytes before the first list.
pub(super) const HEADER: usize = 24;
/// Bytes of a number in the lists of beginnings, and of a neighbour.
pub(super) const ENTRY: usize = 4;
/// A score of 1.
pub(super) const FULL_SCORE: u16 = u16::MAX;

/// FNV-1a with 64 bits over all bytes but the checksum's own (<https://datatracker.ietf.org/doc/html/rfc9923>). Each
/// of its steps can be undone, so one wrong byte never goes unseen; others do in one of 2⁶⁴ cases.
pub(super) fn checksum(table: &[u8]) -> u64 {
    let before = table.iter().take(AT_CHECKSUM);
    let after = table.iter().skip(HEADER);
    before.chain(after).fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}
