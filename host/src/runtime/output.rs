//! A guest's standard output and error become lines of the host's log.

use crate::log::Log;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::io::AsyncWrite;
use wasmtime_wasi::cli::{IsTerminal, StdoutStream};

/// A line that has not ended by this many bytes is written as it is.
const MAX_LINE: usize = 4000;

/// What one instance may log in a second, in bytes; the rest is dropped and said to be.
const MAX_PER_SECOND: usize = 64 << 10;

struct Buffer {
    component: String,
    log: Log,
    line: Vec<u8>,
    second: Instant,
    spent: usize,
}

/// One stream of one instance.
#[derive(Clone)]
pub(crate) struct Output(Arc<Mutex<Buffer>>);

impl Output {
    pub(crate) fn new(component: &str, log: &Log) -> Self {
        let buffer = Buffer {
            component: component.to_owned(),
            log: log.clone(),
            line: Vec::new(),
            second: Instant::now(),
            spent: 0,
        };
        Self(Arc::new(Mutex::new(buffer)))
    }
}

impl Buffer {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if *byte == b'\n' {
                self.end_line();
            } else {
                self.line.push(*byte);
                if self.line.len() >= MAX_LINE {
                    self.end_line();
                }
            }
        }
    }

    fn end_line(&mut self) {
        if self.second.elapsed() >= Duration::from_secs(1) {
            self.second = Instant::now();
            self.spent = 0;
        }
        let before = self.spent;
        self.spent += self.line.len() + 1;
        if self.spent <= MAX_PER_SECOND {
            self.log.line(format!("[{}] {}", self.component, String::from_utf8_lossy(&self.line)));
        } else if before <= MAX_PER_SECOND {
            self.log
                .line(format!("[{}] (says too much: the rest of this second is left out)", self.component));
        }
        self.line.clear();
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        if !self.line.is_empty() {
            self.end_line();
        }
    }
}

impl IsTerminal for Output {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdoutStream for Output {
    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        Box::new(self.clone())
    }
}

impl AsyncWrite for Output {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_whole_and_a_flood_is_cut() {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let output = Output::new("web", &Log::Lines(Arc::clone(&lines)));
        let write = |bytes: &[u8]| output.0.lock().unwrap().write(bytes);
        write(b"one\ntw");
        write(b"o\nrest");
        assert_eq!(*lines.lock().unwrap(), ["[web] one", "[web] two"]);
        write(&vec![b'x'; 1 << 20]);
        drop(output);
        assert!(lines.lock().unwrap().len() < 25);
        assert!(lines.lock().unwrap().iter().any(|line| line.contains("too much")));
    }
}
