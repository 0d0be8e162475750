//! A request whose target is sent as it is written: clients that mean well would tidy it up first.

use crate::answer::Answer;
use anyhow::{Context, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// `GET` of a target at `host:port`, with header lines.
///
/// # Errors
/// When there is no whole answer with a length.
pub async fn get(host: &str, target: &str, headers: &[(&str, &str)]) -> Result<Answer> {
    let mut stream = TcpStream::connect(host).await?;
    let mut text = format!("GET {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{text}\r\n").as_bytes()).await?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await?;
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").with_context(|| format!("{target}: no head: {text}"))?;
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let mut answer = Answer { status: status.context("a status")?, ..Answer::default() };
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        answer.push(name, value.trim());
    }
    answer.body = body.to_owned();
    Ok(answer)
}
