//! A site that misbehaves on the wire, for the head that stands before it.

use anyhow::Result;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A site on a port of its own; it ends with the value.
pub struct Origin {
    address: String,
    task: JoinHandle<()>,
    /// Connections that were given up before all was said.
    given_up: Arc<AtomicUsize>,
}

/// What a site says to a request, on the bare connection; the request's head is its text.
pub trait Says: Send + Sync + 'static {
    /// Says it.
    fn say(&self, stream: TcpStream, request: String) -> impl Future<Output = std::io::Result<()>> + Send;
}

impl<F, W> Says for F
where
    F: Fn(TcpStream, String) -> W + Send + Sync + 'static,
    W: Future<Output = std::io::Result<()>> + Send,
{
    fn say(&self, stream: TcpStream, request: String) -> impl Future<Output = std::io::Result<()>> + Send {
        self(stream, request)
    }
}

impl Origin {
    /// Starts a site.
    ///
    /// # Errors
    /// When there is no port.
    pub async fn start(says: impl Says) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let (says, given_up) = (Arc::new(says), Arc::new(AtomicUsize::new(0)));
        let count = given_up.clone();
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (says, count) = (says.clone(), count.clone());
                tokio::spawn(async move {
                    let mut head = Vec::new();
                    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
                        let mut chunk = [0; 4096];
                        match stream.read(&mut chunk).await {
                            Ok(1..) if head.len() < 64 << 10 => head.extend_from_slice(&chunk),
                            _ => return,
                        }
                    }
                    if says.say(stream, String::from_utf8_lossy(&head).into_owned()).await.is_err() {
                        count.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
        Ok(Self { address, task, given_up })
    }

    /// Settings for a product that stands before all of it.
    pub fn variables(&self) -> Vec<String> {
        vec![format!("origin={}", self.address), "origin_path=".to_owned()]
    }

    /// How many connections were given up by the other side.
    pub fn given_up(&self) -> usize {
        self.given_up.load(Ordering::SeqCst)
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// An answer with these header lines and body, and the connection closed after it.
///
/// # Errors
/// When the other side is gone.
pub async fn answer(mut stream: TcpStream, lines: &[&str], body: &[u8]) -> std::io::Result<()> {
    let head = format!("HTTP/1.1 200 OK\r\n{}\r\nconnection: close\r\n\r\n", lines.join("\r\n"));
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body).await?;
    stream.shutdown().await
}
