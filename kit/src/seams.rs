//! Pages that begin before all of their parts are there.
//!
//! A page's template has a seam, `<!--seam:reviews-->`, where a part begins that may come late. When every part is
//! there shortly after the page could first be printed, the page is one answer, like any other. Else it goes out up to
//! the first seam whose part is late, and from there on as the parts come, in their order; it is printed again for each,
//! so that a template is the same for both. A part comes within the deadline or is left out: that is up to its slot.

use crate::answer::Answer;
use crate::ask::Ask;
use crate::body::{Chunks, Cut};
use crate::failure::Failure;
use crate::slots::Slots;
use bytes::Bytes;
use futures::FutureExt;
use futures::future::{Either, LocalBoxFuture, Shared, select};
use std::cell::RefCell;
use std::fmt::Write as _;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

/// How long a page that could be printed waits for the rest of its parts; the variable `begin_after_ms` overrides it.
/// Copies come within it.
const GRACE: Duration = Duration::from_millis(10);

/// How a seam begins and ends in a template.
const OPEN: &str = "<!--seam:";
const CLOSE: &str = "-->";

/// A part of a page on its way; several may wait for it.
pub struct Part<T>(Shared<LocalBoxFuture<'static, Rc<T>>>);

impl<T: 'static> Part<T> {
    /// A part that is being asked for. It goes on only while somebody waits: [`Parts`] does.
    pub fn new(asked: impl Future<Output = T> + 'static) -> Self {
        Self(async move { Rc::new(asked.await) }.boxed_local().shared())
    }

    /// What came of it, once it has.
    pub fn there(&self) -> Option<Rc<T>> {
        self.0.peek().cloned()
    }

    /// Waits for it.
    pub async fn wait(&self) -> Rc<T> {
        self.0.clone().await
    }
}

impl<T> Clone for Part<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// A part behind its seam.
struct Behind {
    seam: &'static str,
    /// `None` once it is there.
    pending: RefCell<Option<LocalBoxFuture<'static, ()>>>,
}

impl Behind {
    fn is_there(&self) -> bool {
        self.pending.borrow().is_none()
    }

    fn go_on(&self, context: &mut Context<'_>) {
        let mut pending = self.pending.borrow_mut();
        if pending.as_mut().is_some_and(|part| part.as_mut().poll(context).is_ready()) {
            *pending = None;
        }
    }
}

/// Those parts of a page that may come late, each with the seams behind which it stands.
#[derive(Default)]
pub struct Parts(Vec<Behind>);

impl Parts {
    /// No parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With a part that stands behind a seam; there may be several behind one.
    #[must_use]
    pub fn with<T: 'static>(mut self, seam: &'static str, part: &Part<T>) -> Self {
        let part = part.clone();
        let done = async move { drop(part.wait().await) };
        self.0.push(Behind { seam, pending: RefCell::new(Some(done.boxed_local())) });
        self
    }

    /// Lets all of them go on; whether those behind a seam are there, or all, where none is named.
    fn poll(&self, seam: Option<&str>, context: &mut Context<'_>) -> Poll<()> {
        self.0.iter().for_each(|part| part.go_on(context));
        if self.is_there(seam) { Poll::Ready(()) } else { Poll::Pending }
    }

    fn is_there(&self, seam: Option<&str>) -> bool {
        self.0.iter().all(|part| part.is_there() || seam.is_some_and(|seam| seam != part.seam))
    }

    /// Waits for something without which there is no page, and lets the parts go on meanwhile.
    pub async fn beside<F: Future>(&self, needed: F) -> F::Output {
        let mut needed = pin!(needed);
        poll_fn(|context| {
            let _ = self.poll(None, context);
            needed.as_mut().poll(context)
        })
        .await
    }

    /// The page: whole when all of its parts are there soon, else begun. `print` prints it with what is there by then.
    ///
    /// # Errors
    /// What is wrong with the template.
    pub async fn page(
        self,
        ask: &Ask,
        print: impl Fn() -> Result<String, Failure> + 'static,
    ) -> Result<Answer, Failure> {
        let all = poll_fn(|context| self.poll(None, context));
        // The answer to a change is whole: one that broke off would be asked for again.
        let grace =
            if ask.method().is_safe() { grace(ask).await } else { ask.slots.deadline().left(&*ask.edge) };
        let is_whole = matches!(select(pin!(all), ask.edge.sleep(grace)).await, Either::Left(_));
        let printed = print()?;
        if is_whole {
            return Ok(Answer::html(whole(&printed)));
        }
        let page = Begun { parts: self, print: Box::new(print), next: 0, printed, slots: ask.slots.clone() };
        let (first, page) = page.advance();
        let answer = Answer::html(first);
        Ok(match page {
            Some(page) => answer.rest(page.chunks()),
            None => answer,
        })
    }
}

/// How long a page that could be begun waits for the rest of it.
pub async fn grace(ask: &Ask) -> Duration {
    let said = ask.variable("begin_after_ms").await.and_then(|ms| ms.parse().ok());
    said.map_or(GRACE, Duration::from_millis)
}

/// A page of which a beginning was sent.
struct Begun {
    parts: Parts,
    print: Box<dyn Fn() -> Result<String, Failure>>,
    /// The next piece to be sent, by its number.
    next: usize,
    /// The page as it was last printed.
    printed: String,
    slots: Rc<Slots>,
}

impl Begun {
    /// As much as can be sent by now; `None` when that is all.
    fn advance(mut self) -> (String, Option<Self>) {
        let mut text = String::new();
        let pieces = pieces(&self.printed);
        while let Some((seam, piece)) = pieces.get(self.next) {
            if !self.parts.is_there(Some(seam)) {
                return (text, Some(self));
            }
            text.push_str(piece);
            self.next += 1;
        }
        (text, None)
    }

    fn chunks(self) -> Chunks {
        Box::pin(futures::stream::unfold(Some(self), |page| async move {
            let mut page = page?;
            let seam = pieces(&page.printed).get(page.next).map(|(seam, _)| (*seam).to_owned())?;
            poll_fn(|context| page.parts.poll(Some(&seam), context)).await;
            match (page.print)() {
                Ok(printed) => page.printed = printed,
                Err(failure) => return Some((Err(Cut(failure.detail)), None)),
            }
            let slots = page.slots.clone();
            let (mut text, page) = page.advance();
            if page.is_none() {
                // What the headers could not tell yet.
                let _ = write!(text, "<!-- headwater-slots: {} -->", slots.summary());
            }
            Some((Ok(Bytes::from(text)), page))
        }))
    }
}

/// The pieces of a page between its seams, each with the seam before it; the first has none.
fn pieces(page: &str) -> Vec<(&str, &str)> {
    let mut pieces = Vec::new();
    let mut rest = page.split(OPEN);
    pieces.push(("", rest.next().unwrap_or_default()));
    pieces.extend(rest.map(|piece| {
        let (seam, piece) = piece.split_once(CLOSE).unwrap_or(("", piece));
        // A seam has a line of its own in its template.
        (seam, piece.strip_prefix('\n').unwrap_or(piece))
    }));
    pieces
}

/// A page without its seams.
#[must_use]
pub fn whole(page: &str) -> String {
    pieces(page).into_iter().map(|(_, piece)| piece).collect()
}
