//! Text to and from Slack's mrkdwn (<https://docs.slack.dev/messaging/formatting-message-text>, 2026-11).

/// Escapes what Slack reads as a link, mention or entity, and cuts so that the escaped text has at most
/// `most` characters; says whether anything was cut. Never cuts through an entity.
pub fn fitted(text: &str, most: usize) -> (String, bool) {
    let mut escaped = String::with_capacity(text.len());
    let mut length = 0;
    // One place is kept for the ellipsis.
    let mut fitting = 0;
    for character in text.chars().filter(|c| !c.is_control() || *c == '\n') {
        let piece = match character {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            _ => "",
        };
        length += piece.len().max(1);
        if length > most {
            escaped.truncate(fitting);
            escaped.push('…');
            return (escaped, true);
        }
        match piece {
            "" => escaped.push(character),
            piece => escaped.push_str(piece),
        }
        if length < most {
            fitting = escaped.len();
        }
    }
    (escaped, false)
}

/// Plain words of a message as Slack sends it: mentions go, links keep their words, entities are read.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        let Some((inside, behind)) = after.split_once('>') else {
            rest = after;
            break;
        };
        let (target, label) = inside.split_once('|').unwrap_or((inside, ""));
        match (target.chars().next(), label) {
            (Some('@' | '!'), _) | (None, _) => {}
            (Some(_), "") => plain.push_str(target.trim_start_matches("mailto:")),
            (Some(_), label) => plain.push_str(label),
        }
        rest = behind;
    }
    plain.push_str(rest);
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_is_a_link_or_a_mention() {
        let (text, cut) = fitted("<!channel> & <https://evil.test|click>", 100);
        assert_eq!(text, "&lt;!channel&gt; &amp; &lt;https://evil.test|click&gt;");
        assert!(!cut && !text.contains('<'));
    }

    #[test]
    fn a_cut_text_fits_exactly_and_no_entity_is_halved() {
        for most in 2..20 {
            let (text, cut) = fitted("ab<cd>&é🙂", most);
            assert!(text.chars().count() <= most, "{text} at {most}");
            assert_eq!(cut, text.ends_with('…'), "{text}");
            let bare = text.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "");
            assert!(!bare.contains('&'), "{text}");
        }
        assert_eq!(fitted("abc", 3), ("abc".to_owned(), false));
        assert_eq!(fitted("abcd", 3), ("ab…".to_owned(), true));
        assert_eq!(fitted("ab<", 5), ("ab…".to_owned(), true));
    }

    #[test]
    fn mentions_go_and_words_stay() {
        assert_eq!(plain("<@U012AB3CD> show <https://x.test|coats> &amp; hats"), "show coats & hats");
        assert_eq!(plain("&lt;b&gt; <!here> <mailto:a@b.test|a@b.test>"), "<b>  a@b.test");
        assert_eq!(plain("a < b"), "a  b");
        assert_eq!(plain(""), "");
    }
}
