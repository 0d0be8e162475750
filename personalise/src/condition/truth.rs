//! Three-valued logic after Kleene.

use serde::{Deserialize, Serialize};
use std::ops::Not;

/// Whether a condition holds. In this order `&&` is the least and `||` the greatest of its sides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Truth {
    /// It does not hold.
    False,
    /// Too little is known to say: no match, and its opposite is no match either.
    #[default]
    Unknown,
    /// It holds.
    True,
}

impl Truth {
    /// Whether it holds for certain.
    pub fn holds(self) -> bool {
        self == Self::True
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

impl Not for Truth {
    type Output = Self;
    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}
