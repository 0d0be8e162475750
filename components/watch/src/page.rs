//! `/watch/`: a page that shows the glances on a drawn watch.

use kit::template::Templates;
use kit::{Answer, Ask, Failure, Trouble, answer::Keep};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The templates; the second value names what does not parse, which is nothing.
pub static TEMPLATES: LazyLock<(Templates, Vec<String>)> =
    LazyLock::new(|| Templates::new(&[("shell.html", include_str!("../templates/shell.html"))]));

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The parts of the page, each with its type.
pub const ASSETS: &[(&str, &str, &[u8])] = &[
    ("watch.css", "text/css; charset=utf-8", include_bytes!("assets/watch.css")),
    ("main.js", SCRIPT, include_bytes!("assets/main.js")),
    ("face.js", SCRIPT, include_bytes!("assets/face.js")),
    ("icon.svg", "image/svg+xml", include_bytes!("assets/icon.svg")),
];

/// A face: the size of a watch's screen in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Face {
    name: &'static str,
    width: u32,
    height: u32,
}

/// The screens of an Apple Watch of 45 mm and of 40 mm (Apple, Human Interface Guidelines, 2026-11).
const FACES: [Face; 2] =
    [Face { name: "large", width: 396, height: 484 }, Face { name: "small", width: 324, height: 394 }];

#[derive(Serialize)]
struct ShellView<'a> {
    language: &'a str,
    direction: &'a str,
    market: String,
    texts: &'a BTreeMap<String, String>,
    faces: Vec<Face>,
}

/// The page; it asks for the glances by itself. `?size=324x394` shows one watch alone.
///
/// # Errors
/// `BadInput` for a size that there is not; when it cannot be printed.
pub fn shell(ask: &Ask) -> Result<Answer, Failure> {
    let wanted = ask.query.get("size");
    let is_wanted = |face: &Face| {
        wanted.is_none_or(|size| size == face.name || size == format!("{}x{}", face.width, face.height))
    };
    let faces: Vec<Face> = FACES.into_iter().filter(is_wanted).collect();
    if faces.is_empty() {
        return Err(Failure::bad_input("size"));
    }
    let view = ShellView {
        language: ask.locale.tag(),
        direction: ask.locale.direction(),
        market: ask.market.id(),
        texts: ask.locale.texts(),
        faces,
    };
    let mut answer = Answer::html(TEMPLATES.0.print("shell.html", &view)?);
    answer.keep = Keep::Hour;
    Ok(answer)
}

/// A part of the page.
///
/// # Errors
/// `UnknownRoute` when there is no such part.
pub fn asset(ask: &Ask) -> Result<Answer, Failure> {
    let wanted = ask.part("name");
    let found = ASSETS.iter().find(|(name, ..)| *name == wanted);
    let (_, content_type, bytes) = found.ok_or_else(|| Failure::new(Trouble::UnknownRoute))?;
    Ok(Answer::asset(content_type, bytes, Keep::Hour))
}
