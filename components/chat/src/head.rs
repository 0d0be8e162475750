//! The chat head's addresses, and who answers them.

use crate::{browser, slack};
use http::Method;
use kit::{Answer, Ask, Failure, Head, Routes};
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

/// Interface texts, English first.
pub const TEXTS: &[(&str, &str)] = &[
    ("en", include_str!("../texts/en.ftl")),
    ("de", include_str!("../texts/de.ftl")),
    ("ar", include_str!("../texts/ar.ftl")),
];

/// The chat head.
pub struct Chat;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// `/chat`, which is `/chat/`.
    Door,
    /// The page to talk on.
    Talk,
    /// A message from the page without JavaScript.
    Say,
    /// A message as JSON.
    Messages,
    /// A cart that comes from another channel, to be taken to the checkout.
    Handover,
    /// Takes it.
    TakeOver,
    /// The page's style sheet.
    Style,
    /// The page's script.
    Script,
    /// Finch.
    Finch,
    /// Slack's Events API.
    SlackEvents,
    /// Slack's slash command.
    SlackCommands,
    /// Slack's pressed buttons.
    SlackInteractions,
}

static ROUTES: LazyLock<(Routes<Page>, Vec<String>)> = LazyLock::new(|| {
    Routes::new(&[
        (Method::GET, "/chat", Page::Door),
        (Method::GET, "/chat/", Page::Talk),
        (Method::POST, "/chat/", Page::Say),
        (Method::POST, "/chat/messages", Page::Messages),
        (Method::GET, "/chat/basket", Page::Handover),
        (Method::POST, "/chat/basket", Page::TakeOver),
        (Method::GET, "/chat/style.css", Page::Style),
        (Method::GET, "/chat/talk.js", Page::Script),
        (Method::GET, "/chat/finch.svg", Page::Finch),
        (Method::POST, "/chat/slack/events", Page::SlackEvents),
        (Method::POST, "/chat/slack/commands", Page::SlackCommands),
        (Method::POST, "/chat/slack/interactions", Page::SlackInteractions),
    ])
});

impl Head for Chat {
    type Page = Page;

    const CHANNEL: &'static str = "chat";

    // Slack takes no answer later than 3 s (heads.md; https://docs.slack.dev, 2026-11).
    const BUDGET: Duration = Duration::from_millis(2500);

    fn routes() -> &'static Routes<Page> {
        &ROUTES.0
    }

    fn texts() -> &'static [(&'static str, &'static str)] {
        TEXTS
    }

    fn is_webhook(page: Page) -> bool {
        matches!(page, Page::SlackEvents | Page::SlackCommands | Page::SlackInteractions)
    }

    async fn answer(page: Page, ask: &Rc<Ask>) -> Result<Answer, Failure> {
        match page {
            Page::Door => Ok(Answer::see_other("/chat/")),
            Page::Talk => browser::page::open(ask).await,
            Page::Say => browser::page::say(ask).await,
            Page::Messages => browser::messages::answer(ask).await,
            Page::Handover => browser::handover::show(ask).await,
            Page::TakeOver => browser::handover::take(ask),
            Page::Style => Ok(browser::style()),
            Page::Script => Ok(browser::script()),
            Page::Finch => Ok(browser::finch()),
            Page::SlackEvents => slack::events::answer(ask).await,
            Page::SlackCommands => slack::commands::answer(ask).await,
            Page::SlackInteractions => slack::interactions::answer(ask).await,
        }
    }

    fn fail(ask: &Ask, failure: &Failure) -> Answer {
        match ask.path() {
            path if path.starts_with("/chat/slack/") => slack::fail(ask, failure),
            "/chat/messages" => browser::messages::fail(ask, failure),
            _ => browser::page::fail(ask, failure),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_clashes_and_no_text_is_missing() {
        assert_eq!(ROUTES.1, Vec::<String>::new());
        assert_eq!(kit::locale::missing_keys(TEXTS), Vec::<String>::new());
    }

    #[test]
    fn only_slack_may_post_from_elsewhere() {
        let foreign = [Page::SlackEvents, Page::SlackCommands, Page::SlackInteractions];
        assert!(foreign.into_iter().all(Chat::is_webhook));
        assert!(![Page::Say, Page::Messages, Page::TakeOver].into_iter().any(Chat::is_webhook));
    }
}
