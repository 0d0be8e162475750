//! The site as a whole: no link is dead, nothing costs more than in the catalogue, and it is as odd as it has to be.

use bytes::Bytes;
use http::Request;
use regex_lite::Regex;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use url::Url;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// Every page: its address and its text, whatever bytes it is in.
fn pages() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for folder in ["", "departments", "products"] {
        for entry in std::fs::read_dir(fixtures().join("legacy").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "html" || ending == "shtml") {
                let name = Path::new("/legacy").join(folder).join(path.file_name().unwrap());
                let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
                found.insert(name.to_str().unwrap().to_owned(), text);
            }
        }
    }
    assert_eq!(found.len(), 1 + 4 + 12 + 4, "the front page, departments, products, and four more");
    found
}

fn product(slug: &str) -> String {
    pages().remove(&format!("/legacy/products/{slug}.html")).unwrap_or_else(|| panic!("no page of {slug}"))
}

/// Our own products of the catalogue by slug.
fn catalogue() -> BTreeMap<String, Value> {
    let files = ["fashion", "gifts", "home", "tech"].map(|name| format!("catalogue/products/{name}.json"));
    let texts = files.map(|name| std::fs::read_to_string(fixtures().join(name)).unwrap());
    let all = texts.iter().flat_map(|text| serde_json::from_str::<Vec<Value>>(text).unwrap());
    all.map(|product| (product["slug"].as_str().unwrap().to_owned(), product)).collect()
}

#[test]
fn no_link_is_dead() {
    let attribute = r#"(?i)\s(?:href|src|action|srcset)=(?:"([^"]*)"|([^\s">]+))|url\(([^)]+)\)"#;
    let attribute = Regex::new(attribute).unwrap();
    let mut files = pages();
    let style = std::fs::read_to_string(fixtures().join("legacy/style.css")).unwrap();
    files.insert("/legacy/style.css".to_owned(), style);
    let (mut checked, mut full, mut relative) = (0, 0, 0);
    for (name, text) in files {
        let page = Url::parse("http://legacy.spin.internal").unwrap().join(&name).unwrap();
        for found in attribute.captures_iter(&text) {
            let link = (1..=3).find_map(|group| found.get(group)).unwrap().as_str();
            for link in link.split(',').map(|choice| choice.split_whitespace().next().unwrap_or_default()) {
                let place = page.join(link).unwrap();
                assert_eq!(place.host_str(), page.host_str(), "{name}: {link}");
                match place.path().strip_prefix("/media/") {
                    Some(file) => assert!(fixtures().join("media").join(file).is_file(), "{name}: {link}"),
                    None => {
                        let request = Request::get(place.path()).body(Bytes::new()).unwrap();
                        let status = crate::answer(&fixtures().join("legacy"), &request).status();
                        assert_eq!(status, 200, "{name}: {link}");
                    }
                }
                checked += 1;
                full += usize::from(link.starts_with("http://"));
                relative += usize::from(!link.starts_with('/') && !link.contains(':'));
            }
        }
    }
    println!("{checked} links, {relative} of them relative");
    assert!(checked > 300 && full == 1 && relative > 60, "{checked} links, {full} full, {relative} relative");
}

#[test]
fn names_and_prices_are_those_of_the_catalogue() {
    let pounds = |pence: u64| format!("&pound;{}.{:02}", pence / 100, pence % 100);
    let catalogue = catalogue();
    let list = std::fs::read_to_string(fixtures().join("legacy/prices.tsv")).unwrap();
    let mut listed = BTreeSet::new();
    for line in list.lines() {
        let [slug, pence, name] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let record = catalogue.get(slug).unwrap_or_else(|| panic!("{slug} is not in the catalogue"));
        let variants = record["variants"].as_array().unwrap();
        let price = variants.iter().map(|v| v["price"]["GBP"].as_u64().unwrap()).min().unwrap();
        assert_eq!(record["name"]["en"].as_str(), Some(name), "{slug}");
        assert_eq!(pence.parse(), Ok(price), "{slug}");
        let page = product(slug);
        let title = format!("<h1 class=\"product-title\">{}</h1>", name.replace('&', "&amp;"));
        assert!(page.contains(&title), "{slug}: {title}");
        assert!(page.contains(&format!("<span class=\"price\">{}</span>", pounds(price))), "{slug}");
        assert!(page.contains(&format!("name=\"item\" value=\"{slug}\"")), "{slug}");
        let was: BTreeSet<_> = variants.iter().filter_map(|v| v["was"]["GBP"].as_u64()).map(pounds).collect();
        let (_, told) = page.split_once("<span class=\"was\">was ").unwrap_or_default();
        let told = told.split('<').next().unwrap_or_default().replace("&#163;", "&pound;");
        assert!(told.is_empty() || was.contains(&told), "{slug}: was {told}");
        listed.insert(slug.to_owned());
    }
    let products = pages().into_keys().filter(|name| name.starts_with("/legacy/products/"));
    let slug =
        |name: String| name.trim_start_matches("/legacy/products/").trim_end_matches(".html").to_owned();
    assert_eq!(listed, products.map(slug).collect(), "each page has its price, each price its page");
}

/// What a marketing team aims at is on every page of its kind.
#[test]
fn names_to_aim_at_stay_where_they_are() {
    for (name, text) in pages() {
        let quiet = text.to_lowercase().replace('"', "");
        for id in ["masthead", "nav", "sidebar", "content", "footer"] {
            assert_eq!(quiet.matches(&format!("<div id={id}>")).count(), 1, "{name}: #{id}");
        }
        let product = name.starts_with("/legacy/products/");
        for class in ["product-title", "stock-line", "cost"] {
            assert_eq!(quiet.contains(&format!("class={class}>")), product, "{name}: .{class}");
        }
    }
    assert!(pages()["/legacy/index.html"].contains("<div id=\"news\">"));
}

/// What makes an old site hard to rewrite; tidying it up would take the sense out of it.
#[test]
fn the_site_is_as_odd_as_real_ones() {
    let pages = pages();
    let front = &pages["/legacy/index.html"];
    let specials = "<div class=\"specials\">";
    let places: Vec<_> =
        front.split(specials).map(|before| before.rsplit('\n').next().unwrap_or_default()).collect();
    let [script, element, comment, _] = places[..] else { panic!("three times, not {}", places.len() - 1) };
    assert_eq!((script.trim(), element, comment), ("document.write('", "", "<!-- "));
    assert!(product("harbour-trench-coat").contains("srcset=\"/media/harbour-trench-coat-1.svg?w=240 1x, "));
    assert!(product("tessaly-3").contains("<!-- <div class=\"also\">"), "a comment with markup");
    assert!(product("larder-hamper").contains("<i>12th of December</b></i>"), "wrong nesting");
    assert!(!product("larder-hamper").contains("</body>"), "no end");
    assert!(product("herringbone-throw").contains("</p></span>"), "an end without a start");
    assert!(!pages["/legacy/404.html"].contains("<head>"), "no head");
    assert!(pages["/legacy/departments/gifts.html"].contains("<DIV ID=masthead>"), "capitals, no quotes");
    for (name, text) in &pages {
        let set = if name == "/legacy/delivery.html" { "windows-1252" } else { "utf-8" };
        let quiet = text.to_lowercase();
        assert!(quiet.contains(&format!("content=\"text/html; charset={set}\"")), "{name}");
        let begun = quiet.matches("<p>").count() + quiet.matches("<p ").count();
        assert!(begun > quiet.matches("</p>").count(), "{name}: each paragraph has its end");
    }
}
