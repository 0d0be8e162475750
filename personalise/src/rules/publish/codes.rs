//! The codes of offers, and where they stand: for who asks the shop whether it knows them.

use super::desk::{entries, start};
use super::finding::Lines;
use crate::rules::{Benefit, Rules};
use toml::de::DeTable;

/// An offer's code, which a promotion of the shop must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The offer's name.
    pub offer: String,
    /// The code.
    pub code: String,
    /// What the offer promises.
    pub give: Vec<Benefit>,
    /// The line of the code, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
}

/// The codes of rules that were read of a file, in its order.
pub(super) fn codes_of(rules: &Rules, file: &DeTable<'_>, text: &str) -> Vec<Code> {
    let lines = Lines::of(text);
    let table = file.get("offer").and_then(|cell| cell.get_ref().as_table());
    let found = table.map(entries).unwrap_or_default();
    let code = |entry: &super::desk::Entry<'_, '_>| {
        let cell = entry.cell.get_ref().as_table()?.get("code")?;
        let offer = rules.offers.iter().find(|offer| offer.name.as_ref() == entry.name)?;
        let (line, column) = lines.position(start(cell));
        let (offer, code, give) = (offer.name.to_string(), offer.code.as_deref()?, offer.give.clone());
        Some(Code { offer, code: code.to_owned(), give, line, column })
    };
    found.iter().filter_map(code).collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::{Benefit, publish};
    use jiff::Timestamp;

    #[test]
    fn codes_stand_where_they_are_written() {
        let text = "[offer.b]\ngive = [\"10% off\"]\ncode = \"TEN\"\n[offer.a]\ngive = [\"free shipping\"]\n\
            [offer.c]\ncode = \"FIVE\"\ngive = [\"5% off\"]\n";
        let published = publish(text, Timestamp::UNIX_EPOCH);
        let told: Vec<_> = published
            .codes
            .iter()
            .map(|code| (code.offer.as_str(), code.code.as_str(), code.line, code.column))
            .collect();
        assert_eq!(told, [("b", "TEN", 3, 8), ("c", "FIVE", 7, 8)]);
        assert_eq!(published.codes[1].give, [Benefit::PercentOff(500)]);
        let broken = text.replace("10% off", "10% of");
        assert!(publish(&broken, Timestamp::UNIX_EPOCH).codes.is_empty(), "nothing is promised yet");
    }
}
