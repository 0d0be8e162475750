use super::*;
use commerce::Product;

const NOW: Timestamp = Timestamp::constant(1_795_262_400, 0);

fn key(name: &str) -> Key {
    Key::digest(&[name.as_bytes()])
}

fn product() -> Product {
    let json = r##"{"id":"p","slug":"coat","name":"Coat","description":"Warm.","brand":"Finch","variants":[],
        "options":[{"id":"colour","name":"Colour","values":[{"id":"navy","name":"Navy","swatch":"#000080"}]}],
        "tags":["new"],"images":[]}"##;
    serde_json::from_str(json).unwrap()
}

fn sealed() -> Vec<u8> {
    seal(&key("coat"), NOW, &Said::This(&product())).unwrap()
}

fn opened(bytes: &[u8]) -> Result<(Timestamp, Said<Product>), Foreign> {
    open(bytes, &key("coat"), NOW)
}

/// An envelope in good order around anything.
fn around(payload: &[u8]) -> Vec<u8> {
    let mut bytes = [&MAGIC[..], key("coat").bytes(), &NOW.as_millisecond().to_le_bytes()].concat();
    bytes.extend_from_slice(payload);
    bytes.extend_from_slice(&check(&bytes));
    bytes
}

#[test]
fn what_is_written_is_read() {
    assert_eq!(opened(&sealed()), Ok((NOW, Said::This(product()))));
    for subject in Subject::ALL {
        let bytes = seal::<Product>(&key("coat"), NOW, &Said::Nothing(subject)).unwrap();
        assert_eq!(opened(&bytes), Ok((NOW, Said::Nothing(subject))));
    }
    // The check, from FNV's own list of test vectors.
    assert_eq!(u64::from_le_bytes(check(b"foobar")), 0x8594_4171_f739_67e8);
}

#[test]
fn no_damage_goes_unseen() {
    let good = sealed();
    for at in 0..good.len() {
        for flip in [1, 0x80, 0xff] {
            let mut bytes = good.clone();
            bytes[at] ^= flip;
            assert!(opened(&bytes).is_err(), "byte {at} changed by {flip}");
        }
        assert!(opened(&good[..at]).is_err(), "cut at {at}");
    }
    assert_eq!(opened(&[&good[..], &[0]].concat()), Err(Foreign::Form), "a byte too many");
    let mut payload = rmp_serde::to_vec_named(&product()).unwrap();
    payload.insert(0, FOUND);
    assert!(opened(&around(&payload)).is_ok());
    payload.push(0xc0);
    assert_eq!(opened(&around(&payload)), Err(Foreign::Answer), "a byte too many after the answer");
}

#[test]
fn what_is_foreign_is_ignored() {
    assert_eq!(open::<Product>(&sealed(), &key("other"), NOW), Err(Foreign::Key));
    let of_another_version = [b"HWc1", &sealed()[4..]].concat();
    assert_eq!(opened(&of_another_version), Err(Foreign::Form));
    assert_eq!(opened(&vec![0; LARGEST + 1]), Err(Foreign::Form));
    assert_eq!(opened(&around(&[MISSING, 200])), Err(Foreign::Answer), "no such subject");
    assert_eq!(opened(&around(&[7])), Err(Foreign::Form));
    let mut seed = 1_u64;
    for length in 0..2000 {
        let bytes: Vec<u8> = (0..length % 300)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                seed.to_be_bytes()[0]
            })
            .collect();
        assert!(opened(&bytes).is_err());
        assert!(opened(&around(&[&[FOUND], &bytes[..]].concat())).is_err());
    }
}

#[test]
fn clocks_may_differ_by_two_seconds() {
    let of = |seconds, nanos| {
        seal(&key("coat"), Timestamp::constant(seconds, nanos), &Said::This(&product())).unwrap()
    };
    assert!(opened(&of(1_795_262_402, 0)).is_ok());
    assert_eq!(opened(&of(1_795_262_402, 1_000_000)), Err(Foreign::Clock));
    for millisecond in [i64::MAX, i64::MIN] {
        let mut bytes = around(&[MISSING, 0]);
        bytes.truncate(bytes.len() - 8);
        bytes[20..28].copy_from_slice(&millisecond.to_le_bytes());
        bytes.extend_from_slice(&check(&bytes));
        assert_eq!(opened(&bytes), Err(Foreign::Clock), "{millisecond}");
    }
}

#[test]
fn lengths_that_lie_take_no_memory() {
    // Four thousand million elements, bytes, pairs; and lists in lists without end.
    for head in [0xdd, 0xc6, 0xdb, 0xdf, 0xc9] {
        let payload = [&[FOUND, head, 0xff, 0xff, 0xff, 0xff][..], &[0x81; 20]].concat();
        assert_eq!(opened(&around(&payload)), Err(Foreign::Answer), "{head:x}");
        assert_eq!(
            open::<Vec<commerce::Category>>(&around(&payload), &key("coat"), NOW),
            Err(Foreign::Answer),
            "{head:x}"
        );
    }
}

#[test]
fn answers_that_are_nested_without_end_are_not_followed() {
    let nested = |levels: usize| {
        let mut payload = vec![FOUND, 0x91];
        for _ in 0..levels {
            payload.extend_from_slice(b"\x84\xa2id\xa1a\xa4slug\xa1a\xa4name\xa1a\xa8children\x91");
        }
        payload.extend_from_slice(b"\x83\xa2id\xa1a\xa4slug\xa1a\xa4name\xa1a");
        open::<Vec<commerce::Category>>(&around(&payload), &key("coat"), NOW)
    };
    assert!(nested(10).is_ok());
    assert_eq!(nested(100), Err(Foreign::Answer));
}

#[test]
fn what_is_too_large_is_not_kept() {
    let text = |length: usize| "x".repeat(length);
    // Magic, key, time, kind, the text's own length, check.
    let around = 4 + 16 + 8 + 1 + 5 + 8;
    assert!(seal(&key("a"), NOW, &Said::This(&text(LARGEST - around))).is_some());
    assert!(seal(&key("a"), NOW, &Said::This(&text(LARGEST - around + 1))).is_none());
}
