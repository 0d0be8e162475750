//! A kept cart as the model, in the words and the money of the market that asks.

use super::promotion::label;
use super::stored::{StoredCart, StoredLine};
use super::sum::sum;
use crate::catalogue::{Catalogue, Lens};
use crate::show::{choices_in_words, main_image};
use commerce::{AppliedCode, Cart, CartId, CartLine, Discount, LineId, ProductId, VariantId};

/// The most pieces of one line.
pub(crate) const MOST_PIECES: u32 = 20;

/// Lines of variants that the shop no longer has are left out; the others stay.
pub(crate) fn existing(catalogue: &Catalogue, mut cart: StoredCart) -> StoredCart {
    cart.lines.retain(|line| catalogue.variant(&line.variant).is_some() && line.quantity > 0);
    cart
}

/// The cart as it is told.
pub(crate) fn show(catalogue: &Catalogue, lens: &Lens<'_>, id: &str, cart: &StoredCart) -> Cart {
    let sum = sum(catalogue, lens, cart);
    let lines: Vec<CartLine> = cart.lines.iter().filter_map(|stored| line(catalogue, lens, stored)).collect();
    let code = cart.code.as_deref();
    let discount = |code| Discount { label: label(lens.language(), code), amount: lens.money(sum.off) };
    Cart {
        id: CartId::new(id),
        version: Some(cart.version),
        quantity: lines.iter().map(|line| line.quantity).fold(0, u32::saturating_add),
        lines,
        subtotal: lens.money(sum.subtotal),
        discounts: code.filter(|_| sum.off > 0).map(discount).into_iter().collect(),
        codes: code
            .map(|code| AppliedCode { code: code.to_owned(), active: sum.off > 0 })
            .into_iter()
            .collect(),
        delivery: cart.delivery.clone(),
        delivery_price: sum.delivery.map(|price| lens.money(price)),
        total: lens.money(sum.total),
    }
}

fn line(catalogue: &Catalogue, lens: &Lens<'_>, stored: &StoredLine) -> Option<CartLine> {
    let (product, variant) = catalogue.variant(&stored.variant)?;
    let price = lens.price(variant);
    let total = price.current.amount.saturating_mul(i64::from(stored.quantity));
    Some(CartLine {
        id: LineId::new(stored.id.clone()),
        product: ProductId::new(product.id.clone()),
        slug: product.slug.clone(),
        variant: VariantId::new(variant.id.clone()),
        name: lens.text(&product.name),
        choices: choices_in_words(lens, product, variant),
        image: main_image(lens, product),
        quantity: stored.quantity,
        price,
        total: lens.money(total),
        available: Some(lens.sold.left(variant).min(MOST_PIECES)),
    })
}
