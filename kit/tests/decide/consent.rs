//! No consent, no profile.

use super::*;

fn profiles(world: &Rc<World>) -> usize {
    world.store.borrow().keys().filter(|key| key.starts_with("visitor/")).count()
}

#[test]
fn nothing_is_kept_of_who_did_not_agree() {
    let world = world();
    let mut stranger = Visitor::default();
    for _ in 0..3 {
        stranger.home(&world);
        stranger.get(&world, "/en-gb/p/coat");
        world.wait(2 * SECOND);
    }
    assert_eq!((profiles(&world), stranger.cookies.as_str()), (0, ""));
    // Who says no is not asked again, and nothing more is kept than that.
    stranger.post(&world, "/en-gb/agree", "purposes=none");
    assert_eq!(stranger.home(&world), "plain none false");
    assert_eq!(profiles(&world), 0);
    assert_eq!(Visitor::default().home(&world), "plain none true", "others are asked");
}

#[test]
fn who_agrees_is_known_until_they_are_forgotten() {
    let world = world();
    let mut ann = agreed(&world);
    assert_eq!((profiles(&world), ann.home(&world).as_str()), (1, "welcome welcome false"));
    let before = ann.clone();
    ann.post(&world, "/en-gb/agree", "purposes=none");
    assert_eq!((profiles(&world), ann.home(&world).as_str()), (0, "plain none false"));
    // Another head of hers, with the session as it was, knows nothing either, and writes nothing.
    let mut tv = before;
    tv.get(&world, "/en-gb/p/coat");
    world.wait(2 * SECOND);
    assert!(tv.home(&world).starts_with("plain none"));
    assert_eq!(profiles(&world), 0);
}

#[test]
fn a_browser_that_says_no_is_believed_before_what_was_agreed() {
    let world = world();
    let mut ann = agreed(&world);
    ann.headers = vec![("sec-gpc", "1".to_owned())];
    assert_eq!(ann.home(&world), "plain none false");
    ann.headers.clear();
    assert_eq!(ann.home(&world), "welcome welcome false");
    ann.cookies += "; euconsent-v2=broken";
    assert_eq!(ann.home(&world), "plain none false");
    // And agreeing counts for nothing there.
    let mut ben = Visitor::with("sec-gpc", "1");
    ben.post(&world, "/en-gb/agree", "purposes=all");
    assert_eq!((profiles(&world), ben.home(&world).as_str()), (1, "plain none false"));
}

#[test]
fn a_consent_platform_on_the_page_speaks_for_the_visitor() {
    let world = world();
    // Version 2, purposes 1, 5 and 6.
    let mut core = [0_u8; 27];
    (core[0], core[19]) = (2 << 2, 0b1000_1100);
    let string = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, core);
    let jar = format!("euconsent-v2={string}");
    let mut ann = Visitor { cookies: jar.clone(), ..Visitor::default() };
    assert_eq!(Visitor::default().home(&world), "plain none true");
    assert_eq!(ann.home(&world), "welcome welcome false");
    assert!(ann.cookies.starts_with("hw_session="), "she is known from now on: {}", ann.cookies);
    assert_eq!(profiles(&world), 1);
    ann.cookies = format!("{jar}; {}", ann.cookies);
    assert_eq!(ann.home(&world), "welcome welcome false");
    assert_eq!(profiles(&world), 1);
    // Being forgotten is not undone by the platform.
    ann.post(&world, "/en-gb/agree", "purposes=none");
    ann.cookies = format!("{jar}; {}", ann.cookies);
    assert_eq!((ann.home(&world).as_str(), profiles(&world)), ("plain none false", 0));
    assert_eq!((ann.home(&world).as_str(), profiles(&world)), ("plain none false", 0));
}

#[test]
fn forged_and_broken_sessions_are_nobody_s() {
    let world = world();
    let ann = agreed(&world);
    let (name, sealed) = ann.cookies.split_once('=').unwrap();
    for forged in [&sealed[1..], &sealed[..sealed.len() - 2], "", "AAAA", &"x".repeat(5_000)] {
        let mut other = Visitor { cookies: format!("{name}={forged}"), ..Visitor::default() };
        assert!(other.home(&world).starts_with("plain none"), "{forged}");
    }
}

#[test]
fn without_the_store_a_visitor_is_nobody_in_particular() {
    let world = world();
    let mut ann = agreed(&world);
    assert_eq!(ann.home(&world), "welcome welcome false");
    world.store_fails.set(true);
    world.wait(2 * SECOND);
    assert_eq!(ann.home(&world), "plain none false");
    assert_eq!(
        ann.post(&world, "/en-gb/agree", "purposes=none").status,
        500,
        "it cannot be said to be forgotten"
    );
    world.store_fails.set(false);
    world.store_takes.set(Duration::from_millis(150));
    assert_eq!(ann.home(&world), "plain none false", "a slow store makes no page slow");
    world.store_takes.set(Duration::ZERO);
    // What cannot be read is no profile.
    for (key, bytes) in world.store.borrow_mut().iter_mut() {
        if key.starts_with("visitor/") {
            *bytes = b"{\"v\":\"x\"".to_vec();
        }
    }
    assert_eq!(ann.home(&world), "plain none false");
}

#[test]
fn a_session_is_sealed_anew_every_day_and_no_id_is_in_the_open() {
    let world = world();
    let mut ann = agreed(&world);
    let first = ann.cookies.clone();
    ann.home(&world);
    assert_eq!(ann.cookies, first);
    world.wait(25 * 3_600 * SECOND);
    ann.home(&world);
    assert_ne!(ann.cookies, first, "a kept answer to others is not hers");
    assert_eq!(profiles(&world), 1);
}
