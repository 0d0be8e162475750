//! The log as bytes: `HWPL`, the version 1, the floor, the tags with their times, and the first 8 bytes of the
//! SHA-256 of all that, so that a flipped bit is noticed. Numbers are big-endian; a tag's digest has 8 bytes,
//! a time in milliseconds has 6. Tags ascend.

use super::log::{Log, MOST};
use sha2::{Digest as _, Sha256};

const MAGIC: &[u8; 5] = b"HWPL\x01";
/// Of a time.
const WIDTH: usize = 6;
const CHECK: usize = 8;

impl Log {
    /// The log as bytes, at most 28 KB.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&time(self.floor));
        for (tag, at) in &self.purged {
            bytes.extend_from_slice(&tag.to_be_bytes());
            bytes.extend_from_slice(&time(*at));
        }
        let check = check(&bytes);
        bytes.extend_from_slice(&check);
        bytes
    }

    /// Reads [`Log::to_bytes`]; `None` when they are anything else.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (content, found) = bytes.split_last_chunk::<CHECK>()?;
        if check(content) != *found {
            return None;
        }
        let (floor, mut entries) = content.strip_prefix(MAGIC)?.split_first_chunk::<WIDTH>()?;
        let mut log = Self { floor: number(floor), ..Self::default() };
        while !entries.is_empty() {
            let (tag, rest) = entries.split_first_chunk::<8>()?;
            let (at, rest) = rest.split_first_chunk::<WIDTH>()?;
            let ascends =
                log.purged.last_key_value().is_none_or(|(last, _)| *last < u64::from_be_bytes(*tag));
            if !ascends || log.purged.len() == MOST {
                return None;
            }
            log.purged.insert(u64::from_be_bytes(*tag), number(at));
            entries = rest;
        }
        Some(log)
    }
}

fn time(milliseconds: u64) -> [u8; WIDTH] {
    let [_, _, time @ ..] = milliseconds.min((1 << (8 * WIDTH)) - 1).to_be_bytes();
    time
}

fn number(time: &[u8; WIDTH]) -> u64 {
    time.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn check(content: &[u8]) -> [u8; CHECK] {
    Sha256::digest(content).first_chunk::<CHECK>().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Log {
        let mut log = Log { floor: 1_795_262_400_000, ..Log::default() };
        (0..MOST as u64).for_each(|n| log.add(n.wrapping_mul(0x9e37_79b9_7f4a_7c15), 1_795_262_400_000 + n));
        log
    }

    #[test]
    fn a_log_reads_back_as_it_was_written() {
        for log in [Log::default(), full()] {
            let bytes = log.to_bytes();
            assert!(bytes.len() <= 28_100, "{}", bytes.len());
            assert_eq!(Log::from_bytes(&bytes), Some(log));
        }
    }

    #[test]
    fn anything_else_is_no_log() {
        let mut log = Log::default();
        (0..3).for_each(|tag| log.add(tag, 5));
        let bytes = log.to_bytes();
        for at in 0..bytes.len() {
            assert_eq!(Log::from_bytes(&bytes[..at]), None, "cut at {at}");
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            assert_eq!(Log::from_bytes(&flipped), None, "flipped at {at}");
        }
        let sealed = |content: &[u8]| [content, &check(content)].concat();
        let content = &bytes[..bytes.len() - CHECK];
        assert!(Log::from_bytes(&sealed(content)).is_some());
        for (wrong, why) in [
            (sealed(b"HWPL\x02\0\0\0\0\0\0"), "another version"),
            (sealed(&content[..content.len() - 1]), "half a tag"),
            (sealed(&[content, &content[11..25]].concat()), "a tag that does not ascend"),
            (b"{}".to_vec(), "another format"),
        ] {
            assert_eq!(Log::from_bytes(&wrong), None, "{why}");
        }
        let mut many = full();
        many.add(1, 1);
        assert_eq!(Log::from_bytes(&many.to_bytes()), None, "more than there can be");
    }
}
