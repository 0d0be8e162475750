//! Letters to type with, in the order that people of a language know.

/// Three rows of keys for a language, digits last.
pub(super) fn rows(language: &str) -> Vec<Vec<String>> {
    let rows: [&str; 3] = match language {
        "de" => ["abcdefghijklmn", "opqrstuvwxyzäö", "üß-1234567890"],
        "ar" => ["ابتثجحخدذرزسش", "صضطظعغفقكلمنه", "ويءة1234567890"],
        _ => ["abcdefghijklm", "nopqrstuvwxyz", "-&'1234567890"],
    };
    rows.into_iter().map(|row| row.chars().map(String::from).collect()).collect()
}
