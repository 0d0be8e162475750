//! `[links]`.

use crate::placements::{From, Links};
use crate::rules::publish::desk::{Cell, Desk, cut, start};
use toml::de::DeTable;

pub(super) fn read_links<'t>(cell: &Cell<'t>, desk: &mut Desk<'t>) -> Links {
    let known = ["from", "product", "category", "search"];
    let Some(table) = desk.table(cell, "[links]", &known) else { return Links::default() };
    let from = table.get("from").and_then(|cell| desk.one_of(cell, "from", &["site", "host"]));
    Links {
        from: if from == Some("host") { From::Host } else { From::Site },
        product: read_link(table, "product", "{slug}", desk),
        category: read_link(table, "category", "{slug}", desk),
        search: read_link(table, "search", "{words}", desk),
    }
}

fn read_link<'t>(table: &DeTable<'t>, key: &str, part: &str, desk: &mut Desk<'t>) -> Option<Box<str>> {
    let cell = table.get(key)?;
    let path = desk.string(cell, key)?;
    let sound = path.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\".contains(&b));
    if !path.starts_with('/') || path.starts_with("//") {
        let cure = "write the path alone, such as";
        desk.error(
            start(cell),
            format!("{:?} begins with no single slash; {cure} \"/{key}/{part}\"", cut(path)),
        );
    } else if !sound {
        let cure = "percent-encode what is no plain letter of an address";
        desk.error(start(cell), format!("{:?} cannot stand in an address; {cure}", cut(path)));
    } else if !path.contains(part) {
        let cure = format!("say where {part} stands, such as \"/{key}/{part}\"");
        desk.error(start(cell), format!("every {key} would have the one address {:?}; {cure}", cut(path)));
    }
    Some(path.into())
}
