//! How a shop fails.

use std::time::Duration;

/// Told by every fault that has words of its own: none of it may reach a visitor.
pub const SECRET: &str = "secret-detail";

/// Longer than any head waits: what comes after it comes too late.
pub const LATE: Duration = Duration::from_secs(30);

/// A way to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Resets the connection before a byte of an answer; the shop learns nothing of the request.
    Refuse,
    /// Takes the request and never answers; the shop learns nothing of it.
    BlackHole,
    /// The shop answers, and its answer is held back until too late.
    SlowFirstByte,
    /// The shop answers; half of its body is sent, and the rest too late.
    SlowBody,
    /// The shop answers; its body comes a byte at a time and never ends.
    Drip,
    /// The shop answers; half of its body is sent, then the connection ends.
    Truncated,
    /// The shop does what was asked, and the connection is reset before it can say so.
    LostAnswer,
    /// 500 with words.
    Broken,
    /// 503 with words.
    Unavailable,
    /// 429 that asks to wait.
    Throttled,
    /// Bytes that are no HTTP.
    NoHttp,
    /// 200 and JSON's type, but bytes that are no text.
    Garbage,
    /// 200 with a page of HTML.
    Html,
    /// 200 with JSON of another shape.
    WrongType,
    /// 200 with 10 MB of good JSON.
    Huge,
    /// 200 with 64 MB of spaces as gzip, which nobody asked for.
    GzipBomb,
    /// 200 with 100,000 nested arrays.
    Deep,
}

impl Fault {
    /// Every way to fail.
    pub const ALL: [Self; 17] = [
        Self::Refuse,
        Self::BlackHole,
        Self::SlowFirstByte,
        Self::SlowBody,
        Self::Drip,
        Self::Truncated,
        Self::LostAnswer,
        Self::Broken,
        Self::Unavailable,
        Self::Throttled,
        Self::NoHttp,
        Self::Garbage,
        Self::Html,
        Self::WrongType,
        Self::Huge,
        Self::GzipBomb,
        Self::Deep,
    ];

    /// Whether only the clock tells that there will be no answer.
    pub fn is_late(self) -> bool {
        matches!(self, Self::BlackHole | Self::SlowFirstByte | Self::SlowBody | Self::Drip)
    }

    /// Whether the shop still does what it was asked; then a failed write is an ambiguous one.
    pub fn reaches_the_shop(self) -> bool {
        matches!(self, Self::SlowFirstByte | Self::SlowBody | Self::Drip | Self::Truncated | Self::LostAnswer)
    }

    /// The status that a head gives when it cannot do without the answer.
    pub fn status(self) -> u16 {
        match self {
            Self::Unavailable | Self::Throttled => 503,
            _ if self.is_late() => 504,
            _ => 502,
        }
    }
}
