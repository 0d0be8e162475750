//! The shop's backends behind one address: whichever the variables name, they answer the plain form
//! (`commerce/openapi.yaml`) to the heads.
//!
//! - `answer`: one question and its answer.
//!
//! The component has no public route in `spin.toml`. Requests reach it by service chaining from inside the app and
//! in no other way, so it asks for no credentials; the vendors' secrets stand here and nowhere else.

mod answer;

pub use answer::answer;

/// Takes a request from the host.
#[cfg_attr(target_family = "wasm", spin_sdk::http_service)]
pub async fn handle(request: kit::spin::Request) -> kit::spin::Response {
    let cap = answer::body_cap(request.uri().path());
    kit::spin::respond(match kit::spin::receive(request, cap).await {
        Ok(request) => answer(std::rc::Rc::new(kit::spin::Spin), &request).await,
        Err(kit::spin::TooLarge) => answer::too_large(),
    })
}
