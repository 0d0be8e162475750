//! Looking up visitors in a rehearsed world.

use super::*;
use crate::rehearsal::World;
use crate::seal::Seal;
use crate::visitor::{Consents, VisitorId};
use commerce::{CartId, OrderId, ProductId};
use std::rc::Rc;

const RULES: &str = r#"
    [attributes]
    "visitor.visits" = "int"
    "visitor.orders" = "string"
    "visitor.viewed_categories" = "list<string>"
    [offer.welcome]
    give = ["10% off"]
    code = "TEN"
    once_per = "visitor"
    [offer.stay]
    slot = "exit"
    give = ["5% off"]
    code = "FIVE"
    cooldown = "7 days"
"#;

fn rules() -> Rules {
    personalise::rules::publish(RULES, Timestamp::UNIX_EPOCH).rules.unwrap()
}

fn sealed(session: &Session) -> String {
    session.close(&Seal::new("key of the test"), [3; 16])
}

fn id() -> VisitorId {
    VisitorId::new([7; 16])
}

/// A visitor who agreed, looked at coats, ordered with the one offer and was shown the other.
fn known(world: &Rc<World>) -> Session {
    let edge: Rc<dyn Edge> = world.clone();
    let changes = [
        Change::Agreed(Consents { marketing: true, personalisation: true, analytics: false }),
        Change::Seen,
        Change::Viewed("coats".to_owned()),
        Change::Shown("stay".to_owned()),
        Change::Ordered { offers: vec!["welcome".to_owned()], products: vec![ProductId::new("p-1")] },
    ];
    world.run(Profile::write(&edge, &id(), &changes, world.now())).unwrap();
    Session { visitor: Some(id()), ..Session::default() }
}

fn looked_up(world: &Rc<World>, session: &Session) -> LookedUp {
    world.run(look_up(&**world, &sealed(session), &rules(), world.now())).ok().unwrap()
}

#[test]
fn a_known_visitor_is_seen_as_heads_see_them() {
    let world = World::new();
    let session = known(&world);
    // Heads count the next visit before they decide, and so is it here; nothing is written.
    let kept = world.store.borrow().clone();
    world.wait(std::time::Duration::from_secs(3_600));
    let found = looked_up(&world, &session);
    assert_eq!(*world.store.borrow(), kept);
    assert_eq!(
        (found.standing, &found.consents[..]),
        (Standing::Known, &["personalisation", "marketing"][..])
    );
    let told = serde_json::to_value(&found.attributes).unwrap();
    let expected = serde_json::json!({"visitor.visits": 2, "visitor.viewed_categories": ["coats"]});
    assert_eq!(told, expected, "what the rules declare, as what they declare");
    assert!(found.bought.has(&ProductId::new("p-1")));
    let mut visit = Scenario { now: Some(world.now()), ..Scenario::default() };
    found.fill(&mut visit);
    let answered = visit.answer(&rules(), world.now()).unwrap();
    let why: Vec<&str> = answered.explanation.offers.iter().map(|offer| offer.why.as_str()).collect();
    assert_eq!(why[0], "the visitor used it already");
    assert_eq!(why[1], "it was shown too recently; again from 2026-11-28T12:00:00Z");
    assert_eq!(visit.visitor.as_deref(), Some(id().as_str()), "experiments go by it");
}

#[test]
fn what_is_said_of_a_visit_comes_before_what_is_known() {
    let world = World::new();
    let mut visit = Scenario { consents: vec!["analytics".to_owned()], ..Scenario::default() };
    visit.attributes.insert("visitor.visits".to_owned(), Raw::Int(9));
    looked_up(&world, &known(&world)).fill(&mut visit);
    assert_eq!(visit.attributes["visitor.visits"], Raw::Int(9));
    assert_eq!(visit.attributes.len(), 2);
    assert_eq!(visit.consents, ["analytics"]);
}

#[test]
fn who_did_not_agree_is_a_stranger_and_that_is_told() {
    let world = World::new();
    known(&world);
    let none = Session::default();
    let refused = Session { refused: true, ..Session::default() };
    let erased = Session { visitor: Some(VisitorId::new([9; 16])), ..Session::default() };
    let cart = Session { cart: Some(CartId::new("c-1")), declined: true, ..Session::default() };
    for (session, standing, notes) in [
        (&none, Standing::NotAsked, 1),
        (&refused, Standing::Refused, 1),
        (&erased, Standing::Erased, 1),
        (&cart, Standing::NotAsked, 3),
    ] {
        let found = looked_up(&world, session);
        assert_eq!((found.standing, found.said.len()), (standing, notes), "{:?}", found.said);
        assert!(found.said[0].starts_with("a stranger: "), "{:?}", found.said);
        let mut visit = Scenario::default();
        found.fill(&mut visit);
        assert_eq!(visit, Scenario::default(), "nothing is known");
    }
    let edge: Rc<dyn Edge> = world.clone();
    let taken_back = [Change::Agreed(Consents { analytics: true, ..Consents::NONE })];
    world.run(Profile::write(&edge, &id(), &taken_back, world.now())).unwrap();
    let found = looked_up(&world, &Session { visitor: Some(id()), ..Session::default() });
    assert!(found.standing == Standing::Refused && found.attributes.is_empty() && found.bought.is_empty());
}

#[test]
fn no_session_is_none_and_nothing_of_one_is_told() {
    let world = World::new();
    let session = Session {
        cart: Some(CartId::new("canary-cart")),
        order: Some(OrderId::new("canary-order")),
        applied: Some("CANARY-CODE".to_owned()),
        ..known(&world)
    };
    let good = sealed(&session);
    let other = session.close(&Seal::new("another key"), [3; 16]);
    let empty = session.close(&Seal::new(""), [3; 16]);
    let (first, last) = (good.get(1..).unwrap(), good.get(..good.len() - 1).unwrap());
    for wrong in ["", "abc", first, last, &other, &empty, &format!("{good}A")] {
        let told = world.run(look_up(&*world, wrong, &rules(), world.now()));
        assert_eq!(told.err(), Some(NoVisitor::Foreign), "{wrong}");
    }
    let told = serde_json::to_string(&looked_up(&world, &session)).unwrap().to_lowercase();
    for secret in ["canary", &good.to_lowercase(), &id().as_str().to_lowercase()] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
    assert!(world.lines.borrow().is_empty());
    world.variables.borrow_mut().insert("session_key_former".into(), "another key".into());
    let former = world.run(look_up(&*world, &other, &rules(), world.now()));
    assert_eq!(
        former.ok().map(|found| found.standing),
        Some(Standing::Known),
        "the former key's sessions are good"
    );
    world.store_fails.set(true);
    let told = world.run(look_up(&*world, &good, &rules(), world.now()));
    assert!(matches!(told.err(), Some(NoVisitor::Store(_))));
}
