//! Times in compiled rules: whole seconds and the rest, so that a head needs no reader of written times.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

type Parts = (i64, i32);

fn parts(time: Timestamp) -> Parts {
    (time.as_second(), time.subsec_nanosecond())
}

fn time<E: serde::de::Error>((seconds, rest): Parts) -> Result<Timestamp, E> {
    Timestamp::new(seconds, rest).map_err(|_| E::custom("a time beyond the year 9999"))
}

pub(crate) fn serialize<S: Serializer>(time: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    parts(*time).serialize(to)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
    time(Parts::deserialize(from)?)
}

/// The same for a time that may be missing.
pub(crate) mod optional {
    use super::{Deserialize, Deserializer, Parts, Serialize, Serializer, Timestamp, parts, time};

    pub(crate) fn serialize<S: Serializer>(time: &Option<Timestamp>, to: S) -> Result<S::Ok, S::Error> {
        time.map(parts).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
        Option::<Parts>::deserialize(from)?.map(time).transpose()
    }
}
