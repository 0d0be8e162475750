//! A shop that misbehaves on purpose.

use anyhow::Result;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// How a shop fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nobody listens.
    Refused,
    /// Takes the request and says nothing.
    Silent,
    /// Sends the head of an answer and then nothing.
    SilentBody,
    /// Answers 500.
    Error,
    /// Answers 200 with a page of HTML.
    Html,
    /// Answers 200 with JSON of another shape.
    WrongShape,
    /// Ends in the middle of the body.
    Truncated,
    /// Answers 200 with more than anybody wants to read.
    Huge,
    /// Answers 429 and asks to wait.
    Throttled,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 9] = [
        Self::Refused,
        Self::Silent,
        Self::SilentBody,
        Self::Error,
        Self::Html,
        Self::WrongShape,
        Self::Truncated,
        Self::Huge,
        Self::Throttled,
    ];

    /// The status that a head gives when it cannot do without the shop.
    pub fn status(self) -> u16 {
        match self {
            Self::Silent | Self::SilentBody => 504,
            _ => 502,
        }
    }
}

/// A broken shop on a port of its own; it ends with the value.
pub struct Broken {
    address: SocketAddr,
    task: Option<JoinHandle<()>>,
}

impl Broken {
    /// Starts one.
    ///
    /// # Errors
    /// No port is free.
    pub async fn start(fault: Fault) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        if fault == Fault::Refused {
            return Ok(Self { address, task: None });
        }
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, fault));
            }
        });
        Ok(Self { address, task: Some(task) })
    }

    /// Its address, as a setting of `shop_url`.
    pub fn variable(&self) -> String {
        format!("shop_url=http://{}", self.address)
    }
}

impl Drop for Broken {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

async fn answer(mut stream: TcpStream, fault: Fault) {
    let mut request = vec![0; 16 << 10];
    // One read holds the head of the small requests that a head sends; the rest does not matter.
    if stream.read(&mut request).await.unwrap_or(0) == 0 {
        return;
    }
    let whole = |status: &str, media: &str, body: &str| {
        let length = body.len();
        format!(
            "HTTP/1.1 {status}\r\ncontent-type: {media}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        )
    };
    let json = "application/json";
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n";
    let text = match fault {
        Fault::Refused => return,
        Fault::Silent => String::new(),
        Fault::SilentBody => head.to_owned(),
        Fault::Error => whole("500 Oops", json, "{\"error\":\"secret-detail\"}"),
        Fault::Html => whole("200 OK", "text/html", "<html><body>secret-detail: maintenance</body></html>"),
        Fault::WrongShape => whole("200 OK", json, "{\"secret-detail\":[1,2,3]}"),
        Fault::Truncated => format!("{head}{{\"id\":\"secret-detail"),
        Fault::Huge => whole("200 OK", json, &format!("[\"{}\"]", "x".repeat(10 << 20))),
        Fault::Throttled => whole("429 Slow down\r\nretry-after: 7", json, "{\"error\":\"secret-detail\"}"),
    };
    let _ = stream.write_all(text.as_bytes()).await;
    if matches!(fault, Fault::Silent | Fault::SilentBody) {
        tokio::time::sleep(Duration::from_secs(30)).await;
    }
    let _ = stream.shutdown().await;
}
