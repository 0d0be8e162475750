//! What becomes of the site's answer.

use crate::fill::{self, Scene};
use crate::plan::{self, Chosen};
use futures::StreamExt as _;
use futures::future::{Either, join_all, select};
use http::Response;
use kit::answer::Keep;
use kit::body::{Body, Chunks};
use kit::locale::Locale;
use kit::rewrite::{Done, Filling, Page, splice};
use kit::seams::grace;
use kit::site::{Begun, Fetched, Site};
use kit::{Answer, Ask, Failure, Head, Trouble};
use serde::Serialize;
use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;

/// A page, or whatever else the site has at a path.
pub(crate) async fn site(ask: &Rc<Ask>, path: &str) -> Result<Answer, Failure> {
    let plan = plan::current(ask).await;
    let origin = ask.variable("origin").await.unwrap_or_default();
    let site = Site::new(&origin, ask.base(), plan.visitor_cookies.clone())?;
    match site.fetch(ask, path).await? {
        Fetched::Page(page) => {
            let chosen = plan.on(path);
            let scene = scene(ask, &plan, &site, &chosen).await;
            let waiting: Vec<_> =
                fill::all(&scene, &chosen).into_iter().map(futures::FutureExt::shared).collect();
            let fillings = waiting.iter().map(|filling| Box::pin(filling.clone()) as Filling).collect();
            // It is all here, and mostly so are the slots in a moment: an answer for all who are shown the same.
            let grace = pin!(ask.wait(grace(ask).await));
            let is_whole = matches!(select(join_all(waiting), grace).await, Either::Left(_));
            let (parts, body) = page.response().into_parts();
            let source = Page { charset: page.charset(), ..Page::whole(body) };
            let was_searched = Rc::default();
            let tell = tell(ask, &was_searched);
            let chunks = splice(source, chosen.places.clone(), site.links.clone(), fillings, tell);
            if !is_whole {
                let mut answer = Answer::new("text/html", "").rest(ended(ask, was_searched, chunks));
                answer.headers = parts.headers;
                return Ok(answer);
            }
            let body = Body::Streamed(chunks).whole().await.map_err(broken)?;
            let mut answer = Answer::new("text/html", body);
            answer.headers = parts.headers;
            Ok(answer)
        }
        Fetched::Begun(Begun { response, is_page: false, .. }) => Ok(given(response)),
        Fetched::Begun(Begun { response, charset, is_wanted, .. }) => {
            let (parts, chunks) = response.into_parts();
            // Whoever is told that something failed is not to be sold something.
            let is_shown = parts.status.is_success() || parts.status == http::StatusCode::NOT_FOUND;
            let is_shown = is_shown && is_wanted && *ask.method() == http::Method::GET;
            let chosen = if is_shown { plan.on(path) } else { Chosen::default() };
            let scene = scene(ask, &plan, &site, &chosen).await;
            let waiting = fill::all(&scene, &chosen);
            let source = Page { chunks, charset };
            let was_searched = Rc::default();
            let tell = tell(ask, &was_searched);
            let chunks = splice(source, chosen.places.clone(), site.links.clone(), waiting, tell);
            let chunks = if chosen.spots.is_empty() { chunks } else { ended(ask, was_searched, chunks) };
            let mut answer = Answer::new("text/html", "").status(parts.status).rest(chunks);
            answer.headers = parts.headers;
            Ok(answer)
        }
    }
}

/// A page whose end tells what came of the slots, which its headers could not know. What broke off has no end.
fn ended(ask: &Rc<Ask>, was_searched: Rc<Cell<bool>>, chunks: Chunks) -> Chunks {
    let slots = ask.slots.clone();
    let was_cut = Rc::new(Cell::new(false));
    let seen = was_cut.clone();
    let chunks = chunks.inspect(move |chunk| seen.set(seen.get() || chunk.is_err()));
    let end = futures::stream::once(async move {
        let told = format!("<!-- headwater-slots: {} -->", slots.summary());
        (was_searched.get() && !was_cut.get()).then(|| Ok(told.into()))
    });
    Box::pin(chunks.chain(end.filter_map(std::future::ready)))
}

/// The site's own answer, untouched.
fn given(response: Response<Chunks>) -> Answer {
    let (parts, chunks) = response.into_parts();
    let mut answer = Answer::new("application/octet-stream", "").status(parts.status).rest(chunks);
    answer.headers = parts.headers;
    answer.keep = Keep::AsGiven;
    answer
}

/// What is the same for all slots of a page.
async fn scene(ask: &Rc<Ask>, plan: &plan::Plan, site: &Site, chosen: &Chosen) -> Rc<Scene> {
    let market = plan.market.as_ref().and_then(|id| ask.markets.find(id));
    let ask = match market {
        // Also where the visitor's own is the same: a market that is named is everybody's.
        Some(market) => {
            let locale = Locale::of(market, crate::head::Front::texts());
            Rc::new(ask.in_market(market, locale).await)
        }
        None => ask.clone(),
    };
    Rc::new(Scene::new(ask, plan.links.clone(), site.links.clone(), chosen.product.clone()))
}

/// Tells the operator what did not go as the file says, and notes whether the page was one to put something into.
fn tell(ask: &Rc<Ask>, was_searched: &Rc<Cell<bool>>) -> impl FnOnce(Done) + 'static {
    let (ask, path, was_searched) = (ask.clone(), ask.path().to_owned(), was_searched.clone());
    move |done: Done| {
        was_searched.set(done.was_searched);
        if let Some(why) = done.gave_up {
            ask.log(&format!("{path}: the rest of the page was left as it is: {why}"));
        }
    }
}

fn broken(cut: kit::body::Cut) -> Failure {
    Failure { trouble: Trouble::Internal, detail: cut.to_string() }
}

/// How our own slots look.
pub(crate) fn style() -> Answer {
    Answer::asset("text/css; charset=utf-8", include_bytes!("../templates/front.css"), Keep::Hour)
}

#[derive(Serialize)]
struct Failed {
    lang: String,
    dir: &'static str,
    style: String,
    title: String,
    text: String,
    home: String,
    again: Vec<String>,
    words: Words,
}

#[derive(Serialize)]
struct Words {
    home: String,
    again: String,
}

/// A failure of ours or of the site, in plain HTML.
pub(crate) fn failure(ask: &Ask, failure: &Failure) -> Answer {
    let locale = &*ask.locale;
    let is_down =
        matches!(failure.trouble, Trouble::UpstreamFailed | Trouble::UpstreamBusy(_) | Trouble::UpstreamLate);
    let key = match failure.status() {
        http::StatusCode::NOT_FOUND => "absent",
        _ if is_down => "down",
        _ if failure.is_ours() => "broken",
        _ => "refused",
    };
    let retry = failure.is_ours() && ask.method().is_safe() && !ask.path().starts_with("//");
    let view = Failed {
        lang: locale.tag().to_owned(),
        dir: locale.direction(),
        style: format!("{}/_front.css", ask.base()),
        title: locale.text(&format!("{key}-title")).to_owned(),
        text: locale.text(&format!("{key}-text")).to_owned(),
        home: format!("{}/", ask.base()),
        again: retry.then(|| ask.path().to_owned()).into_iter().collect(),
        words: Words { home: locale.text("home").to_owned(), again: locale.text("again").to_owned() },
    };
    match fill::templates().print("failure.html", &view) {
        Ok(page) => Answer::html(page),
        Err(broken) => {
            ask.log(&format!("the page of failures cannot be printed: {}", broken.detail));
            Answer::new("text/plain; charset=utf-8", view.title)
        }
    }
}
