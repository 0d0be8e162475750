//! The gate between a component and everything it may call.

use super::allow::{Destination, Entry, Verdict, default_port, judge};
use super::{Clients, is_private};
use crate::application::Application;
use crate::log::Log;
use std::future::Future;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock, Weak};
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

/// What a component may call, and the ways there.
pub(crate) struct Gate {
    pub(crate) component: String,
    pub(crate) entries: Vec<Entry>,
    pub(crate) allow_private: bool,
    pub(crate) log: Log,
    pub(crate) clients: Clients,
    /// The application this component is part of, once it is whole.
    pub(crate) application: Arc<OnceLock<Weak<Application>>>,
}

/// The outbound side of one instance.
pub(crate) struct Outbound {
    gate: Arc<Gate>,
    /// How deep in a chain of this application's components the present request is.
    pub(crate) depth: usize,
}

impl Outbound {
    pub(crate) fn new(gate: Arc<Gate>) -> Self {
        Self { gate, depth: 0 }
    }
}

type Io = Box<dyn Future<Output = Result<(), Error>> + Send>;
type Sent = Box<dyn Future<Output = Result<(http::Response<WasiBody>, Io), Error>> + Send>;

impl WasiHttpHooks for Outbound {
    fn send_request(
        &mut self,
        request: http::Request<WasiBody>,
        options: Option<RequestOptions>,
        _: Io,
    ) -> Sent {
        let (gate, depth) = (Arc::clone(&self.gate), self.depth);
        Box::new(async move {
            let response = gate.send(request, options, depth).await?;
            Ok((response, Box::new(async { Ok(()) }) as Io))
        })
    }
}

impl Gate {
    async fn send(
        &self,
        request: http::Request<WasiBody>,
        options: Option<RequestOptions>,
        depth: usize,
    ) -> Result<http::Response<WasiBody>, Error> {
        let scheme = request.uri().scheme_str().unwrap_or("https").to_ascii_lowercase();
        let host = request.uri().host().unwrap_or_default().trim_matches(['[', ']']).to_ascii_lowercase();
        // `example.com.` is `example.com`, and must not slip past an entry or a check because of its dot.
        let host = host.strip_suffix('.').unwrap_or(&host).to_owned();
        let port =
            request.uri().port_u16().or_else(|| default_port(&scheme)).ok_or(Error::HttpRequestUriInvalid)?;
        let verdict = judge(&self.entries, &scheme, &host, port);
        if verdict == Verdict::Refused {
            self.refuse(&scheme, &host, port);
            return Err(Error::HttpRequestDenied);
        }
        match Destination::of(&host) {
            Destination::Component(name) => {
                let application = self.application()?;
                let answer = application.call_component(&name, request, depth + 1);
                self.within(options, answer).await?.ok_or_else(|| {
                    self.log.line(format!(
                        "[{}] called {host}, but there is no component `{name}`",
                        self.component
                    ));
                    Error::DestinationNotFound
                })
            }
            Destination::Itself => {
                let application = self.application()?;
                let answer = application.call_route(request, depth + 1);
                self.within(options, answer).await
            }
            Destination::Outside => {
                let allow_private = self.allow_private || verdict == Verdict::Named;
                if !allow_private && host.parse::<IpAddr>().is_ok_and(is_private) {
                    self.prohibit(&scheme, &host, port);
                    return Err(Error::DestinationIpProhibited);
                }
                let answer = self.clients.send(request, options, allow_private).await;
                match &answer {
                    Err(Error::DestinationIpProhibited) => self.prohibit(&scheme, &host, port),
                    Err(error) => {
                        self.log.line(format!("[{}] {scheme}://{host}:{port}: {error}", self.component))
                    }
                    Ok(_) => {}
                }
                answer
            }
        }
    }

    fn application(&self) -> Result<Arc<Application>, Error> {
        self.application.get().and_then(Weak::upgrade).ok_or(Error::DestinationUnavailable)
    }

    /// Holds a call inside the application to the same time as one outside.
    async fn within<T>(
        &self,
        options: Option<RequestOptions>,
        answer: impl Future<Output = T>,
    ) -> Result<T, Error> {
        match options.and_then(|options| options.first_byte_timeout) {
            // Boxed: components calling components is a recursion of futures.
            Some(limit) => {
                tokio::time::timeout(limit, Box::pin(answer)).await.map_err(|_| Error::ConnectionReadTimeout)
            }
            None => Ok(Box::pin(answer).await),
        }
    }

    fn refuse(&self, scheme: &str, host: &str, port: u16) {
        let shown = shown(scheme, host, port);
        self.log.line(format!(
            "[{0}] may not call {shown}; to allow it, add \"{shown}\" to allowed_outbound_hosts of [component.{0}] in spin.toml",
            self.component
        ));
    }

    fn prohibit(&self, scheme: &str, host: &str, port: u16) {
        self.log.line(format!(
            "[{0}] {1} leads to a private address; if that is meant, name the address itself in allowed_outbound_hosts, or set allow_private_hosts = true under [component.{0}.tool.headwater] in spin.toml",
            self.component,
            shown(scheme, host, port)
        ));
    }
}

fn shown(scheme: &str, host: &str, port: u16) -> String {
    let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    if default_port(scheme) == Some(port) {
        format!("{scheme}://{host}")
    } else {
        format!("{scheme}://{host}:{port}")
    }
}
