//! What a visitor put in: kept in a cookie and nowhere else, as `slug.pieces~slug.pieces`.

use crate::prices::Prices;
use std::path::Path;

/// The most pieces of an item; for more, the site says, please telephone.
const MOST: u32 = 9;
/// The most bytes of a cookie that is read. A basket of everything that is for sale is shorter.
const LONGEST: usize = 1024;
/// Delivery within Britain, in pence, and from which sum on it costs nothing.
const DELIVERY: (u64, u64) = (395, 5_000);
/// Where in `basket.shtml` the lines go.
const HERE: &str = "<!--#include virtual=\"/cgi-bin/basket\" -->";

/// A filled form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Put {
    item: String,
    /// How many more; none takes the item out.
    pieces: u32,
}

impl Put {
    /// Reads `item` and `quantity` (0 to 9; 1 when it is not given) of a form; `None` for an item that is not for
    /// sale or an odd quantity.
    pub(crate) fn read(prices: &Prices, form: &[u8]) -> Option<Self> {
        let field = |wanted: &str| {
            let mut fields = url::form_urlencoded::parse(form);
            fields.find_map(|(name, value)| (name == wanted).then(|| value.into_owned()))
        };
        let item = field("item").filter(|item| prices.item(item).is_some())?;
        let quantity = field("quantity");
        Some(Self { item, pieces: quantity.as_deref().map_or(Some(1), |text| pieces(text.trim()))? })
    }
}

/// The lines of a basket, each item once, in the order in which they were put in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Basket(Vec<(String, u32)>);

impl Basket {
    /// Reads a cookie. What is not for sale, comes twice or is no line at all is left out.
    pub(crate) fn read(prices: &Prices, cookie: &str) -> Self {
        let mut basket = Self::default();
        for line in cookie.split('~').filter(|_| cookie.len() <= LONGEST) {
            let Some((slug, number)) = line.split_once('.') else { continue };
            let known = prices.item(slug).is_some() && !basket.0.iter().any(|(item, _)| item == slug);
            if let Some(pieces) = pieces(number).filter(|pieces| known && *pieces > 0) {
                basket.0.push((slug.to_owned(), pieces));
            }
        }
        basket
    }

    /// Puts pieces in, up to [`MOST`], or takes an item out.
    pub(crate) fn put(&mut self, put: &Put) {
        match self.0.iter_mut().find(|(item, _)| *item == put.item) {
            _ if put.pieces == 0 => self.0.retain(|(item, _)| *item != put.item),
            Some((_, pieces)) => *pieces = MOST.min(*pieces + put.pieces),
            None => self.0.push((put.item.clone(), put.pieces)),
        }
    }

    /// The cookie's value.
    pub(crate) fn cookie(&self) -> String {
        let lines: Vec<_> = self.0.iter().map(|(item, pieces)| format!("{item}.{pieces}")).collect();
        lines.join("~")
    }

    /// The basket's page; `None` when the site has none.
    pub(crate) fn page(&self, folder: &Path, prices: &Prices) -> Option<String> {
        let page = std::fs::read_to_string(folder.join("basket.shtml")).ok()?;
        let (before, after) = page.split_once(HERE)?;
        Some(format!("{before}{}{after}", self.table(prices)))
    }

    fn table(&self, prices: &Prices) -> String {
        if self.0.is_empty() {
            return "<p class=\"empty\">There is nothing in your basket yet.</p>".to_owned();
        }
        let mut rows = String::new();
        let mut goods = 0;
        for (slug, pieces) in &self.0 {
            let Some(item) = prices.item(slug) else { continue };
            let sum = u64::from(item.price) * u64::from(*pieces);
            goods += sum;
            rows.push_str(&format!(
                "<tr><td><a href=\"/legacy/products/{slug}.html\">{name}</a></td><td>{pieces}</td>\
                 <td class=\"money\">{each}</td><td class=\"money\">{sum}</td><td>\
                 <form action=\"/legacy/basket\" method=\"post\"><input type=\"hidden\" name=\"item\" value=\"{slug}\">\
                 <input type=\"hidden\" name=\"quantity\" value=\"0\">\
                 <input type=\"submit\" class=\"button\" value=\"Take out\" title=\"Take out {name}\"></form></td></tr>\n",
                name = escape(&item.name),
                each = pounds(item.price.into()),
                sum = pounds(sum),
            ));
        }
        let (delivery, free_from) = DELIVERY;
        let delivery = if goods >= free_from { 0 } else { delivery };
        for (class, label, sum) in [("sum", "Delivery", delivery), ("sum total", "To pay", goods + delivery)]
        {
            rows.push_str(&format!(
                "<tr class=\"{class}\"><td colspan=\"3\">{label}</td><td class=\"money\">{}</td><td>&nbsp;</td></tr>\n",
                pounds(sum)
            ));
        }
        format!(
            "<table class=\"basket\" cellspacing=\"0\">\n<tr><th>Item</th><th>Quantity</th><th class=\"money\">Each</th>\
             <th class=\"money\">Amount</th><th>&nbsp;</th></tr>\n{rows}</table>"
        )
    }
}

/// One digit: `parse` alone would also take `+1`.
fn pieces(text: &str) -> Option<u32> {
    let mut characters = text.chars();
    characters.next()?.to_digit(10).filter(|pieces| characters.next().is_none() && *pieces <= MOST)
}

fn pounds(pence: u64) -> String {
    format!("&pound;{}.{:02}", pence / 100, pence % 100)
}

/// Text as HTML, in an attribute as well.
fn escape(text: &str) -> String {
    let parts = text.chars().map(|c| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        '\'' => "&#39;".to_owned(),
        other => other.to_string(),
    });
    parts.collect()
}

#[cfg(test)]
mod tests;
