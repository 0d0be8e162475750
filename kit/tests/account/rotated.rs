//! The operator changes the key that sessions are sealed with.

use super::*;
use commerce::CartId;
use kit::seal::Seal;
use kit::visitor::Session;

const OLD: &str = "key of the test";
const NEW: &str = "key of today";

/// The keys from now on; an instance looks at them every ten seconds.
fn rotate(world: &World, present: &str, former: &str) {
    let mut variables = world.variables.borrow_mut();
    variables.insert("session_key".into(), present.into());
    variables.insert("session_key_former".into(), former.into());
    world.wait(11 * SECOND);
}

/// What a cookie holds, as who has one key alone reads it.
fn opened(cookie: &str, key: &str) -> Session {
    Session::open(cookie.strip_prefix("hw_session=").unwrap(), &Seal::new(key))
}

fn signed_in(world: &Rc<World>) -> Visitor {
    let mut nora = agreed(world);
    nora.post(world, "/en-gb/cart", "");
    nora.enter(world);
    assert_eq!(nora.home(world), "Nora gold winback");
    nora
}

#[test]
fn what_the_former_key_sealed_is_kept_and_comes_back_sealed_by_the_present_one() {
    let world = world();
    let mut nora = signed_in(&world);
    let before = nora.cookies.clone();
    let had = opened(&before, OLD);
    assert!(had.cart.is_some() && had.customer.is_some() && had.visitor.is_some());
    rotate(&world, NEW, OLD);
    assert_eq!(nora.home(&world), "Nora gold winback");
    assert!(opened(&nora.cookies, OLD).is_empty(), "who knows the former key alone reads nothing any more");
    let has = opened(&nora.cookies, NEW);
    assert_eq!(Session { issued: had.issued, ..has.clone() }, had, "and nothing else changed");
    assert_eq!(has.issued, Some(world.now().as_second()));
    // Once is enough.
    let after = nora.cookies.clone();
    assert_eq!((nora.home(&world).as_str(), &nora.cookies), ("Nora gold winback", &after));
    // Without the former key she is who she is; whoever did not come meanwhile is a stranger.
    rotate(&world, NEW, "");
    assert_eq!(nora.home(&world), "Nora gold winback");
    assert!(nora.get(&world, "/en-gb/cart").text.starts_with(r#"Some(CartId("c1"))"#));
    let mut late = Visitor { cookies: before };
    assert_eq!(late.home(&world), "stranger plain none");
    assert_eq!(late.get(&world, "/en-gb/cart").text, "None None");
}

#[test]
fn an_app_s_session_is_sealed_anew_in_the_header_it_came_in() {
    let world = world();
    let session = Session { cart: Some(CartId::new("c1")), ..Session::default() };
    rotate(&world, NEW, OLD);
    let request = http::Request::get("/en-gb/cart")
        .header("headwater-session", session.close(&Seal::new(OLD), [3; 16]));
    let response = world.run(kit::handle::<Kiosk>(world.clone(), request.body(Bytes::new()).unwrap()));
    let given = response.headers()["headwater-session"].to_str().unwrap();
    assert_eq!(Session::open(given, &Seal::new(NEW)).cart, session.cart);
}

#[test]
fn instances_that_change_one_after_the_other_lose_nobody() {
    let one = world();
    let mut nora = signed_in(&one);
    // First every instance opens with the key to come, then each seals with it.
    let other = one.beside();
    rotate(&one, OLD, NEW);
    rotate(&other, OLD, NEW);
    rotate(&one, NEW, OLD);
    for instance in [&one, &other, &one] {
        assert_eq!(nora.home(instance), "Nora gold winback");
    }
    rotate(&other, NEW, OLD);
    assert_eq!(nora.home(&other), "Nora gold winback");
    assert!(opened(&nora.cookies, NEW).customer.is_some());
}

#[test]
fn an_empty_former_key_opens_nothing_that_anybody_can_seal() {
    let world = world();
    let forged = Session { cart: Some(CartId::new("c1")), issued: Some(0), ..Session::default() };
    let cookies = format!("hw_session={}", forged.close(&Seal::new(""), [3; 16]));
    for former in ["", OLD] {
        rotate(&world, NEW, former);
        assert_eq!(Visitor { cookies: cookies.clone() }.get(&world, "/en-gb/cart").text, "None None");
    }
}
