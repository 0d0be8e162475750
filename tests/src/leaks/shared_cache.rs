//! A shared cache in front of the heads: an honest one does as their headers say, a leaky one keeps all.

use anyhow::Result;
use bytes::Bytes;
use http::{Method, Request, Response, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// How the cache decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manners {
    /// RFC 9111: only what is `public` and fresh, nothing with `no-store`, `private` or a cookie, and for
    /// each value of what `Vary` names apart. The clock stands still here, so what is fresh stays so.
    Honest,
    /// Every whole page of a `GET`, whatever its headers say.
    Leaky,
}

/// The cache; it ends with the value.
pub struct SharedCache {
    address: SocketAddr,
    shelf: Arc<Shelf>,
    task: JoinHandle<()>,
}

struct Shelf {
    manners: Manners,
    site: String,
    client: Client<HttpConnector, Full<Bytes>>,
    kept: Mutex<HashMap<String, Vec<Kept>>>,
    hits: AtomicUsize,
}

#[derive(Clone)]
struct Kept {
    /// What the request said of what `Vary` names.
    varied: Vec<(String, Vec<u8>)>,
    response: Response<Bytes>,
}

impl SharedCache {
    /// Starts one before the heads at `host:port`.
    ///
    /// # Errors
    /// No port is free.
    pub async fn before(site: &str, manners: Manners) -> Result<Self> {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let shelf = Arc::new(Shelf {
            manners,
            site: site.to_owned(),
            client: Client::builder(TokioExecutor::new()).build(connector),
            kept: Mutex::default(),
            hits: AtomicUsize::new(0),
        });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::clone(&shelf);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                let shelf = Arc::clone(&shared);
                let service = service_fn(move |request| answer(Arc::clone(&shelf), request));
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        Ok(Self { address, shelf, task })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn site(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers that were kept and given again.
    pub fn hits(&self) -> usize {
        self.shelf.hits.load(Ordering::Relaxed)
    }
}

impl Drop for SharedCache {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(
    shelf: Arc<Shelf>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, hyper_util::client::legacy::Error> {
    let (mut parts, body) = request.into_parts();
    let host =
        parts.headers.get(header::HOST).map(|host| String::from_utf8_lossy(host.as_bytes()).into_owned());
    let key = format!("{} {}", host.unwrap_or_default(), parts.uri);
    let asked = parts.headers.clone();
    let is_get = parts.method == Method::GET;
    if is_get && let Some(found) = shelf.find(&key, &asked) {
        shelf.hits.fetch_add(1, Ordering::Relaxed);
        return Ok(found.map(Full::new));
    }
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    if let Ok(uri) = format!("http://{}{path}", shelf.site).parse() {
        parts.uri = uri;
    }
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let response = shelf.client.request(Request::from_parts(parts, Full::new(body))).await?;
    let (mut parts, body) = response.into_parts();
    parts.headers.remove(header::TRANSFER_ENCODING);
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let response = Response::from_parts(parts, body);
    if is_get {
        shelf.keep(key, &asked, &response);
    }
    Ok(response.map(Full::new))
}

impl Shelf {
    fn find(&self, key: &str, asked: &http::HeaderMap) -> Option<Response<Bytes>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |kept: &&Kept| kept.varied.iter().all(|(name, value)| said(asked, name) == *value);
        kept.get(key)?.iter().find(same).map(|kept| kept.response.clone())
    }

    fn keep(&self, key: String, asked: &http::HeaderMap, response: &Response<Bytes>) {
        let text = |name| String::from_utf8_lossy(&said(response.headers(), name)).to_ascii_lowercase();
        let control = text("cache-control");
        let may = match self.manners {
            Manners::Leaky => response.status() == 200,
            Manners::Honest => {
                control.contains("public")
                    && control.contains("max-age=")
                    && !control.contains("no-store")
                    && !control.contains("private")
                    && !response.headers().contains_key(header::SET_COOKIE)
                    && text("vary") != "*"
            }
        };
        if !may {
            return;
        }
        let vary = if self.manners == Manners::Honest { text("vary") } else { String::new() };
        let names = vary.split(',').map(str::trim).filter(|name| !name.is_empty());
        let varied = names.map(|name| (name.to_owned(), said(asked, name))).collect();
        let kept = Kept { varied, response: response.clone() };
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default().push(kept);
    }
}

/// All values of a header, as one.
fn said(headers: &http::HeaderMap, name: &str) -> Vec<u8> {
    headers.get_all(name).iter().flat_map(|value| [value.as_bytes(), b","]).collect::<Vec<_>>().concat()
}
