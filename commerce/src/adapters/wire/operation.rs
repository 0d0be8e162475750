//! Whether a GraphQL document only reads (the GraphQL specification, section 2.3, "Operations").

/// Whether every operation of a document is a query. Anything that cannot be told is taken for a write.
pub(super) fn only_reads(document: &str) -> bool {
    let mut rest = document.chars();
    let mut depth = 0_u32;
    // The first word of a definition says what it is; a bare `{` begins a query.
    let (mut word, mut told) = (String::new(), false);
    let mut queries = 0_u32;
    while let Some(c) = rest.next() {
        if depth == 0 && !told && !in_word(c) && !word.is_empty() {
            match word.as_str() {
                "query" => queries = queries.saturating_add(1),
                "fragment" => {}
                _ => return false,
            }
            told = true;
        }
        match c {
            '#' => drop(rest.find(|c| *c == '\n')),
            // A text in three marks: none of our documents has one, so it is not told apart from anything.
            '"' if rest.as_str().starts_with("\"\"") => return false,
            '"' => skip_text(&mut rest),
            '{' | '(' | '[' => {
                if depth == 0 && !told {
                    (told, queries) = (true, queries.saturating_add(1));
                }
                depth = depth.saturating_add(1);
            }
            '}' | ')' | ']' => {
                let Some(less) = depth.checked_sub(1) else { return false };
                depth = less;
                if depth == 0 && c == '}' {
                    told = false;
                    word.clear();
                }
            }
            c if depth == 0 && !told && in_word(c) => word.push(c),
            _ => {}
        }
    }
    depth == 0 && queries > 0 && word.is_empty()
}

fn in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Goes behind the closing quotation mark.
fn skip_text(rest: &mut std::str::Chars<'_>) {
    while let Some(c) = rest.next() {
        match c {
            '\\' => drop(rest.next()),
            '"' => return,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::only_reads;

    #[test]
    fn queries_read_and_all_else_writes() {
        for reads in [
            "{ shop }",
            "query { shop }",
            "query Product($id: ID! = \"a}b\") { product(id: $id) { id } }",
            "# mutation of nothing\nquery A { a }",
            "query A { ...mutation }\nfragment mutation on Mutation { id }",
            "fragment F on P { id } query A { a }",
            "query A @cached(mutation: {x: 1}) { mutation }",
        ] {
            assert!(only_reads(reads), "{reads}");
        }
        for writes in [
            "",
            "mutation { done }",
            "mutation Add($line: ID!) { done: add(line: $line) { id } }",
            "query A { a } mutation B { b }",
            "fragment F on P { id }\nmutation B { b }",
            "fragment F on P { id }",
            "subscription S { s }",
            "query A { a }}",
            "query A { a ",
            "query A { a } mutation",
            "query_like { a }",
            "query A($a: S = \"\"\"x\"\"\") { a }",
        ] {
            assert!(!only_reads(writes), "{writes}");
        }
    }
}
