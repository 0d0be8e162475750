//! Rich text of an editor as the plain text of the model; pure.
//!
//! Heads print content for a page, a television, a wrist and a chat, so the model has text without markup, which
//! each head escapes for its channel. Strapi has three forms of rich text: Markdown (`richtext`), a tree (`blocks`),
//! and HTML of editor plugins. Markdown and HTML are parsed and cleaned as a browser would read them (ammonia), so
//! that no script, style, comment or broken tag leaves its text behind.

use super::super::wire::markup;
use pulldown_cmark::{Options, Parser, html};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Trees deeper than an editor makes them are cut.
const DEEPEST: usize = 16;

/// The text of a field in any of the three forms, at most so many characters; paragraphs are parted by an empty
/// line.
pub(super) fn text(field: &Value, most: usize) -> String {
    let text = match field {
        Value::String(text) if text.trim_start().starts_with('<') => plain(text),
        Value::String(text) => {
            let mut page = String::new();
            html::push_html(&mut page, Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH));
            plain(&page)
        }
        Value::Array(nodes) => {
            let mut text = String::new();
            nodes.iter().for_each(|node| block(node, 0, &mut text));
            tidy(&text)
        }
        _ => String::new(),
    };
    text.chars().take(most).collect()
}

/// Only what parts the text survives; then that is gone, too.
fn plain(html: &str) -> String {
    let parting = HashSet::from(["p", "div", "ul", "ol", "li", "br", "h1", "h2", "h3", "h4"]);
    // What these hold is no text for readers.
    let dropped =
        HashSet::from(["script", "style", "iframe", "object", "template", "textarea", "title", "svg"]);
    let clean = ammonia::Builder::empty()
        .tags(parting)
        .clean_content_tags(dropped)
        .generic_attributes(HashSet::new())
        .tag_attributes(HashMap::new())
        .clean(html)
        .to_string();
    // A line's end in HTML is a blank, and so is one in Markdown.
    markup::plain(&clean.replace('\n', " "))
}

/// A node of Strapi's tree of blocks: paragraphs, headings, quotes, code and lists. A link keeps its words alone.
fn block(node: &Value, depth: usize, text: &mut String) {
    if depth > DEEPEST {
        return;
    }
    if let Some(words) = node.get("text").and_then(Value::as_str) {
        text.push_str(words);
    }
    let children = node.get("children").and_then(Value::as_array);
    children.into_iter().flatten().for_each(|child| block(child, depth + 1, text));
    match node.get("type").and_then(Value::as_str).unwrap_or_default() {
        "paragraph" | "heading" | "quote" | "code" | "list" => text.push_str("\n\n"),
        "list-item" => text.push('\n'),
        _ => {}
    }
}

/// Lines without blanks around them, never two empty ones together.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for line in text.lines().map(str::trim) {
        if !line.is_empty() || !(tidy.is_empty() || tidy.ends_with("\n\n")) {
            tidy.push_str(line);
            tidy.push('\n');
        }
    }
    tidy.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::text;
    use serde_json::json;

    #[test]
    fn markdown_and_html_become_text_and_nothing_of_a_script_is_left() {
        for (rich, plain) in [
            ("One **bold** word.\n\nAnd a [link](javascript:alert(1)).", "One bold word.\n\nAnd a link."),
            ("# Head\n\n- a\n- b", "Head\n\na\nb"),
            ("Fish & chips, 5 < 6", "Fish & chips, 5 < 6"),
            ("<p>One &amp; <b>two</b></p><p>three</p>", "One & two\n\nthree"),
            ("<p>a</p><script>alert('x')</script><p>b</p>", "a\n\nb"),
            ("before <script>alert(1)</script> after", "before  after"),
            ("<p title=\"a>b\">text</p>", "text"),
            ("<!-- a > b --><p>text</p>", "text"),
            ("<p>text<img src=x onerror=alert(1)></p>", "text"),
            ("<p/onclick=alert(1)>text", "text"),
            ("<svg><style><img src=x onerror=alert(1)></style></svg><p>text</p>", "text"),
            (
                "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
                "",
            ),
            ("<scr<script>x</script>ipt>alert(1)", "xipt>alert(1)"),
            ("", ""),
        ] {
            assert_eq!(text(&json!(rich), 1000), plain, "{rich}");
        }
    }

    #[test]
    fn a_tree_becomes_paragraphs_and_lines_however_deep_it_is() {
        let tree = json!([
            {"type": "heading", "level": 2, "children": [{"type": "text", "text": "Rain"}]},
            {"type": "paragraph", "children": [
                {"type": "text", "text": "Cotton that "},
                {"type": "text", "bold": true, "text": "shrugs"},
                {"type": "link", "url": "javascript:alert(1)", "children": [{"type": "text", "text": " it off"}]}
            ]},
            {"type": "list", "format": "unordered", "children": [
                {"type": "list-item", "children": [{"type": "text", "text": "one"}]},
                {"type": "list-item", "children": [{"type": "text", "text": "two"}]}
            ]},
            {"type": "paragraph", "children": [{"type": "text", "text": "<b>as typed</b>"}]}
        ]);
        let words = "Rain\n\nCotton that shrugs it off\n\none\ntwo\n\n<b>as typed</b>";
        assert_eq!(text(&tree, 1000), words);
        assert_eq!(text(&tree, 4), "Rain");
        let mut deep = json!({"type": "text", "text": "deep"});
        for _ in 0..100 {
            deep = json!({"type": "paragraph", "children": [deep]});
        }
        assert_eq!(text(&json!([deep]), 1000), "");
        for odd in [json!(null), json!(7), json!({"a": 1}), json!([null, 7, "x", {"children": 7}])] {
            assert_eq!(text(&odd, 1000), "", "{odd}");
        }
    }
}
