//! A reply as Block Kit, fitted to Slack's limits by priority: texts, choices and links first, then as many
//! cards as there is room for; what was cut is said.

use super::limits::{self, BLOCKS, TOTAL};
use super::text::fitted;
use crate::talk::{Button, Card, Part, Reply};
use kit::Locale;
use serde_json::{Value, json};

/// A message for Slack.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Block Kit blocks.
    pub blocks: Vec<Value>,
    /// For notifications and screen readers.
    pub text: String,
    /// Whether nobody else may see it.
    pub private: bool,
    /// What did not fit.
    pub cut: Cut,
}

/// What did not fit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cut {
    /// Whole cards.
    pub cards: u32,
    /// Texts that were shortened or left out.
    pub texts: u32,
    /// Buttons whose payload is too long.
    pub buttons: u32,
}

impl Cut {
    /// For a header or the log: `cards=3, texts=1`; `None` when all fitted.
    pub fn summary(self) -> Option<String> {
        let counts = [("cards", self.cards), ("texts", self.texts), ("buttons", self.buttons)];
        let cut: Vec<String> = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| format!("{name}={count}"))
            .collect();
        (!cut.is_empty()).then(|| cut.join(", "))
    }
}

/// Writes replies for one site.
pub struct Writer<'a> {
    /// `https://host` of a site that Slack can reach; `None` leaves pictures and links to products out.
    pub site: Option<&'a str>,
    /// For what was cut.
    pub locale: &'a Locale,
}

/// Blocks that stand or fall together.
struct Group {
    blocks: Vec<Value>,
    size: usize,
    is_card: bool,
}

impl Writer<'_> {
    /// Writes a reply.
    pub fn write(&self, reply: &Reply) -> Message {
        let mut draft = Draft { writer: self, cut: Cut::default(), elements: 0 };
        let groups: Vec<Group> = reply.parts.iter().flat_map(|part| draft.groups(part)).collect();
        let mut cut = draft.cut;
        let blocks = self.fit(groups, &mut cut);
        Message { blocks, text: fallback(reply), private: reply.private, cut }
    }

    fn fit(&self, groups: Vec<Group>, cut: &mut Cut) -> Vec<Value> {
        // Room for the block that says what was cut.
        let (mut room, mut size) = (BLOCKS - 1, TOTAL - 400);
        let mut kept = vec![false; groups.len()];
        for cards in [false, true] {
            let mut full = false;
            for (group, keep) in groups.iter().zip(&mut kept).filter(|(group, _)| group.is_card == cards) {
                // After the first card that does not fit none follows, so that the best ones are shown.
                full |= group.blocks.len() > room || group.size > size;
                if full {
                    match group.is_card {
                        true => cut.cards += 1,
                        false => cut.texts += 1,
                    }
                    continue;
                }
                *keep = true;
                room -= group.blocks.len();
                size -= group.size;
            }
        }
        let kept = groups.into_iter().zip(kept).filter(|(_, keep)| *keep);
        let mut blocks: Vec<Value> = kept.flat_map(|(group, _)| group.blocks).collect();
        let note = match (cut.cards, cut.texts) {
            (0, 0) => None,
            (0, _) => Some(self.locale.text("cut-text").to_owned()),
            (cards, _) => Some(self.locale.count("cut-cards", cards)),
        };
        blocks.extend(note.map(|note| json!({ "type": "context", "elements": [plain_text(&note, 300).0] })));
        blocks
    }

    fn address(&self, path: &str, most: usize) -> Option<String> {
        let address = match path.strip_prefix('/') {
            Some(_) if !path.starts_with("//") => format!("{}{path}", self.site?),
            _ => path.to_owned(),
        };
        let parsed = url::Url::parse(&address).ok().filter(|url| url.scheme() == "https")?;
        let address = parsed.to_string();
        (address.chars().count() <= most).then_some(address)
    }
}

struct Draft<'a> {
    writer: &'a Writer<'a>,
    cut: Cut,
    elements: usize,
}

impl Draft<'_> {
    fn groups(&mut self, part: &Part) -> Vec<Group> {
        match part {
            Part::Text { text } => {
                let text = self.mrkdwn(text, limits::SECTION);
                vec![group(vec![json!({ "type": "section", "text": text })], false)]
            }
            Part::Cards { cards } => cards.iter().map(|card| group(self.card(card), true)).collect(),
            Part::Choices { buttons } => {
                self.actions(buttons).into_iter().map(|block| group(vec![block], false)).collect()
            }
            Part::Link { label, url } => {
                let Some(url) = self.writer.address(url, limits::URL) else { return Vec::new() };
                let (label, _) = plain_text(label, limits::BUTTON);
                let button = json!({ "type": "button", "text": label, "url": url, "style": "primary", "action_id": self.id() });
                vec![group(vec![json!({ "type": "actions", "elements": [button] })], false)]
            }
        }
    }

    fn card(&mut self, card: &Card) -> Vec<Value> {
        let (title, _) = fitted(&one_line(&card.title), 300);
        let title = if title.is_empty() { "–".to_owned() } else { title };
        let link = card.link.as_deref().and_then(|link| self.writer.address(link, 1000));
        // An address holds no `<`, `>` or `|` once the URL parser wrote it.
        let mut text = match link.filter(|link| !link.contains(['<', '>', '|'])) {
            Some(link) => format!("*<{link}|{title}>*"),
            None => format!("*{title}*"),
        };
        let price = match (&card.price, &card.was) {
            (Some(price), Some(was)) => format!("\n{price} (~{was}~)"),
            (Some(price), None) => format!("\n{price}"),
            (None, _) => String::new(),
        };
        let (price, _) = fitted(&price, 200);
        let (subtitle, cut) = fitted(card.subtitle.trim(), 1200);
        self.cut.texts += u32::from(cut);
        if !subtitle.is_empty() {
            text = format!("{text}\n{subtitle}");
        }
        let text = json!({ "type": "mrkdwn", "text": format!("{text}{price}"), "verbatim": true });
        let mut section = json!({ "type": "section", "text": text });
        if let (Some(image), Some(fields)) = (self.image(card), section.as_object_mut()) {
            fields.insert("accessory".to_owned(), image);
        }
        let mut blocks = vec![section];
        blocks.extend(self.actions(&card.buttons));
        blocks
    }

    /// A picture that Slack can fetch. It draws PNG, JPEG and GIF, and refuses the whole message for a
    /// picture that it cannot read, so an SVG is left out.
    fn image(&self, card: &Card) -> Option<Value> {
        let picture = card.image.as_ref()?;
        let url = self.writer.address(&picture.url, limits::IMAGE_URL)?;
        let is_drawn =
            url::Url::parse(&url).is_ok_and(|url| !url.path().to_ascii_lowercase().ends_with(".svg"));
        let alt: String = one_line(&picture.alt).chars().take(limits::ALT).collect();
        let alt = if alt.is_empty() { "–".to_owned() } else { alt };
        is_drawn.then(|| json!({ "type": "image", "image_url": url, "alt_text": alt }))
    }

    fn actions(&mut self, buttons: &[Button]) -> Vec<Value> {
        let elements: Vec<Value> = buttons.iter().filter_map(|button| self.button(button)).collect();
        elements.chunks(limits::ELEMENTS).map(|some| json!({ "type": "actions", "elements": some })).collect()
    }

    fn button(&mut self, button: &Button) -> Option<Value> {
        let value = serde_json::to_string(&button.action).unwrap_or_default();
        let (label, _) = plain_text(&button.label, limits::BUTTON);
        if value.is_empty() || value.chars().count() > limits::VALUE {
            self.cut.buttons += 1;
            return None;
        }
        Some(json!({ "type": "button", "text": label, "value": value, "action_id": self.id() }))
    }

    fn id(&mut self) -> String {
        self.elements += 1;
        format!("say-{}", self.elements)
    }

    fn mrkdwn(&mut self, text: &str, most: usize) -> Value {
        let (text, cut) = fitted(text.trim(), most);
        self.cut.texts += u32::from(cut);
        let text = if text.is_empty() { "–".to_owned() } else { text };
        json!({ "type": "mrkdwn", "text": text, "verbatim": true })
    }
}

fn group(blocks: Vec<Value>, is_card: bool) -> Group {
    let size = blocks.iter().map(|block| block.to_string().chars().count()).sum();
    Group { blocks, size, is_card }
}

/// A plain text object; Slack shows `&lt;` in it as `<` too.
fn plain_text(text: &str, most: usize) -> (Value, bool) {
    let (text, cut) = fitted(&one_line(text), most);
    let text = if text.is_empty() { "–".to_owned() } else { text };
    (json!({ "type": "plain_text", "text": text, "emoji": false }), cut)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn fallback(reply: &Reply) -> String {
    let lines = reply.parts.iter().flat_map(|part| match part {
        Part::Text { text } => vec![text.clone()],
        Part::Cards { cards } => cards
            .iter()
            .map(|card| {
                [Some(card.title.clone()), card.price.clone()]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(", ")
            })
            .collect(),
        Part::Choices { .. } | Part::Link { .. } => Vec::new(),
    });
    let text = fitted(&lines.collect::<Vec<_>>().join("\n"), limits::FALLBACK).0;
    if text.is_empty() { "–".to_owned() } else { text }
}

#[cfg(test)]
#[path = "blocks_tests.rs"]
mod tests;
