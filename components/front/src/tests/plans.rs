//! What stands where, as it is published.

use super::{ONE, Site, compact, header, text};
use crate::fill::templates;
use kit::rulebook::{Digest, Shelf, roll_back};
use personalise::placements::{Show, sample};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn places_stand_on_their_pages_alone() {
    let site = Site::with(&format!("{ONE}pages = [\"/p/{{product}}.html\", \"/exact\"]\n"));
    let is_there = |path: &str| text(&site.get(path)).contains("<b>new</b>");
    assert!(is_there("/new/p/coat.html") && is_there("/new/exact"));
    assert!(!is_there("/new/") && !is_there("/new/p/coat") && !is_there("/new/exact/not"));
}

#[test]
fn without_placements_the_site_is_as_it_is() {
    let site = Site::with(ONE);
    site.world.store.borrow_mut().remove("placements");
    assert!(
        text(&site.get("/new/a")).starts_with("<html><head></head><body><h1>Old coat</h1><p class=price>")
    );
    assert!(site.world.lines.borrow().is_empty(), "{:?}", site.world.lines.borrow());
}

/// A page that everyone is shown the same is kept whole by the instance, with its slots in it.
#[test]
fn a_change_is_seen_in_pages_that_are_kept_whole_and_so_is_the_way_back() {
    let site = Site::with(ONE).shared();
    let page = || text(&site.get("/new/a")).to_owned();
    page();
    let first = site.get("/new/a");
    let kept = site.get("/new/a");
    assert!(header(&kept, "server-timing").contains("answer;desc=kept"), "{:?}", kept.headers());
    assert!(text(&kept).contains("<b>new</b>") && text(&kept) == text(&first));
    site.publish(&compact(&ONE.replace("<b>new</b>", "<b>newer</b>")));
    site.world.wait(SECOND);
    assert!(page().contains("<b>newer</b>"), "{}", page());
    assert!(header(&site.get("/new/a"), "server-timing").contains("answer;desc=kept"), "kept anew");
    site.world.run(roll_back(&*site.world, Shelf::Placements)).unwrap();
    site.world.wait(SECOND);
    assert!(page().contains("<b>new</b>"), "{}", page());
    assert_eq!(site.asked(), ["/old/a"], "the site's own page is kept without its slots, for all of them");
}

#[test]
fn what_cannot_be_read_or_looked_up_changes_nothing_and_is_told() {
    let site = Site::with(ONE);
    let is_there = || text(&site.get("/new/a")).contains("<b>new</b>");
    assert!(is_there());
    let newer = compact(&ONE.replace("new", "newer"));
    let digest = Digest::of(&newer);
    site.publish(&newer);
    site.world.store.borrow_mut().get_mut(&format!("placements/{digest}")).unwrap()[20] ^= 1;
    site.world.wait(SECOND);
    assert!(is_there());
    let told = |words: &str| site.world.lines.borrow().iter().any(|line| line.contains(words));
    assert!(told(&format!("placements {digest}: damaged in the store; those in use stay")));
    site.world.store_fails.set(true);
    site.world.wait(SECOND);
    assert!(is_there() && told("the placements cannot be looked up, the last known stay in use"));
}

#[test]
fn a_selector_of_another_version_is_refused_as_a_whole() {
    let site = Site::with(ONE);
    assert!(text(&site.get("/new/a")).contains("<b>new</b>"));
    let wrong = String::from_utf8_lossy(&compact(ONE)).replace("h1", "!1").into_bytes();
    site.publish(&wrong);
    site.world.wait(SECOND);
    assert!(text(&site.get("/new/a")).contains("<b>new</b>"));
    assert!(
        site.world.lines.borrow().iter().any(|line| line.contains("place 1: ")),
        "{:?}",
        site.world.lines.borrow()
    );
}

#[test]
fn texts_are_complete_in_every_language() {
    use kit::Head as _;
    assert_eq!(kit::locale::missing_keys(crate::head::Front::texts()), Vec::<String>::new());
}

#[test]
fn our_templates_print_what_an_operator_s_own_may() {
    for (name, show) in [
        ("offer.html", Show::Offer),
        ("consent.html", Show::Consent),
        ("banner.html", Show::Banner("hero".into())),
        ("recommendations.html", Show::Recommendations),
        ("price.html", Show::Price),
        ("stock.html", Show::Stock),
    ] {
        let printed = templates().print(name, &sample(&show)).map_err(|failure| failure.detail);
        assert!(printed.as_ref().is_ok_and(|html| html.contains('(')), "{name}: {printed:?}");
    }
    assert!(templates().print("nowhere.html", &1).is_err());
}
