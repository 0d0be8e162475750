//! A bare answer to what was asked back. Anything that is a command of its own is none.

use super::super::words::{Meaning, Which, Wish};
use super::super::{Question, Reply, Talk};
use kit::Failure;

impl Talk<'_> {
    /// The reply to an answer; `None` when the message is no answer to the question.
    pub(in super::super) async fn answered(
        &mut self,
        question: &Question,
        meaning: &Meaning,
        text: &str,
    ) -> Result<Option<Reply>, Failure> {
        match question {
            Question::Which { purpose } => {
                let place = match &meaning.wish {
                    Wish::Number(number) => i32::try_from(*number).unwrap_or_default(),
                    Wish::Show(Which::Nth(place)) => *place,
                    Wish::Search(words) => match self.place_of(words) {
                        Some(place) => place,
                        None => return Ok(None),
                    },
                    _ => return Ok(None),
                };
                self.which(Which::Nth(place), purpose.clone()).await.map(Some)
            }
            Question::Variant { product, choices, purpose } => {
                if !matches!(
                    meaning.wish,
                    Wish::Search(_) | Wish::Number(_) | Wish::Add { .. } | Wish::Nothing
                ) {
                    return Ok(None);
                }
                let Some(choices) = self.chosen(product, choices, text).await? else { return Ok(None) };
                self.choose(product, choices, purpose.clone()).await.map(Some)
            }
            Question::Order => match super::super::words::order_number(text) {
                Some(number) => self.order(Some(&number)).await.map(Some),
                None => Ok(None),
            },
        }
    }

    /// The one shown product whose name has all the words.
    fn place_of(&self, words: &str) -> Option<i32> {
        let words = super::super::words::fold::tokens(words);
        let fits = |name: &str| {
            let name = super::super::words::fold::fold(name);
            !words.is_empty() && words.iter().all(|word| name.contains(&word.folded))
        };
        let mut fitting = self.memory.shown.iter().enumerate().filter(|(_, shown)| fits(&shown.name));
        match (fitting.next(), fitting.next()) {
            (Some((place, _)), None) => i32::try_from(place + 1).ok(),
            _ => None,
        }
    }
}
