//! What bad files say, and what is said of them.

use super::*;

fn refusal(body: impl Into<Vec<u8>>) -> String {
    let batch = Server::default().with("p", body).open("products=p").unwrap();
    let error = list(&batch, &everything()).unwrap_err();
    assert_eq!(error.kind, Kind::BadAnswer, "{error}");
    error.detail
}

#[test]
fn a_bad_row_is_left_out_and_told_once_with_its_place() {
    let (batch, server) = products(
        "id,title,price,availability\n\
         a,A,12.34 GBP,in stock\n\
         b,B,12.34,in stock\n\
         c,C,\"12,34 GBP\",in stock\n\
         d,,1 GBP,in stock\n\
         e,E,1 GBP,maybe\n\
         f,F,1 GBP\n\
         g,G,1 EUR,in stock\n\
         h,H,-1 GBP,in stock\n\
         i,I,2 GBP,\"out\n of stock\"\n\
         j,J,2 GBP,preorder\n",
    );
    let shown = list(&batch, &everything()).unwrap();
    let slugs: Vec<_> = shown.items.iter().map(|card| card.slug.as_str()).collect();
    assert_eq!(slugs, ["a", "j"]);
    let again = server.open("products=p").unwrap();
    list(&again, &everything()).unwrap();
    let told = server.told.borrow();
    let [said] = told.as_slice() else { panic!("{told:?}") };
    assert!(
        said.starts_with("batch.products: 8 rows left out: line 7: 3 cells where the first line names 4"),
        "{said}"
    );
    assert!(said.contains("line 3, column `price`: `12.34` is not such as 12.34 GBP"), "{said}");
    assert!(said.ends_with("; …"), "{said}");
}

#[test]
fn a_file_that_says_nothing_is_an_error_with_place_and_cure() {
    for (body, said) in [
        ("", "names no known column"),
        ("id,title,price\n", "the file has no rows"),
        ("a;b;c\n1;2;3\n", "line 1 names no known column: `a;b;c`"),
        ("id,title,price\na,A,1 EUR\n", "line 2, column `price`: `1 EUR` is not in GBP"),
        ("{\"data\": []}", "names no known column"),
        ("<html><body>Sign in</body></html>", "the file has no rows"),
        ("<rss><channel><item><id>a</id>\n</item>", "the file is cut off at line 2"),
        ("<rss><channel>\n<item><id>a</title></item></channel></rss>", "line 2 is not well-formed XML"),
        (
            "<rss><channel><item>\n<id>a</id><title>A</title></item></channel></rss>",
            "line 1, column `price`: is empty",
        ),
    ] {
        let detail = refusal(body);
        assert!(detail.contains(said), "{body}: {detail}");
    }
    let detail = refusal(b"id,title,price\na,A,1 GBP\nb,M\xfcnze,1 GBP\n".to_vec());
    assert!(detail.contains("line 3 is not UTF-8: export the file as UTF-8"), "{detail}");
}

#[test]
fn nothing_hostile_comes_through() {
    let (batch, _) = products(
        "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY y \"yyyyyyyy\">]>\n\
         <rss><channel><title>T</title><item><g:id>a</g:id><g:title>&x;&y;A &amp; B&#33;&#0;</g:title>\n\
         <g:description><![CDATA[<p>One</p><script>alert(1)</script><p>two</p>]]></g:description>\n\
         <g:link>javascript:alert(1)</g:link><g:image_link>javascript:alert(1)</g:image_link>\n\
         <g:price>1.00 GBP</g:price><g:unknown><deep><g:id>not this</g:id></deep></g:unknown></item></channel></rss>",
    );
    let product = by_slug(&batch, &britain(), "a").unwrap();
    assert_eq!(product.name, "A & B!");
    assert_eq!(product.description, "One\n\ntwo");
    assert!(product.images.is_empty());
    let long = "x".repeat(200_000);
    let (batch, _) = products(&format!("id,title,description,price\na,A,{long},1 GBP\n"));
    assert_eq!(by_slug(&batch, &britain(), "a").unwrap().description.len(), 20_000);
    let deep = format!("<rss>{}", "<a>".repeat(100_000));
    assert!(refusal(deep).contains("cut off"));
    let way = vec!["Way"; 1000].join(" > ");
    let (batch, _) = products(&format!("id;title;price;product_type\na;A;1 GBP;{way}\n"));
    let tree = block_on(batch.categories(&britain())).unwrap();
    assert_eq!(tree[0].path_to("way-way-way-way-way-way-way-way").len(), 8);
}

#[test]
fn stores_and_stock_have_bad_rows_too() {
    let server = Server::default()
        .with("t", "store_code,id,quantity\nlondon,a,7\nlondon,b,many\nlondon,c,-2\n,a,99999999999\n")
        .with("s", "id,name,city,country,latitude,longitude,timezone,hours\n\
                    london,London,London,GB,51.5,-0.1,Europe/London,Mo-Sa 09:00-18:00\n\
                    a,A,A,GB,NaN,0,Europe/London,\nb,B,B,GB,91,0,Europe/London,\nc,C,C,GB,north,0,Europe/London,\n\
                    d,D,D,GB,1,1,Europe/London,Mo-Xx 09:00-18:00\ne,E,E,GB,1,1,Europe/London,Mo 09:00-29:00\n");
    let batch = server.open("stores=s, stock=t").unwrap();
    assert_eq!(block_on(batch.stores(&britain())).unwrap().len(), 1);
    let variant = |sku: &str| VariantRef {
        id: crate::VariantId::new(sku),
        sku: String::new(),
        product: crate::ProductRef { id: crate::ProductId::new("x"), slug: "x".into() },
    };
    let has = |sku: &str| {
        let stock = block_on(batch.store_stock(&britain(), &variant(sku))).unwrap();
        stock.first().and_then(|row| row.stock.quantity)
    };
    assert_eq!((has("a"), has("b"), has("c")), (Some(7), None, Some(0)));
    let told = server.told.borrow().join("\n");
    assert!(told.contains("batch.stores: 5 rows left out: line 3, column `latitude`"), "{told}");
    assert!(told.contains("batch.stock: 1 row left out: line 3, column `quantity`"), "{told}");
}

#[test]
fn a_file_that_is_too_large_says_what_to_do() {
    struct Large;
    impl Upstream for Large {
        fn send(&self, call: Call) -> Pending<'_, http::Response<Bytes>> {
            Box::pin(async move { Err(Error::new(Kind::TooLarge, call.operation, "files.test: over 4 MiB")) })
        }
    }
    let settings =
        Settings { url: "http://files.test".into(), files: "products=p".into(), ..Settings::named("shop") };
    let batch = Batch::new(&settings, Box::new(Large)).unwrap();
    let error = list(&batch, &everything()).unwrap_err();
    assert!(error.kind == Kind::TooLarge && error.detail.contains("a file for each market"), "{error}");
}
