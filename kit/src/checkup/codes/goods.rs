//! What is put into the carts that codes are tried on.

use commerce::{ListingQuery, Market, Money, Port, ProductKey, Sort, StockLevel, VariantId};

/// Products of a list that are looked at.
const LOOKED_AT: u32 = 24;
/// Products whose variants are asked for, where a list names no variant to buy.
const ASKED: usize = 3;
/// The most pieces that are put into a cart.
const MOST_PIECES: i64 = 10;
/// A reduction shows on a cart of so many minor units, where the offer asks for no more.
const LEAST: i64 = 1_000;

/// Variants of a market that can be bought, with what one piece costs, in minor units.
pub(super) struct Goods(Vec<(VariantId, i64)>);

impl Goods {
    /// What is on the first page of everything, the cheapest first.
    ///
    /// # Errors
    /// Why nothing can be bought, for the operator.
    pub(super) async fn find(port: &dyn Port, market: &Market) -> Result<Self, String> {
        // Small things come closest to what an offer asks for.
        let sort = Some(Sort::PriceAscending);
        let query = ListingQuery { page: 1, page_size: LOOKED_AT, sort, ..ListingQuery::default() };
        let list = port.listing(market, &query).await.map_err(|error| error.to_string())?;
        let there: Vec<_> = list.items.iter().filter(|card| card.stock != StockLevel::OutOfStock).collect();
        let single =
            |card: &&commerce::ProductCard| Some((card.only_variant.clone()?, card.price.current.amount));
        let mut goods: Vec<_> = there.iter().filter_map(single).collect();
        if goods.is_empty() {
            for card in there.iter().take(ASKED) {
                let product = port.product(market, &ProductKey::Slug(card.slug.clone())).await;
                let variants = product.map(|product| product.variants).unwrap_or_default();
                let found = variants.into_iter().find(|one| one.stock.level != StockLevel::OutOfStock);
                goods.extend(found.map(|variant| (variant.id, variant.price.current.amount)));
            }
        }
        goods.retain(|(_, price)| *price > 0);
        if goods.is_empty() {
            Err("there is nothing to buy to try it with".to_owned())
        } else {
            Ok(Self(goods))
        }
    }

    /// Variants with how many pieces of them come to `least` or little more, the closest first.
    pub(super) fn for_a_cart_of(&self, least: Option<Money>) -> Vec<(VariantId, u32)> {
        let least = least.map_or(LEAST, |least| least.amount).max(LEAST);
        let piece = |(variant, price): &(VariantId, i64)| {
            let pieces = (least.saturating_add(price - 1) / price).clamp(1, MOST_PIECES);
            let sum = price.saturating_mul(pieces);
            (sum < least, sum, variant.clone(), u32::try_from(pieces).unwrap_or(1))
        };
        let mut ways: Vec<_> = self.0.iter().map(piece).collect();
        // What does not come to it comes last, the largest sum first.
        ways.sort_by_key(|(is_short, sum, ..)| (*is_short, if *is_short { -sum } else { *sum }));
        ways.into_iter().map(|(.., variant, pieces)| (variant, pieces)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use commerce::Currency;

    #[test]
    fn a_cart_comes_to_what_an_offer_asks_for_and_hardly_more() {
        let id = |id: &str| VariantId::new(id);
        let goods = Goods(vec![(id("lamp"), 9_900), (id("candle"), 1_600), (id("soap"), 250)]);
        let first = |least: Option<i64>| {
            goods.for_a_cart_of(least.map(|amount| Money::new(amount, Currency::GBP))).remove(0)
        };
        assert_eq!(first(None), (id("soap"), 4));
        assert_eq!(first(Some(3_000)), (id("candle"), 2));
        assert_eq!(first(Some(9_900)), (id("lamp"), 1));
        assert_eq!(first(Some(500_000)), (id("lamp"), 10), "the dearest, where nothing comes to it");
    }
}
