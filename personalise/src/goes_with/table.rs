//! The table, read in place.

use super::layout::{
    AT_CHECKSUM, AT_LENGTH, AT_NEIGHBOURS, AT_PRODUCTS, AT_VERSION, ENTRY, FULL_SCORE, HEADER, MARK,
    MAX_BYTES, MAX_NEIGHBOURS, VERSION, checksum, u16_at, u32_at, u64_at,
};
use super::open_error::OpenError;
use std::borrow::Cow;
use std::fmt;

/// What goes with what. Nothing is unpacked: looking up takes a binary search and does not allocate.
///
/// Bytes that pass [`GoesWith::open`] and still break the form (nobody who trains writes such) give fewer or other
/// neighbours, at most [`MAX_NEIGHBOURS`] of a product, and never a panic.
pub struct GoesWith<'a> {
    bytes: Cow<'a, [u8]>,
    products: usize,
    /// Where the lists and the text begin.
    firsts: usize,
    neighbours: usize,
    text: usize,
}

impl<'a> GoesWith<'a> {
    /// Checks mark, version, size and checksum, once; it reads each byte (1 MB in about 1.5 ms). A slice is read where it is; a `Vec` is kept,
    /// for an instance that holds its table as `GoesWith<'static>`.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(bytes: impl Into<Cow<'a, [u8]>>) -> Result<Self, OpenError> {
        let table = Self::reopen(bytes)?;
        if u64_at(&table.bytes, AT_CHECKSUM) != Some(checksum(&table.bytes)) {
            return Err(OpenError::Checksum);
        }
        Ok(table)
    }

    /// Opens what [`GoesWith::open`] has opened before, without reading each byte again: for an instance that keeps
    /// bytes and looks into them at each request.
    ///
    /// # Errors
    /// [`OpenError`], though not for a wrong checksum.
    pub fn reopen(bytes: impl Into<Cow<'a, [u8]>>) -> Result<Self, OpenError> {
        let bytes = bytes.into();
        let found = bytes.len();
        if found > MAX_BYTES {
            return Err(OpenError::TooLarge(found));
        }
        if !bytes.starts_with(&MARK) {
            return Err(OpenError::Mark);
        }
        let short = OpenError::Length { told: HEADER, found };
        let version = u16_at(&bytes, AT_VERSION).ok_or(short)?;
        if version != VERSION {
            return Err(OpenError::Version(version));
        }
        let told = size(&bytes, AT_LENGTH).ok_or(short)?;
        if told != found {
            return Err(OpenError::Length { told, found });
        }
        Self::parts(bytes).ok_or(OpenError::Form)
    }

    fn parts(bytes: Cow<'a, [u8]>) -> Option<Self> {
        let products = usize::from(u16_at(&bytes, AT_PRODUCTS)?);
        let list = (products + 1) * ENTRY;
        let firsts = HEADER + list;
        let neighbours = firsts + list;
        let text = size(&bytes, AT_NEIGHBOURS)?.checked_mul(ENTRY)?.checked_add(neighbours)?;
        let last = size(&bytes, firsts.checked_sub(ENTRY)?)?;
        let fits = text.checked_add(last)? == bytes.len()
            && size(&bytes, neighbours.checked_sub(ENTRY)?)? == size(&bytes, AT_NEIGHBOURS)?;
        fits.then_some(Self { bytes, products, firsts, neighbours, text })
    }

    /// What goes with a product, the strongest first, each with its score: more than 0, at most 1; comparable within
    /// one table. Nothing for a product that the table does not know.
    pub fn neighbours(&self, product: &str) -> Neighbours<'_> {
        let place = self.place(product.as_bytes());
        let range = place.and_then(|place| self.range(self.firsts, place));
        let (at, end) = range.unwrap_or((0, 0));
        Neighbours { table: self, at, end: end.min(at.saturating_add(MAX_NEIGHBOURS)) }
    }

    /// The slugs of all products that the table names, ascending by their bytes. Some may have no neighbours and only
    /// be neighbours of others.
    pub fn products(&self) -> impl Iterator<Item = &str> {
        (0..self.products).filter_map(|place| std::str::from_utf8(self.slug(place)?).ok())
    }

    /// The table's bytes, to be stored or digested.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn place(&self, product: &[u8]) -> Option<usize> {
        let (mut low, mut high) = (0, self.products);
        while low < high {
            let middle = low.midpoint(high);
            match self.slug(middle)?.cmp(product) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn slug(&self, place: usize) -> Option<&[u8]> {
        let (start, end) = self.range(HEADER, place)?;
        self.bytes.get(self.text..)?.get(start..end)
    }

    /// Where what belongs to a product begins and ends, by the list of beginnings at `list`.
    fn range(&self, list: usize, place: usize) -> Option<(usize, usize)> {
        let at = list.checked_add(place.checked_mul(ENTRY)?)?;
        Some((size(&self.bytes, at)?, size(&self.bytes, at.checked_add(ENTRY)?)?))
    }

    fn neighbour(&self, number: usize) -> Option<(&str, f32)> {
        let at = self.neighbours.checked_add(number.checked_mul(ENTRY)?)?;
        // A list that is led astray must not read the text as neighbours.
        if at >= self.text {
            return None;
        }
        let slug = self.slug(usize::from(u16_at(&self.bytes, at)?))?;
        let score = f32::from(u16_at(&self.bytes, at.checked_add(2)?)?) / f32::from(FULL_SCORE);
        Some((std::str::from_utf8(slug).ok()?, score))
    }
}

fn size(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

impl fmt::Debug for GoesWith<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut form = f.debug_struct("GoesWith");
        form.field("products", &self.products).field("bytes", &self.bytes.len()).finish()
    }
}

/// What goes with one product, the strongest first: slug and score. Made by [`GoesWith::neighbours`].
#[derive(Debug, Clone)]
pub struct Neighbours<'t> {
    table: &'t GoesWith<'t>,
    at: usize,
    end: usize,
}

impl<'t> Iterator for Neighbours<'t> {
    type Item = (&'t str, f32);

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.end {
            return None;
        }
        let neighbour = self.table.neighbour(self.at);
        self.at += 1;
        if neighbour.is_none() {
            self.at = self.end;
        }
        neighbour
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.end.saturating_sub(self.at)))
    }
}

impl std::iter::FusedIterator for Neighbours<'_> {}
