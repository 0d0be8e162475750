//! Unpacking of bodies that come packed (`Content-Encoding`), within a bound.

use crate::body::{Chunks, Cut};
use brotli_decompressor::DecompressorWriter;
use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use futures::StreamExt as _;
use std::io::{self, Write};

/// The most that one chunk may unpack to, in bytes: what is held in memory at once.
const CHUNK_CAP: usize = 4 << 20;
/// The most that a whole page may be, in bytes.
const PAGE_CAP: usize = 64 << 20;

/// How a body is packed (RFC 9110, section 8.4.1; RFC 7932).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// As it is.
    Plain,
    /// `gzip`.
    Gzip,
    /// `br`.
    Brotli,
}

impl Packing {
    /// The packing that `Content-Encoding` names; `None` for one that is not understood.
    #[must_use]
    pub fn named(name: Option<&str>) -> Option<Self> {
        match name.map(|name| name.trim().to_ascii_lowercase()).as_deref() {
            None | Some("" | "identity") => Some(Self::Plain),
            Some("gzip" | "x-gzip") => Some(Self::Gzip),
            Some("br") => Some(Self::Brotli),
            Some(_) => None,
        }
    }
}

/// What was unpacked, up to the bound.
#[derive(Default)]
struct Bounded {
    bytes: Vec<u8>,
    total: usize,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.total += bytes.len();
        if self.bytes.len() + bytes.len() > CHUNK_CAP || self.total > PAGE_CAP {
            return Err(io::Error::other("it unpacks to more than is taken"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

enum Way {
    Plain(Bounded),
    Gzip(Box<MultiGzDecoder<Bounded>>),
    Brotli(Box<DecompressorWriter<Bounded>>),
}

/// A body unpacked, chunk by chunk as it comes; one that is not what it says is cut.
pub fn unpacked(chunks: Chunks, packing: Packing) -> Chunks {
    if packing == Packing::Plain {
        return chunks;
    }
    let start = Some((chunks, Decoder::new(packing)));
    Box::pin(futures::stream::unfold(start, |state| async {
        let (mut chunks, mut decoder) = state?;
        loop {
            let (next, more) = match chunks.next().await {
                Some(chunk) => (chunk.and_then(|chunk| decoder.write(&chunk)), true),
                None => (decoder.end(), false),
            };
            match next {
                Ok(bytes) if bytes.is_empty() && more => {}
                Ok(bytes) if bytes.is_empty() => return None,
                Ok(bytes) => return Some((Ok(Bytes::from(bytes)), more.then_some((chunks, decoder)))),
                Err(cut) => return Some((Err(cut), None)),
            }
        }
    }))
}

/// Unpacks a body chunk by chunk.
struct Decoder {
    way: Way,
    /// Whether anything came: what is empty is not packed either.
    is_fed: bool,
}

impl Decoder {
    fn new(packing: Packing) -> Self {
        let to = Bounded::default();
        let way = match packing {
            Packing::Plain => Way::Plain(to),
            Packing::Gzip => Way::Gzip(Box::new(MultiGzDecoder::new(to))),
            Packing::Brotli => Way::Brotli(Box::new(DecompressorWriter::new(to, 16 << 10))),
        };
        Self { way, is_fed: false }
    }

    /// What a chunk unpacks to.
    ///
    /// # Errors
    /// [`Cut`] when it is not what it says, or too much.
    fn write(&mut self, chunk: &[u8]) -> Result<Vec<u8>, Cut> {
        self.is_fed |= !chunk.is_empty();
        let (written, to) = match &mut self.way {
            Way::Plain(to) => (to.write_all(chunk), to),
            Way::Gzip(way) => (way.write_all(chunk).and_then(|()| way.flush()), way.get_mut()),
            Way::Brotli(way) => (way.write_all(chunk).and_then(|()| way.flush()), way.get_mut()),
        };
        written.map_err(cut)?;
        Ok(std::mem::take(&mut to.bytes))
    }

    /// What is left at the end.
    ///
    /// # Errors
    /// [`Cut`] when the end has not come.
    fn end(&mut self) -> Result<Vec<u8>, Cut> {
        if !self.is_fed {
            return Ok(Vec::new());
        }
        let (ended, to) = match &mut self.way {
            Way::Plain(to) => (Ok(()), to),
            Way::Gzip(way) => (way.try_finish(), way.get_mut()),
            Way::Brotli(way) => (way.close(), way.get_mut()),
        };
        ended.map_err(cut)?;
        Ok(std::mem::take(&mut to.bytes))
    }
}

fn cut(error: io::Error) -> Cut {
    Cut(format!("a packed page could not be unpacked: {error}"))
}
