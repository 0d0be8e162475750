//! What Slack takes at most: <https://docs.slack.dev/reference/block-kit/blocks> and its element pages, read
//! 2026-11 (`shared/reference/heads.md`). In characters unless said otherwise.

/// Blocks in a message.
pub const BLOCKS: usize = 50;
/// Text of a section.
pub const SECTION: usize = 3000;
/// Text of a header.
pub const HEADER: usize = 150;
/// Text on a button.
pub const BUTTON: usize = 75;
/// Identifier of an element.
pub const ACTION_ID: usize = 255;
/// Value of a button.
pub const VALUE: usize = 2000;
/// Words for a picture.
pub const ALT: usize = 2000;
/// Address of a picture.
pub const IMAGE_URL: usize = 3000;
/// Address that a button opens.
pub const URL: usize = 3000;
/// Elements of an actions block.
pub const ELEMENTS: usize = 25;
/// All blocks together, as found in practice and documented nowhere (bolt-js issue 2509). Counted here over
/// the blocks' whole JSON, which is more than Slack can mean.
pub const TOTAL: usize = 13_200;
/// The text shown where blocks are not; Slack takes 40,000, and 4,000 is what it advises.
pub const FALLBACK: usize = 4000;
