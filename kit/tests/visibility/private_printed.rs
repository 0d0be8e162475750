//! Only a template prints it, which makes the answer private.
use kit::visibility::Private;

fn line(name: &Private<String>) -> String {
    format!("Hello, {name}")
}

fn main() {}
