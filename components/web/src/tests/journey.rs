//! What a visitor does, and what the shop says no to.

use super::World;

#[test]
fn a_choice_is_remembered_and_what_is_sold_out_cannot_be_added() {
    let visitor = World::new().open();
    let page = visitor.get("/en-gb/p/coat?choice.size=m&choice.colour=navy");
    assert!(page.body.contains("Out of stock") && page.body.contains(" disabled>Add to basket"));
    let page = visitor.get("/en-gb/p/coat?variant=v-l-navy");
    assert!(page.body.contains("value=\"l\" checked") && page.body.contains("value=\"navy\" checked"));
    assert!(!page.body.contains(" disabled>"));
    let page = visitor.get("/en-gb/p/coat?choice.size=l&choice.colour=sand");
    assert!(
        page.body.contains("Not made in this combination") && page.body.contains(" disabled>Add to basket")
    );
    let refused = visitor.post("/en-gb/cart/add", "product=coat&choice.size=l&choice.colour=sand");
    assert_eq!(refused.status, 400);
    assert!(refused.body.contains("That choice does not exist"));
    assert!(!visitor.world.asked.borrow().iter().any(|call| call.starts_with("POST")));
}

#[test]
fn too_many_pieces_are_refused_with_the_page_as_it_was() {
    let visitor = World::new().open();
    let page = visitor.post("/en-gb/cart/add", "product=coat&choice.size=l&choice.colour=navy&quantity=5");
    assert_eq!(page.status, 409);
    assert!(page.body.contains("There are not that many left"), "the reason is said");
    assert!(page.body.contains("value=\"l\" checked") && page.body.contains("name=\"quantity\" value=\"5\""));

    visitor.post("/en-gb/cart/add", "product=coat");
    let page = visitor.post("/en-gb/cart/change", "line=l1&quantity=9");
    assert_eq!(page.status, 409);
    assert!(page.body.contains("role=\"alert\"") && page.body.contains("Only 3 left"));
    assert!(page.body.contains("name=\"line\" value=\"l1\""), "the basket is still there");
}

#[test]
fn changes_of_the_basket_lead_back_to_it() {
    let visitor = World::new().open();
    visitor.post("/en-gb/cart/add", "product=coat");
    for (address, form) in [
        ("/en-gb/cart/change", "line=l1&quantity=1"),
        ("/en-gb/cart/change", "line=l1&quantity=0"),
        ("/en-gb/cart/remove", "line=l1"),
        ("/en-gb/cart/code", "code=GOOD"),
        ("/en-gb/cart/code", "remove=GOOD"),
    ] {
        let page = visitor.post(address, form);
        assert_eq!((page.status, page.header("location")), (303, "/en-gb/cart"), "{form}");
    }
    let page = visitor.post("/en-gb/cart/code", "code=BAD");
    assert_eq!(page.status, 400);
    assert!(page.body.contains("value=\"BAD\"") && page.body.contains("aria-describedby=\"code-wrong\""));
    assert_eq!(visitor.post("/en-gb/cart/remove", "line=gone").status, 404);
    assert_eq!(visitor.post("/en-gb/cart/change", "line=l1&quantity=-1").status, 400);
}

#[test]
fn an_order_is_placed_once_its_form_is_right() {
    let visitor = World::new().open();
    assert_eq!(visitor.get("/en-gb/checkout").header("location"), "/en-gb/cart", "nothing to order");
    visitor.post("/en-gb/cart/add", "product=coat");
    assert_eq!(visitor.get("/en-gb/checkout").status, 200);
    let right =
        "name=Ada+L&email=ada%40example.com&delivery=ship&street=1+Row&city=Bath&postcode=BA1&country=GB";
    for (form, field) in [
        ("name=&email=ada%40example.com&delivery=pickup&store=bath".to_owned(), "name-wrong"),
        (right.replace("ada%40example.com", "ada"), "email-wrong"),
        (right.replace("city=Bath", "city="), "city-wrong"),
        (right.replace("BA1", "nonsense"), "postcode-wrong"),
        ("name=Ada&email=ada%40example.com&delivery=pickup".to_owned(), "store-wrong"),
    ] {
        let page = visitor.post("/en-gb/checkout", &form);
        assert_eq!(page.status, 400, "{field}");
        assert!(page.body.contains(&format!("id=\"{field}\"")), "{field} is said");
    }
    let page = visitor.post("/en-gb/checkout", &right.replace("BA1", "nonsense"));
    assert!(page.body.contains("value=\"1 Row\""), "what was typed is still there");

    let placed = visitor.post("/en-gb/checkout", right);
    assert_eq!((placed.status, placed.header("location")), (303, "/en-gb/order/o1?placed=1"));
    let order = visitor.get("/en-gb/order/o1?placed=1");
    assert!(order.body.contains("Thank you") && order.body.contains("aria-current=\"step\""));
    assert_eq!(visitor.get("/en-gb/order?id=o1").header("location"), "/en-gb/order/o1");
    assert!(!visitor.get("/en-gb/").body.contains("bag-count"), "the basket is empty again");
    assert!(visitor.get("/en-gb/order").body.contains("Your latest order"));
}
