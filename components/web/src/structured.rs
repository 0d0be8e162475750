//! JSON-LD in the vocabulary of <https://schema.org>, as Google's merchant listing and breadcrumb pages ask
//! for it (developers.google.com/search/docs/appearance/structured-data, read 2026-11).

use crate::links::Links;
use crate::view::Crumb;
use commerce::{Currency, Listing, Money, Product, StockLevel, Store, Variant};
use kit::Ask;
use serde_json::{Value, json};

const CONTEXT: &str = "https://schema.org";

/// The way to a page.
pub(crate) fn breadcrumbs(site: &str, way: &[Crumb]) -> Value {
    let item = |(at, crumb): (usize, &Crumb)| json!({"@type": "ListItem", "position": at + 1, "name": crumb.name, "item": format!("{site}{}", crumb.href)});
    let items: Vec<Value> = way.iter().enumerate().map(item).collect();
    json!({"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items})
}

/// The shop and its search.
pub(crate) fn website(ask: &Ask) -> Vec<Value> {
    let (links, site) = (Links::of(ask), ask.site());
    let (name, home) = (ask.locale.text("shop-name"), format!("{site}{}", links.home()));
    let target = format!("{site}{}?q={{search_term_string}}", links.page("search"));
    vec![
        json!({"@context": CONTEXT, "@type": "Organization", "name": name, "url": home,
            "logo": format!("{site}/media/favicon.svg")}),
        json!({"@context": CONTEXT, "@type": "WebSite", "name": name, "url": home, "inLanguage": ask.locale.tag(),
            "potentialAction": {"@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": target},
                "query-input": "required name=search_term_string"}}),
    ]
}

/// A page of a list.
pub(crate) fn list(ask: &Ask, listing: &Listing) -> Value {
    let (links, site) = (Links::of(ask), ask.site());
    let first = u64::from(listing.page.saturating_sub(1)) * u64::from(listing.page_size) + 1;
    let items = listing.items.iter().zip(first..).map(|(card, position)| {
        json!({"@type": "ListItem", "position": position, "name": card.name,
            "url": format!("{site}{}", links.product(&card.slug))})
    });
    let items: Vec<Value> = items.collect();
    json!({"@context": CONTEXT, "@type": "ItemList", "numberOfItems": listing.total, "itemListElement": items})
}

/// A product with what its variants cost.
pub(crate) fn product(ask: &Ask, product: &Product) -> Value {
    let (links, site) = (Links::of(ask), ask.site());
    let url = format!("{site}{}", links.product(&product.slug));
    let images: Vec<String> = product.images.iter().map(|image| absolute(&site, &image.url)).collect();
    let offers: Vec<Value> = product.variants.iter().map(|variant| offer(&url, variant)).collect();
    let mut json = json!({"@context": CONTEXT, "@type": "Product", "name": product.name, "url": url,
        "description": product.description, "image": images, "offers": offers});
    if let Some(object) = json.as_object_mut() {
        if let Some(brand) = &product.brand {
            object.insert("brand".into(), json!({"@type": "Brand", "name": brand}));
        }
        if let [only] = product.variants.as_slice() {
            object.insert("sku".into(), json!(only.sku));
        }
        if let Some(rating) = product.rating.filter(|rating| rating.count > 0) {
            let average = decimal(i64::from(rating.average_tenths), 1);
            object.insert(
                "aggregateRating".into(),
                json!({"@type": "AggregateRating", "ratingValue": average, "reviewCount": rating.count}),
            );
        }
    }
    json
}

fn offer(url: &str, variant: &Variant) -> Value {
    let availability = match variant.stock.level {
        StockLevel::OutOfStock => "OutOfStock",
        StockLevel::LowStock => "LimitedAvailability",
        StockLevel::InStock => "InStock",
    };
    json!({"@type": "Offer", "url": crate::links::with_query(url, &[("variant", variant.id.as_str())]),
        "sku": variant.sku, "price": amount(variant.price.current),
        "priceCurrency": variant.price.current.currency.code(),
        "availability": format!("{CONTEXT}/{availability}"), "itemCondition": format!("{CONTEXT}/NewCondition")})
}

/// The stores.
pub(crate) fn stores(ask: &Ask, stores: &[Store]) -> Vec<Value> {
    let site = ask.site();
    let name = ask.locale.text("shop-name");
    let one = |store: &Store| {
        let hours: Vec<Value> = store.hours.iter().map(|hours| {
            let days: Vec<&str> = hours.days.iter().filter_map(|day| day_name(*day)).collect();
            json!({"@type": "OpeningHoursSpecification", "dayOfWeek": days, "opens": hours.open, "closes": hours.close})
        }).collect();
        let degrees = |e6: i32| decimal(i64::from(e6), 6);
        json!({"@context": CONTEXT, "@type": "DepartmentStore", "name": format!("{name} {}", store.name),
            "telephone": store.phone, "openingHoursSpecification": hours,
            "image": store.image.iter().map(|image| absolute(&site, &image.url)).collect::<Vec<_>>(),
            "address": {"@type": "PostalAddress", "streetAddress": store.address.street,
                "addressLocality": store.address.city, "postalCode": store.address.postcode,
                "addressCountry": store.address.country},
            "geo": {"@type": "GeoCoordinates", "latitude": degrees(store.latitude_e6),
                "longitude": degrees(store.longitude_e6)}})
    };
    stores.iter().map(one).collect()
}

fn day_name(day: u8) -> Option<&'static str> {
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    days.get(usize::from(day).checked_sub(1)?).copied()
}

fn absolute(site: &str, url: &str) -> String {
    if url.starts_with('/') { format!("{site}{url}") } else { url.to_owned() }
}

/// Money as schema.org wants it: a decimal with a point, without a sign for the currency.
fn amount(money: Money) -> String {
    let exponent: fn(Currency) -> u8 = Currency::exponent;
    decimal(money.amount, exponent(money.currency))
}

fn decimal(number: i64, places: u8) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let unit = 10_u64.pow(u32::from(places));
    let number = number.unsigned_abs();
    match places {
        0 => format!("{sign}{number}"),
        _ => format!("{sign}{}.{:0width$}", number / unit, number % unit, width = usize::from(places)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_plain_decimals() {
        assert_eq!(amount(Money::new(18500, Currency::GBP)), "185.00");
        assert_eq!(amount(Money::new(5, Currency::EUR)), "0.05");
        assert_eq!(amount(Money::new(36400, Currency::JPY)), "36400");
        assert_eq!(decimal(-123_300, 6), "-0.123300");
    }
}
