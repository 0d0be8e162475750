//! A variation that a tester asks for in the page's address.

/// The variation that `url` asks for with `?KEY=NUMBER`, where `NUMBER` is below `variations`.
///
/// The key is compared as it stands, without percent-decoding; the first pair with that key counts. A number that is
/// signed, broken or too large asks for nothing.
pub fn query_string_override(key: &str, url: &str, variations: usize) -> Option<usize> {
    let (_, query) = url.split_once('?')?;
    // What follows a second `?` is not read either, as in GrowthBook.
    let query = query.split(['#', '?']).next()?;
    let (_, value) =
        query.split('&').filter_map(|pair| pair.split_once('=')).find(|(name, _)| *name == key)?;
    // `parse` alone would take "+1".
    let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    value.parse().ok().filter(|number| digits && *number < variations)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_number_forces() {
        let forced = |query: &str| query_string_override("t", &format!("https://shop.example/?{query}"), 3);
        assert_eq!(forced("t=2"), Some(2));
        assert_eq!(forced("a=1&t=0#t=2"), Some(0));
        assert_eq!(forced("t=1&t=2"), Some(1));
        for query in
            ["t=", "t", "t=+1", "t=1x", "t=1.0", "t=3", "t=99999999999999999999999", "a=t=1", "#t=1", "tt=1"]
        {
            assert_eq!(forced(query), None, "{query}");
        }
    }
}
