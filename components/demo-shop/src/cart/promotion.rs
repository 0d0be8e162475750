//! What codes and delivery come to: the one table to change.

use crate::market::{Language, Tender};

/// What a code gives.
pub(crate) struct Promotion {
    pub(crate) code: &'static str,
    /// Off the lines.
    pub(crate) percent: i64,
    /// Delivery is free from this subtotal on; GBP, EUR and JPY in minor units.
    free_delivery_from: Option<[i64; 3]>,
}

const PROMOTIONS: [Promotion; 3] = [
    Promotion { code: "WELCOME10", percent: 10, free_delivery_from: Some([3_000, 3_500, 6_000]) },
    Promotion { code: "STAY5", percent: 5, free_delivery_from: None },
    Promotion { code: "WINBACK10", percent: 10, free_delivery_from: None },
];

/// What delivery costs; GBP, EUR and JPY in minor units.
const DELIVERY: [i64; 3] = [395, 495, 700];
/// From this subtotal on, delivery is free for everyone.
const FREE_DELIVERY_FROM: [i64; 3] = [5_000, 6_000, 10_000];

const fn of([gbp, eur, jpy]: [i64; 3], tender: Tender) -> i64 {
    match tender {
        Tender::Gbp => gbp,
        Tender::Eur => eur,
        Tender::Jpy => jpy,
    }
}

/// The promotion of a code, however it is typed.
pub(crate) fn promotion(code: &str) -> Option<&'static Promotion> {
    PROMOTIONS.iter().find(|promotion| promotion.code.eq_ignore_ascii_case(code.trim()))
}

impl Promotion {
    /// What it takes off, half a minor unit up. In 128 bits, so that no subtotal is too large.
    pub(crate) fn off(&self, subtotal: i64) -> i64 {
        let off = (i128::from(subtotal) * i128::from(self.percent) + 50) / 100;
        i64::try_from(off).unwrap_or(subtotal)
    }
}

/// What it costs to ship goods of a subtotal before reductions.
pub(crate) fn shipping(tender: Tender, subtotal: i64, promotion: Option<&Promotion>) -> i64 {
    let own = promotion.and_then(|promotion| promotion.free_delivery_from);
    let free_from = own.map_or(of(FREE_DELIVERY_FROM, tender), |own| of(own, tender));
    if subtotal >= free_from { 0 } else { of(DELIVERY, tender) }
}

/// The words for a reduction.
pub(crate) fn label(language: Language, code: &str) -> String {
    let percent = promotion(code).map_or(0, |promotion| promotion.percent);
    match language {
        Language::English => format!("{code}: {percent}% off"),
        Language::German => format!("{code}: {percent}\u{a0}% Rabatt"),
        Language::Arabic => format!("\u{2068}{code}\u{2069}: خصم \u{2066}{percent}%\u{2069}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn welcome_ships_free_from_its_threshold_to_the_penny() {
        let welcome = promotion(" welcome10 ");
        assert_eq!(shipping(Tender::Gbp, 2_999, welcome), 395);
        assert_eq!(shipping(Tender::Gbp, 3_000, welcome), 0);
        assert_eq!((shipping(Tender::Eur, 3_499, welcome), shipping(Tender::Eur, 3_500, welcome)), (495, 0));
        assert_eq!((shipping(Tender::Jpy, 5_999, welcome), shipping(Tender::Jpy, 6_000, welcome)), (700, 0));
        assert_eq!(shipping(Tender::Gbp, 3_000, promotion("STAY5")), 395);
        assert_eq!((shipping(Tender::Gbp, 4_999, None), shipping(Tender::Gbp, 5_000, None)), (395, 0));
    }

    #[test]
    fn reductions_round_half_up() {
        let off = |code, subtotal| promotion(code).unwrap().off(subtotal);
        assert_eq!(off("WELCOME10", 2_999), 300);
        assert_eq!(off("WELCOME10", 2_994), 299);
        assert_eq!(off("WELCOME10", 2_995), 300);
        assert_eq!(off("STAY5", 1_999), 100);
        assert_eq!(off("STAY5", 1_989), 99);
        assert_eq!(off("WELCOME10", i64::MAX), 922_337_203_685_477_581);
        assert!(promotion("WELCOME").is_none() && promotion("").is_none());
    }
}
