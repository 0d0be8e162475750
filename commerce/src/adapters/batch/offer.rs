//! A row of a product file: one thing to buy, named as in a product feed
//! (<https://support.google.com/merchants/answer/7052112>); pure.

use super::super::wire::markup;
use super::table::{Row, moment};
use crate::model::{Currency, Image, Money, Price, Stock, StockLevel};
use jiff::Timestamp;
use url::Url;

/// A file does not tell the size of its pictures; feeds ask for square ones.
const SIDE: u32 = 1000;
/// Characters of the longest text.
const LONGEST: usize = 20_000;

/// One thing to buy.
#[derive(Debug)]
pub(super) struct Offer {
    pub(super) id: String,
    /// What its variants share; its own id for one that stands alone.
    pub(super) group: String,
    /// The part of an address that the file names.
    pub(super) slug: Option<String>,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) brand: Option<String>,
    pub(super) gtin: Option<String>,
    pub(super) images: Vec<Image>,
    pub(super) price: Price,
    pub(super) stock: Stock,
    /// Ways through the category tree, each from the top: `Women > Coats`.
    pub(super) types: Vec<Vec<String>>,
    /// Option and value.
    pub(super) choices: Vec<(&'static str, String)>,
}

/// Reads a row; `as_of` is when the file was made.
///
/// # Errors
/// The line, the column, and what is wrong there, for the operator.
pub(super) fn read(row: &Row, currency: Currency, as_of: Option<Timestamp>) -> Result<Offer, String> {
    let id = row.needed(&["id", "sku"])?.to_owned();
    let title = text(row.needed(&["title"])?);
    let as_of = row.moment("as_of")?.or(as_of);
    let pictures =
        row.all("image_link").chain(row.all("additional_image_link").flat_map(|all| all.split(',')));
    let choices = ["color", "size"].into_iter().filter_map(|name| Some((name, row.get(name)?.to_owned())));
    Ok(Offer {
        group: row.get("item_group_id").unwrap_or(&id).to_owned(),
        slug: row.get("slug").and_then(slug).or_else(|| row.get("link").and_then(of_link)),
        summary: text(row.get("summary").unwrap_or_default()),
        description: text(row.get("description").unwrap_or_default()),
        brand: row.get("brand").map(str::to_owned),
        gtin: row.get("gtin").map(str::to_owned),
        images: pictures.filter_map(|address| picture(address, &title)).collect(),
        price: price(row, currency, as_of)?,
        stock: stock(row, as_of)?,
        types: row.all("product_type").map(ways).filter(|way| !way.is_empty()).collect(),
        choices: choices.collect(),
        title,
        id,
    })
}

/// A name as a part of an address: `Larkspur & Finch` is `larkspur-finch`.
pub(super) fn slug(name: &str) -> Option<String> {
    let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    Some(parts.map(str::to_lowercase).collect::<Vec<_>>().join("-")).filter(|slug| !slug.is_empty())
}

/// The last part of a page's path, without a file's ending.
fn of_link(link: &str) -> Option<String> {
    let url = Url::parse(link).ok()?;
    let last = url.path_segments()?.rfind(|part| !part.is_empty())?.to_owned();
    slug(last.rsplit_once('.').map_or(last.as_str(), |(name, _)| name))
}

fn text(html: &str) -> String {
    let plain = if html.contains(['<', '&']) { markup::plain(html) } else { html.to_owned() };
    plain.chars().take(LONGEST).collect()
}

fn picture(address: &str, title: &str) -> Option<Image> {
    let url = Url::parse(address.trim()).ok().filter(|url| matches!(url.scheme(), "https" | "http"))?;
    Some(Image { url: url.into(), alt: title.to_owned(), width: SIDE, height: SIDE, renditions: Vec::new() })
}

fn ways(path: &str) -> Vec<String> {
    path.split('>').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

fn price(row: &Row, currency: Currency, as_of: Option<Timestamp>) -> Result<Price, String> {
    row.needed(&["price"])?;
    let amount = |name: &str| row.get(name).map(|text| amount(row, name, text, currency)).transpose();
    let full = amount("price")?.unwrap_or(Money::zero(currency));
    let sale = amount("sale_price")?.filter(|sale| sale.amount < full.amount);
    let runs = match row.get("sale_price_effective_date") {
        Some(range) => runs(row, range, as_of)?,
        None => true,
    };
    Ok(match sale.filter(|_| runs) {
        Some(sale) => Price { current: sale, was: Some(full) },
        None => Price { current: full, was: None },
    })
}

/// Whether a sale runs at the time of the file; of a file without a time nobody knows, so it does not.
fn runs(row: &Row, range: &str, as_of: Option<Timestamp>) -> Result<bool, String> {
    let ends = range.split_once('/').and_then(|(from, to)| Some((moment(from)?, moment(to)?)));
    let (from, to) = ends.ok_or_else(|| {
        row.fault("sale_price_effective_date", "is not such as 2026-11-01T00:00Z/2026-11-30T23:59Z")
    })?;
    Ok(as_of.is_some_and(|at| from <= at && at < to))
}

/// Reads `12.34 GBP`.
fn amount(row: &Row, name: &str, text: &str, currency: Currency) -> Result<Money, String> {
    let shown: String = text.chars().take(40).collect();
    let wrong = |why: String| row.fault(name, &format!("`{}` {why}", shown.escape_debug()));
    let (number, code) =
        text.split_once(' ').ok_or_else(|| wrong(format!("is not such as 12.34 {currency}")))?;
    let named =
        Currency::new(code.trim()).map_err(|error| wrong(format!("is not such as 12.34 GBP: {error}")))?;
    if named != currency {
        return Err(wrong(format!("is not in {currency}, which the market asks for")));
    }
    let money = Money::from_decimal(number, currency)
        .map_err(|error| wrong(format!("is not such as 12.34 {currency}: {error}")))?;
    if money.amount < 0 { Err(wrong("is below nothing".to_owned())) } else { Ok(money) }
}

/// Stock in a word; a number where the file has one.
fn stock(row: &Row, as_of: Option<Timestamp>) -> Result<Stock, String> {
    if row.get("quantity").is_some() {
        return Ok(Stock { as_of, ..Stock::of(quantity(row)?) });
    }
    let word = row.get("availability").unwrap_or("in_stock").to_ascii_lowercase().replace(' ', "_");
    let level = match word.as_str() {
        // What is ordered before it is there can be bought.
        "in_stock" | "preorder" | "backorder" => StockLevel::InStock,
        "limited_availability" => StockLevel::LowStock,
        "out_of_stock" => StockLevel::OutOfStock,
        _ => return Err(row.fault("availability", "is none of in_stock, out_of_stock, preorder, backorder")),
    };
    Ok(Stock { as_of, ..Stock::word(level) })
}

/// Pieces; what is sold beyond what was there is nothing.
pub(super) fn quantity(row: &Row) -> Result<u32, String> {
    let text = row.needed(&["quantity"])?;
    let pieces: i64 =
        text.parse().map_err(|_| row.fault("quantity", "is not a number of pieces such as 12"))?;
    Ok(u32::try_from(pieces.max(0)).unwrap_or(u32::MAX))
}
