//! A small shop of the plain form, in three languages, whose search is a plain "all words, by their start".

use bytes::Bytes;
use serde_json::{Value, json};
use std::collections::HashMap;

pub struct Shop {
    carts: HashMap<String, Vec<(String, u32)>>,
    /// Every product's name, when it is to be something else.
    pub name: Option<String>,
    /// How often each result comes.
    pub times: usize,
    /// When the first store's stock was counted, if it is not of now.
    pub counted: Option<&'static str>,
    /// Codes that were given.
    pub codes: Vec<Value>,
}

/// id, English, German, Arabic, pence, pieces, colours.
type Row = (&'static str, [&'static str; 3], i64, u32, &'static [[&'static str; 4]]);

const COLOURS: &[[&str; 4]] = &[["navy", "Navy", "Marine", "كحلي"], ["sand", "Sand", "Sand", "رملي"]];

const GOODS: &[Row] = &[
    ("trench", ["Harbour trench coat", "Trenchcoat Harbour", "معطف المرفأ المطري"], 18900, 9, COLOURS),
    (
        "short",
        ["Arcade short trench", "Kurzer Trenchcoat Arcade", "معطف الرواق المطري القصير"],
        14900,
        2,
        COLOURS,
    ),
    ("wool", ["Belvedere wool trench", "Wolltrench Belvedere", "معطف بلفيدير الصوفي"], 24900, 0, &[]),
    ("mug", ["Saltmarsh mug", "Becher Saltmarsh", "كوب سالت مارش"], 1400, 50, &[]),
    ("nine", ["Corvane Nine", "Corvane Nine", "كورفان ناين"], 69900, 5, &[]),
    ("basket", ["Picnic basket", "Picknickkorb", "سلة نزهة"], 5900, 5, &[]),
];

impl Shop {
    pub fn new() -> Self {
        Self { carts: HashMap::new(), name: None, times: 1, counted: None, codes: Vec::new() }
    }

    pub fn answer(&mut self, request: &http::Request<Bytes>) -> http::Response<Bytes> {
        let query: HashMap<String, String> =
            url::form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes())
                .into_owned()
                .collect();
        let lens = Lens::of(&query);
        let path: Vec<String> = request.uri().path().split('/').skip(2).map(str::to_owned).collect();
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
        let found = match path.as_slice() {
            ["listing"] => Ok(self.listing(&lens, &query)),
            ["products", "by-id", id] | ["products", id] => {
                self.row(id).map(|row| self.product(&lens, row)).ok_or(no("not_found", 404))
            }
            ["categories"] => Ok(json!([
                category("fashion", lens.say(["Fashion", "Mode", "أزياء"])),
                category("home", lens.say(["Home", "Wohnen", "المنزل"]))
            ])),
            ["content"] => Ok(
                json!([{ "id": "o", "slot": "offer_of_the_day", "kind": "offer", "title": lens.say(["The mug, reduced", "Der Becher, reduziert", "الكوب بسعر مخفض"]), "products": [self.card(&lens, &GOODS[3])] }]),
            ),
            ["stores"] => Ok(json!(stores(&lens))),
            ["variants", _, "stock"] => {
                let mut levels = [
                    json!({ "level": "in_stock", "quantity": 9 }),
                    json!({ "level": "low_stock", "quantity": 2 }),
                ];
                if let ([first, _], Some(counted)) = (&mut levels, self.counted) {
                    first["asOf"] = counted.into();
                }
                let stock: Vec<Value> = stores(&lens)
                    .into_iter()
                    .zip(levels)
                    .map(|(store, stock)| json!({ "store": store, "stock": stock }))
                    .collect();
                Ok(json!(stock))
            }
            ["carts"] => {
                let id = format!("cart-{}", self.carts.len() + 1);
                self.carts.insert(id.clone(), Vec::new());
                Ok(self.cart(&lens, &id))
            }
            ["carts", id] if self.carts.contains_key(*id) => Ok(self.cart(&lens, id)),
            ["carts", id, "changes"] if self.carts.contains_key(*id) => {
                self.change(id, &body).map(|()| self.cart(&lens, id))
            }
            ["orders", "order-77001"] => Ok(self.order(&lens)),
            _ => Err(no("not_found", 404)),
        };
        match found {
            Ok(value) => http::Response::new(value.to_string().into()),
            Err(problem) => {
                let status = u16::try_from(problem["status"].as_u64().unwrap()).unwrap();
                http::Response::builder().status(status).body(problem.to_string().into()).unwrap()
            }
        }
    }

    fn row(&self, id: &str) -> Option<&'static Row> {
        GOODS.iter().find(|row| row.0 == id)
    }

    fn name(&self, lens: &Lens, row: &Row) -> String {
        self.name.clone().unwrap_or_else(|| lens.say(row.1).to_owned())
    }

    fn listing(&self, lens: &Lens, query: &HashMap<String, String>) -> Value {
        let words: Vec<String> = query
            .get("q")
            .map(|q| q.to_lowercase().split_whitespace().map(str::to_owned).collect())
            .unwrap_or_default();
        let fits = |row: &&Row| {
            let name = lens.say(row.1).to_lowercase();
            let stem = |word: &str| word.trim_end_matches('s').trim_start_matches("ال").to_owned();
            words.iter().all(|word| {
                name.split(' ').any(|part| part.trim_start_matches("ال").starts_with(&stem(word)))
            })
        };
        let all: Vec<Value> = GOODS.iter().filter(fits).map(|row| self.card(lens, row)).collect();
        let all: Vec<Value> = all.iter().cycle().take(all.len() * self.times).cloned().collect();
        let category = query
            .get("category")
            .map(|slug| json!({ "id": slug, "slug": slug, "name": lens.say(["Fashion", "Mode", "أزياء"]) }));
        json!({ "category": category, "items": all, "total": all.len(), "page": 1, "pageSize": 6, "sort": "relevance" })
    }

    fn card(&self, lens: &Lens, row: &Row) -> Value {
        json!({
            "id": row.0, "slug": row.0, "name": self.name(lens, row), "summary": "",
            "image": { "url": format!("/media/{}.png", row.0), "alt": lens.say(row.1), "width": 480, "height": 360 },
            "price": { "current": lens.money(row.2) }, "stock": level(row.3),
            "onlyVariant": row.4.is_empty().then(|| format!("{}-1", row.0)),
        })
    }

    fn product(&self, lens: &Lens, row: &Row) -> Value {
        let variant = |id: &str, choices: Value| json!({ "id": format!("{}-{id}", row.0), "sku": id, "choices": choices, "price": { "current": lens.money(row.2) }, "stock": { "level": level(row.3), "quantity": row.3 } });
        let values: Vec<Value> =
            row.4.iter().map(|c| json!({ "id": c[0], "name": lens.say([c[1], c[2], c[3]]) })).collect();
        let option =
            json!({ "id": "colour", "name": lens.say(["Colour", "Farbe", "اللون"]), "values": values });
        let variants: Vec<Value> = match row.4 {
            [] => vec![variant("1", json!([]))],
            colours => colours
                .iter()
                .map(|c| variant(c[0], json!([{ "option": "colour", "value": c[0] }])))
                .collect(),
        };
        json!({
            "id": row.0, "slug": row.0, "name": self.name(lens, row), "summary": lens.say(["Made well.", "Gut gemacht.", "صنع متقن."]),
            "options": if row.4.is_empty() { json!([]) } else { json!([option]) }, "variants": variants,
        })
    }

    fn change(&mut self, id: &str, change: &Value) -> Result<(), Value> {
        let lines = self.carts.get_mut(id).unwrap();
        let at = |lines: &[(String, u32)], name: &str| {
            lines.iter().position(|line| line.0 == change[name].as_str().unwrap_or_default())
        };
        let quantity = u32::try_from(change["quantity"].as_u64().unwrap_or(0)).unwrap();
        match change["do"].as_str().unwrap() {
            "add" => {
                let variant = change["variant"].as_str().unwrap().to_owned();
                let (product, _) = variant.split_once('-').unwrap();
                let row = GOODS.iter().find(|row| row.0 == product).ok_or(no("unknown_variant", 400))?;
                let had = at(lines, "variant").map_or(0, |place| lines[place].1);
                if had + quantity > row.3 {
                    return Err(no("out_of_stock", 409));
                }
                lines.retain(|line| line.0 != variant);
                lines.push((variant, had + quantity));
            }
            "apply_code" if change["code"] == "STAY5" => self.codes.push(change["code"].clone()),
            "apply_code" => return Err(no("bad_code", 400)),
            "set" if quantity > 0 => {
                let place = at(lines, "line").ok_or(no("unknown_line", 404))?;
                lines[place].1 = quantity;
            }
            _ => {
                let place = at(lines, "line").ok_or(no("unknown_line", 404))?;
                lines.remove(place);
            }
        }
        Ok(())
    }

    fn cart(&self, lens: &Lens, id: &str) -> Value {
        let mut total = 0;
        let lines: Vec<Value> = self.carts[id]
            .iter()
            .map(|(variant, quantity)| {
                let (product, choice) = variant.split_once('-').unwrap();
                let row = self.row(product).unwrap();
                let colour = row.4.iter().find(|c| c[0] == choice).map_or("", |c| lens.say([c[1], c[2], c[3]]));
                let sum = row.2 * i64::from(*quantity);
                total += sum;
                json!({ "id": variant, "product": product, "slug": product, "variant": variant, "name": self.name(lens, row), "choices": colour, "quantity": quantity, "price": { "current": lens.money(row.2) }, "total": lens.money(sum) })
            })
            .collect();
        let quantity: u32 = self.carts[id].iter().map(|line| line.1).sum();
        json!({ "id": id, "lines": lines, "quantity": quantity, "subtotal": lens.money(total), "total": lens.money(total), "codes": self.codes.iter().map(|code| json!({ "code": code, "active": true })).collect::<Vec<_>>() })
    }

    fn order(&self, lens: &Lens) -> Value {
        json!({ "id": "order-77001", "number": "LF-77001", "state": "shipped", "placedAt": "2026-11-20T10:00:00Z", "expectedAt": "2026-11-23T12:00:00Z", "lines": [], "quantity": 1, "subtotal": lens.money(1400), "total": lens.money(1400) })
    }
}

/// A market.
struct Lens {
    language: usize,
    currency: String,
}

impl Lens {
    fn of(query: &HashMap<String, String>) -> Self {
        let language = match query.get("locale").map(|locale| &locale[..2]) {
            Some("de") => 1,
            Some("ar") => 2,
            _ => 0,
        };
        Self { language, currency: query["currency"].clone() }
    }

    fn say<'t>(&self, texts: [&'t str; 3]) -> &'t str {
        texts[self.language]
    }

    fn money(&self, amount: i64) -> Value {
        json!({ "amount": amount, "currency": self.currency })
    }
}

fn stores(lens: &Lens) -> Vec<Value> {
    let store = |id: &str, name: &str, postcode: &str| {
        json!({
            "id": id, "slug": id, "name": name, "phone": "+44 113 496 0127", "timezone": "Europe/London",
            "address": { "street": "27 Finch Arcade", "city": name, "postcode": postcode, "country": "GB" },
            "latitudeE6": 0, "longitudeE6": 0,
            "hours": [{ "days": [1, 2, 3, 4, 5, 6], "open": "09:30", "close": "20:00" }],
        })
    };
    vec![
        store("leeds", lens.say(["Leeds", "Leeds", "ليدز"]), "LS1 0ZZ"),
        store("bath", lens.say(["Bath", "Bath", "باث"]), "BA1 0ZZ"),
    ]
}

fn category(slug: &str, name: &str) -> Value {
    json!({ "id": slug, "slug": slug, "name": name })
}

fn level(pieces: u32) -> &'static str {
    match pieces {
        0 => "out_of_stock",
        1..=3 => "low_stock",
        _ => "in_stock",
    }
}

fn no(code: &str, status: u16) -> Value {
    json!({ "code": code, "status": status, "title": code })
}
