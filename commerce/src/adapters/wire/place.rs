//! Where in a JSON text an error lies, as a path of keys such as `data.product.variants[3].price`.

/// The path to the place of a decoding error. It walks the text once and keeps keys only.
pub(super) fn place(body: &[u8], error: &serde_json::Error) -> String {
    let before_line: usize =
        body.split_inclusive(|b| *b == b'\n').take(error.line().saturating_sub(1)).map(<[u8]>::len).sum();
    let end = (before_line + error.column()).min(body.len());
    let mut path: Vec<Step> = Vec::new();
    let mut bytes = body.iter().take(end).copied();
    // The last string seen, which a colon makes a key.
    let mut text = Vec::new();
    while let Some(byte) = bytes.next() {
        match byte {
            b'{' => path.push(Step::Key(String::new())),
            b'[' => path.push(Step::Index(0)),
            // A value that ended right at the error is still the place of it.
            b'}' | b']' if bytes.len() > 0 => drop(path.pop()),
            b',' if bytes.len() > 0 => match path.last_mut() {
                Some(Step::Index(index)) => *index += 1,
                Some(Step::Key(key)) => key.clear(),
                None => {}
            },
            b':' => {
                if let Some(Step::Key(key)) = path.last_mut() {
                    *key = String::from_utf8_lossy(&text).chars().take(40).collect();
                }
            }
            b'"' => {
                text.clear();
                while let Some(inner) = bytes.next() {
                    match inner {
                        b'"' => break,
                        b'\\' => drop(bytes.next()),
                        other => text.push(other),
                    }
                }
            }
            _ => {}
        }
        if path.len() > 64 {
            break;
        }
    }
    let mut said = String::new();
    for step in &path {
        match step {
            Step::Key(key) if key.is_empty() => {}
            Step::Key(key) if said.is_empty() => said.push_str(key),
            Step::Key(key) => said.extend([".", key]),
            Step::Index(index) => said.push_str(&format!("[{index}]")),
        }
    }
    if said.is_empty() { "its root".to_owned() } else { said }
}

enum Step {
    Key(String),
    Index(usize),
}
