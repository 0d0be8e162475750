//! The connections to upstreams, pooled over all components.

use super::address::{Prohibited, Resolver};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt as _;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::{HttpConnector, capture_connection};
use hyper_util::client::legacy::{Client, Error as ClientError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, Sleep};
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody};

/// What a request may take when its component does not say (the WASI default of other hosts is 600 s).
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

type Pool = Client<HttpsConnector<HttpConnector<Resolver>>, WasiBody>;

/// Two pools, so that a connection to a private address is never lent to a component that may not have it.
#[derive(Clone)]
pub(crate) struct Clients {
    public: Pool,
    anywhere: Pool,
}

impl Clients {
    pub(crate) fn new() -> anyhow::Result<Self> {
        Ok(Self { public: pool(false)?, anywhere: pool(true)? })
    }

    /// Sends a request and waits for the head of the answer; dropping the future closes the connection.
    pub(crate) async fn send(
        &self,
        mut request: http::Request<WasiBody>,
        options: Option<RequestOptions>,
        allow_private: bool,
    ) -> Result<http::Response<WasiBody>, Error> {
        let limit = |of: fn(&RequestOptions) -> Option<Duration>| {
            options.as_ref().and_then(of).unwrap_or(DEFAULT_TIMEOUT)
        };
        let connect = limit(|options| options.connect_timeout);
        let first_byte = limit(|options| options.first_byte_timeout);
        let between_bytes = limit(|options| options.between_bytes_timeout);

        *request.version_mut() = http::Version::HTTP_11;
        let mut connection = capture_connection(&mut request);
        let pool = if allow_private { &self.anywhere } else { &self.public };
        let answer = pool.request(request);
        tokio::pin!(answer);
        let early = tokio::select! {
            biased;
            response = &mut answer => Some(response),
            connected = tokio::time::timeout(connect, connection.wait_for_connection_metadata()) => {
                if connected.is_err() {
                    return Err(Error::ConnectionTimeout);
                }
                None
            }
        };
        let response = match early {
            Some(response) => response,
            None => {
                tokio::time::timeout(first_byte, answer).await.map_err(|_| Error::ConnectionReadTimeout)?
            }
        };
        let response = response.map_err(|error| translate(&error))?;
        Ok(response.map(|body| {
            let sleep = Box::pin(tokio::time::sleep(between_bytes));
            Timed { inner: body.map_err(Error::from).boxed_unsync(), limit: between_bytes, sleep }
                .boxed_unsync()
        }))
    }
}

fn pool(allow_private: bool) -> anyhow::Result<Pool> {
    let mut connector = HttpConnector::new_with_resolver(Resolver { allow_private });
    connector.set_nodelay(true);
    connector.enforce_http(false);
    connector.set_keepalive(Some(Duration::from_secs(60)));
    let tls = rustls::ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_safe_default_protocol_versions()?
        .with_root_certificates(rustls::RootCertStore::from_iter(
            webpki_roots::TLS_SERVER_ROOTS.iter().cloned(),
        ))
        .with_no_client_auth();
    let connector = HttpsConnectorBuilder::new()
        .with_tls_config(tls)
        .https_or_http()
        .enable_http1()
        .wrap_connector(connector);
    Ok(Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(Duration::from_secs(60))
        .pool_max_idle_per_host(64)
        .http1_max_buf_size(256 << 10)
        .build(connector))
}

/// The WASI error that says best what happened.
fn translate(error: &ClientError) -> Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(current) = cause {
        if current.is::<Prohibited>() {
            return Error::DestinationIpProhibited;
        }
        if let Some(io) = current.downcast_ref::<std::io::Error>() {
            if io.get_ref().is_some_and(|inner| inner.is::<Prohibited>()) {
                return Error::DestinationIpProhibited;
            }
            if io.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) {
                return Error::TlsCertificateError;
            }
            match io.kind() {
                std::io::ErrorKind::ConnectionRefused => return Error::ConnectionRefused,
                std::io::ErrorKind::TimedOut => return Error::ConnectionTimeout,
                std::io::ErrorKind::HostUnreachable | std::io::ErrorKind::NetworkUnreachable => {
                    return Error::DestinationIpUnroutable;
                }
                _ => {}
            }
        }
        if let Some(hyper) = current.downcast_ref::<hyper::Error>() {
            if hyper.is_incomplete_message() {
                return Error::HttpResponseIncomplete;
            }
            if hyper.is_parse() {
                return Error::HttpProtocolError;
            }
        }
        cause = current.source();
    }
    if error.is_connect() { Error::DestinationUnavailable } else { Error::ConnectionTerminated }
}

/// A body whose bytes must keep coming.
struct Timed {
    inner: WasiBody,
    limit: Duration,
    sleep: Pin<Box<Sleep>>,
}

impl Body for Timed {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = Pin::new(&mut self.inner).poll_frame(cx);
        let limit = self.limit;
        if frame.is_ready() {
            self.sleep.as_mut().reset(Instant::now() + limit);
            return frame;
        }
        self.sleep.as_mut().poll(cx).map(|()| Some(Err(Error::ConnectionReadTimeout)))
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
