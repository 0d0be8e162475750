//! Bodies on their way through the host.

use super::ticket::Ticket;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use tokio::sync::OwnedSemaphorePermit;
use wasmtime_wasi_http::{Error, WasiBody};

/// An answer's body: holds the request's place until its last byte, and ends in an error when the guest was ended.
pub(crate) struct Answer {
    pub(crate) inner: WasiBody,
    pub(crate) ticket: Arc<Ticket>,
    pub(crate) _permit: OwnedSemaphorePermit,
}

impl Body for Answer {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = Pin::new(&mut self.inner).poll_frame(cx);
        if let Poll::Ready(None) = frame {
            // A stream cut short looks like one that ended; a visitor must be able to tell.
            if self.ticket.is_failed() && !self.ticket.is_finished() {
                return Poll::Ready(Some(Err(Error::HttpResponseIncomplete)));
            }
            self.ticket.finish();
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        // Not a cancellation: a HEAD request drops the body unread, and the guest sees its stream closed anyway.
        self.ticket.finish();
    }
}

/// A request's body, no longer than allowed.
pub(crate) struct Limited {
    pub(crate) inner: WasiBody,
    pub(crate) left: u64,
    /// Set when more came, so that the visitor gets a 413 whatever the guest makes of the error.
    pub(crate) exceeded: Arc<AtomicBool>,
}

impl Body for Limited {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = Pin::new(&mut self.inner).poll_frame(cx);
        if let Poll::Ready(Some(Ok(frame))) = &frame {
            let size = frame.data_ref().map_or(0, |bytes| bytes.len() as u64);
            match self.left.checked_sub(size) {
                Some(left) => self.left = left,
                None => {
                    self.exceeded.store(true, Ordering::Release);
                    return Poll::Ready(Some(Err(Error::HttpRequestBodySize(None))));
                }
            }
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
