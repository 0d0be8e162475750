//! What goes with what is shown.

use super::super::{Card, Reply, Talk};
use commerce::Product;
use kit::Slot;
use kit::decide::Choices;

/// Products shown beside: what is talked of stays in sight.
const MOST: usize = 3;
/// The answer does not wait long for what only stands beside it.
const SLOT: Slot = Slot::new("recommendations").share(18);

impl Talk<'_> {
    /// What the rules recommend at a place, `product` or `cart`; nothing where they recommend nothing. What is shown is
    /// what "the second one" means from now on; "it" stays what is talked of.
    pub(super) async fn beside(
        &mut self,
        choices: &Choices,
        place: &'static str,
        product: Option<&Product>,
        seeds: &[&str],
    ) -> Reply {
        let rules = self.ask.recommend(choices, SLOT, place, product, seeds).await.unwrap_or_default();
        let shown = rules.cards.get(..MOST).unwrap_or(&rules.cards);
        if shown.is_empty() {
            return Reply::default();
        }
        self.memory.show_beside(shown);
        let cards: Vec<Card> = shown.iter().map(|card| self.card(card)).collect();
        let reply = Reply::text(self.text(&format!("beside-{place}"))).and_cards(cards);
        Reply { private: rules.is_own, ..reply }
    }
}
