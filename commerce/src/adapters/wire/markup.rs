//! HTML where the model has plain text.

/// The text of a piece of HTML: paragraphs and line breaks become lines, everything else between `<` and
/// `>` goes, scripts and styles with what they hold. The result is still untrusted text for a template to
/// escape, never HTML.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let Some((tag, after)) = after.split_once('>') else {
            rest = "";
            break;
        };
        let closing = tag.starts_with('/');
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        rest = after;
        match name.to_ascii_lowercase().as_str() {
            "p" | "div" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" if closing => text.push_str("\n\n"),
            "br" => text.push('\n'),
            "li" if closing => text.push('\n'),
            hidden @ ("script" | "style") if !closing => {
                let end = format!("</{hidden}");
                // ASCII lower case keeps every byte in its place.
                let at = after.to_ascii_lowercase().find(&end);
                rest = at.and_then(|at| after.get(at..)).unwrap_or_default();
            }
            _ => {}
        }
    }
    text.push_str(rest);
    let text = decode(&text);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut tidy = String::new();
    for line in lines {
        if line.is_empty() && (tidy.is_empty() || tidy.ends_with("\n\n")) {
            continue;
        }
        tidy.push_str(line);
        tidy.push('\n');
    }
    tidy.trim().to_owned()
}

/// The entities that editors write; an unknown one stays as it is.
fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        match after.split_once(';').and_then(|(name, after)| Some((entity(name)?, after))) {
            Some((character, after)) => {
                decoded.push(character);
                rest = after;
            }
            None => {
                decoded.push('&');
                rest = after;
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn html_becomes_lines_of_text() {
        for (html, text) in [
            ("<p>One &amp; two</p><p>Three<br/>four</p>", "One & two\n\nThree\nfour"),
            ("plain text", "plain text"),
            ("<script>alert('<p>')</script>after", "after"),
            ("<SCRIPT>x", ""),
            ("a < b", "a"),
            ("&#233;&#x27;&unknown;&", "\u{e9}'&unknown;&"),
            ("&#0;&#xFFFFFFFF;", "&#0;&#xFFFFFFFF;"),
            ("&lt;script&gt;", "<script>"),
            ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ] {
            assert_eq!(plain(html), text, "{html}");
        }
    }
}
