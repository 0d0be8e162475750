use super::super::lexicon::lexicon;
use super::*;

fn wish(language: &str, text: &str) -> Wish {
    read(lexicon(language), text).wish
}

fn add(which: Which, quantity: Option<u32>) -> Wish {
    Wish::Add { which, quantity }
}

fn words(text: &str) -> Which {
    Which::Words(text.to_owned())
}

#[test]
fn english_is_understood() {
    for (text, expected) in [
        ("Hi there", Wish::Greet),
        ("thanks!", Wish::Thank),
        ("could you please show me trench coats?", Wish::Search("trench coats".into())),
        ("the second one", Wish::Show(Which::Nth(2))),
        ("show me the last one please", Wish::Show(Which::Nth(-1))),
        ("2", Wish::Number(2)),
        ("two of the first", add(Which::Nth(1), Some(2))),
        ("2x", add(Which::It, Some(2))),
        ("add 2", add(Which::Unsaid, Some(2))),
        ("add it to my basket", add(Which::It, None)),
        ("add the third one", add(Which::Nth(3), None)),
        ("buy two beeswax candles", add(words("beeswax candles"), Some(2))),
        ("add corvane nine", add(words("corvane nine"), None)),
        ("tessaly 3", Wish::Search("tessaly 3".into())),
        ("laundry basket", Wish::Search("laundry basket".into())),
        ("what's in my basket", Wish::Cart),
        ("shw my baskte", Wish::Search("shw baskte".into())),
        ("my baskte", Wish::Cart),
        ("remove the second", Wish::Remove(Which::Nth(2))),
        ("remvoe the mug", Wish::Remove(words("mug"))),
        ("make it 3", Wish::Set { which: Which::Unsaid, quantity: 3 }),
        ("change the mug to two", Wish::Set { which: words("mug"), quantity: 2 }),
        ("stores near Leeds", Wish::Stores(Some("Leeds".into()))),
        ("where are your shops", Wish::Stores(None)),
        ("is it in stock in Bath?", Wish::Stock { which: Which::It, town: Some("Bath".into()) }),
        ("is the second one available", Wish::Stock { which: Which::Nth(2), town: None }),
        ("where is my order LF-10423?", Wish::Order(Some("LF-10423".into()))),
        ("track my order", Wish::Order(None)),
        ("cancel my order", Wish::Person),
        ("today's offer", Wish::Offer),
        ("bye!", Wish::Bye),
        ("thanks, good night", Wish::Bye),
        ("good night candle", Wish::Search("good night candle".into())),
        ("please remember me", Wish::Remember),
        ("forget me", Wish::Forget),
        ("forget me not brooch", Wish::Search("forget me not brooch".into())),
        ("help", Wish::Help),
        ("talk to a person", Wish::Person),
        ("checkout", Wish::Checkout),
        ("show more", Wish::More),
        ("linen tea towels, set of three", Wish::Search("linen tea towels set three".into())),
        ("", Wish::Nothing),
        ("!!!", Wish::Nothing),
    ] {
        assert_eq!(wish("en", text), expected, "{text}");
    }
}

#[test]
fn german_is_understood() {
    for (text, expected) in [
        ("Guten Tag", Wish::Greet),
        ("Tschüss!", Wish::Bye),
        ("danke, auf Wiedersehen", Wish::Bye),
        ("Bitte merken Sie sich mich", Wish::Remember),
        ("vergiss mich", Wish::Forget),
        ("Löschen Sie meine Daten", Wish::Forget),
        ("Vielen Dank", Wish::Thank),
        ("Könnten Sie mir bitte Trenchcoats zeigen?", Wish::Search("Trenchcoats".into())),
        ("ich suche einen Mantel", Wish::Search("Mantel".into())),
        ("den zweiten", Wish::Show(Which::Nth(2))),
        ("leg zwei davon in den Warenkorb", add(Which::It, Some(2))),
        ("füge das dritte hinzu", add(Which::Nth(3), None)),
        ("nimm den ersten wieder raus", Wish::Remove(Which::Nth(1))),
        ("zeig meinen Warnkorb", Wish::Cart),
        ("Filialen in der Nähe von Leeds", Wish::Stores(Some("Leeds".into()))),
        ("ist es in Bath vorrätig", Wish::Stock { which: Which::It, town: Some("Bath".into()) }),
        ("Wo ist meine Bestellung?", Wish::Order(None)),
        ("Angebot des Tages", Wish::Offer),
        ("Hilfe", Wish::Help),
        ("zur Kasse", Wish::Checkout),
        ("ich möchte mit einem Menschen sprechen", Wish::Person),
    ] {
        assert_eq!(wish("de", text), expected, "{text}");
    }
}

#[test]
fn arabic_is_understood() {
    for (text, expected) in [
        ("مرحبًا", Wish::Greet),
        ("مع السلامة", Wish::Bye),
        ("شكرا، مع السلامة", Wish::Bye),
        ("تذكّرني", Wish::Remember),
        ("انسني من فضلك", Wish::Forget),
        ("شكرًا جزيلًا", Wish::Thank),
        ("من فضلك أرني معطف", Wish::Search("معطف".into())),
        ("الثاني", Wish::Show(Which::Nth(2))),
        ("أضف اثنين من الأول إلى السلة", add(Which::Nth(1), Some(2))),
        ("احذف الأول", Wish::Remove(Which::Nth(1))),
        ("ماذا في سلتي", Wish::Cart),
        ("متاجر قرب ليدز", Wish::Stores(Some("ليدز".into()))),
        ("أين طلبي؟", Wish::Order(None)),
        ("عرض اليوم", Wish::Offer),
        ("مساعدة", Wish::Help),
        ("الدفع", Wish::Checkout),
    ] {
        assert_eq!(wish("ar", text), expected, "{text}");
    }
}

#[test]
fn a_guess_is_known_as_one() {
    assert!(!read(lexicon("en"), "baskte").sure);
    assert!(read(lexicon("en"), "basket").sure);
}

/// Every word of the demo shop's goods, in each language: none may look like a mistyped command.
#[test]
fn no_goods_are_taken_for_a_mistyped_command() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/catalogue/products");
    let (mut seen, mut wrong) = (0, Vec::new());
    for file in std::fs::read_dir(folder).unwrap() {
        let products: Vec<serde_json::Value> =
            serde_json::from_slice(&std::fs::read(file.unwrap().path()).unwrap()).unwrap();
        for (product, language) in products.iter().flat_map(|p| ["en", "de", "ar"].map(|l| (p, l))) {
            let name = product["name"][language].as_str().unwrap();
            let guessed: Vec<Piece> =
                pieces(lexicon(language), &tokens(name)).into_iter().filter(|piece| !piece.sure).collect();
            let wish = wish(language, name);
            if !guessed.is_empty() || !matches!(wish, Wish::Search(_)) {
                wrong.push(format!("{name}: {wish:?}, guessed {guessed:?}"));
            }
            seen += 1;
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(seen >= 180);
}
