//! What is published: the merchandiser's rules, and what stands where in the pages of an existing site. Both are files
//! that are checked and compiled here and sent to a running application; rules are explained, too.
//!
//! - [`RuleFile`], [`RewriteFile`]: the files, and what is found when they are compiled; a [`Source`] is either.
//! - [`Desk`]: where a running application takes rules; [`Live`] is what it says is in force.
//! - [`Codes`]: whether the shop knows the codes of its offers.
//! - [`Publish`], [`Explain`]: the commands. [`Follower`] publishes a file whenever it changes.

mod codes;
mod desk;
mod explain;
mod file;
mod follow;
mod kind;
mod publish;
mod rewrite;
mod session;
mod syntax;
mod tree;

pub use codes::Codes;
pub use desk::{Desk, Live, Version};
pub use explain::Explain;
pub use file::{Compiled, RuleFile};
pub use follow::Follower;
pub use kind::{Draft, Kind, Ready, Source};
pub use publish::Publish;
pub use rewrite::RewriteFile;
pub use session::SessionValue;
