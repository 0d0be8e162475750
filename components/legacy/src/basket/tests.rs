//! The basket's table and its limits.

use super::{Basket, LONGEST, MOST, Put, escape};
use crate::answer::tests::SITE;
use crate::prices::Prices;
use std::path::Path;

#[test]
fn names_are_text_wherever_they_stand() {
    let prices = Prices::of("x\t5\t<b>\"A\" & 'B'</b>");
    let page = Basket::read(&prices, "x.3").table(&prices);
    assert!(!page.contains("<b>"));
    let name = "&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;";
    assert!(page.contains(&format!("{name}</a>")) && page.contains(&format!("title=\"Take out {name}\"")));
    assert!(page.contains("&pound;0.15") && page.contains("&pound;4.10"));
    assert_eq!(escape("\u{202e}é"), "\u{202e}é");
}

#[test]
fn a_basket_of_everything_fits_into_the_cookie_that_is_read() {
    let prices = Prices::read(Path::new(SITE));
    let mut basket = Basket::default();
    for item in prices.items() {
        let form = format!("item={}&quantity={MOST}", item.slug);
        for _ in 0..2 {
            basket.put(&Put::read(&prices, form.as_bytes()).unwrap());
        }
    }
    let cookie = basket.cookie();
    assert!(cookie.len() <= LONGEST, "{} bytes", cookie.len());
    assert_eq!(Basket::read(&prices, &cookie), basket);
    assert!(cookie.split('~').all(|line| line.ends_with(".9")), "{cookie}");
}

#[test]
fn a_site_without_its_files_has_no_basket() {
    let nowhere = Path::new("/no/such/folder");
    assert_eq!(Basket::default().page(nowhere, &Prices::read(nowhere)), None);
}
