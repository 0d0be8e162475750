use super::*;

const fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn spent(budget: &mut Budget, now: Duration) -> usize {
    (0..100).take_while(|_| budget.spend(now)).count()
}

#[test]
fn one_retry_comes_first_and_one_for_each_ten_calls() {
    let mut budget = Budget::new();
    assert_eq!(spent(&mut budget, at(0)), 1);
    for calls in 1..=9 {
        budget.earn(at(calls));
        assert!(!budget.spend(at(calls)), "{calls} calls");
    }
    budget.earn(at(10));
    assert_eq!(spent(&mut budget, at(10)), 1);
}

#[test]
fn what_was_earned_a_minute_ago_is_gone_and_there_are_never_more_than_ten() {
    let mut budget = Budget::new();
    (0..1000).for_each(|_| budget.earn(at(5)));
    assert_eq!(spent(&mut budget, at(59)), 10);
    (0..1000).for_each(|_| budget.earn(at(65)));
    assert_eq!(spent(&mut budget, at(120)), 0, "in steps of ten seconds");
    let mut budget = Budget::new();
    budget.earn(at(0));
    assert_eq!(spent(&mut budget, at(100_000)), 1, "the first retry is not forgotten");
}

#[test]
fn a_clock_that_goes_back_earns_nothing_twice() {
    let mut budget = Budget::new();
    budget.spend(at(0));
    (0..10).for_each(|n| budget.earn(at(100 - n * 10)));
    assert_eq!(spent(&mut budget, at(0)), 1);
}

#[test]
fn whatever_happens_retries_are_a_tenth_of_the_calls_and_one() {
    let mut chance = 0x9e37_79b9_u64;
    for _ in 0..200 {
        let (mut budget, mut now) = (Budget::new(), Duration::ZERO);
        let (mut calls, mut retries) = (Vec::new(), Vec::new());
        for _ in 0..2000 {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            now += Duration::from_millis((chance >> 33) % 300);
            if (chance >> 60) < 8 {
                calls.push(now);
                budget.earn(now);
            } else if budget.spend(now) {
                retries.push(now);
                // Those that paid for it are of the last minute, or it was the first.
                let recent = calls.iter().filter(|at| now.saturating_sub(**at) < Duration::from_secs(60));
                assert!(recent.count() >= 10 || retries.len() == 1, "at {now:?}");
                assert!(retries.len() <= 1 + calls.len() / 10, "{} of {}", retries.len(), calls.len());
            }
        }
        assert!(retries.len() > 50, "the model spends: {}", retries.len());
    }
}
