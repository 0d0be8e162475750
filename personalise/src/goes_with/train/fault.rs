//! What can stop the learning, whose fault it is and the cure.

use super::read::Reading;
use std::fmt;

/// Why an input could not be taken in.
#[derive(Debug)]
pub enum ReadError {
    /// The first line is neither a header nor JSON.
    Header {
        /// Of the input.
        name: String,
        /// From 1.
        line: u64,
        /// What is wrong.
        why: String,
    },
    /// More than 1 % of the lines are unreadable: likely the file is not what it was taken for.
    Unreadable {
        /// Of the input.
        name: String,
        /// How many, and the first few.
        reading: Reading,
    },
    /// The input could not be read on.
    Input {
        /// Of the input.
        name: String,
        /// What it said.
        why: std::io::Error,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header { name, line, why } => write!(
                f,
                "{name}:{line}: {why}; begin the file with a line `order,product` (and quantity, time and visitor \
                 where they are known), or write each order as a line {{\"order\": \"…\", \"products\": [\"…\"]}}"
            ),
            Self::Unreadable { name, reading } => {
                let Reading { lines, unreadable, first } = reading;
                write!(
                    f,
                    "{name}: {unreadable} of {lines} lines cannot be read, more than 1 %; mend the export:"
                )?;
                first.iter().try_for_each(|bad| write!(f, "\n{name}:{}: {}", bad.line, bad.why))
            }
            Self::Input { name, why } => write!(f, "{name} cannot be read: {why}"),
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Input { why, .. } => Some(why),
            _ => None,
        }
    }
}

/// Why nothing could be learned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrainError {
    /// Not one order was read.
    NoOrders,
    /// A setting is out of its limits.
    Setting(&'static str),
    /// The table would not fit, even with the fewest neighbours that are of use.
    TooLarge {
        /// How many products have neighbours or are some.
        products: usize,
    },
}

impl fmt::Display for TrainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOrders => f.write_str("there are no orders to learn from; give files that hold some"),
            Self::Setting(limits) => f.write_str(limits),
            Self::TooLarge { products } => write!(
                f,
                "the table of {products} products does not fit into {} bytes; raise the least number of shoppers \
                 who must have bought a pair",
                crate::goes_with::MAX_BYTES
            ),
        }
    }
}

impl std::error::Error for TrainError {}
