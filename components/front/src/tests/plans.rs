//! The file that says what stands where.

use super::{ONE, Site, text};
use crate::fill::templates;
use crate::plan::Plan;
use std::time::Duration;

fn refused(text: &str) -> String {
    match Plan::parse(text, templates()) {
        Ok(_) => panic!("taken: {text}"),
        Err(why) => why,
    }
}

#[test]
fn an_error_says_where_it_is_and_what_would_be_right() {
    let place = |more: &str| format!("[[place]]\nname = \"top\"\nselector = \"h1\"\nput = \"after\"\n{more}");
    for (text, words) in [
        (place("shows = \"offer\""), vec!["line 5", "shows", "show"]),
        (place("show = \"ofer\""), vec!["top", "\"ofer\"", "offer, banner"]),
        (place(""), vec!["top", "show = \"offer\"", "html"]),
        (place("show = \"banner\""), vec!["top", "slot = \"home_hero\""]),
        (place("show = \"recommendations\""), vec!["top", "[links]"]),
        (place("html = \"{% if %}\""), vec!["top", "end of block", ":1"]),
        (place("html = \"x\"\npages = [\"products/*\"]"), vec!["top", "slash", "products/*"]),
        (place("html = \"x\"\npages = [\"/a/{x}\", \"/a/{y}\"]"), vec!["top", "pages"]),
        (ONE.replace("h1", "h1:hover"), vec!["place 1", "h1:hover"]),
        (ONE.replace("after", "beside"), vec!["line 3", "before", "instead"]),
        ("[place]".to_owned(), vec!["line 1"]),
    ] {
        let why = refused(&text);
        for word in words {
            assert!(why.contains(word), "{word:?} in {why:?}");
        }
    }
}

#[test]
fn places_stand_on_their_pages_alone() {
    let site = Site::with(&format!("{ONE}pages = [\"/p/{{product}}.html\", \"/exact\"]\n"));
    let is_there = |path: &str| text(&site.get(path)).contains("<b>new</b>");
    assert!(is_there("/new/p/coat.html") && is_there("/new/exact"));
    assert!(!is_there("/new/") && !is_there("/new/p/coat") && !is_there("/new/exact/not"));
}

#[test]
fn a_changed_file_is_seen_and_a_broken_one_changes_nothing() {
    let site = Site::with(ONE);
    assert!(text(&site.get("/new/a")).contains("<b>new</b>"));
    std::fs::write(&site.file, ONE.replace("<b>new</b>", "<b>newer</b>")).unwrap();
    site.world.wait(Duration::from_millis(1_000));
    assert!(text(&site.get("/new/a")).contains("<b>newer</b>"));
    std::fs::write(&site.file, "[[place]]\nselector = 1").unwrap();
    site.world.wait(Duration::from_millis(1_000));
    assert!(text(&site.get("/new/a")).contains("<b>newer</b>"));
    assert!(site.world.lines.borrow().iter().any(|line| line.contains("line 2")), "the operator is told");
}

#[test]
fn texts_are_complete_in_every_language() {
    use kit::Head as _;
    assert_eq!(kit::locale::missing_keys(crate::head::Front::texts()), Vec::<String>::new());
}

#[test]
fn our_templates_read() {
    assert!(templates().check(include_str!("../../templates/recommendations.html")).is_ok());
    assert!(templates().print("nowhere.html", &1).is_err());
}
