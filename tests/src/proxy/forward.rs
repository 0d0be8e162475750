//! The honest way to the shop and back.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::io;

/// The shop behind.
pub(super) struct Shop {
    host: String,
    client: Client<HttpConnector, Full<Bytes>>,
}

impl Shop {
    /// At `host:port`.
    pub(super) fn at(host: &str) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        Self { host: host.to_owned(), client: Client::builder(TokioExecutor::new()).build(connector) }
    }

    /// Asks the shop the same, and gives its whole answer.
    pub(super) async fn answer(
        &self,
        request: http::Request<hyper::body::Incoming>,
    ) -> io::Result<http::Response<Bytes>> {
        let (mut parts, body) = request.into_parts();
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        parts.uri = format!("http://{}{path}", self.host).parse().map_err(io::Error::other)?;
        parts.headers.remove(http::header::HOST);
        let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
        let request = http::Request::from_parts(parts, Full::new(body));
        let (mut parts, body) = self.client.request(request).await.map_err(io::Error::other)?.into_parts();
        // hyper frames the answer anew.
        parts.headers.remove(http::header::TRANSFER_ENCODING);
        let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
        Ok(http::Response::from_parts(parts, body))
    }
}
