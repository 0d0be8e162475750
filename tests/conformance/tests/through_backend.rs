//! What a head reads through the component `backend` is what it would read itself: all products, lists and journeys.

use commerce::adapters::{Settings, connect};
use commerce::{ListingQuery, Market, Port};
use conformance::observe::{Notes, Observation};
use conformance::served::through_backend;
use conformance::upstream::Reference;
use conformance::{codes, journeys, reads};

fn shop() -> Box<dyn Port> {
    let settings = Settings { url: "http://demo-shop.test".into(), ..Settings::named("shop") };
    connect("plain", &settings, Box::new(Reference::new())).expect("the settings are complete")
}

async fn observe(port: &dyn Port) -> Vec<Observation> {
    let mut notes = Notes::default();
    for name in ["en-GB/GBP", "de-DE/EUR", "ar-GB/GBP"] {
        let market = Market::parse(name).expect("a market");
        let query = ListingQuery { page: 1, page_size: 100, ..ListingQuery::default() };
        let all = port.listing(&market, &query).await.expect("a list").items;
        let slugs: Vec<String> = all.into_iter().map(|card| card.slug).collect();
        assert!(slugs.len() >= 60, "{} products in {name}", slugs.len());
        reads::read(&mut notes, port, &market, &slugs).await;
        journeys::go(&mut notes, port, &market).await;
    }
    codes::ask(&mut notes, port).await;
    notes.0
}

#[tokio::test]
async fn every_product_list_and_journey_is_the_same_through_the_backend() {
    let directly = observe(&*shop()).await;
    let through = observe(&*through_backend(shop()).expect("its own settings")).await;
    assert!(directly.len() > 300, "{} observations", directly.len());
    assert_eq!(directly.len(), through.len());
    for (directly, through) in directly.iter().zip(&through) {
        assert_eq!(directly.name, through.name);
        assert_eq!(directly.value, through.value, "{}", directly.name);
    }
    println!("{} observations are the same", directly.len());
}
