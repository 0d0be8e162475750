//! Attributes: what may be known of a visitor, a cart or a place. Declared once with a type, then held by value.

pub(crate) mod exact;
mod items;
mod kind;
mod length;
mod raw;
mod schema;
mod value;
mod values;

pub use kind::{Kind, Type};
pub use length::seconds;
pub use raw::Raw;
pub use schema::{AttributeId, MAX_ATTRIBUTES, Schema, SchemaError};
pub use value::{MAX_ITEMS, MAX_TEXT, Value, ValueError, money};
pub use values::{Values, ValuesError};
