use super::*;

const UNREACHABLE: Outcome = Outcome::Failed(Trouble::Unreachable);

const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// One attempt that ends as it begins.
fn attempt(breaker: &mut Breaker, now: Duration, outcome: Outcome) -> Option<Change> {
    let permit = breaker.admit(now).expect("it is not open");
    breaker.record(permit, outcome, now, 1.0)
}

fn opened(breaker: &mut Breaker, now: Duration) -> Duration {
    for _ in 0..4 {
        assert_eq!(attempt(breaker, now, UNREACHABLE), None);
    }
    match attempt(breaker, now, UNREACHABLE) {
        Some(Change::Opened(refused)) => refused.wait,
        other => panic!("{other:?}"),
    }
}

#[test]
fn five_failures_that_are_half_of_all_open_it() {
    let mut breaker = Breaker::default();
    assert_eq!(opened(&mut breaker, ms(0)), ms(1000));
    let refused = breaker.admit(ms(400)).unwrap_err();
    assert_eq!(refused.to_string(), "breaker open for 600 ms, after 5 failures, the last: unreachable");

    let mut breaker = Breaker::default();
    (0..6).for_each(|_| assert_eq!(attempt(&mut breaker, ms(0), Outcome::Answered), None));
    (0..5).for_each(|_| assert_eq!(attempt(&mut breaker, ms(0), UNREACHABLE), None, "5 of 11"));
    assert!(matches!(attempt(&mut breaker, ms(0), UNREACHABLE), Some(Change::Opened(_))), "6 of 12");
}

#[test]
fn what_is_old_or_says_nothing_does_not_count() {
    let mut breaker = Breaker::default();
    for n in 0..50 {
        assert_eq!(attempt(&mut breaker, ms(n * 2501), UNREACHABLE), None, "4 in ten seconds");
        assert_eq!(attempt(&mut breaker, ms(n * 2501), Outcome::Unknown), None);
    }
    // The latest twenty: a long good time does not hide an outage.
    let mut breaker = Breaker::default();
    (0..1000).for_each(|_| assert_eq!(attempt(&mut breaker, ms(0), Outcome::Answered), None));
    (0..9).for_each(|_| assert_eq!(attempt(&mut breaker, ms(1), UNREACHABLE), None));
    assert!(attempt(&mut breaker, ms(1), UNREACHABLE).is_some(), "10 of 20");
}

#[test]
fn it_stays_open_for_longer_each_time_up_to_half_a_minute() {
    let mut breaker = Breaker::default();
    let mut now = ms(0);
    let mut wait = opened(&mut breaker, now);
    let mut waits = vec![wait];
    for _ in 0..7 {
        assert!(breaker.admit(now + wait - ms(1)).is_err());
        now += wait;
        wait = match attempt(&mut breaker, now, UNREACHABLE) {
            Some(Change::Opened(refused)) => refused.wait,
            other => panic!("a probe that fails opens it again: {other:?}"),
        };
        waits.push(wait);
    }
    assert_eq!(waits.iter().map(Duration::as_secs).collect::<Vec<_>>(), [1, 2, 4, 8, 16, 30, 30, 30]);
    now += wait;
    assert_eq!(attempt(&mut breaker, now, Outcome::Answered), Some(Change::Closed));
    assert_eq!(opened(&mut breaker, now), ms(1000), "from the beginning");
}

#[test]
fn chance_spreads_the_probes() {
    for (chance, wait) in [(0.0, ms(500)), (0.5, ms(750)), (1.0, ms(1000)), (7.0, ms(1000)), (-1.0, ms(500))]
    {
        let mut breaker = Breaker::default();
        for _ in 0..5 {
            let permit = breaker.admit(ms(0)).unwrap();
            breaker.record(permit, UNREACHABLE, ms(0), chance);
        }
        assert_eq!(breaker.open_for(ms(0)), wait, "{chance}");
    }
}

#[test]
fn one_probe_at_a_time_and_a_lost_one_is_not_waited_for() {
    let mut breaker = Breaker::default();
    opened(&mut breaker, ms(0));
    let lost = breaker.admit(ms(1000)).unwrap();
    let refused = breaker.admit(ms(1000)).unwrap_err();
    assert!(refused.to_string().starts_with("breaker open until a probe is answered, after 5"), "{refused}");
    assert!(breaker.admit(ms(60_999)).is_err());
    let second = breaker.admit(ms(61_000)).unwrap();
    assert_eq!(breaker.record(lost, Outcome::Answered, ms(61_000), 0.0), None, "it came too late");
    assert!(breaker.admit(ms(61_000)).is_err());
    // A probe that was cut off early says nothing, and the next may go.
    assert_eq!(breaker.record(second, Outcome::Unknown, ms(61_000), 0.0), None);
    let third = breaker.admit(ms(61_000)).unwrap();
    assert_eq!(breaker.record(third, Outcome::Answered, ms(61_000), 0.0), Some(Change::Closed));
}

#[test]
fn an_attempt_that_began_before_it_opened_changes_nothing() {
    let mut breaker = Breaker::default();
    let early = breaker.admit(ms(0)).unwrap();
    opened(&mut breaker, ms(0));
    assert_eq!(breaker.record(early, UNREACHABLE, ms(0), 1.0), None);
    assert_eq!(breaker.record(early, Outcome::Answered, ms(0), 1.0), None);
    assert_eq!(breaker.open_for(ms(0)), ms(1000));
}

#[test]
fn who_asks_to_be_left_alone_is_up_to_half_a_minute() {
    let overloaded = |seconds| Outcome::Overloaded { status: 429, wait: Duration::from_secs(seconds) };
    for (asked, waited) in [(1, 1), (7, 7), (30, 30), (86_400, 30)] {
        let mut breaker = Breaker::default();
        assert!(attempt(&mut breaker, ms(0), overloaded(asked)).is_some());
        assert_eq!(breaker.open_for(ms(0)).as_secs(), waited, "{asked} s");
        assert!(breaker.admit(ms(0)).unwrap_err().to_string().ends_with("the last: HTTP 429"));
    }
}

/// Random attempts that overlap, fail, vanish and take their time; what must hold at every moment holds.
#[test]
fn whatever_happens_there_is_one_probe_and_every_opening_ends() {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = move |limit: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % limit
    };
    let (mut openings, mut closings, mut probes) = (0, 0, 0);
    for _ in 0..300 {
        let (mut breaker, mut now) = (Breaker::default(), Duration::ZERO);
        let mut out: Vec<Permit> = Vec::new();
        // The probe that is out, as the model sees it.
        let mut probe: Option<(Permit, Duration)> = None;
        let mut failing = false;
        for _ in 0..600 {
            now += ms(below(400));
            if below(40) == 0 {
                failing = !failing;
            }
            let was_closed = matches!(breaker.state, State::Closed);
            match breaker.admit(now) {
                Ok(permit) => {
                    if !was_closed {
                        probes += 1;
                        let other = probe.replace((permit, now));
                        assert!(other.is_none_or(|(_, began)| now - began >= LOST), "two at {now:?}");
                    }
                    out.push(permit);
                }
                Err(refused) => {
                    assert!(refused.wait <= LONGEST && !was_closed);
                    assert!(refused.wait.is_zero() || breaker.open_for(now) == refused.wait);
                }
            }
            while !out.is_empty() && below(3) > 0 {
                let at = usize::try_from(below(out.len() as u64)).unwrap();
                let permit = out.swap_remove(at);
                let outcome = match below(12) {
                    0 => Outcome::Unknown,
                    // It vanishes, and nobody tells the breaker.
                    1 => continue,
                    2 if failing => Outcome::Overloaded { status: 503, wait: ms(1 + below(60_000)) },
                    _ if failing => UNREACHABLE,
                    _ => Outcome::Answered,
                };
                probe = probe.filter(|(out, _)| *out != permit);
                let chance = below(1000) as f64 / 999.0;
                match breaker.record(permit, outcome, now, chance) {
                    Some(Change::Opened(refused)) => {
                        openings += 1;
                        assert!(refused.wait <= LONGEST && outcome != Outcome::Answered);
                    }
                    Some(Change::Closed) => {
                        closings += 1;
                        assert_eq!(outcome, Outcome::Answered);
                    }
                    None => {}
                }
            }
            assert!(breaker.recent.len() <= WINDOW);
        }
        // Whatever came before, a backend that is well again is asked again, and stays closed.
        let permit = breaker.admit(now + LOST).expect("every opening ends, and so does every probe");
        breaker.record(permit, Outcome::Answered, now + LOST, 0.0);
        assert!(matches!(breaker.state, State::Closed));
    }
    assert!(openings > 300 && closings > 300 && probes > openings, "{openings} {closings} {probes}");
}
