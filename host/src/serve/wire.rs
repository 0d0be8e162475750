//! Watches the bytes of a connection for requests whose length two parties could read differently.
//!
//! hyper tolerates some of them (RFC 9112 §6.3 allows that); a server behind other servers should not. This reader
//! follows requests and their bodies just far enough to know where each head is, and passes every byte on.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A head longer than this is hyper's to refuse; watching ends.
const MAX_HEAD: usize = 64 << 10;

/// Set once a request on the connection was not well-formed; everything after it is refused.
pub(super) type Doubt = Arc<AtomicBool>;

enum Place {
    Head,
    Body(u64),
    ChunkSize,
    Chunk(u64),
    ChunkEnd,
    Trailers,
    Lost,
}

/// Follows the requests of one connection.
pub(super) struct Framing {
    place: Place,
    line: Vec<u8>,
    head: usize,
    length: Option<u64>,
    chunked: bool,
    lines: usize,
}

impl Framing {
    pub(super) fn new() -> Self {
        Self { place: Place::Head, line: Vec::new(), head: 0, length: None, chunked: false, lines: 0 }
    }

    /// Takes the next bytes; `Err` when they cannot be trusted.
    pub(super) fn read(&mut self, mut bytes: &[u8]) -> Result<(), ()> {
        while let Some((first, rest)) = bytes.split_first() {
            match self.place {
                Place::Lost => return Ok(()),
                Place::Body(left) | Place::Chunk(left) => {
                    let taken = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
                    bytes = bytes.get(taken..).unwrap_or_default();
                    let left = left - taken as u64;
                    self.place = match (&self.place, left) {
                        (Place::Body(_), 0) => Place::Head,
                        (Place::Body(_), _) => Place::Body(left),
                        (_, 0) => Place::ChunkEnd,
                        _ => Place::Chunk(left),
                    };
                }
                Place::Head | Place::ChunkSize | Place::ChunkEnd | Place::Trailers => {
                    bytes = rest;
                    self.head += 1;
                    if self.head > MAX_HEAD {
                        self.place = Place::Lost;
                        return Ok(());
                    }
                    self.line.push(*first);
                    if *first == b'\n' {
                        let line = std::mem::take(&mut self.line);
                        self.end_line(line.strip_suffix(b"\r\n").ok_or(())?)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn end_line(&mut self, line: &[u8]) -> Result<(), ()> {
        match self.place {
            // Empty lines before a request are allowed (RFC 9112 §2.2).
            Place::Head if line.is_empty() && self.lines == 0 => {}
            Place::Head if line.is_empty() => self.end_head()?,
            Place::Head => {
                self.lines += 1;
                if self.lines > 1 {
                    self.field(line)?;
                }
            }
            Place::ChunkSize => {
                let digits = line.split(|byte| *byte == b';').next().unwrap_or_default();
                let digits = std::str::from_utf8(digits).map_err(|_| ())?;
                if digits.is_empty()
                    || digits.len() > 15
                    || !digits.bytes().all(|byte| byte.is_ascii_hexdigit())
                {
                    return Err(());
                }
                let size = u64::from_str_radix(digits, 16).map_err(|_| ())?;
                self.place = if size == 0 { Place::Trailers } else { Place::Chunk(size) };
                self.head = 0;
            }
            Place::ChunkEnd if line.is_empty() => self.place = Place::ChunkSize,
            Place::ChunkEnd => return Err(()),
            Place::Trailers if line.is_empty() => *self = Self::new(),
            _ => {}
        }
        Ok(())
    }

    fn field(&mut self, line: &[u8]) -> Result<(), ()> {
        let colon = line.iter().position(|byte| *byte == b':').ok_or(())?;
        let (name, value) = line.split_at(colon);
        // A line that starts with a blank continues the one before (obs-fold); a blank before the colon hides a name.
        if name.is_empty() || name.iter().any(|byte| byte.is_ascii_whitespace() || byte.is_ascii_control()) {
            return Err(());
        }
        let value = value.get(1..).unwrap_or_default().trim_ascii();
        if name.eq_ignore_ascii_case(b"transfer-encoding") {
            if self.chunked || !value.eq_ignore_ascii_case(b"chunked") {
                return Err(());
            }
            self.chunked = true;
        } else if name.eq_ignore_ascii_case(b"content-length") {
            let digits = std::str::from_utf8(value).map_err(|_| ())?;
            if self.length.is_some() || digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit())
            {
                return Err(());
            }
            self.length = Some(digits.parse().map_err(|_| ())?);
        }
        Ok(())
    }

    fn end_head(&mut self) -> Result<(), ()> {
        let place = match (self.chunked, self.length) {
            (true, Some(_)) => return Err(()),
            (true, None) => Place::ChunkSize,
            (false, Some(length)) if length > 0 => Place::Body(length),
            (false, _) => Place::Head,
        };
        *self = Self { place, ..Self::new() };
        Ok(())
    }
}

/// A connection whose incoming bytes are watched.
pub(super) struct Watched<S> {
    pub(super) stream: S,
    pub(super) framing: Framing,
    pub(super) doubt: Doubt,
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if matches!(read, Poll::Ready(Ok(()))) && !self.doubt.load(Ordering::Relaxed) {
            let new = buffer.filled().get(before..).unwrap_or_default();
            if self.framing.read(new).is_err() {
                self.doubt.store(true, Ordering::Release);
            }
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[std::io::IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(bytes: &str) -> bool {
        let mut at_once = Framing::new();
        let mut in_pieces = Framing::new();
        let one = at_once.read(bytes.as_bytes()).is_ok();
        let other = bytes.bytes().all(|byte| in_pieces.read(&[byte]).is_ok());
        assert_eq!(one, other, "pieces must not matter: {bytes:?}");
        one
    }

    #[test]
    fn ordinary_requests_pass_one_after_the_other() {
        let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        let post =
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 31\r\n\r\nTransfer-Encoding: x\r\n : \n\n\n\n\n\n";
        let chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n5;ext=1\r\na\nb c\r\n0\r\nTrailer: x\r\n\r\n";
        assert!(accepted(&format!("{get}{post}{chunked}\r\n{get}{get}")));
    }

    #[test]
    fn ambiguous_requests_are_doubted() {
        for fields in [
            "Content-Length: 5\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 5",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: xchunked",
            "Content-Length: 5\r\nContent-Length: 6",
            "Content-Length: 5\r\nContent-Length: 5",
            "Content-Length: +5",
            "Content-Length: 5, 5",
            "Content-Length: 0x5",
            "Content-Length : 5",
            "Content-Length\t: 5",
            "X: a\r\n folded",
            "X: a\nTransfer-Encoding: chunked",
            "no colon",
        ] {
            assert!(!accepted(&format!("POST / HTTP/1.1\r\nHost: a\r\n{fields}\r\n\r\n")), "{fields}");
        }
        for chunks in
            ["-1\r\n", "0x5\r\n", "\r\n", "fffffffffffffffff\r\n", "5\nabcde", "3\r\nabcd\r\n", "5 \r\n"]
        {
            assert!(
                !accepted(&format!("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}")),
                "{chunks}"
            );
        }
    }
}
