//! Pages shaped as those of real shops, made by chance from a seed.

/// A number from a seed, as good as chance for a test (xorshift).
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const TEXTS: [&str; 12] = [
    "Trench coat",
    "Größe &amp; Passform",
    "معطف مطر",
    "&pound;129.00",
    "a < b & c &notit; &#x1F381",
    "🎁 gift",
    "Only 3 left!\r\n",
    "&nbsp;&nbsp;",
    "<![CDATA[odd]]>",
    "x",
    "\t\n ",
    "Ünïcödé—“quotes”",
];
const NAMES: [&str; 10] = ["div", "section", "p", "span", "ul", "li", "table", "td", "article", "em"];
const CLASSES: [&str; 6] = ["card", "price", "specials promo", "aside-box", "product-title", ""];
const ODD: [&str; 14] = [
    "<!-- <div class=\"price\">no</div> -->",
    "<script>var s = '<div class=\"price\">' + \"</\" + 'div>'; // <p>\n</script>",
    "<script type=\"application/ld+json\">{\"a\":\"</p>\"}</script>",
    "<style>.price::before { content: '<p>'; }</style>",
    "<br>",
    "<img src=\"/old/a.png\" alt=\"a > b\">",
    "<IMG SRC='/old/b.png'>",
    "<a href=/old/x?a=1&amp;b=2>link</a>",
    "<input value='<p>' disabled>",
    "<textarea><p class=price></textarea>",
    "<title>a <b> c</title>",
    "</p>",
    "<svg viewBox='0 0 1 1'><path d='M0'/></svg>",
    "<noscript><p class=price>n</noscript>",
];

/// A page: nesting that is mostly right, text in several scripts, and what parsers trip over.
pub(super) fn page(chance: &mut Chance) -> String {
    let mut page = String::new();
    match chance.below(4) {
        0 => page.push_str("<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\">\n"),
        1 => page.push_str("<!doctype html>"),
        2 => page.push('\u{feff}'),
        _ => {}
    }
    if chance.below(5) > 0 {
        page.push_str("<html><head><meta charset=utf-8><link rel=stylesheet href='/old/s.css'></head><body>");
    }
    let mut open: Vec<&str> = Vec::new();
    for _ in 0..20 + chance.below(200) {
        match chance.below(10) {
            0..=3 => {
                let (name, class) = (chance.one(&NAMES), chance.one(&CLASSES));
                let tag = match chance.below(3) {
                    0 => format!("<{name} class=\"{class}\">"),
                    1 => format!("<{} CLASS='{class}' data-x=1>", name.to_uppercase()),
                    _ => format!("<{name}\n  id=i{}>", chance.below(30)),
                };
                page.push_str(&tag);
                open.push(name);
            }
            4..=6 => {
                if let Some(name) = open.pop()
                    && chance.below(8) > 0
                {
                    page.push_str(&format!("</{name}>"));
                }
            }
            7 | 8 => page.push_str(chance.one(&TEXTS)),
            _ => page.push_str(chance.one(&ODD)),
        }
    }
    match chance.below(6) {
        0 => page.push_str("<p cla"),
        1 => page.push_str("<script>unfinished"),
        2 => page.push_str("<!-- unfinished"),
        _ => page.push_str("</body></html>"),
    }
    page
}
