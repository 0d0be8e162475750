//! An order's way, told by the clock alone, so that a demo shows life and a restart forgets nothing.

use commerce::OrderState;
use jiff::{SignedDuration, Timestamp};

const PACKING: i64 = 60;
const ON_ITS_WAY: i64 = 120;
const DELIVERED: i64 = 600;

/// Where an order is, `now`.
pub(crate) fn state(placed: Timestamp, pickup: bool, now: Timestamp) -> OrderState {
    // A clock that was set back gives a negative age: still placed.
    match (now.duration_since(placed).as_secs(), pickup) {
        (..PACKING, _) => OrderState::Placed,
        (PACKING..ON_ITS_WAY, _) => OrderState::Packing,
        (ON_ITS_WAY.., true) => OrderState::ReadyForPickup,
        (ON_ITS_WAY..DELIVERED, false) => OrderState::Shipped,
        (DELIVERED.., false) => OrderState::Delivered,
    }
}

/// When it will be ready, or delivered.
pub(crate) fn expected(placed: Timestamp, pickup: bool) -> Option<Timestamp> {
    let seconds = if pickup { ON_ITS_WAY } else { DELIVERED };
    placed.checked_add(SignedDuration::from_secs(seconds)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_follow_the_clock_to_the_second() {
        let placed = Timestamp::from_second(1_000_000).unwrap();
        let after = |seconds, pickup| {
            state(placed, pickup, placed.checked_add(SignedDuration::from_secs(seconds)).unwrap())
        };
        for (seconds, ship, pickup) in [
            (-5, OrderState::Placed, OrderState::Placed),
            (59, OrderState::Placed, OrderState::Placed),
            (60, OrderState::Packing, OrderState::Packing),
            (119, OrderState::Packing, OrderState::Packing),
            (120, OrderState::Shipped, OrderState::ReadyForPickup),
            (599, OrderState::Shipped, OrderState::ReadyForPickup),
            (600, OrderState::Delivered, OrderState::ReadyForPickup),
        ] {
            assert_eq!((after(seconds, false), after(seconds, true)), (ship, pickup), "{seconds} s");
        }
        assert_eq!(expected(placed, true).unwrap().as_second(), 1_000_120);
        assert_eq!(expected(placed, false).unwrap().as_second(), 1_000_600);
    }
}
