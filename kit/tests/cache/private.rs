//! Previews and sessions: nothing of them is kept, and nothing that is kept is theirs.

use super::*;
use hmac::{Hmac, KeyInit as _, Mac as _};
use kit::seal::Seal;
use kit::visitor::Session;
use sha2::Sha256;

const CANARY: &str = "canary-cart";

fn preview(path: &str) -> String {
    let until = "1795266000";
    let mut mac = Hmac::<Sha256>::new_from_slice(b"key of the test").unwrap();
    mac.update(b"headwater-preview ");
    mac.update(until.as_bytes());
    let signature: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{path}?preview={until}.{signature}")
}

#[test]
fn a_preview_sees_no_copy_and_leaves_none() {
    let world = world();
    get(&world, "/en-gb/p/coat");
    becomes(&world, 200, product("Draft"));
    let (reads, stored, written) =
        (world.store_reads.get(), world.store.borrow().clone(), world.store_writes.borrow().len());
    calls(&world);
    for times in 1..3 {
        let shown = get(&world, &preview("/en-gb/p/coat"));
        assert!(text(&shown).starts_with("Draft"));
        assert_eq!(header_of(&shown, "cache-control"), "private, no-store");
        assert_eq!(header_of(&shown, "surrogate-key"), "");
        assert_eq!(calls(&world), 1, "asked, the {times}. time");
    }
    get(&world, &preview("/en-gb/p/secret"));
    assert_eq!((world.store_reads.get(), world.store_writes.borrow().len()), (reads, written));
    assert_eq!(*world.store.borrow(), stored);
    assert!(text(&get(&world, "/en-gb/p/coat")).starts_with("Coat"));
    // A token that is forged or over is no preview: the answer is everybody's.
    assert!(is_kept(&get(&world, "/en-gb/p/coat?preview=1795266000.00")));
    world.wait(2 * HOUR);
    assert!(header_of(&get(&world, &preview("/en-gb/p/coat")), "cache-control").starts_with("public"));
}

#[test]
fn nothing_of_a_session_is_kept_anywhere() {
    let world = world();
    let cart = format!(
        r#"{{"id":"{CANARY}","lines":[],"quantity":7,"subtotal":{{"amount":1,"currency":"GBP"}},"total":{{"amount":1,"currency":"GBP"}}}}"#
    );
    world.answer("/v1/carts", 200, cart);
    let session = Session { cart: Some(commerce::CartId::new(CANARY)), ..Session::default() };
    let cookie = format!("hw_session={}", session.close(&Seal::new("key of the test"), [7; 16]));
    let with = [("cookie", cookie.as_bytes())];
    let own = |world: &Rc<World>| text(&ask(world, "/en-gb/cart/coat", &with));
    for _ in 0..2 {
        assert!(own(&world).ends_with("cart=7"));
        let others = get(&world, "/en-gb/cart/coat");
        assert!(text(&others).ends_with("cart=0"));
        world.wait(2 * SECOND);
    }
    assert!(is_kept(&get(&world, "/en-gb/cart/coat")), "that of those without a session is");
    let response = ask(&world, "/en-gb/cart/coat", &with);
    assert_eq!((is_kept(&response), header_of(&response, "cache-control")), (false, "private, no-store"));
    assert!(!copies(&world).is_empty());
    for (key, bytes) in world.store.borrow().iter() {
        let all = [key.as_bytes(), &bytes[..]].concat();
        for secret in [CANARY, cookie.as_str()] {
            assert!(!all.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret} in {key}");
        }
    }
}
