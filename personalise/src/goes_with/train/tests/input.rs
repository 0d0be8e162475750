//! Inputs in their forms, and what is wrong with bad ones.

use super::{plain, read};
use crate::goes_with::train::{BadLine, Orders, ReadError, Training, train};

fn fails(input: &[u8]) -> String {
    Orders::default().read("orders.csv", input).unwrap_err().to_string()
}

/// What is said of a line after a hundred good ones.
fn told(line: &str) -> Option<String> {
    let mut csv = "order,product,quantity,time,visitor\n".to_owned();
    csv += &"1,phone,1,2026-01-01,v\n".repeat(100);
    let reading = Orders::default().read("orders.csv", (csv + line).as_bytes()).unwrap();
    assert_eq!(reading.lines, 101);
    let bad = reading.first.into_iter().next();
    bad.map(|bad| {
        assert_eq!((bad.line, reading.unreadable), (102, 1));
        bad.why
    })
}

#[test]
fn csv_is_read_in_the_forms_that_are_exported() {
    let expected = train(&read(&plain()), &Training::default()).unwrap();
    let plain = plain();
    let forms = [
        plain.replace(',', ";"),
        plain.replace(',', "\t"),
        plain.replace('\n', "\r\n"),
        format!("\u{feff}{plain}"),
        format!("\n{}\n\n", plain.trim_end()),
        plain.replace("order,product", "Order, PRODUCT "),
        plain.replace("case", "\"case\"").replace("p1,", "\"p1\","),
    ];
    for form in forms {
        assert_eq!(train(&read(&form), &Training::default()).unwrap(), expected, "{form}");
    }
    let mut turned = String::from("shop,product,order\n");
    plain.lines().skip(1).for_each(|line| {
        let fields: Vec<&str> = line.split(',').collect();
        turned += &format!("\"a \"\"b\"\", c\",{},{}\n", fields[1], fields[0]);
    });
    assert_eq!(train(&read(&turned), &Training::default()).unwrap(), expected);
}

#[test]
fn ndjson_is_read_with_names_that_are_numbers_and_members_that_are_not_known() {
    let mut ndjson = String::new();
    for at in 0..10 {
        let time = ["null", "1767225600", "1767225600000", "\"2026-01-01T00:00:00+01:00\""][at % 4];
        ndjson += &format!(
            "{{\"order\": {at}, \"products\": [\"phone\", \"case\"], \"time\": {time}, \"visitor\": \"v{at}\", \"total\": 9.5}}\n"
        );
        ndjson += &format!(
            "{{\"products\": [\"mug\"], \"order\": \"m{at}\"}}\n{{\"order\":\"m{at}\",\"products\":[\"plate\"]}}\n"
        );
    }
    let mut orders = Orders::default();
    assert_eq!(orders.read("orders.ndjson", ndjson.as_bytes()).unwrap().lines, 30);
    let trained = train(&orders, &Training::default()).unwrap();
    assert_eq!(trained.table, train(&read(&plain()), &Training::default()).unwrap().table);
}

#[test]
fn a_bad_line_is_told_by_its_number_and_left_out() {
    for (line, why) in [
        ("2,phone,1,2026-01-01", "4 fields, where the first line names 5"),
        ("2,phone,1,2026-01-01,v,w", "6 fields"),
        (",phone,1,,", "no order"),
        ("2, ,1,,", "no product"),
        ("2,phone,one,,", "quantity is no whole number"),
        ("2,phone,99999999999,,", "quantity is no whole number"),
        ("2,phone,1,yesterday,", "the time is no date such as 2026-11-21"),
        ("2,phone,1,20261121,", "the time is no date"),
        ("2,phone,1,2026-02-30,", "the time is no date"),
        ("2,\"phone,1,,", "a quote is opened and not closed"),
        ("2,\"phone\"s,1,,", "text follows a closed quote"),
        ("2,pho\u{7}ne,1,,", "the product has a control character"),
    ] {
        let told = told(line);
        assert!(told.as_ref().is_some_and(|told| told.contains(why)), "{line}: {told:?}, expected {why}");
    }
    assert!(told(&format!("2,{},1,,", "x".repeat(201))).unwrap().contains("201 bytes, where 200"));
    assert!(told(&"x".repeat(70_000)).unwrap().contains("more than 65,536 bytes"));
    for sound in [
        "2,phone,,,",
        "2,phone,1,2026-01-01 10:00:00,",
        "2,phone,1,2026-01-01T10:00:00.5+01:00,",
        "2,phone,1,1767225600,",
    ] {
        assert_eq!(told(sound), None, "{sound}");
    }
    let good = "{\"order\":\"1\",\"products\":[\"phone\"]}\n".repeat(100);
    for (line, why) in [
        ("{\"order\":\"1\",\"products\":[]}", "no products"),
        ("{\"order\":\"1\"}", "no products"),
        ("{\"products\":[\"phone\"]}", "not of the form"),
        ("{\"order\":\"1\",\"products\":[1]}", "not of the form"),
        ("{\"order\":\"1\",\"products\":[\"phone\"", "no JSON from column"),
        ("{\"order\":\"1\",\"products\":[\"phone\",\"\"]}", "no product"),
        ("order,product", "no JSON from column"),
    ] {
        let mut orders = Orders::default();
        let reading = orders.read("orders.ndjson", (good.clone() + line).as_bytes()).unwrap();
        assert!(reading.first[0].why.contains(why), "{line}: {reading:?}");
    }
}

#[test]
fn a_long_or_foreign_line_does_not_spoil_the_next() {
    let mut csv = b"order,product\n".to_vec();
    for at in 0..300 {
        csv.extend(format!("{at},phone\n").bytes());
    }
    csv.extend(b"x".repeat(200_000));
    csv.extend(b"\nL,lamp\n\xff\xfe,phone\nM,mug");
    let mut orders = Orders::default();
    let reading = orders.read("orders.csv", &csv[..]).unwrap();
    let why = |line: &BadLine| (line.line, line.why.split(';').next().unwrap_or_default().to_owned());
    assert_eq!(
        reading.first.iter().map(why).collect::<Vec<_>>(),
        [(302, "the line has more than 65,536 bytes".to_owned()), (304, "the line is not UTF-8".to_owned())]
    );
    assert_eq!(orders.products.list(), ["phone", "lamp", "mug"]);
}

#[test]
fn more_than_one_percent_of_bad_lines_are_refused() {
    let csv = |good: usize, bad: usize| {
        "order,product\n".to_owned() + &"1,phone\n".repeat(good) + &"1,phone,2\n".repeat(bad)
    };
    let reading = Orders::default().read("orders.csv", csv(693, 7).as_bytes()).unwrap();
    assert_eq!((reading.lines, reading.unreadable, reading.first.len()), (700, 7, 5));
    let error = fails(csv(692, 7).as_bytes());
    assert!(
        error.starts_with("orders.csv: 7 of 699 lines cannot be read, more than 1 %; mend the export:"),
        "{error}"
    );
    assert_eq!(error.matches("\norders.csv:69").count(), 5, "{error}");
    assert!(error.contains("orders.csv:694: 3 fields, where the first line names 2"), "{error}");
}

#[test]
fn what_is_no_file_of_orders_is_told_with_the_cure() {
    for (input, why) in [
        (&b"1,phone\n2,case\n"[..], "orders.csv:1: there is no column `order`; begin the file with"),
        (b"\n\norders,product\n", "orders.csv:3: there is no column `order`; is it `orders`?"),
        (b"order;sku\n", "there is no column `product`"),
        (b"\x89PNG\r\n\x1a\n\xff", "orders.csv:1: the line is not UTF-8"),
        (b"[{\"order\": 1}]", "there is no column `order`"),
    ] {
        let error = fails(input);
        assert!(error.contains(why), "{error}");
    }
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let error = Orders::default().read("orders.csv", std::io::BufReader::new(Broken)).unwrap_err();
    assert!(matches!(error, ReadError::Input { .. }) && error.to_string().contains("the disk is gone"));
}

#[test]
fn mangled_files_of_orders_do_no_harm() {
    let (csv, mut state) = (plain().into_bytes(), 0x2545_f491_4f6c_dd1d_u64);
    let ndjson = b"{\"order\": 1, \"products\": [\"a\", \"b\"], \"time\": 1767225600}\n".repeat(9);
    let mut roll = |sides: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 11).unwrap() % sides
    };
    let (mut read, mut refused) = (0, 0);
    for round in 0..20_000 {
        let mut bytes = if round % 2 == 0 { csv.clone() } else { ndjson.clone() };
        for _ in 0..=roll(3) {
            let at = roll(bytes.len());
            bytes[at] = [b'"', b'\n', b',', 0xff, b'-', b'9', b'a', b'b'][roll(8)];
        }
        let mut orders = Orders::default();
        match orders.read("orders", &bytes[..]) {
            Ok(_) => read += 1,
            Err(_) => refused += 1,
        }
        if !orders.lines.is_empty() {
            train(&orders, &Training { least_shoppers: 1, significance: 0.0, ..Training::default() })
                .unwrap();
        }
    }
    assert!(read > 1_000 && refused > 1_000, "{read} read, {refused} refused");
}
