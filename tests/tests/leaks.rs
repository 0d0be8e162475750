//! Nothing of one visitor reaches another, whichever way: through an instance, a cache of ours, a shared
//! cache in front, an odd address or an odd header. Each check is held against something that leaks.

use anyhow::{Result, ensure};
use tests::bench::{Bench, Setting};
use tests::leaks::pairs::pairs;
use tests::leaks::shared_cache::{Manners, SharedCache};
use tests::leaks::tour::tour;
use tests::leaks::{MarkedShop, Visitor, inspect};
use tests::matrix::visit::SLACK;
use tests::raw;

/// Pairs of visitors, unless the environment says otherwise by `LEAK_PAIRS`.
const PAIRS: usize = 3000;

async fn bench(shop: &MarkedShop) -> Result<Bench> {
    // With every copy that heads keep, in instances that serve one visitor after the other.
    let variables = vec![shop.variable(), SLACK.to_owned(), "cache=on".to_owned()];
    Bench::with(Setting { variables, ..Setting::default() }).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_visitors_and_a_stranger_see_nothing_of_each_other_anywhere() -> Result<()> {
    let shop = MarkedShop::start().await?;
    let bench = bench(&shop).await?;
    let tour = tour(&bench.address(""), &shop, true).await?;
    ensure!(tour.leaks.is_empty(), "{}", tour.leaks.join("\n"));
    let (answers, own, public) = (tour.answers, tour.own, tour.public);
    ensure!(own > answers / 20 && public > answers / 20, "{answers} answers: {own} private, {public} public");
    println!("{answers} answers, {own} with what is their visitor's, {public} public; 0 leaks");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_visitors_see_nothing_of_each_other() -> Result<()> {
    let count = std::env::var("LEAK_PAIRS").ok().and_then(|text| text.parse().ok()).unwrap_or(PAIRS);
    let shop = MarkedShop::start().await?;
    let bench = bench(&shop).await?;
    let well = pairs(&bench.address(""), count).await?;
    ensure!(well.count == 0, "{} leaks, such as\n{}", well.count, well.leaks.join("\n"));
    ensure!(well.own > count / 2, "{} of {count} pairs saw what is theirs", well.own);
    // What is shown instead of a failure is nobody else's, either.
    shop.fail_one_of(4);
    let ill = pairs(&bench.address(""), count / 4).await?;
    ensure!(ill.count == 0, "{} leaks, such as\n{}", ill.count, ill.leaks.join("\n"));
    println!(
        "{} pairs, {} answers with what is their visitor's; 0 leaks",
        count + ill.pairs,
        well.own + ill.own
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_odd_address_never_makes_a_private_answer_public() -> Result<()> {
    let shop = MarkedShop::start().await?;
    let bench = bench(&shop).await?;
    let visitor = Visitor::new();
    let cookie = visitor.cookie.as_deref().unwrap_or_default();
    // What they bought: more than an address that is said again.
    let goods = format!("{} candle", visitor.canary);
    let order = format!("/en-gb/order/{}", visitor.canary);
    let places = [
        "/en-gb/cart",
        "/en-gb/checkout",
        order.as_str(),
        "/en-gb/order",
        "/en-gb/account",
        "/en-gb/",
        "/tv/screens/cart",
        "/watch/glances",
        "/watch/glances/cart",
        "/watch/glances/order",
        "/chat/",
    ];
    let (mut answers, mut own) = (0, 0);
    for place in places {
        for target in odd(place) {
            let answer = raw::get(&bench.host(), &target, &[("cookie", cookie)]).await?;
            answers += 1;
            own += usize::from(answer.body.contains(&goods));
            let mut wrong = inspect(&answer, &visitor, &[]);
            // A cache that goes by the ending of a path keeps it whatever the headers say.
            let path = target.split('?').next().unwrap_or_default();
            if path.ends_with(".css") && answer.body.contains(&goods) {
                wrong.push("looks like a file and holds what is somebody's".to_owned());
            }
            ensure!(wrong.is_empty(), "{target}: {} {wrong:?}", answer.status);
            // The next one to come, without a cookie, gets nothing of it.
            let next = raw::get(&bench.host(), &target, &[]).await?;
            // Who knows an order's address may see the order: it is unguessable.
            if place != order {
                ensure!(!next.body.contains(&goods), "{target}: a stranger sees it");
            }
        }
    }
    ensure!(own > 0, "none of the addresses shows anything");
    println!("{answers} odd addresses, {own} of which show what is their visitor's");
    Ok(())
}

/// Spellings of a path that a cache and a head may understand differently.
fn odd(path: &str) -> Vec<String> {
    let (folder, last) = path.rsplit_once('/').unwrap_or(("", path));
    let mut odd: Vec<String> = [
        "/x.css",
        "%2fx.css",
        "%2Fx.css",
        ";x.css",
        ";/x.css",
        "%3bx.css",
        "%00.css",
        "%0a.css",
        "%23.css",
        "%3fx.css",
        "%3Fx.css",
        "/..%2fx.css",
        "/../x.css",
        "/.css",
        ".css",
        "%20.css",
        "//x.css",
        "\\x.css",
        "?x.css",
        "?market=en-gb&x.css",
        "",
        "/",
        "//",
        "/.",
        "/%2e",
        "?",
        "/assets/x.css",
        "%2f..%2f..%2fassets%2fx.css",
    ]
    .iter()
    .map(|end| format!("{path}{end}"))
    .collect();
    odd.extend([
        format!("/{path}"),
        format!("{folder}//{last}"),
        format!("{folder}/./{last}"),
        format!("{folder}/x/../{last}"),
        format!("{folder}%2f{last}"),
        format!("/assets/..{path}"),
        format!("/assets/%2e%2e{path}"),
        format!("/assets/..%2f{}", path.trim_start_matches('/')),
        format!("/x.css/..{path}"),
        format!("{}/{last}", folder.to_uppercase()),
        format!("http://example.com{path}"),
    ]);
    odd
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shared_cache_that_obeys_never_leaks_and_one_that_does_not_is_caught() -> Result<()> {
    let shop = MarkedShop::start().await?;
    let bench = bench(&shop).await?;
    let honest = SharedCache::before(&bench.host(), Manners::Honest).await?;
    let toured = tour(&honest.site(), &shop, true).await?;
    ensure!(toured.leaks.is_empty(), "through an honest cache:\n{}", toured.leaks.join("\n"));
    let random = pairs(&honest.site(), 500).await?;
    ensure!(random.count == 0, "through an honest cache:\n{}", random.leaks.join("\n"));
    ensure!(honest.hits() > 500, "the cache gave only {} answers again", honest.hits());
    let leaky = SharedCache::before(&bench.host(), Manners::Leaky).await?;
    let toured = tour(&leaky.site(), &shop, false).await?;
    let random = pairs(&leaky.site(), 200).await?;
    println!(
        "an honest shared cache gave {} answers again: 0 leaks; a leaky one: {} and {} leaks",
        honest.hits(),
        toured.leaks.len(),
        random.count
    );
    ensure!(!toured.leaks.is_empty() && random.count > 0, "the leaky cache was not caught");
    Ok(())
}
