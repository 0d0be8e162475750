//! What good files say.

use super::*;
use crate::model::{CategoryId, Currency, Money, Price, Sort, Stock, StockLevel};

fn pounds(minor: i64) -> Money {
    Money::new(minor, Currency::GBP)
}

fn made() -> Option<Timestamp> {
    table::moment(MADE)
}

#[test]
fn csv_and_a_feed_give_the_same_products() {
    let server = larkspur();
    let (csv, feed) =
        (server.open("products=products-en.csv").unwrap(), server.open("products=products-en.xml").unwrap());
    for slug in ["harbour-trench-coat", "cast-iron-casserole", "corvane-nine-mini", "herringbone-throw"] {
        let (one, mut other) =
            (by_slug(&csv, &britain(), slug).unwrap(), by_slug(&feed, &britain(), slug).unwrap());
        let feed_time = table::moment("2026-11-21T09:40:00Z");
        for variant in &mut other.variants {
            assert_eq!(variant.stock.as_of, feed_time, "the feed's own time goes before the server's");
            variant.stock.as_of = made();
        }
        assert_eq!(one, other, "{slug}");
    }
}

#[test]
fn a_product_has_its_variants_options_prices_and_the_time_of_the_file() {
    let batch = larkspur().open("products=products-en.csv, stock=stock.csv, stores=stores.csv").unwrap();
    let coat = by_slug(&batch, &britain(), "harbour-trench-coat").unwrap();
    assert_eq!(coat.name, "Harbour trench coat");
    assert_eq!(coat.brand.as_deref(), Some("Larkspur & Finch"));
    assert!(coat.description.starts_with("Cut from tightly woven"));
    assert_eq!(coat.categories[0].slug, "trench-coats");
    let options: Vec<_> =
        coat.options.iter().map(|option| (option.id.as_str(), option.name.as_str())).collect();
    assert_eq!(options, [("color", "Colour"), ("size", "Size")]);
    assert_eq!(coat.options[0].values.len(), 3);
    let first = &coat.variants[0];
    assert_eq!((first.id.as_str(), first.sku.as_str()), ("LF-1001-S-SAND", "LF-1001-S-SAND"));
    assert_eq!(first.price, Price { current: pounds(18_500), was: Some(pounds(23_000)) });
    assert_eq!(first.stock, Stock { as_of: made(), ..Stock::of(12) }, "the stock file's row without a store");
    assert_eq!(first.choices.len(), 2);
    assert_eq!(coat.variants[1].price, Price { current: pounds(18_500), was: None });
    let id = ProductKey::Id(coat.id.clone());
    assert_eq!(block_on(batch.product(&britain(), &id)).unwrap(), coat);
    let german = larkspur().open("products=products-{language}.csv").unwrap();
    let coat = by_slug(&german, &market("de-DE/EUR"), "harbour-trench-coat").unwrap();
    assert_eq!((coat.name.as_str(), coat.options[1].name.as_str()), ("Trenchcoat Harbour", "Größe"));
    assert_eq!(coat.variants[0].price.current, Money::new(21_900, Currency::EUR));
    assert_eq!(coat.variants[0].stock, Stock { as_of: made(), ..Stock::word(StockLevel::InStock) });
}

#[test]
fn stores_tell_what_they_have_and_as_of_when() {
    let batch = larkspur().open("stores=stores.csv, stock=stock.csv").unwrap();
    let stores = block_on(batch.stores(&britain())).unwrap();
    assert_eq!(stores.len(), 4);
    let london = &stores[0];
    assert_eq!((london.latitude_e6, london.longitude_e6), (51_511_800, -123_300));
    assert_eq!((london.address.city.as_str(), london.timezone.as_str()), ("London", "Europe/London"));
    assert_eq!(london.hours[1].days, [7]);
    assert_eq!((london.hours[0].days.len(), london.hours[0].open.as_str()), (6, "09:30"));
    assert_eq!(london.services[1], "personal-styling");
    let variant = VariantRef {
        id: crate::VariantId::new("another backend's"),
        sku: "LF-1001-S-SAND".into(),
        product: crate::ProductRef { id: crate::ProductId::new("x"), slug: "x".into() },
    };
    let stock = block_on(batch.store_stock(&britain(), &variant)).unwrap();
    let told: Vec<_> = stock.iter().map(|row| (row.store.id.as_str(), row.stock.quantity)).collect();
    let expected =
        [("covent-garden", Some(3)), ("leeds", Some(0)), ("edinburgh", Some(2)), ("bath", Some(0))];
    assert_eq!(told, expected);
    assert!(stock.iter().all(|row| row.stock.as_of == made()));
    let unknown = VariantRef { sku: "none".into(), ..variant };
    assert_eq!(block_on(batch.store_stock(&britain(), &unknown)), Ok(Vec::new()));
}

#[test]
fn a_rows_own_time_goes_first_and_a_file_without_any_is_as_of_now() {
    let (batch, _) = products("id,title,price,as_of\na,A,1 GBP,2026-11-20T08:00:00Z\nb,B,1 GBP,\n");
    let as_of = |slug: &str| by_slug(&batch, &britain(), slug).unwrap().variants[0].stock.as_of;
    assert_eq!(as_of("a"), table::moment("2026-11-20T08:00:00Z"));
    assert_eq!(as_of("b"), None);
}

#[test]
fn lists_are_narrowed_searched_sorted_and_cut_into_pages() {
    let batch = larkspur().open("products=products-en.csv").unwrap();
    let slugs = |query: ListingQuery| -> Vec<String> {
        list(&batch, &query).unwrap().items.into_iter().map(|card| card.slug).collect()
    };
    let all = slugs(everything());
    assert_eq!(all.len(), 4);
    let search = |words: &str| slugs(ListingQuery { search: Some(words.into()), ..everything() });
    assert_eq!(search("TRENCH coat"), ["harbour-trench-coat"]);
    assert_eq!(search("lf-1001-s-sand"), ["harbour-trench-coat"]);
    assert!(search("trench casserole").is_empty());
    let category = |slug: &str| ListingQuery { category: Some(slug.into()), ..everything() };
    assert_eq!(slugs(category("trench-coats")), ["harbour-trench-coat"]);
    assert_eq!(slugs(category("fashion")), ["harbour-trench-coat"], "a department has what is below it");
    assert_eq!(list(&batch, &category("none")).unwrap_err().kind, Kind::NotFound(Subject::Category));
    let tree = block_on(batch.categories(&britain())).unwrap();
    assert_eq!(tree[0].path_to("trench-coats").len(), 2);
    let prices = |sort: Sort| -> Vec<i64> {
        let listing = list(&batch, &ListingQuery { sort: Some(sort), ..everything() }).unwrap();
        assert_eq!(listing.sort, sort);
        listing.items.iter().map(|card| card.price.current.amount).collect()
    };
    assert!(
        prices(Sort::PriceAscending).is_sorted() && prices(Sort::PriceDescending).is_sorted_by(|a, b| a >= b)
    );
    let second = list(&batch, &ListingQuery { page: 2, page_size: 3, ..everything() }).unwrap();
    assert_eq!((second.items.len(), second.total, second.pages()), (1, 4, 2));
    assert_eq!(second.items[0].slug, all[3]);
    let far = ListingQuery { page: u32::MAX, page_size: 0, ..everything() };
    assert!(list(&batch, &far).unwrap().items.is_empty());
    let facet = crate::FacetChoice { facet: "color".into(), value: "navy".into() };
    let refused = list(&batch, &ListingQuery { facets: vec![facet], ..everything() }).unwrap_err();
    assert!(matches!(refused.kind, Kind::Refused(_)));
}

#[test]
fn a_sale_holds_while_it_runs_at_the_time_of_the_file() {
    let price = |made: &str, dates: &str| {
        let file = format!(
            "id,title,price,sale_price,as_of,sale_price_effective_date\na,A,20.00 GBP,15.00 GBP,{made},{dates}\n"
        );
        by_slug(&products(&file).0, &britain(), "a").unwrap().variants[0].price.current.amount
    };
    let november = "2026-11-01T00:00+0000/2026-11-30T00:00+0000";
    assert_eq!(price("2026-11-21T09:40:00Z", november), 1500);
    assert_eq!(price("2026-12-01T09:40:00Z", november), 2000);
    assert_eq!(price("", november), 2000, "of a file without a time nobody knows");
    assert_eq!(price("", ""), 1500);
}

#[test]
fn names_that_clash_stay_apart() {
    let (batch, _) = products(
        "id,item_group_id,title,link,price,product_type,color\n\
         a1,,A,https://old.test/show.php?id=1,1 GBP,Men > Shoes,\n\
         b1,,B,https://old.test/show.php?id=2,1 GBP,Women > Shoes,\n\
         c1,c,C black,,1 GBP,Men > Hats,Black\n\
         c2,c,C also black,,2 GBP,Men > Hats,Black\n\
         c2,c,C again,,3 GBP,Men > Hats,White\n\
         d1,d,D,,1 GBP,,Red!\nd2,d,D,,1 GBP,,Red?\n",
    );
    let listing = list(&batch, &everything()).unwrap();
    let slugs: Vec<_> = listing.items.iter().map(|card| card.slug.as_str()).collect();
    assert_eq!(slugs, ["show", "show-b1", "c", "d"]);
    let tree = block_on(batch.categories(&britain())).unwrap();
    let below = |at: usize| tree[at].children.iter().map(|c| c.slug.as_str()).collect::<Vec<_>>();
    assert_eq!((below(0), below(1)), (vec!["men-shoes", "hats"], vec!["women-shoes"]));
    assert_eq!(tree[0].id, CategoryId::new("men"));
    let of = |slug: &str| {
        list(&batch, &ListingQuery { category: Some(slug.into()), ..everything() }).unwrap().total
    };
    assert_eq!((of("men-shoes"), of("men"), of("women")), (1, 2, 1));
    let hat = by_slug(&batch, &britain(), "c").unwrap();
    assert_eq!(hat.variants.len(), 2, "a second row of an id is none");
    assert_eq!(hat.options[0].id, "style", "colour does not tell them apart, titles do");
    let red = by_slug(&batch, &britain(), "d").unwrap();
    let values: Vec<_> = red.options[0].values.iter().map(|value| value.id.as_str()).collect();
    assert_eq!(values, ["red", "red-1"]);
    assert_ne!(red.variants[0].choices, red.variants[1].choices);
}
