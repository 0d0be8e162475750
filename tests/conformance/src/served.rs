//! A backend behind the component `backend`, in this process: its port, served as the plain form, is the network of
//! the plain adapter.

use bytes::Bytes;
use commerce::adapters::plain::serve::serve;
use commerce::adapters::{Settings, connect};
use commerce::{Call, Error, Pending, Port, Upstream};

/// The port as a network.
struct Served(Box<dyn Port>);

impl Upstream for Served {
    fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
        Box::pin(async move { Ok(serve(&*self.0, &call.request).await) })
    }
}

/// The same shop, as a head sees it that asks through `backend`.
///
/// # Errors
/// Never; the settings are its own.
pub fn through_backend(port: Box<dyn Port>) -> Result<Box<dyn Port>, Error> {
    let settings = Settings {
        url: "http://backend.spin.internal".into(),
        capabilities: Some(port.capabilities().to_vec()),
        relayed: true,
        ..Settings::named("shop")
    };
    connect("plain", &settings, Box::new(Served(port)))
}
