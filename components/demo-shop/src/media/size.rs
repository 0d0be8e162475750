//! Sets the size of a drawing, so that a TV gets a picture as large as it shows it.

/// The drawing `width` pixels wide and as high as its `viewBox` says; `None` when it has none to go by.
pub(crate) fn sized(drawing: &str, width: u32) -> Option<String> {
    let (before, rest) = drawing.split_once("<svg")?;
    let (attributes, after) = attributes(rest)?;
    let view = attributes.iter().find(|(name, _)| *name == "viewBox").map(|(_, value)| *value)?;
    let numbers: Vec<f64> =
        view.split([' ', ',']).filter(|n| !n.is_empty()).map_while(|n| n.parse().ok()).collect();
    let [_, _, wide, high] = numbers.as_slice() else { return None };
    let height = (f64::from(width) * high / wide).round();
    if !(height.is_finite() && (1.0..=20_000.0).contains(&height)) {
        return None;
    }
    let mut sized = format!("{before}<svg");
    for (name, value) in attributes.iter().filter(|(name, _)| !matches!(*name, "width" | "height")) {
        // Values are kept in the quotes that they came in.
        sized.push_str(&format!(
            " {name}={quote}{value}{quote}",
            quote = if value.contains('"') { '\'' } else { '"' }
        ));
    }
    sized.push_str(&format!(" width=\"{width}\" height=\"{height}\"{after}"));
    Some(sized)
}

/// The attributes of a tag, and the text from its end (`>` or `/>`) on.
fn attributes(mut rest: &str) -> Option<(Vec<(&str, &str)>, &str)> {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.starts_with('>') || rest.starts_with("/>") {
            return Some((found, rest));
        }
        let (name, value) = rest.split_once('=')?;
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = value.strip_prefix(quote)?.split_once(quote)?;
        found.push((name.trim_end(), value));
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::sized;

    #[test]
    fn the_root_gets_its_size_and_keeps_the_rest() {
        let drawing = "<?xml version=\"1.0\"?>\n<svg xmlns='http://www.w3.org/2000/svg' width=\"10\" viewBox=\"0 0 960 1200\">\
            <rect width=\"5\"/></svg>";
        let sized = sized(drawing, 480).unwrap();
        assert_eq!(
            sized,
            "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 960 1200\" width=\"480\" height=\"600\">\
             <rect width=\"5\"/></svg>"
        );
    }

    #[test]
    fn odd_drawings_are_left_alone() {
        for odd in [
            "",
            "<svg",
            "<svg>",
            "<svg viewBox=\"0 0 0 0\">",
            "<svg viewBox=\"0 0 x 1\">",
            "<svg viewBox>",
            "<svg viewBox=0 0 1 1>",
            "<svg viewBox=\"0 0 1 1e300\">",
            "<svg viewBox=\"0 0 -1 1\">",
        ] {
            assert_eq!(sized(odd, 480), None, "{odd}");
        }
    }
}
