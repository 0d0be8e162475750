//! The orders that were read, with a number for each name.

use std::collections::HashMap;

/// Which products were ordered together. Take them in with [`Orders::read`], from as many inputs as there are; an order
/// that comes twice (exports overlap) is one order.
#[derive(Debug, Default)]
pub struct Orders {
    pub(super) products: Names,
    pub(super) orders: Names,
    pub(super) shoppers: Names,
    pub(super) lines: Vec<Line>,
    /// By the order's number.
    pub(super) heads: Vec<Head>,
}

/// One line of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    pub(super) order: u32,
    pub(super) product: u32,
    /// Less than 0 for what was sent back.
    pub(super) quantity: i32,
}

/// What is known of a whole order.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Head {
    pub(super) shopper: Option<u32>,
    /// Seconds since 1970.
    pub(super) time: Option<i64>,
}

/// What one event says of a product in an order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Event<'l> {
    pub(super) order: &'l str,
    pub(super) product: &'l str,
    pub(super) quantity: i32,
    pub(super) time: Option<i64>,
    pub(super) shopper: Option<&'l str>,
}

impl Orders {
    pub(super) fn add(&mut self, event: Event<'_>) {
        let order = self.orders.number(event.order);
        let shopper = event.shopper.map(|shopper| self.shoppers.number(shopper));
        let place = usize::try_from(order).unwrap_or(usize::MAX);
        if place == self.heads.len() {
            self.heads.push(Head::default());
        }
        if let Some(head) = self.heads.get_mut(place) {
            head.time = head.time.max(event.time);
            head.shopper = head.shopper.or(shopper);
        }
        let product = self.products.number(event.product);
        self.lines.push(Line { order, product, quantity: event.quantity });
    }
}

/// Numbers for names, from 0 in the order of their coming.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<Box<str>, u32>);

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.0.get(name) {
            return *number;
        }
        // Four billion names do not fit into memory.
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.insert(name.into(), next);
        next
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The names by their numbers.
    pub(super) fn list(&self) -> Vec<&str> {
        let mut names: Vec<(u32, &str)> = self.0.iter().map(|(name, number)| (*number, &**name)).collect();
        names.sort_unstable();
        names.into_iter().map(|(_, name)| name).collect()
    }
}
