//! Finding the places of a page while it streams. `lol_html` finds them; nothing is replaced here: the pieces that
//! come out are the page's own bytes, in their order, with marks between them.

use super::links::{ADDRESSES, Links, SETS};
use super::place::{Placed, Put};
use bytes::Bytes;
use lol_html::html_content::{Element, StreamingHandlerSink};
use lol_html::{
    AsciiCompatibleEncoding, ElementContentHandlers, HandlerResult, HtmlRewriter, MemorySettings, OutputSink,
    Selector, Settings,
};
use std::borrow::Cow;
use std::collections::VecDeque;
use std::mem;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

/// The most that the parser may hold, in bytes: a tag that is longer ends the rewriting, not the page.
const MEMORY: usize = 1 << 20;

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// The page's own bytes.
    Bytes(Bytes),
    /// Room for a filling.
    Hole(usize),
    /// From here to the close of the same number the page's own content may make room for a filling.
    Open { filling: usize, number: usize },
    /// The end of it.
    Close { number: usize },
}

/// What comes out, in its order. Only one thread ever takes it; handlers must be `Send`.
#[derive(Default)]
struct Out {
    pieces: VecDeque<Piece>,
    /// What has come since the last of them: the parser gives a tag in several bits.
    run: Vec<u8>,
    is_utf8: bool,
    numbers: usize,
}

impl Out {
    fn push(&mut self, piece: Piece) {
        self.flush();
        self.pieces.push_back(piece);
    }

    fn flush(&mut self) {
        if !self.run.is_empty() {
            self.pieces.push_back(Piece::Bytes(Bytes::from(mem::take(&mut self.run))));
        }
    }

    fn give(&mut self, into: &mut VecDeque<Piece>) {
        self.flush();
        into.append(&mut self.pieces);
    }
}

type Shared = Arc<Mutex<Out>>;

fn with<T>(out: &Shared, work: impl FnOnce(&mut Out) -> T) -> T {
    match out.lock() {
        Ok(mut out) => work(&mut out),
        // Nobody else takes it, so nobody can have died with it.
        Err(poisoned) => work(&mut poisoned.into_inner()),
    }
}

struct Sink(Shared);

impl OutputSink for Sink {
    fn handle_chunk(&mut self, chunk: &[u8]) {
        with(&self.0, |out| out.run.extend_from_slice(chunk));
    }

    fn set_encoding(&mut self, encoding: AsciiCompatibleEncoding) {
        with(&self.0, |out| out.is_utf8 = encoding == AsciiCompatibleEncoding::utf_8());
    }
}

/// Searches one page.
pub(super) struct Finder {
    parser: Option<HtmlRewriter<'static, Sink>>,
    out: Shared,
    /// Why the rest of the page is not searched.
    pub(super) gave_up: Option<String>,
}

impl Finder {
    /// A search for places in a page of an encoding, whose addresses are seen as `links` say.
    pub(super) fn new(
        places: &[Placed],
        links: &Rc<Links>,
        (encoding, is_said): (AsciiCompatibleEncoding, bool),
    ) -> Self {
        let out = Shared::default();
        let mut settings = Settings::new()
            .with_encoding(encoding)
            // As browsers do: the page's own word counts where nothing came before it.
            .with_adjust_charset_on_meta_tag(!is_said)
            .with_strict(false)
            .with_graceful_bail_out_on_content_handler_error(true)
            .with_memory_settings(
                MemorySettings::new()
                    .with_preallocated_parsing_buffer_size(1 << 10)
                    .with_max_allowed_memory_usage(MEMORY)
                    .with_graceful_bail_out_on_memory_limit_exceeded(true),
            );
        for handler in addresses(links) {
            settings = settings.append_element_content_handler(handler);
        }
        for place in in_turn(places) {
            let handler = mark(&out, place);
            let handlers = ElementContentHandlers::default().element(handler);
            settings = settings.append_element_content_handler((Cow::Borrowed(&place.selector), handlers));
        }
        let parser = HtmlRewriter::new(settings, Sink(out.clone()));
        Self { parser: Some(parser), out, gave_up: None }
    }

    /// Whether the page is in UTF-8, as far as is known by now.
    pub(super) fn is_utf8(&self) -> bool {
        with(&self.out, |out| out.is_utf8)
    }

    /// Takes the next bytes of the page; what is known of them by now is added to `into`.
    pub(super) fn write(&mut self, chunk: Bytes, into: &mut VecDeque<Piece>) {
        match &mut self.parser {
            Some(parser) => {
                if let Err(error) = parser.write(&chunk) {
                    // What the parser held has come out already.
                    self.gave_up = Some(error.to_string());
                    self.parser = None;
                }
                with(&self.out, |out| out.give(into));
            }
            None => into.push_back(Piece::Bytes(chunk)),
        }
    }

    /// The page has ended.
    pub(super) fn end(&mut self, into: &mut VecDeque<Piece>) {
        if let Some(parser) = self.parser.take()
            && let Err(error) = parser.end()
        {
            self.gave_up = Some(error.to_string());
        }
        with(&self.out, |out| out.give(into));
    }
}

/// The order in which marks must be made so that they stand in the order of the file: several before the same tag are
/// put one behind the other, several after it one before the other, and what is replaced is within all of them.
fn in_turn(places: &[Placed]) -> impl Iterator<Item = &Placed> {
    let of = |wanted: fn(Put) -> bool| places.iter().filter(move |place| wanted(place.put));
    of(|put| put == Put::Inside)
        .chain(of(|put| matches!(put, Put::Before | Put::Last)))
        .chain(of(|put| matches!(put, Put::After | Put::First)).collect::<Vec<_>>().into_iter().rev())
        .chain(of(|put| put == Put::Instead))
}

/// Something that tells, when its turn in the page comes, what stands there.
type Mark = Box<dyn lol_html::html_content::StreamingHandler + Send + 'static>;

fn here(out: &Shared, piece: Piece) -> Mark {
    let out = out.clone();
    Box::new(move |_: &mut StreamingHandlerSink<'_>| -> HandlerResult {
        with(&out, |out| out.push(piece));
        Ok(())
    })
}

fn mark(out: &Shared, place: &Placed) -> impl FnMut(&mut Element<'_, '_>) -> HandlerResult + 'static {
    let (out, put, filling, every) = (out.clone(), place.put, place.filling, place.every);
    let mut seen = false;
    move |element| {
        if seen && !every {
            return Ok(());
        }
        let hole = Piece::Hole(filling);
        let has_content = element.can_have_content();
        match put {
            Put::Before => element.streaming_before(here(&out, hole)),
            Put::After if !has_content => element.streaming_after(here(&out, hole)),
            Put::After => at_end(element, &out, hole, true)?,
            Put::First if has_content => element.streaming_prepend(here(&out, hole)),
            Put::Last if has_content => at_end(element, &out, hole, false)?,
            Put::Inside | Put::Instead if has_content || put == Put::Instead => {
                let number = with(&out, |out| {
                    out.numbers += 1;
                    out.numbers
                });
                let open = here(&out, Piece::Open { filling, number });
                let close = Piece::Close { number };
                match put {
                    Put::Inside => {
                        element.streaming_prepend(open);
                        at_end(element, &out, close, false)?;
                    }
                    _ if has_content => {
                        element.streaming_before(open);
                        at_end(element, &out, close, true)?;
                    }
                    _ => {
                        element.streaming_before(open);
                        element.streaming_after(here(&out, close));
                    }
                }
            }
            // An element that can have no content has no inside.
            Put::First | Put::Last | Put::Inside | Put::Instead => return Ok(()),
        }
        seen = true;
        Ok(())
    }
}

/// Marks the end of an element. One that is not closed itself ends where the one around it does.
fn at_end(element: &mut Element<'_, '_>, out: &Shared, piece: Piece, outside: bool) -> HandlerResult {
    let name = element.tag_name();
    let out = out.clone();
    let replaces = matches!(piece, Piece::Close { .. });
    element.on_end_tag(Box::new(move |end| {
        let is_own = end.name() == name;
        if replaces && !is_own {
            // Where it ended only a browser knows, and what stands behind it is not to go with it.
            return Ok(());
        }
        match outside && is_own {
            true => end.streaming_after(here(&out, piece)),
            false => end.streaming_before(here(&out, piece)),
        }
        Ok(())
    }))
}

type Handler = (Cow<'static, Selector>, ElementContentHandlers<'static>);

/// What makes the site's addresses ours.
fn addresses(links: &Rc<Links>) -> Vec<Handler> {
    let names = ADDRESSES.iter().map(|name| (name, false)).chain(SETS.iter().map(|name| (name, true)));
    let mut handlers: Vec<Handler> = names
        .filter_map(|(name, is_set)| {
            let links = links.clone();
            let handler = move |element: &mut Element<'_, '_>| -> HandlerResult {
                let seen = element.get_attribute(name).and_then(|value| match is_set {
                    true => links.seen_set(&value),
                    false => links.seen(&value),
                });
                match seen {
                    Some(seen) => Ok(element.set_attribute(name, &seen)?),
                    None => Ok(()),
                }
            };
            let selector: Selector = format!("[{name}]").parse().ok()?;
            Some((Cow::Owned(selector), ElementContentHandlers::default().element(handler)))
        })
        .collect();
    let refreshed = links.clone();
    let refresh = move |element: &mut Element<'_, '_>| -> HandlerResult {
        let content = element.get_attribute("content").unwrap_or_default();
        let Some((time, address)) = content.split_once('=') else { return Ok(()) };
        match refreshed.seen(address) {
            Some(seen) => Ok(element.set_attribute("content", &format!("{time}={seen}"))?),
            None => Ok(()),
        }
    };
    if let Ok(selector) = "meta[http-equiv=\"refresh\" i]".parse::<Selector>() {
        handlers.push((Cow::Owned(selector), ElementContentHandlers::default().element(refresh)));
    }
    handlers
}
