//! Words as they are compared: without capitals, accents and the spellings that people mix up.

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// As typed.
    pub raw: String,
    /// As compared.
    pub folded: String,
}

/// Parts a text into words.
pub fn tokens(text: &str) -> Vec<Token> {
    let joined: String = text.chars().filter(|c| !is_apostrophe(*c) && !is_mark(*c)).collect();
    let words = joined.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|raw| Token { raw: raw.to_owned(), folded: fold(raw) }).collect()
}

/// A text as it is compared.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            'á' | 'à' | 'â' | 'ã' | 'å' => folded.push('a'),
            'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'í' | 'ì' | 'î' | 'ï' => folded.push('i'),
            'ó' | 'ò' | 'ô' | 'õ' => folded.push('o'),
            'ú' | 'ù' | 'û' => folded.push('u'),
            'ç' => folded.push('c'),
            'ñ' => folded.push('n'),
            'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
            'ة' => folded.push('ه'),
            'ى' | 'ئ' => folded.push('ي'),
            'ؤ' => folded.push('و'),
            '٠'..='٩' => folded.extend(digit(character, '٠')),
            '۰'..='۹' => folded.extend(digit(character, '۰')),
            other if is_mark(other) => {}
            other => folded.push(other),
        }
    }
    folded
}

/// The forms under which an Arabic word may be listed: without the article and the letters that are
/// written in one with the next word. Other words have the one form.
pub fn forms(folded: &str) -> Vec<&str> {
    const PREFIXES: [&str; 9] = ["وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل"];
    let bare = PREFIXES.iter().filter_map(|prefix| folded.strip_prefix(prefix));
    let bare = bare.filter(|rest| rest.chars().count() >= 3);
    std::iter::once(folded).chain(bare).collect()
}

fn digit(character: char, zero: char) -> Option<char> {
    char::from_digit(u32::from(character).checked_sub(u32::from(zero))?, 10)
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | '`' | '´')
}

/// Arabic vowel signs and the stretch; combining accents.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' | '\u{300}'..='\u{36f}' | '\u{200c}'..='\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.folded).collect()
    }

    #[test]
    fn words_compare_without_dress() {
        assert_eq!(
            folded("I'd like 2x Café-Crème, PLEASE!"),
            ["id", "like", "2x", "cafe", "creme", "please"]
        );
        assert_eq!(folded("Größe für Füße"), ["groesse", "fuer", "fuesse"]);
        assert_eq!(folded("أَضِفْ إلى السلّة ٣"), ["اضف", "الي", "السله", "3"]);
        assert_eq!(folded("…!?"), Vec::<String>::new());
    }

    #[test]
    fn an_arabic_word_is_also_seen_without_its_article() {
        assert!(forms("بالسله").contains(&"سله") && forms("للسله").contains(&"سله"));
        assert_eq!(forms("basket"), ["basket"]);
    }
}
