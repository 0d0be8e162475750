//! Whether two products are bought together by more than chance, and how strongly.

/// A pair seen in so many orders has half of its cosine for a score. With it, two products that were bought together
/// three times and never apart stand behind two that were bought together in half of a hundred orders.
pub const SHRINKAGE: f64 = 10.0;

/// How often, in orders: `both` together, `a` and `b` each with anything, `all` products with anything; and by how many
/// `shoppers` both.
#[derive(Debug, Clone, Copy)]
pub(super) struct Together {
    pub(super) shoppers: f64,
    pub(super) both: f64,
    pub(super) a: f64,
    pub(super) b: f64,
    pub(super) all: f64,
}

impl Together {
    /// Dunning's log-likelihood ratio, −2 log λ, of the pair; 0 when the two are together no more than by chance.
    /// Distributed as χ² with one degree of freedom when chance is all there is: 10.83 is one in 1,000, 15.14 one in
    /// 10,000.
    ///
    /// Weights give the proportions, and shoppers the size of what was seen: the ratio is that of a table as large
    /// as makes `both` the number of shoppers, who decide without each other.
    pub(super) fn significance(self) -> f64 {
        let Self { shoppers, both, a, b, all } = self;
        let (only_a, only_b) = ((a - both).max(0.0), (b - both).max(0.0));
        let neither = (all - 2.0 * a - 2.0 * b + 2.0 * both).max(0.0);
        if both * neither <= only_a * only_b {
            return 0.0;
        }
        let cells = [both, only_a, only_b, neither];
        let rows = [both + only_a, only_b + neither];
        let columns = [both + only_b, only_a + neither];
        let whole: f64 = cells.iter().sum();
        let log = |values: &[f64]| values.iter().map(|value| x_log_x(*value)).sum::<f64>();
        let ratio = 2.0 * (log(&cells) - log(&rows) - log(&columns) + x_log_x(whole));
        (ratio * shoppers / both).max(0.0)
    }

    /// The cosine, shrunk towards 0 where little was seen: between 0 and 1.
    pub(super) fn score(self) -> f64 {
        let Self { both, a, b, .. } = self;
        let size = (a * b).sqrt();
        if size > 0.0 { (both / size) * (both / (both + SHRINKAGE)) } else { 0.0 }
    }
}

fn x_log_x(value: f64) -> f64 {
    if value > 0.0 { value * value.ln() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `cells`: both, a alone, b alone, neither.
    fn together([both, a, b, neither]: [f64; 4]) -> Together {
        let (a, b) = (both + a, both + b);
        Together { shoppers: both, both, a, b, all: neither + 2.0 * a + 2.0 * b - 2.0 * both }
    }

    #[test]
    fn the_ratio_is_that_of_dunnings_table_1() {
        // The bigrams "the swiss", "can be", "previous year" of the paper's table: counts, and -2 log λ.
        let known = [
            ([110.0, 2442.0, 111.0, 29114.0], 270.72),
            ([29.0, 13.0, 123.0, 31612.0], 263.90),
            ([31.0, 23.0, 139.0, 31584.0], 256.84),
            ([10.0, 0.0, 3.0, 31764.0], 167.23),
        ];
        for (cells, ratio) in known {
            let got = together(cells).significance();
            assert!((got - ratio).abs() < 0.01, "{cells:?}: {got}, {ratio} in the paper");
        }
    }

    #[test]
    fn what_chance_explains_is_not_significant() {
        for cells in [[10.0, 90.0, 90.0, 810.0], [5.0, 95.0, 95.0, 805.0], [0.0, 10.0, 10.0, 100.0]] {
            assert!(together(cells).significance().abs() < 1e-9, "{cells:?}");
        }
        assert!(together([20.0, 80.0, 80.0, 820.0]).significance() > 7.0);
    }

    #[test]
    fn evidence_is_as_large_as_there_were_shoppers() {
        let by = |shoppers| Together { shoppers, ..together([20.0, 80.0, 80.0, 820.0]) }.significance();
        assert!((by(40.0) - 2.0 * by(20.0)).abs() < 1e-9);
        assert!((by(40.0) - together([40.0, 160.0, 160.0, 1640.0]).significance()).abs() < 1e-9);
    }

    #[test]
    fn the_score_is_the_cosine_where_much_was_seen_and_less_where_little() {
        let score = |both, a, b| Together { shoppers: both, both, a, b, all: 1e6 }.score();
        assert!((score(1e6, 2e6, 2e6) - 0.5).abs() < 1e-4);
        assert!((score(10.0, 10.0, 10.0) - 0.5).abs() < 1e-9);
        assert!(score(3.0, 3.0, 3.0) < score(50.0, 100.0, 100.0));
        assert!(score(0.0, 0.0, 0.0).abs() < 1e-9);
    }
}
