//! The application being served: its routes and its components.

use crate::answers;
use crate::manifest::StaticResponse;
use crate::routes::{Matched, Pattern, Router};
use crate::runtime::{Failure, Served};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, Uri, header};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use wasmtime_wasi_http::WasiBody;

/// How many components of one application may call each other for one request.
const MAX_DEPTH: usize = 8;

/// Who answers a route.
pub(crate) enum Responder {
    Component(String),
    Static(StaticResponse),
}

/// Everything that is served.
pub(crate) struct Application {
    pub(crate) router: Router<Responder>,
    pub(crate) components: BTreeMap<String, Served>,
}

/// An answer and who gave it, for the log.
pub(crate) struct Answered {
    pub(crate) by: String,
    pub(crate) response: Response<WasiBody>,
}

impl Application {
    /// Answers a request from outside.
    pub(crate) async fn answer(&self, request: Request<WasiBody>, client: SocketAddr) -> Answered {
        self.answer_route(request, Some(client), 0).await
    }

    /// Answers a component's request to `http://self.alt/…`.
    pub(crate) async fn call_route(&self, request: Request<WasiBody>, depth: usize) -> Response<WasiBody> {
        self.answer_route(request, None, depth).await.response
    }

    /// Answers a component's request to `http://NAME.spin.internal/…`; `None` when there is no such component.
    pub(crate) async fn call_component(
        &self,
        name: &str,
        mut request: Request<WasiBody>,
        depth: usize,
    ) -> Option<Response<WasiBody>> {
        let component = self.components.get(name)?;
        let rest = request.uri().path().to_owned();
        let matched = Matched { named: Vec::new(), rest: if rest == "/" { String::new() } else { rest } };
        if let Ok(everything) = Pattern::parse("/...") {
            describe(&mut request, &everything, &matched, None);
        }
        Some(call(component, request, depth).await)
    }

    async fn answer_route(
        &self,
        mut request: Request<WasiBody>,
        client: Option<SocketAddr>,
        depth: usize,
    ) -> Answered {
        let Some((pattern, responder, matched)) = self.router.find(request.uri().path()) else {
            return Answered {
                by: "-".to_owned(),
                response: answers::error(StatusCode::NOT_FOUND, request.headers()),
            };
        };
        match responder {
            Responder::Static(fixed) => Answered { by: "static".to_owned(), response: static_answer(fixed) },
            Responder::Component(name) => {
                describe(&mut request, pattern, &matched, client);
                let response = match self.components.get(name) {
                    Some(component) => call(component, request, depth).await,
                    None => answers::error(StatusCode::NOT_FOUND, request.headers()),
                };
                Answered { by: name.clone(), response }
            }
        }
    }
}

async fn call(component: &Served, request: Request<WasiBody>, depth: usize) -> Response<WasiBody> {
    let mut asked = HeaderMap::new();
    if let Some(accept) = request.headers().get(header::ACCEPT) {
        asked.insert(header::ACCEPT, accept.clone());
    }
    if depth > MAX_DEPTH {
        component.profile.log.line(format!(
            "[{}] not called: more than {MAX_DEPTH} components of this application call each other",
            component.profile.name
        ));
        return answers::failure(Failure::Loop, &asked);
    }
    match component.call(request, depth).await {
        Ok(response) => response,
        Err(failure) => answers::failure(failure, &asked),
    }
}

fn static_answer(fixed: &StaticResponse) -> Response<WasiBody> {
    let mut response = Response::new(answers::whole(fixed.body.clone()));
    *response.status_mut() = StatusCode::from_u16(fixed.status).unwrap_or(StatusCode::OK);
    for (name, value) in &fixed.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// Gives the guest the absolute URI and the `spin-*` headers of Spin's HTTP trigger (spinframework.dev, "HTTP
/// Trigger: Request Handling"), after removing whatever the client sent under such names.
fn describe(
    request: &mut Request<WasiBody>,
    pattern: &Pattern,
    matched: &Matched,
    client: Option<SocketAddr>,
) {
    let forged: Vec<HeaderName> =
        request.headers().keys().filter(|name| name.as_str().starts_with("spin-")).cloned().collect();
    for name in forged {
        request.headers_mut().remove(name);
    }
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let host = request
        .uri()
        .authority()
        .map(|authority| authority.as_str().to_owned())
        .or_else(|| {
            request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).map(str::to_owned)
        })
        .unwrap_or_else(|| "localhost".to_owned());
    let full = format!("http://{host}{path}");
    if let Ok(uri) = full.parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    let mut set = |name: &str, value: &str| {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            request.headers_mut().insert(name, value);
        }
    };
    set("spin-full-url", &full);
    set("spin-path-info", &matched.rest);
    set("spin-matched-route", pattern.written());
    set("spin-raw-component-route", pattern.written());
    set("spin-component-route", pattern.prefix());
    set("spin-base-path", "/");
    if let Some(client) = client {
        set("spin-client-addr", &client.to_string());
    }
    for (name, value) in &matched.named {
        set(&format!("spin-path-match-{}", name.to_ascii_lowercase()), value);
    }
}
