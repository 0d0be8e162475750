//! What every head shares: one request, from bytes in to bytes out.
//!
//! - [`head`]: the trait that a head implements, and the way of one request through it.
//! - [`ask`]: the request being answered: visitor, slots, shop, locale.
//! - [`slots`]: concurrent questions under one deadline, each required or optional, and what came of them.
//! - [`visibility`]: who may see a value, as a type; [`cache`] keeps what is public.
//! - `account`: customers who sign in with the shop.
//! - [`answer`]: what a head gives back; its caching headers are derived from what was read.
//! - [`body`]: an answer that is still on its way.
//! - [`failure`]: everything that can go wrong, for a head to say in its channel's own form.
//! - [`visitor`]: market, session, consent and profile. [`decide`]: what the rules choose for them.
//! - [`seal`]: what a visitor keeps for us can be neither read nor changed; [`keys`]: with which of the operator's keys.
//! - [`seams`]: pages that begin before all of their parts are there.
//! - [`locale`]: money, dates, numbers and interface text in the visitor's language.
//! - [`template`]: minijinja with the shared partials.
//! - [`desk`]: where the operator and the backends tell what has changed.
//! - [`rulebook`]: the merchandiser's rules, changed while heads run; [`proof`] says who may change them.
//! - [`gateway`]: what a gateway in front tells of a request, and what is carried on to the backends.
//! - [`trace`]: which backend was asked what, for the operator.
//! - [`backends`]: which backends the variables name, and who asks them; [`checkup`] asks how they are.
//! - [`upstream`]: calls to backends over the network.
//! - [`site`]: a site that exists already, in front of which a head stands; [`rewrite`] puts slots into its pages.
//! - [`words`]: cuts a text to the room that a channel has.
//! - [`edge`]: the world around a component; [`spin`] is the real one, `rehearsal` one for tests.
//!
//! Nothing here names a commerce backend or a channel.

mod account;
pub mod answer;
mod aside;
pub mod ask;
pub mod asked;
pub mod backends;
pub mod body;
pub mod cache;
pub mod checkup;
pub mod decide;
pub mod desk;
pub mod edge;
pub mod failure;
mod few;
pub mod fields;
mod finish;
pub mod gateway;
mod glance;
pub mod head;
mod instance;
mod keep;
pub mod keys;
pub mod locale;
pub mod origin;
pub mod own;
pub mod preview;
pub mod proof;
pub mod reads;
#[cfg(any(test, feature = "rehearsal"))]
pub mod rehearsal;
pub mod rewrite;
pub mod routes;
pub mod rulebook;
pub mod seal;
pub mod seams;
mod shared;
pub mod shop;
pub mod site;
pub mod slots;
pub mod spin;
pub mod template;
pub mod trace;
pub mod upstream;
pub mod visibility;
pub mod visitor;
pub mod words;

pub use answer::Answer;
pub use ask::Ask;
pub use edge::Edge;
pub use failure::{Failure, Trouble};
pub use head::{Head, handle, serve};
pub use locale::Locale;
pub use routes::Routes;
pub use slots::Slot;
