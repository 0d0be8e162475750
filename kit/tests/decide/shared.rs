//! Who is given an answer that another was given.

use super::*;

#[test]
fn strangers_share_an_answer_and_each_decision_has_its_own() {
    let world = world();
    let mut stranger = Visitor::default();
    let first = stranger.get(&world, "/en-gb/");
    assert_eq!((first.text.as_str(), first.is_kept), ("plain none true", false));
    // Once they agree, their own browser must not show them this again.
    let shared_only = "public, max-age=0, s-maxage=60, stale-if-error=3600";
    assert_eq!(first.cache_control, shared_only);
    let again = stranger.get(&world, "/en-gb/");
    assert_eq!((again.is_kept, again.cache_control.as_str()), (true, shared_only));

    let mut ann = agreed(&world);
    let hers = ann.get(&world, "/en-gb/");
    assert_eq!((hers.text.as_str(), hers.is_kept), ("welcome welcome false", false));
    assert_eq!(hers.cache_control, "private, no-store", "a cache in front knows of no decision");
    // Another one for whom the same is decided is given the same; a stranger is not.
    let mut ben = agreed(&world);
    let his = ben.get(&world, "/en-gb/");
    assert_eq!((his.text.as_str(), his.is_kept), ("welcome welcome false", true));
    assert_eq!(his.cache_control, "private, no-store");
    assert_eq!(Visitor::default().home(&world), "plain none true");
    let mut german = Visitor::with("cf-ipcountry", "DE");
    assert_eq!(german.home(&world), "rain none true");
    assert!(german.get(&world, "/en-gb/").is_kept);
}

#[test]
fn what_is_learned_changes_the_next_answer_also_of_a_page_that_is_kept() {
    let world = world();
    let (mut ann, mut ben) = (agreed(&world), agreed(&world));
    assert_eq!(ann.home(&world), "welcome welcome false");
    ben.get(&world, "/en-gb/p/coat");
    world.wait(2 * SECOND);
    assert_eq!(ben.home(&world), "coats welcome false");
    assert_eq!(ann.home(&world), "welcome welcome false");
    // A kept page is a look at its category as well.
    assert!(ann.get(&world, "/en-gb/p/coat").text.starts_with("Coat"));
    world.wait(2 * SECOND);
    assert_eq!(ann.home(&world), "coats welcome false");
    // The next visit is not the first.
    world.wait(3_600 * SECOND);
    assert_eq!(ann.home(&world), "coats none false");
}

#[test]
fn new_rules_are_not_answered_by_what_the_old_ones_chose() {
    let world = world();
    let mut stranger = Visitor::default();
    assert_eq!(stranger.home(&world), "plain none true");
    publish(&world, &RULES.replace(r#"content = "plain""#, r#"content = "winter""#));
    assert_eq!(stranger.home(&world), "winter none true");
}

#[test]
fn whom_the_former_key_knows_is_given_no_stranger_s_answer() {
    let world = world();
    let (mut ann, mut stranger) = (agreed(&world), Visitor::default());
    stranger.home(&world);
    let keys = [("session_key", "key of today"), ("session_key_former", "key of the test")];
    for (name, key) in keys {
        world.variables.borrow_mut().insert(name.into(), key.into());
    }
    world.wait(11 * SECOND);
    assert!(stranger.get(&world, "/en-gb/").is_kept);
    assert_eq!(ann.home(&world), "welcome welcome false");
}

#[test]
fn what_was_decided_about_several_things_is_nobody_else_s() {
    let world = world();
    publish(
        &world,
        &RULES
            .replace("[attributes]", "[attributes]\n\"page\" = \"string\"")
            .replace("when = 'geo.country == \"DE\"'", "when = 'page == \"one\" && visitor.visits == 1'"),
    );
    let mut stranger = Visitor::default();
    for visitor in [&mut agreed(&world), &mut stranger] {
        let first = visitor.get(&world, "/en-gb/both");
        assert_eq!(first.cache_control, "private, no-store");
        assert!(!visitor.get(&world, "/en-gb/both").is_kept);
    }
}

#[test]
fn without_rules_nothing_is_chosen() {
    let world = World::new();
    world.answer("/v1/products/coat", 200, r#"{"id":"p","slug":"coat","name":"Coat","variants":[]}"#);
    assert_eq!(Visitor::default().home(&world), "nothing none false");
}

#[test]
fn an_address_has_at_most_64_variants() {
    let world = world();
    let code = |n: u8| format!("{}{}", char::from(b'A' + n / 26), char::from(b'A' + n % 26));
    let variant = |n| format!("{{ when = 'geo.country == \"{}\"', content = \"c{n}\" }},", code(n));
    let slot = |name: &str, from: u8| {
        let variants: String = (from..from + 60).map(variant).collect();
        format!("[slot.{name}]\nshow = [{variants} {{ content = \"rest\" }}]\n")
    };
    let second = slot("hero", 0).replace("rest", "other");
    publish(&world, &format!("[attributes]\n\"geo.country\" = \"string\"\n{second}"));
    let kept = |country: &str| {
        let mut visitor = Visitor::with("cf-ipcountry", country);
        let first = visitor.home(&world);
        let again = visitor.get(&world, "/en-gb/");
        assert_eq!(again.text, first);
        again.is_kept
    };
    assert!((0..60).all(|n| kept(&code(n))));
    // Country by country, the page is the same for the rest.
    assert!(kept("ZZ") && kept("ZY"));
    let more = slot("hero", 60);
    publish(&world, &format!("[attributes]\n\"geo.country\" = \"string\"\n{more}"));
    let of_new_rules = (60..120).filter(|n| kept(&code(*n))).count();
    assert_eq!(of_new_rules, 3, "the first 61 are of rules that are gone, and still fresh");
    world.wait(120 * SECOND);
    // The first is given the old copy of the product, which is renewed after.
    Visitor::default().home(&world);
    assert!((60..120).all(|n| kept(&code(n))), "what is no longer fresh makes room");
}

/// Whoever asks for what and in whatever order, a kept answer is the one that would be decided without copies.
#[test]
fn a_kept_answer_is_what_would_be_decided_now() {
    let (with, without) = (world(), world());
    without.variables.borrow_mut().insert("cache".into(), "off".into());
    without.wait(11 * SECOND);
    with.wait(11 * SECOND);
    let mut seed = 11_u64;
    let mut chance = |most: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % most
    };
    let visitors = |world: &Rc<World>| -> Vec<Visitor> {
        let known = |headers: &[(&'static str, &str)]| {
            let mut visitor = agreed(world);
            visitor.headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
            visitor
        };
        vec![
            Visitor::default(),
            Visitor::with("cf-ipcountry", "DE"),
            Visitor::with("sec-gpc", "1"),
            known(&[]),
            known(&[]),
            known(&[("cf-ipcountry", "DE")]),
            known(&[("sec-gpc", "1")]),
        ]
    };
    let (mut asking, mut told) = (visitors(&with), visitors(&without));
    let mut kept = 0;
    for step in 0..3_000 {
        let who = usize::try_from(chance(7)).unwrap();
        let path = if chance(4) == 0 { "/en-gb/p/coat" } else { "/en-gb/" };
        let answer = asking[who].get(&with, path);
        let expected = told[who].get(&without, path);
        assert_eq!(answer.text, expected.text, "step {step}: visitor {who} at {path}");
        kept += u32::from(answer.is_kept);
        let rest = SECOND * u32::try_from(chance(3) * chance(40)).unwrap();
        with.wait(rest);
        without.wait(rest);
    }
    assert!(kept > 300, "only {kept} answers were kept ones");
}

#[test]
fn what_is_shown_from_a_kept_answer_is_told_as_what_is_answered_anew() {
    let world = world();
    world.variables.borrow_mut().insert("log_events".into(), "true".into());
    world.wait(11 * SECOND);
    let (mut ann, mut ben) = (agreed(&world), agreed(&world));
    ann.home(&world);
    let reads = world.store_reads.get();
    assert!(ben.get(&world, "/en-gb/").is_kept);
    ann.headers = vec![("cf-ipcountry", "DE".to_owned())];
    assert_eq!(ann.home(&world), "rain welcome false");
    assert_eq!(world.store_reads.get() - reads, 2, "a profile is read once a request, kept answer or not");
    Visitor::default().home(&world);
    let lines = world.lines.borrow();
    let events = lines.iter().filter_map(|line| line.strip_prefix("event "));
    let events: Vec<serde_json::Value> = events.map(|event| serde_json::from_str(event).unwrap()).collect();
    assert_eq!(events.len(), 3, "strangers are not counted: {lines:#?}");
    assert_ne!(events[0]["subject"], events[1]["subject"]);
    assert_eq!(events[0]["subject"], events[2]["subject"]);
    for event in &events[..2] {
        assert_eq!((&event["data"]["page"], &event["data"]["market"]), (&"home".into(), &"en-gb".into()));
        assert_eq!(event["data"]["slots"]["hero"], "welcome");
        assert_eq!(event["data"]["offers"], serde_json::json!(["welcome"]));
    }
}
