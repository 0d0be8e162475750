//! One change to a cart; on a refusal the cart stays as it was, since nothing is kept.

use super::MOST_PIECES;
use super::promotion::promotion;
use super::stored::{StoredCart, StoredLine};
use crate::catalogue::Catalogue;
use crate::order::{checked_address, checked_store};
use crate::stock::Sold;
use crate::wire::No;
use commerce::{CartChange, Delivery, Refusal};

/// More different things than a cart takes: what is kept stays small.
const MOST_LINES: usize = 50;

/// The variant whose stock a change needs, to be counted before [`change`].
pub(crate) fn wanted<'a>(cart: &'a StoredCart, change: &'a CartChange) -> Option<&'a str> {
    match change {
        CartChange::Add { variant, .. } => Some(variant.as_str()),
        CartChange::Set { line, .. } => {
            cart.lines.iter().find(|l| l.id == line.as_str()).map(|line| line.variant.as_str())
        }
        _ => None,
    }
}

/// Does it.
///
/// # Errors
/// The refusals of the plain form.
pub(crate) fn change(
    catalogue: &Catalogue,
    sold: &Sold,
    cart: &mut StoredCart,
    change: CartChange,
) -> Result<(), No> {
    match change {
        CartChange::Add { quantity: 0, .. } => return Err(No::invalid("quantity")),
        CartChange::Add { variant, quantity } => add(catalogue, sold, cart, variant.as_str(), quantity)?,
        CartChange::Set { line, quantity } => set(catalogue, sold, cart, line.as_str(), quantity)?,
        CartChange::Remove { line } => {
            find(cart, line.as_str())?;
            cart.lines.retain(|other| other.id != line.as_str());
        }
        CartChange::ApplyCode { code } => {
            let promotion = promotion(&code).ok_or(Refusal::BadCode { exists: Some(false) })?;
            cart.code = Some(promotion.code.to_owned());
        }
        CartChange::RemoveCode { code } => {
            let applied = cart.code.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(code.trim()));
            if !applied {
                return Err(Refusal::BadCode { exists: None }.into());
            }
            cart.code = None;
        }
        CartChange::ChooseDelivery { delivery } => {
            match &delivery {
                Delivery::Pickup { store } => drop(checked_store(catalogue, store)?),
                Delivery::Ship { address: Some(address) } => checked_address(address)?,
                Delivery::Ship { address: None } => {}
            }
            cart.delivery = Some(delivery);
        }
    }
    cart.version = cart.version.saturating_add(1);
    Ok(())
}

fn add(
    catalogue: &Catalogue,
    sold: &Sold,
    cart: &mut StoredCart,
    variant: &str,
    more: u32,
) -> Result<(), No> {
    let present = cart.lines.iter().find(|line| line.variant == variant).map_or(0, |line| line.quantity);
    let quantity = present.saturating_add(more);
    check(catalogue, sold, variant, quantity)?;
    let full = cart.lines.len() >= MOST_LINES;
    match cart.lines.iter_mut().find(|line| line.variant == variant) {
        Some(line) => line.quantity = quantity,
        None if full => return Err(No::invalid("variant")),
        None => {
            cart.line_count = cart.line_count.saturating_add(1);
            let id = format!("line-{}", cart.line_count);
            cart.lines.push(StoredLine { id, variant: variant.to_owned(), quantity });
        }
    }
    Ok(())
}

fn set(
    catalogue: &Catalogue,
    sold: &Sold,
    cart: &mut StoredCart,
    line: &str,
    quantity: u32,
) -> Result<(), No> {
    let found = find(cart, line)?;
    if quantity == 0 {
        cart.lines.retain(|other| other.id != line);
        return Ok(());
    }
    check(catalogue, sold, &found.variant.clone(), quantity)?;
    find(cart, line)?.quantity = quantity;
    Ok(())
}

fn find<'a>(cart: &'a mut StoredCart, line: &str) -> Result<&'a mut StoredLine, No> {
    cart.lines.iter_mut().find(|l| l.id == line).ok_or_else(|| Refusal::UnknownLine.into())
}

/// Whether so many pieces can be had. Who wants too many hears the smaller of stock and limit.
pub(crate) fn check(catalogue: &Catalogue, sold: &Sold, variant: &str, quantity: u32) -> Result<(), No> {
    let (_, record) = catalogue.variant(variant).ok_or(Refusal::UnknownVariant)?;
    let available = sold.left(record);
    if quantity <= available.min(MOST_PIECES) {
        Ok(())
    } else if available < MOST_PIECES {
        Err(Refusal::OutOfStock { available: Some(available) }.into())
    } else {
        Err(Refusal::QuantityLimit { most: MOST_PIECES }.into())
    }
}
