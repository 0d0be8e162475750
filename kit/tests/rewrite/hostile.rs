//! Pages that are not as they should be, and slots that are late.

use super::{cut, links, place, read, show, show_chunks};
use bytes::Bytes;
use futures::StreamExt;
use kit::body::{Chunks, Cut};
use kit::edge::Edge as _;
use kit::rehearsal::World;
use kit::rewrite::{Filling, Packing, Page, Placed, Put, splice, unpacked};
use std::cell::RefCell;
use std::io::Write as _;
use std::rc::Rc;
use std::time::Duration;

fn whole(bytes: impl Into<Bytes>) -> Chunks {
    Box::pin(futures::stream::iter([Ok(bytes.into())]))
}

#[test]
fn pages_without_head_or_body_and_with_broken_nesting_keep_every_byte() {
    let pages = [
        "",
        "plain text & nothing else",
        "<p>one<p>two</div></p></b><b>",
        "<h1>a</h1",
        "<h1",
        "<",
        "<!doctype",
        "<!-- never closed <h1>",
        "<script>never closed <h1>",
        "<![CDATA[ <h1> ]]>",
        "<h1 a='\"' b=\"'\" c=<>x</h1>",
        "\u{0}<h1>\u{0}</h1>",
        "<table><h1>in a table</table></h1>",
        "<select><h1>no</select>",
        "<svg><h1>x</h1></svg><math><h1></math>",
        "<template><h1>x</template>",
        "<plaintext><h1>all text",
    ];
    for page in pages {
        for put in [Put::Before, Put::After, Put::First, Put::Last, Put::Inside, Put::Instead] {
            let shown = show(page, &[place("h1", put, None)]);
            assert_eq!(shown.text, page, "{put:?}");
            // Of what is only added to, the page is what is left when it is taken away.
            if !put.replaces() {
                let shown = show(page, &[place("h1", put, Some("[*]"))]);
                assert_eq!(shown.text.replace("[*]", ""), page, "{put:?}");
            }
        }
    }
}

#[test]
fn letters_that_no_parser_of_html_knows_pass_untouched() {
    let mut wide = vec![0xff, 0xfe];
    wide.extend("<h1>x</h1>".encode_utf16().flat_map(u16::to_le_bytes));
    let places = [place("h1", Put::Inside, Some("*"))];
    for charset in [None, Some("utf-16"), Some("utf-8")] {
        let shown = show_chunks(whole(wide.clone()), charset, &places);
        assert_eq!(shown.bytes, wide, "marked as UTF-16, said to be {charset:?}");
    }
    let unmarked = wide.split_off(2);
    assert_eq!(show_chunks(whole(unmarked.clone()), Some("utf-16le"), &places).bytes, unmarked);
    let odd = b"<h1>\xff\xfe\xfd</h1>".to_vec();
    assert_eq!(show_chunks(whole(odd.clone()), Some("utf-8"), &[place("h1", Put::After, None)]).bytes, odd);
    assert_eq!(show_chunks(whole(odd.clone()), Some("no-such-charset"), &places).bytes, odd);
}

#[test]
fn five_megabytes_stream_and_hold_little() {
    let row = "<tr><td class=c>some text &amp; more</td></tr>\n";
    let page = format!("<table>{}</table><h1>end</h1>", row.repeat((5 << 20) / row.len()));
    let chunks = Box::pin(futures::stream::iter(cut(page.as_bytes(), &[16 << 10])));
    let shown = show_chunks(chunks, Some("utf-8"), &[place("h1", Put::Inside, Some("*"))]);
    assert_eq!(shown.done.gave_up, None);
    assert!(shown.text.ends_with("</table><h1>*</h1>"));
    assert_eq!(shown.text.len(), page.len() - 2);
}

#[test]
fn a_tag_that_never_ends_is_given_up_and_the_page_goes_on() {
    let page = format!("<h1>a</h1><p title=\"{}\">b</p><h2>c</h2>", "x".repeat(3 << 20));
    let chunks = Box::pin(futures::stream::iter(cut(page.as_bytes(), &[50_000])));
    let places = [place("h1", Put::After, Some("*")), place("h2", Put::After, Some("*"))];
    let shown = show_chunks(chunks, Some("utf-8"), &places);
    assert!(shown.done.gave_up.is_some(), "the operator is told");
    assert_eq!(shown.text, page.replace("</h1>", "</h1>*"), "all of the page, with what came before");
}

#[test]
fn content_that_is_too_long_to_be_held_back_stays() {
    let page = format!("<div id=d>{}</div>end", "<p>long</p>".repeat(60_000));
    for size in [8 << 10, 1 << 20] {
        let chunks = Box::pin(futures::stream::iter(cut(page.as_bytes(), &[size])));
        let shown = show_chunks(chunks, Some("utf-8"), &[place("#d", Put::Inside, Some("*"))]);
        assert_eq!(shown.text, page, "in chunks of {size}");
    }
}

#[test]
fn a_page_that_breaks_off_is_cut_and_not_ended() {
    let mut chunks = cut(b"<h1>a</h1><p>b", &[4]);
    chunks.push(Err(Cut("the line was cut".to_owned())));
    let shown = show_chunks(Box::pin(futures::stream::iter(chunks)), Some("utf-8"), &[]);
    assert_eq!(
        (shown.text.as_str(), shown.cut),
        ("<h1>a</h1><p>b", Some(Cut("the line was cut".to_owned())))
    );
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut pack = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    pack.write_all(bytes).unwrap();
    pack.finish().unwrap()
}

fn unpack(packed: &[u8], packing: Packing, size: usize) -> (Vec<u8>, Option<Cut>) {
    let chunks = Box::pin(futures::stream::iter(cut(packed, &[size])));
    World::new().run(read(unpacked(chunks, packing)))
}

#[test]
fn packed_pages_are_unpacked_and_liars_are_cut() {
    let page = "<h1>Coat</h1>".repeat(5_000);
    for size in [1, 7, 1000, usize::MAX] {
        assert_eq!(unpack(&gzip(page.as_bytes()), Packing::Gzip, size), (page.clone().into_bytes(), None));
    }
    // "ab" in Brotli's uncompressed form (RFC 7932, section 9.2).
    let brotli = [0x8b, 0x00, 0x80, b'a', b'b', 0x03];
    assert_eq!(unpack(&brotli, Packing::Brotli, 1), (b"ab".to_vec(), None));
    for (packed, packing) in [
        (b"<h1>not packed</h1>".to_vec(), Packing::Gzip),
        (b"<h1>not packed</h1>".to_vec(), Packing::Brotli),
        (gzip(page.as_bytes())[..60].to_vec(), Packing::Gzip),
        (brotli[..3].to_vec(), Packing::Brotli),
    ] {
        assert!(unpack(&packed, packing, 16).1.is_some(), "{packing:?}");
    }
}

#[test]
fn a_bomb_is_cut_before_it_fills_the_memory() {
    let bomb = gzip(&vec![b'a'; 200 << 20]);
    assert!(bomb.len() < 300 << 10);
    let (bytes, cut) = unpack(&bomb, Packing::Gzip, 64 << 10);
    assert!(cut.is_some() && bytes.len() <= 64 << 20, "{} bytes", bytes.len());
    let (bytes, cut) = unpack(&bomb, Packing::Gzip, 1 << 10);
    assert!(cut.is_some() && bytes.len() <= 64 << 20, "{} bytes", bytes.len());
}

/// A slot that takes its time.
fn late(world: &Rc<World>, ms: u64, html: &'static str) -> Filling {
    let world = world.clone();
    Box::pin(async move {
        world.sleep(Duration::from_millis(ms)).await;
        Some(html.to_owned())
    })
}

#[test]
fn what_stands_before_a_late_slot_is_not_late() {
    let world = World::new();
    let page = "<h1>a</h1><aside>slow</aside><p>b</p><i>c</i>";
    let placed: Rc<[Placed]> =
        Rc::new([Placed::new("aside", Put::Inside, 0).unwrap(), Placed::new("p", Put::After, 1).unwrap()]);
    let fillings = vec![late(&world, 300, "LATE"), late(&world, 200, "two")];
    let page = Page { chunks: whole(page), charset: Some("utf-8".to_owned()) };
    let mut stream = splice(page, placed, links(), fillings, |_| ());
    let seen: Rc<RefCell<Vec<(u128, String)>>> = Rc::default();
    let (clock, told) = (world.clone(), seen.clone());
    world.run(async move {
        while let Some(chunk) = stream.next().await {
            let text = String::from_utf8(chunk.unwrap().to_vec()).unwrap();
            told.borrow_mut().push((clock.elapsed().as_millis(), text));
        }
    });
    let expected =
        vec![(0, "<h1>a</h1><aside>".to_owned()), (300, "LATE</aside><p>b</p>two<i>c</i>".to_owned())];
    assert_eq!(*seen.borrow(), expected, "both were waited for at once");
}
