//! The table is read as it was written, and damaged bytes do no harm.

use super::layout::{AT_CHECKSUM, AT_LENGTH, AT_NEIGHBOURS, AT_PRODUCTS, HEADER, checksum};
use super::train::{Orders, Training, train};
use super::{GoesWith, MAX_BYTES, MAX_NEIGHBOURS, OpenError};

/// Two phones with what is bought with each, and a hamper that nothing goes with.
const PRODUCTS: [&str; 7] = ["case-a", "case-b", "glass-a", "glass-b", "hamper", "phone-a", "phone-b"];

fn table() -> Vec<u8> {
    let mut csv = "order,product\n".to_owned();
    for order in 0..240 {
        let phone = ["a", "b"][order % 2];
        csv += &format!("{order},phone-{phone}\n{order},case-{phone}\n");
        if order % 3 > 0 {
            csv += &format!("{order},glass-{phone}\n");
        }
        if order == 7 {
            csv += &format!("{order},hamper\n");
        }
    }
    let mut orders = Orders::default();
    orders.read("orders.csv", csv.as_bytes()).unwrap();
    train(&orders, &Training::default()).unwrap().table
}

/// Makes length and checksum right again, as a hostile writer would.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.len() >= HEADER {
        let length = u32::try_from(bytes.len()).unwrap().to_le_bytes();
        bytes[AT_LENGTH..AT_CHECKSUM].copy_from_slice(&length);
        let checksum = checksum(&bytes).to_le_bytes();
        bytes[AT_CHECKSUM..HEADER].copy_from_slice(&checksum);
    }
    bytes
}

#[test]
fn what_was_learned_is_read_in_place_and_from_kept_bytes() {
    let bytes = table();
    let table = GoesWith::open(&bytes).unwrap();
    let named: Vec<&str> = table.products().collect();
    assert_eq!(named, ["case-a", "case-b", "glass-a", "glass-b", "phone-a", "phone-b"]);
    for (product, expected) in [
        ("phone-a", ["case-a", "glass-a"]),
        ("case-b", ["phone-b", "glass-b"]),
        ("glass-a", ["case-a", "phone-a"]),
    ] {
        let got: Vec<(&str, f32)> = table.neighbours(product).collect();
        assert_eq!(got.iter().map(|(slug, _)| *slug).collect::<Vec<_>>(), expected, "{product}");
        assert!(got.is_sorted_by(|a, b| a.1 >= b.1), "{got:?}");
        assert!(got.iter().all(|(_, score)| *score > 0.0 && *score <= 1.0), "{got:?}");
    }
    for unknown in ["hamper", "", "phone", "phone-aa", "zebra", "\u{10ffff}"] {
        assert_eq!(table.neighbours(unknown).count(), 0, "{unknown:?}");
    }
    let kept: GoesWith<'static> = GoesWith::open(bytes.clone()).unwrap();
    assert_eq!(kept.neighbours("phone-b").next().map(|(slug, _)| slug), Some("case-b"));
    assert_eq!(kept.as_bytes(), bytes);
    assert!(!format!("{kept:?}").contains("72, 87"), "the bytes do not go to logs");
}

#[test]
fn a_table_is_found_by_the_description_of_its_form() {
    let bytes = table();
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    assert_eq!(&bytes[..6], b"HWGW\x01\x00");
    assert_eq!(bytes[6..8], 6_u16.to_le_bytes());
    assert_eq!(number(12), bytes.len());
    let (products, neighbours) = (6, number(8));
    let text = 24 + 8 * (products + 1) + 4 * neighbours;
    assert_eq!(&bytes[text..], b"case-acase-bglass-aglass-bphone-aphone-b");
    assert_eq!((number(24), number(28), number(24 + 4 * products)), (0, 6, bytes.len() - text));
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in bytes[..16].iter().chain(&bytes[24..]) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    assert_eq!(bytes[16..24], hash.to_le_bytes());
}

#[test]
fn what_is_no_table_is_told_with_the_cure() {
    let bytes = table();
    let changed = |at: usize, to: u8| {
        let mut bytes = bytes.clone();
        bytes[at] = to;
        bytes
    };
    let length = bytes.len();
    let cases = [
        (Vec::new(), OpenError::Mark),
        (b"HWrules1".to_vec(), OpenError::Mark),
        (b"HWGW".to_vec(), OpenError::Length { told: HEADER, found: 4 }),
        (bytes[..HEADER - 1].to_vec(), OpenError::Length { told: length, found: HEADER - 1 }),
        (changed(4, 2), OpenError::Version(2)),
        (bytes[..length - 1].to_vec(), OpenError::Length { told: length, found: length - 1 }),
        ([&bytes[..], b"!"].concat(), OpenError::Length { told: length, found: length + 1 }),
        (changed(length - 1, b'!'), OpenError::Checksum),
        (changed(AT_CHECKSUM, !bytes[AT_CHECKSUM]), OpenError::Checksum),
        (changed(AT_PRODUCTS, 5), OpenError::Form),
        (sealed(changed(AT_NEIGHBOURS + 3, 0xff)), OpenError::Form),
        (sealed(bytes[..length - 1].to_vec()), OpenError::Form),
        (vec![0; MAX_BYTES + 1], OpenError::TooLarge(MAX_BYTES + 1)),
    ];
    for (bytes, expected) in cases {
        let error = GoesWith::open(&bytes).unwrap_err();
        assert_eq!(error, expected);
        let again = GoesWith::reopen(bytes).err();
        assert_eq!(again, Some(error).filter(|error| *error != OpenError::Checksum));
        assert!(error.to_string().ends_with("make it again with `headwater train`"), "{error}");
    }
}

/// A table by hand: the slugs, what `firsts` says, and pairs of product and score.
fn by_hand(slugs: &[&str], firsts: &[u32], neighbours: &[[u16; 2]]) -> Vec<u8> {
    let mut bytes = b"HWGW\x01\x00".to_vec();
    bytes.extend(u16::try_from(slugs.len()).unwrap().to_le_bytes());
    bytes.extend(u32::try_from(neighbours.len()).unwrap().to_le_bytes());
    bytes.extend([0; 12]);
    let starts = (0..=slugs.len()).map(|at| u32::try_from(slugs[..at].concat().len()).unwrap());
    starts.chain(firsts.iter().copied()).for_each(|number| bytes.extend(number.to_le_bytes()));
    neighbours.iter().flatten().for_each(|number| bytes.extend(number.to_le_bytes()));
    bytes.extend(slugs.concat().bytes());
    sealed(bytes)
}

#[test]
fn a_table_that_is_sealed_and_wrong_gives_no_more_than_a_right_one() {
    let count = |bytes: Vec<u8>| GoesWith::open(bytes).unwrap().neighbours("a").count();
    assert_eq!(count(by_hand(&["a", "b"], &[0, 2, 2], &[[1, 9], [0, 8]])), 2);
    assert_eq!(count(by_hand(&["a", "b"], &[0, 30, 30], &[[1, 9]; 30])), MAX_NEIGHBOURS);
    assert_eq!(count(by_hand(&["a", "b"], &[2, 0, 2], &[[1, 9]; 2])), 0, "a list that ends before it begins");
    assert_eq!(count(by_hand(&["a", "b"], &[0, 2, 2], &[[7, 9]; 2])), 0, "a product that there is not");
    let text = ["a", "b", "\0\0\0\0\0\0\0\0"];
    assert_eq!(count(by_hand(&text, &[1, 3, 0, 0], &[])), 0, "the text is not read as neighbours");
}

/// Numbers that look random and are the same in each run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % sides
    }

    fn mangle(&mut self, bytes: &mut Vec<u8>) {
        let at = self.roll(bytes.len().max(1));
        match self.roll(8) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at.min(bytes.len()), 0xff),
            2 if !bytes.is_empty() => drop(bytes.remove(at)),
            // Numbers: what a list points to, and the header's counts.
            3 | 4 if bytes.len() > 80 => {
                let at = self.roll(20) * 4;
                let hostile = [u32::MAX, 0, 1 << 31, 7, 0x0001_0000, u32::try_from(bytes.len()).unwrap()];
                bytes[at..at + 4].copy_from_slice(&hostile[self.roll(6)].to_le_bytes());
            }
            _ if !bytes.is_empty() => bytes[at] = u8::try_from(self.roll(256)).unwrap(),
            _ => {}
        }
    }
}

#[test]
fn mangled_bytes_are_refused_or_read_without_harm() {
    let whole = table();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut same, mut opened, mut wrong) = (0, 0, 0);
    let whole_table = GoesWith::open(&whole).unwrap();
    let sound: Vec<(&str, f32)> =
        PRODUCTS.iter().flat_map(|product| whole_table.neighbours(product)).collect();
    for round in 0..100_000 {
        let mut bytes = whole.clone();
        for _ in 0..=round % 4 {
            dice.mangle(&mut bytes);
        }
        if bytes == whole {
            same += 1;
            continue;
        }
        assert!(GoesWith::open(&bytes).is_err(), "round {round}: damage that the checksum does not see");
        if let Ok(table) = GoesWith::open(sealed(bytes)) {
            opened += 1;
            let mut all = Vec::new();
            for product in PRODUCTS {
                let before = all.len();
                all.extend(table.neighbours(product));
                assert!(all.len() - before <= MAX_NEIGHBOURS, "round {round}");
            }
            assert!(all.iter().all(|(_, score)| (0.0..=1.0).contains(score)), "round {round}");
            wrong += usize::from(all != sound);
            assert!(table.products().all(|slug| slug.len() <= table.as_bytes().len()), "round {round}");
        }
    }
    println!("{same} as they were, {opened} opened after a new checksum, {wrong} of them read otherwise");
    assert!(same < 1_000 && opened > 20_000 && wrong > 10_000, "the mangling is too tame");
}
