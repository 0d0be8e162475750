//! A backend of parts, such as a CMS, as a shop has it: beside one that sells.

use crate::upstream::Reference;
use commerce::adapters::{Composed, Part, Settings, connect};
use commerce::{Capability, Error, Port};

/// How the demo shop in this process is reached.
pub fn reference_settings() -> Settings {
    Settings { url: "http://demo-shop.spin.internal".into(), ..Settings::named("shop") }
}

/// A port with a catalogue as it is; any other as the second backend of the demo shop, for the parts that it has.
///
/// # Errors
/// `Internal` when those parts cannot be taken from the demo shop.
pub fn beside(port: Box<dyn Port>) -> Result<Box<dyn Port>, Error> {
    if port.capabilities().contains(&Capability::Product) {
        return Ok(port);
    }
    let parts: Vec<&str> = port.capabilities().iter().map(|one| Part::of(*one).as_str()).collect();
    let parts = parts.join(" ");
    let shop = connect("plain", &reference_settings(), Box::new(Reference::new()))?;
    Ok(Box::new(Composed::new(shop, port, &parts)?))
}
