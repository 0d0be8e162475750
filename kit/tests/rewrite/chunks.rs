//! However a page is cut, it says the same; and without the slots it is the site's own, byte for byte.

use super::pages::{Chance, page};
use super::{cut, every, place, show_chunks};
use kit::rewrite::{Placed, Put};

type Places = Vec<(Placed, Option<&'static str>)>;

fn places(chance: &mut Chance) -> Places {
    let selectors =
        [".price", "li", "p", ".specials", "#i3", "table td", "section > p", "img", "body", "div[class]"];
    let puts = [Put::Before, Put::After, Put::First, Put::Last, Put::Inside, Put::Instead];
    let mut one = || {
        let (selector, put) = (selectors[chance.below(selectors.len())], puts[chance.below(puts.len())]);
        match chance.below(4) {
            0 => place(selector, put, None),
            1 => place(selector, put, Some("⟦one⟧")),
            _ => every(selector, put, "⟦every ü⟧"),
        }
    };
    (0..4).map(|_| one()).collect()
}

#[test]
fn three_hundred_pages_say_the_same_however_they_are_cut() {
    let (mut cuts, mut filled, mut most) = (0, 0, 0);
    for seed in 0..300 {
        let mut chance = Chance::new(seed);
        let page = page(&mut chance);
        let places = places(&mut chance);
        let shown = |sizes: &[usize]| {
            let chunks = Box::pin(futures::stream::iter(cut(page.as_bytes(), sizes)));
            show_chunks(chunks, Some("utf-8"), &places)
        };
        let whole = shown(&[usize::MAX]);
        filled += whole.done.filled.iter().sum::<usize>();
        most = most.max(page.len());
        for round in 0..8 {
            let sizes: Vec<usize> = match round {
                0 => vec![1],
                1 => vec![2, 1, 3],
                _ => {
                    let mut size = || {
                        let most = 1 << chance.below(11);
                        1 + chance.below(most)
                    };
                    (0..40).map(|_| size()).collect()
                }
            };
            let pieces = shown(&sizes);
            assert_eq!(pieces.text, whole.text, "page {seed}, chunks of {sizes:?}");
            assert_eq!(pieces.done, whole.done, "page {seed}");
            cuts += 1;
        }
        // What is only added to is the site's own once the slots are taken away.
        if places.iter().all(|(placed, html)| html.is_none() || !placed.put.replaces()) {
            let bare: Places = places.iter().map(|(placed, _)| (placed.clone(), None)).collect();
            let chunks = Box::pin(futures::stream::iter(cut(page.as_bytes(), &[usize::MAX])));
            let bare = show_chunks(chunks, Some("utf-8"), &bare);
            assert_eq!(whole.text.replace("⟦one⟧", "").replace("⟦every ü⟧", ""), bare.text, "page {seed}");
        }
    }
    println!("300 pages of up to {most} bytes, cut {cuts} times, {filled} slots filled: the same bytes");
    assert!(filled > 1_000, "slots stand in the pages: {filled}");
}
