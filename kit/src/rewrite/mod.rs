//! Putting slots into the pages of a site that exists already, while they stream.
//!
//! A page's bytes are unpacked (`decode`), searched for the elements that a [`Place`] names (`html`), and spliced with
//! what the slots have to say (`splice`). What is late, broken or not understood leaves the page's own bytes.

mod decode;
mod html;
mod links;
mod place;
mod splice;

pub use decode::{Packing, unpacked};
pub use links::Links;
pub use place::{Placed, Put};
pub use splice::{Done, Filling, Page, splice};
