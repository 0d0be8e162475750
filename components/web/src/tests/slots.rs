//! Parts that fail or are late: what can be left out is, and what cannot is a page that says so.

use super::World;

#[test]
fn what_can_be_left_out_is_left_out_and_said_so() {
    let parts = ["/categories", "/reviews", "/related", "/content", "/stock"];
    for world in [World::new().broken(&parts), World::new().late(&parts)] {
        let page = world.open().get("/en-gb/p/coat");
        assert_eq!(page.status, 200);
        let slots = page.slots();
        for slot in ["reviews", "related", "content", "stock"] {
            assert!(slots.contains(&format!("{slot}=omitted")), "{slots}");
        }
        // The navigation has a stand-in: the ways that no department is needed for.
        assert!(slots.contains("categories=default"), "{slots}");
        assert!(page.body.contains("href=\"/en-gb/stores\""));
        assert!(slots.contains("product=fresh"), "{slots}");
        assert!(page.body.contains("Add to basket") && !page.body.contains("id=\"reviews\""));
    }
    let page = World::new().open().get("/en-gb/p/coat");
    assert!(page.body.contains("id=\"reviews\"") && page.body.contains("id=\"related\""));
}

#[test]
fn the_front_page_needs_one_of_its_parts() {
    let page = World::new().broken(&["/v1/content"]).open().get("/en-gb/");
    assert_eq!((page.status, page.header("headwater-slots")), (200, "categories=fresh, content=omitted"));
    assert!(page.body.contains("<h1"));
    let page = World::new().broken(&["/v1/"]).open().get("/en-gb/");
    assert_eq!((page.status, page.header("headwater-slots")), (502, "categories=default, content=omitted"));
}

#[test]
fn without_what_is_required_the_page_says_whose_fault_it_is() {
    for (address, path) in [
        ("/en-gb/p/coat", "/products/coat"),
        ("/en-gb/c/coats", "/listing"),
        ("/en-gb/search?q=a", "/listing"),
        ("/en-gb/stores", "/stores"),
        ("/en-gb/order/o1", "/orders"),
    ] {
        let failed = World::new().broken(&[path]).open();
        let page = failed.get(address);
        assert_eq!(page.status, 502, "{address}");
        assert!(page.body.contains("Part of the shop is not answering"), "{address}");
        assert!(page.body.contains("Try again") && page.header("retry-after") == "5", "{address}");
        assert!(failed.world.log.borrow().iter().any(|line| line.contains("500")), "the operator is told");

        let late = World::new().late(&[path]).open();
        let page = late.get(address);
        assert_eq!(page.status, 504, "{address}");
        assert!(late.world.clock.get().as_millis() <= 800, "{address} took {:?}", late.world.clock.get());
        assert!(page.body.contains("slower than it should be"), "{address}");
    }
}

#[test]
fn a_form_is_there_when_the_shop_is_down() {
    for (address, field) in [
        ("/en-gb/account/sign-in", "id=\"password\""),
        ("/en-gb/order", "name=\"id\""),
        ("/en-gb/privacy", "name=\"purposes\""),
    ] {
        for world in [World::new().broken(&["/v1/"]), World::new().late(&["/v1/"])] {
            let visitor = world.open();
            let page = visitor.get(address);
            assert_eq!(page.status, 200, "{address}");
            assert!(page.body.contains(field) && page.body.contains("href=\"/en-gb/stores\""), "{address}");
            assert!(page.slots().contains("categories=default"), "{address}: {}", page.slots());
            assert!(page.header("cache-control").contains("no-store"), "{}", page.header("cache-control"));
            assert!(visitor.world.clock.get().as_millis() <= 800, "{address}");
        }
    }
    // Nor is a password right because nothing else can be had.
    let visitor = World::new().broken(&["/categories", "/content"]).open();
    let page = visitor.post("/en-gb/account/sign-in", "email=ada%40example.test&password=wr0ng");
    assert_eq!(page.status, 401);
    assert!(page.body.contains("id=\"password\""), "it can be tried again");
}

#[test]
fn a_page_of_failure_asks_nothing_of_a_shop_that_is_down() {
    let visitor = World::new().broken(&["/v1/"]).open();
    let page = visitor.get("/de-de/nonsense");
    assert_eq!((page.status, visitor.world.asked.borrow().len()), (404, 0));
    assert!(page.body.contains("Das liegt auf keiner unserer Etagen"));
}

#[test]
fn a_session_whose_basket_is_late_still_sees_the_product() {
    let visitor = World::new().open();
    visitor.post("/en-gb/cart/add", "product=coat");
    let cookie = visitor.cookie.borrow().clone();
    let late = World::new().late(&["/carts"]).open();
    *late.cookie.borrow_mut() = cookie;
    let page = late.get("/en-gb/p/coat");
    assert_eq!((page.status, page.header("cache-control")), (200, "private, no-store"));
    assert!(page.slots().contains("badge=omitted"));
}
