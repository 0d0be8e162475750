//! A customer's account: in, what is shown, and out.

use super::{Page, Visitor, World};
use bytes::Bytes;
use http::Request;

const FORM: &str = "/en-gb/account/sign-in";
const RIGHT: &str = "email=ada%40example.test&password=right+";

fn signed_in() -> Visitor {
    let visitor = World::new().open();
    assert_eq!(visitor.post(FORM, RIGHT).status, 303);
    visitor
}

/// The way to the account in the header: its address and its text.
fn door(page: &Page) -> (String, String) {
    let links = page.between("<a class=\"bag\" href=\"", "</a>");
    let link = links.iter().find(|link| link.contains("i-person")).expect("a way to the account");
    let text = link.split("<bdi>").nth(1).unwrap().split('<').next().unwrap();
    (link.split('"').next().unwrap().to_owned(), text.to_owned())
}

#[test]
fn a_customer_signs_in_comes_back_and_signs_out() {
    let visitor = World::new().open();
    let coat = visitor.get("/en-gb/p/coat?choice.size=m");
    let back = "/en-gb/account/sign-in?back=%2Fen-gb%2Fp%2Fcoat%3Fchoice.size%3Dm";
    assert_eq!(door(&coat), (back.to_owned(), "Sign in".to_owned()));
    assert!(coat.header("cache-control").starts_with("public"));
    let form = visitor.get(back);
    assert_eq!((form.status, form.header("cache-control")), (200, "private, no-store"));
    for part in [
        "<label for=\"email\">",
        "autocomplete=\"email\"",
        "<label for=\"password\">",
        "type=\"password\"",
        "autocomplete=\"current-password\"",
        "name=\"back\" value=\"/en-gb/p/coat?choice.size=m\"",
    ] {
        assert!(form.body.contains(part), "{part}");
    }
    let entered = visitor.post(FORM, &format!("{RIGHT}&back=%2Fen-gb%2Fp%2Fcoat%3Fchoice.size%3Dm"));
    assert_eq!((entered.status, entered.header("location")), (303, "/en-gb/p/coat?choice.size=m"));
    assert_eq!(entered.header("cache-control"), "private, no-store");
    assert!(entered.header("set-cookie").contains("HttpOnly; SameSite=Lax"));
    let coat = visitor.get("/en-gb/p/coat");
    assert_eq!(
        door(&coat),
        ("/en-gb/account".to_owned(), "Hello, \u{2068}Ada\u{2069}".replace(['\u{2068}', '\u{2069}'], ""))
    );
    assert_eq!(coat.header("cache-control"), "private, no-store", "her name is nobody else's");
    assert_eq!(visitor.get(FORM).header("location"), "/en-gb/account", "she is in already");
    let out = visitor.post("/en-gb/account/sign-out", "");
    assert_eq!((out.status, out.header("location")), (303, "/en-gb/"));
    assert_eq!(door(&visitor.get("/en-gb/")).1, "Sign in");
    assert_eq!(visitor.get("/en-gb/account").header("location"), FORM);
}

#[test]
fn the_account_shows_what_the_shop_knows() {
    let visitor = signed_in();
    let page = visitor.get("/en-gb/account");
    assert_eq!((page.status, page.header("cache-control")), (200, "private, no-store"));
    for part in [
        "Ada Finch",
        "ada@example.test",
        "Gold",
        "You get them",
        "/en-gb/order/o1",
        "/en-gb/cart",
        "Your wish list",
        "/en-gb/p/coat",
        "account/sign-out",
    ] {
        assert!(page.body.contains(part), "{part}");
    }
    assert!(visitor.get("/de-de/account").body.contains("Ihre letzten Bestellungen"), "in every market");
    let silent = World::new().open();
    silent.post(FORM, "email=ada%40example.test&password=without+orders");
    assert!(
        silent.get("/en-gb/account").body.contains("cannot be shown just now"),
        "not that there are none"
    );
    assert!(!silent.get("/en-gb/account").body.contains("wish list"), "the shop keeps none");
    let new = World::new().open();
    new.post(FORM, "email=new%40example.test&password=x");
    assert!(new.get("/en-gb/account").body.contains("You have not ordered anything yet."));
}

#[test]
fn the_basket_comes_along() {
    let visitor = World::new().open();
    visitor.post("/en-gb/cart/add", "product=coat");
    visitor.post(FORM, RIGHT);
    assert!(visitor.get("/en-gb/").body.contains("bag-count"));
    visitor.post("/en-gb/account/sign-out", "");
    assert!(!visitor.get("/en-gb/").body.contains("bag-count"), "it is the customer's");
}

#[test]
fn nobody_is_led_elsewhere_or_round_in_a_circle() {
    for back in [
        "https%3A%2F%2Fevil.test%2F",
        "%2F%2Fevil.test%2Fen-gb%2F",
        "%2Fen-gb%2F%5Cevil.test",
        "javascript%3Aalert(1)",
        "%2Fde-de%2F",
        "%2Fen-gb%2Faccount%2Fsign-in",
        "%2Fen-gb%2F%0D%0Alocation%3A+x",
        "",
    ] {
        let visitor = World::new().open();
        let form = visitor.get(&format!("{FORM}?back={back}"));
        assert!(form.body.contains("name=\"back\" value=\"/en-gb/account\""), "{back}");
        let entered = visitor.post(FORM, &format!("{RIGHT}&back={back}"));
        assert_eq!((entered.status, entered.header("location")), (303, "/en-gb/account"), "{back}");
    }
}

#[test]
fn a_wrong_password_is_said_in_the_form_in_the_visitor_s_language() {
    for (market, message) in [
        ("en-gb", "The e-mail address or the password is wrong."),
        ("de-de", "E-Mail-Adresse oder Passwort ist falsch."),
        ("ar-gb", "عنوان البريد الإلكتروني أو كلمة المرور غير صحيحة."),
    ] {
        let visitor = World::new().open();
        let page = visitor.post(
            &format!("/{market}/account/sign-in"),
            "email=ada%40example.test&password=wr0ng&back=%2Fen-gb%2Fcart",
        );
        assert_eq!((page.status, page.header("set-cookie")), (401, ""), "{market}");
        assert!(
            page.body.contains(message) && page.body.contains("role=\"alert\" id=\"notice\""),
            "{market}"
        );
        assert_eq!(
            page.body.matches("aria-describedby=\"notice\"").count(),
            3,
            "form and fields point to it"
        );
        assert!(page.body.contains("value=\"ada@example.test\""), "what was typed is still there");
        assert!(!page.body.contains("wr0ng"), "but no password");
        assert_eq!(page.header("cache-control"), "private, no-store");
    }
    // As it is: without its space it is another one.
    assert_eq!(World::new().open().post(FORM, "email=ada%40example.test&password=right").status, 401);
}

#[test]
fn a_form_that_is_not_filled_in_is_not_sent_on() {
    let long = format!("email={}%40example.test&password=x", "x".repeat(260));
    let endless = format!("email=ada%40example.test&password={}", "x".repeat(1_001));
    for (form, wrong) in [
        ("", &["email-wrong", "password-wrong"][..]),
        ("email=ada&password=x", &["email-wrong"]),
        ("email=ada%40example.test&password=", &["password-wrong"]),
        (&long, &["email-wrong"]),
        (&endless, &["password-wrong"]),
        ("email=%22%3E%3Cscript%3E1&password=x", &["email-wrong"]),
    ] {
        let visitor = World::new().open();
        let page = visitor.post(FORM, form);
        assert_eq!(page.status, 422, "{form}");
        let said: Vec<&str> = page.between("<p class=\"wrong\" id=\"", "\"");
        assert_eq!(said, wrong, "{form}");
        assert!(!page.body.contains("<script>1"), "what was typed is text");
        assert!(!visitor.world.asked.borrow().iter().any(|call| call.contains("customers")), "{form}");
    }
}

#[test]
fn a_shop_that_has_had_enough_says_so_and_one_that_is_down_is_a_page_of_failure() {
    let page = World::new().open().post(FORM, "email=bob%40example.test&password=x");
    assert_eq!((page.status, page.header("retry-after")), (503, "90"));
    assert!(
        page.body.contains("takes no more sign-ins for now")
            && page.body.contains("value=\"bob@example.test\"")
    );
    let page = World::new().broken(&["/customers/sign-in"]).open().post(FORM, RIGHT);
    assert_eq!((page.status, page.header("retry-after"), page.header("set-cookie")), (502, "5", ""));
    assert!(page.body.contains("Part of the shop is not answering"));
    let late = World::new().late(&["/customers/sign-in"]).open();
    assert_eq!(late.post(FORM, RIGHT).status, 504);
    assert!(late.world.clock.get().as_millis() <= 800, "took {:?}", late.world.clock.get());
    // Who is let in is in, whether the shop tells more of them or not.
    let silent = World::new().broken(&["/customers/me"]).open();
    assert_eq!(silent.post(FORM, RIGHT).status, 303);
    assert_eq!(door(&silent.get("/en-gb/")).1, "Your account");
    assert_eq!(silent.get("/en-gb/account").status, 502);
}

#[test]
fn who_was_signed_in_is_asked_to_sign_in_again_and_loses_nothing() {
    let visitor = World::new().open();
    visitor.post("/en-gb/cart/add", "product=coat");
    visitor.post(FORM, "email=ada%40example.test&password=for+a+moment");
    let page = visitor.get("/en-gb/account");
    assert_eq!((page.status, page.header("location")), (303, "/en-gb/account/sign-in?over=1"));
    let form = visitor.get("/en-gb/account/sign-in?over=1");
    assert!(form.body.contains("Your sign-in has ended.") && form.body.contains("bag-count"));
    assert_eq!(door(&form).1, "Sign in");
}

#[test]
fn a_shop_without_customers_has_no_such_pages() {
    let visitor = World::new().without_customers().open();
    let home = visitor.get("/en-gb/");
    assert!(home.status == 200 && !home.body.contains("account"), "the link is left out");
    for page in [
        visitor.get(FORM),
        visitor.get("/en-gb/account"),
        visitor.post(FORM, RIGHT),
        visitor.post("/en-gb/account/sign-out", ""),
    ] {
        assert_eq!(page.status, 404);
        assert!(page.body.contains("That is not on any of our floors") && page.body.contains("</html>"));
    }
    assert!(!visitor.world.asked.borrow().iter().any(|call| call.contains("customers")));
}

#[test]
fn no_other_site_signs_anybody_in_or_out() {
    let visitor = signed_in();
    for (address, form) in [(FORM, RIGHT), ("/en-gb/account/sign-out", "")] {
        let request = Request::post(address)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "cross-site")
            .body(Bytes::from(form))
            .unwrap();
        let before = visitor.world.asked.borrow().len();
        assert_eq!(visitor.send(request).status, 403, "{address}");
        assert_eq!(visitor.world.asked.borrow().len(), before, "the shop was not asked");
    }
    assert_eq!(door(&visitor.get("/en-gb/")).0, "/en-gb/account", "she still is in");
}

#[test]
fn hostile_names_are_text() {
    let hostile = World::with_text("<script>alert(1)</script>\"'&").open();
    hostile.post(FORM, RIGHT);
    for address in ["/en-gb/account", "/en-gb/", FORM] {
        assert!(!hostile.get(address).body.contains("<script>alert"), "{address}");
    }
}
