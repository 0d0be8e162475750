//! A page and its fillings, as one stream.

use super::html::{Finder, Piece};
use super::links::Links;
use super::place::Placed;
use crate::body::{Chunks, Cut};
use bytes::Bytes;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use lol_html::AsciiCompatibleEncoding;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

/// The most of a page's own content that is held back until it is known where it ends, in bytes: what is longer
/// stays as it is.
const HELD_CAP: usize = 256 << 10;

/// HTML that is put into a page, once it is there; `None` leaves the page's own. It must come to an end by itself:
/// the page waits where it stands.
pub type Filling = Pin<Box<dyn Future<Output = Option<String>>>>;

/// A page as it comes from its site.
pub struct Page {
    /// Its body, unpacked.
    pub chunks: Chunks,
    /// The character encoding that its `Content-Type` names.
    pub charset: Option<String>,
}

/// What was done to a page, for the operator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// How often each filling stands in it.
    pub filled: Vec<usize>,
    /// Why the rest of it was left as it was.
    pub gave_up: Option<String>,
    /// Whether it was one that can be searched.
    pub was_searched: bool,
}

enum Slot {
    Pending(Filling),
    There(Option<String>),
}

struct Splice {
    source: Chunks,
    finder: Start,
    slots: Vec<Slot>,
    pieces: VecDeque<Piece>,
    out: Vec<u8>,
    has_ended: bool,
    cut: Option<Cut>,
    done: Done,
    tell: Option<Box<dyn FnOnce(Done)>>,
}

/// A page is searched once its first bytes have told that it can be.
enum Start {
    Waiting(Box<dyn FnOnce(Option<&'static Encoding>) -> Option<Finder>>),
    Searching(Box<Finder>),
    Untouched,
}

/// The page with each place filled, in chunks as they come; fillings are waited for where they stand and not before.
/// `tell` hears at the end what was done.
pub fn splice(
    page: Page,
    places: Rc<[Placed]>,
    links: Rc<Links>,
    fillings: Vec<Filling>,
    tell: impl FnOnce(Done) + 'static,
) -> Chunks {
    let charset = page.charset.as_deref().map(|name| Encoding::for_label(name.as_bytes()));
    let begin = move |marked: Option<&'static Encoding>| {
        // Browsers take a page that says nothing for windows-1252, in which every byte is a letter.
        let is_said = marked.is_some() || charset.is_some();
        let encoding = marked.or_else(|| charset.unwrap_or(Some(WINDOWS_1252)))?;
        Some(Finder::new(&places, &links, (AsciiCompatibleEncoding::new(encoding)?, is_said)))
    };
    let count = fillings.len();
    let splice = Splice {
        source: page.chunks,
        finder: Start::Waiting(Box::new(begin)),
        slots: fillings.into_iter().map(Slot::Pending).collect(),
        pieces: VecDeque::new(),
        out: Vec::new(),
        has_ended: false,
        cut: None,
        done: Done { filled: vec![0; count], ..Done::default() },
        tell: Some(Box::new(tell)),
    };
    Box::pin(futures::stream::unfold(splice, |mut splice| async move {
        let next = std::future::poll_fn(|context| splice.poll(context)).await?;
        Some((next, splice))
    }))
}

impl Splice {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Cut>>> {
        // All of them go on, wherever the page stands.
        for slot in &mut self.slots {
            if let Slot::Pending(filling) = slot
                && let Poll::Ready(html) = filling.as_mut().poll(context)
            {
                *slot = Slot::There(html);
            }
        }
        loop {
            let waits = self.settle();
            if !self.out.is_empty() {
                return Poll::Ready(Some(Ok(Bytes::from(mem::take(&mut self.out)))));
            }
            if waits {
                return Poll::Pending;
            }
            if self.has_ended {
                return Poll::Ready(self.finish());
            }
            match self.source.as_mut().poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(chunk))) => self.search(chunk),
                Poll::Ready(Some(Err(cut))) => self.end(Some(cut)),
                Poll::Ready(None) => self.end(None),
            }
        }
    }

    fn finish(&mut self) -> Option<Result<Bytes, Cut>> {
        if let Some(tell) = self.tell.take() {
            if let Start::Searching(finder) = &self.finder {
                self.done.gave_up.clone_from(&finder.gave_up);
                self.done.was_searched = true;
            }
            tell(self.done.clone());
        }
        self.cut.take().map(Err)
    }

    fn search(&mut self, bytes: Bytes) {
        if bytes.is_empty() {
            return;
        }
        if let Start::Waiting(_) = &self.finder
            && let Start::Waiting(begin) = mem::replace(&mut self.finder, Start::Untouched)
            && let Some(finder) = begin(Encoding::for_bom(&bytes).map(|(encoding, _)| encoding))
        {
            self.finder = Start::Searching(Box::new(finder));
        }
        match &mut self.finder {
            Start::Searching(finder) => finder.write(bytes, &mut self.pieces),
            Start::Waiting(_) | Start::Untouched => self.pieces.push_back(Piece::Bytes(bytes)),
        }
    }

    fn end(&mut self, cut: Option<Cut>) {
        self.cut = cut;
        if let Start::Searching(finder) = &mut self.finder {
            finder.end(&mut self.pieces);
        }
        self.has_ended = true;
    }

    /// Turns pieces into bytes as far as that can be done by now; whether a filling is being waited for.
    fn settle(&mut self) -> bool {
        while let Some(piece) = self.pieces.front() {
            match piece {
                Piece::Bytes(bytes) => self.out.extend_from_slice(bytes),
                Piece::Close { .. } => {}
                Piece::Hole(filling) => match self.slots.get(*filling) {
                    Some(Slot::Pending(_)) => return true,
                    _ => self.fill(*filling),
                },
                Piece::Open { filling, number } => match self.slots.get(*filling) {
                    Some(Slot::Pending(_)) => return true,
                    Some(Slot::There(Some(_))) => {
                        let (filling, number) = (*filling, *number);
                        match self.closed(number) {
                            Held::Until(close) => {
                                self.fill(filling);
                                self.pieces.drain(..close);
                            }
                            Held::Open => return false,
                            Held::Never => {}
                        }
                    }
                    _ => {}
                },
            }
            self.pieces.pop_front();
        }
        false
    }

    /// Where the content ends that a filling stands in place of.
    fn closed(&self, number: usize) -> Held {
        let close = self.pieces.iter().position(|piece| *piece == Piece::Close { number });
        let bytes = |piece: &Piece| if let Piece::Bytes(bytes) = piece { bytes.len() } else { 0 };
        let held: usize = self.pieces.iter().take(close.unwrap_or(usize::MAX)).map(bytes).sum();
        match close {
            _ if held > HELD_CAP => Held::Never,
            Some(at) => Held::Until(at),
            None if self.has_ended => Held::Never,
            None => Held::Open,
        }
    }

    fn fill(&mut self, filling: usize) {
        let is_utf8 = matches!(&self.finder, Start::Searching(finder) if finder.is_utf8());
        if let Some(Slot::There(Some(html))) = self.slots.get(filling) {
            match is_utf8 {
                true => self.out.extend_from_slice(html.as_bytes()),
                false => self.out.extend_from_slice(in_ascii(html).as_bytes()),
            }
            if let Some(count) = self.done.filled.get_mut(filling) {
                *count += 1;
            }
        }
    }
}

/// Whether content that is held back is whole.
enum Held {
    /// It ends at this piece.
    Until(usize),
    /// It is still coming.
    Open,
    /// It will not be known, or it is too long: it stays.
    Never,
}

/// HTML that reads the same in every encoding that has ASCII in it.
fn in_ascii(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for letter in html.chars() {
        match letter.is_ascii() {
            true => text.push(letter),
            false => {
                let _ = write!(text, "&#{};", u32::from(letter));
            }
        }
    }
    text
}

/// For pages that come as a whole.
impl Page {
    /// A page that is there already, in UTF-8.
    #[must_use]
    pub fn whole(bytes: Bytes) -> Self {
        let chunks = Box::pin(futures::stream::iter([Ok(bytes)]));
        Self { chunks, charset: Some(UTF_8.name().to_owned()) }
    }
}
