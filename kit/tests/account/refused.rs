//! Sign-ins that come to nothing, and what nobody may see of any.

use super::*;
use kit::rehearsal::Script;
use kit::seal::Seal;
use kit::visitor::Session;

fn nothing_changed(visitor: &mut Visitor, world: &Rc<World>, before: &str) {
    assert_eq!(visitor.cookies, before, "the session is as it was");
    assert_eq!(visitor.home(world), "stranger plain none");
}

#[test]
fn whatever_goes_wrong_changes_nothing() {
    let world = world();
    let mut nora = agreed(&world);
    let before = nora.cookies.clone();
    let wrong = r#"{"code":"bad_credentials","status":401,"title":"no"}"#;
    for (answer, status, code) in [
        ((401, wrong), 401, "bad-credentials"),
        ((429, "{}"), 503, "upstream-failed"),
        ((500, "{}"), 502, "upstream-failed"),
        ((200, "{}"), 502, "upstream-failed"),
    ] {
        world.once(
            "/v1/customers/sign-in",
            Script { after: Duration::ZERO, answer: Ok((answer.0, answer.1.to_owned())) },
        );
        let told = nora.enter(&world);
        assert_eq!((told.status, told.text.as_str()), (status, code));
        nothing_changed(&mut nora, &world, &before);
    }
    world.header("/v1/customers/sign-in", "retry-after", "90");
    world.once("/v1/customers/sign-in", Script { after: Duration::ZERO, answer: Ok((429, String::new())) });
    assert_eq!(nora.enter(&world).retry_after, "90");
    assert_eq!(Visitor::default().enter(&world).status, 200, "somebody else need not wait");
}

#[test]
fn a_token_too_long_for_a_cookie_is_refused_with_what_to_do() {
    let world = world();
    let mut nora = agreed(&world);
    let before = nora.cookies.clone();
    let token = |length: usize| json!({"token": "t".repeat(length)}).to_string();
    world.answer("/v1/customers/sign-in", 200, token(2_100));
    assert_eq!(nora.clone().enter(&world).status, 200, "this one fits, with all that may come");
    world.answer("/v1/customers/sign-in", 200, token(3_000));
    let told = nora.enter(&world);
    assert_eq!((told.status, told.text.as_str()), (502, "upstream-failed"));
    nothing_changed(&mut nora, &world, &before);
    let lines = world.lines.borrow();
    assert!(lines.iter().any(|line| line.contains("too long to be kept in a cookie")), "{lines:?}");
    assert!(!lines.iter().any(|line| line.contains("tttt")), "but not the token");
}

#[test]
fn no_log_and_no_debug_print_holds_address_password_or_token() {
    let world = world();
    world.variables.borrow_mut().insert("log_calls".into(), "true".into());
    let telling = r#"{"code":"failed","status":502,"title":"x","upstreamStatus":500,
        "detail":"nora@example.test with lamp-light and t0ken-of-nora"}"#;
    let mut nora = agreed(&world);
    let telltale = Script { after: Duration::ZERO, answer: Ok((502, telling.to_owned())) };
    world.once("/v1/customers/sign-in", telltale);
    assert_eq!(nora.enter(&world).status, 502);
    nora.enter(&world);
    world.answer(ME, 502, telling);
    assert_eq!(nora.get(&world, "/en-gb/me").status, 502);
    world.answer(ME, 200, r#"{"id":"u","name":"Nora","email":{"nora@example.test":"t0ken-of-nora"}}"#);
    assert_eq!(nora.get(&world, "/en-gb/me").status, 502);
    nora.post(&world, "/en-gb/sign-out", "");
    let lines = world.lines.borrow().join("\n");
    assert!(
        lines.contains("plain.sign_in") && lines.contains("plain.customer"),
        "the operator hears of it: {lines}"
    );
    let (_, sealed) = nora.cookies.split_once('=').unwrap();
    let session = Session::open(sealed, &Seal::new("key of the test"));
    nora.enter(&world);
    let (_, sealed) = nora.cookies.split_once('=').unwrap();
    let signed_in = Session::open(sealed, &Seal::new("key of the test"));
    assert!(session.customer.is_none() && signed_in.customer.is_some());
    let all = format!("{lines}{session:?}{signed_in:?}");
    for secret in ["nora@", "lamp-light", "t0ken-of-nora"] {
        assert!(!all.contains(secret), "{secret}");
    }
}
