//! The merchandiser's rule file: checked and compiled here, sent to a running application, and explained.
//!
//! - [`RuleFile`]: a file, and what is found when it is compiled.
//! - [`Desk`]: where a running application takes rules; [`Live`] is what it says is in force.
//! - [`Codes`]: whether the shop knows the codes of its offers.
//! - [`Publish`], [`Explain`]: the commands. [`Follower`] publishes a file whenever it changes.

mod codes;
mod desk;
mod explain;
mod file;
mod follow;
mod publish;
mod session;
mod tree;

pub use codes::Codes;
pub use desk::{Desk, Live, Version};
pub use explain::Explain;
pub use file::{Compiled, RuleFile};
pub use follow::Follower;
pub use publish::Publish;
pub use session::SessionValue;
