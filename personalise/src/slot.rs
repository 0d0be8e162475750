//! Slots: several content blocks may wait for one; the schedule decides which is shown.

use commerce::ContentBlock;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// When a decision is made, and where it is what day.
#[derive(Debug, Clone)]
pub struct Moment {
    /// The time.
    pub now: Timestamp,
    /// The market's time zone; days of the week begin there.
    pub zone: TimeZone,
}

/// The blocks of `slot` whose schedule allows them now, in the merchandiser's order.
pub fn eligible<'a>(
    blocks: &'a [ContentBlock],
    slot: &'a str,
    moment: &'a Moment,
) -> impl Iterator<Item = &'a ContentBlock> {
    blocks.iter().filter(move |block| block.slot == slot && is_due(block, moment))
}

/// The block that fills `slot`: the first one that is due, one with a schedule before one without.
pub fn choose<'a>(blocks: &'a [ContentBlock], slot: &'a str, moment: &'a Moment) -> Option<&'a ContentBlock> {
    let scheduled =
        |block: &&ContentBlock| block.weekday.is_some() || block.from.is_some() || block.until.is_some();
    eligible(blocks, slot, moment).find(scheduled).or_else(|| eligible(blocks, slot, moment).next())
}

fn is_due(block: &ContentBlock, moment: &Moment) -> bool {
    let today = moment.now.to_zoned(moment.zone.clone()).weekday().to_monday_one_offset();
    block.from.is_none_or(|from| from <= moment.now)
        && block.until.is_none_or(|until| moment.now < until)
        && block.weekday.is_none_or(|day| i8::try_from(day) == Ok(today))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(id: &str, schedule: &str) -> ContentBlock {
        let json = format!(r#"{{"id":"{id}","slot":"hero","kind":"hero","title":"T"{schedule}}}"#);
        serde_json::from_str(&json).unwrap()
    }

    fn moment(now: &str) -> Moment {
        Moment { now: now.parse().unwrap(), zone: jiff::tz::get!("Europe/London") }
    }

    fn chosen(blocks: &[ContentBlock], now: &str) -> Option<String> {
        choose(blocks, "hero", &moment(now)).map(|block| block.id.to_string())
    }

    #[test]
    fn a_schedule_decides_and_the_first_without_one_stands_in() {
        let blocks = [
            block("default", ""),
            block("sunday", r#","weekday":7"#),
            block("once", r#","from":"2026-11-27T00:00:00Z","until":"2026-11-28T00:00:00Z""#),
        ];
        assert_eq!(chosen(&blocks, "2026-11-21T12:00:00Z").as_deref(), Some("default"));
        assert_eq!(chosen(&blocks, "2026-11-22T12:00:00Z").as_deref(), Some("sunday"));
        assert_eq!(chosen(&blocks, "2026-11-27T00:00:00Z").as_deref(), Some("once"));
        assert_eq!(chosen(&blocks, "2026-11-28T00:00:00Z").as_deref(), Some("default"));
        assert_eq!(chosen(&[], "2026-11-21T12:00:00Z"), None);
    }

    #[test]
    fn a_day_begins_where_the_market_is() {
        let blocks = [block("default", ""), block("sunday", r#","weekday":7"#)];
        // 23:30 UTC on Saturday is half past midnight on Sunday in summer London.
        assert_eq!(chosen(&blocks, "2026-07-18T23:30:00Z").as_deref(), Some("sunday"));
    }
}
