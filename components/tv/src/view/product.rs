//! A product: what it is, its choices, a button to buy, and what goes with it.

use super::card::{CARD, Cards, HERO, picture};
use super::refine::is_colour;
use super::{Addresses, NAME, SUBTITLE, TEXT, cart, compose, given, screen, slot};
use crate::screen::{Action, Hero, Item, ItemKind, Kind, Rail, RailKind, Screen, cut};
use commerce::{Capability, Product, ProductCard, ProductKey, ProductOption, StockLevel, Variant};
use kit::decide::{Choices, Topic};
use kit::{Ask, Failure};

/// Query parameters of choices: `option.size=m`.
const OPTION: &str = "option.";
/// Rows of choices, and choices in each.
const OPTIONS: usize = 4;
const VALUES: usize = 40;

/// A product's screen, with one variant chosen: the one that the address names, else the first that can be
/// had.
///
/// # Errors
/// `NotFound`; whatever befalls the product.
pub async fn product(ask: &Ask) -> Result<Screen, Failure> {
    let key = ProductKey::Slug(ask.part("slug").to_owned());
    let product = ask.slots.required(slot::PRODUCT, ask.shop.product(&key)).await?;
    let choices = ask.choices(Topic::product(&product)).await;
    let beside = beside(ask, &choices, &product).await?;
    Ok(show(ask, &choices, &product, &beside))
}

/// What the rules recommend beside a product; where they recommend nothing, what the shop relates to it.
async fn beside(ask: &Ask, choices: &Choices, product: &Product) -> Result<Vec<ProductCard>, Failure> {
    let seeds = [product.slug.as_str()];
    let rules = ask.recommend(choices, slot::RECOMMENDATIONS, "product", Some(product), &seeds).await?;
    if !rules.wants_related() || !ask.shop.can(Capability::Related) {
        return Ok(rules.cards);
    }
    let this = product.reference();
    let related = ask.slots.optional(slot::RELATED, ask.shop.related(&this)).await?;
    Ok(related.map(|cards| cards.to_vec()).unwrap_or_default())
}

fn show(ask: &Ask, choices: &Choices, product: &Product, beside: &[ProductCard]) -> Screen {
    let cards = Cards::of(ask);
    let variant = chosen(ask, product);
    let pairs = variant.map(|variant| query(product, variant)).unwrap_or_default();
    let address = address(&cards.addresses, product, &pairs);
    let deep_link = cards.addresses.deep_link(&address, &Addresses::web_product(&product.slug));
    let id = format!("product-{}", cut(&product.slug, NAME));
    let mut empty = screen(ask, Kind::Product, id, &product.name, deep_link);
    empty.given = choices.offer(given::SLOT).and_then(|offer| given::line(ask, &offer, None));

    let mut rails: Vec<Rail> = product
        .options
        .iter()
        .take(OPTIONS)
        .filter(|option| option.values.len() > 1)
        .map(|option| option_rail(&cards, product, variant, option))
        .collect();
    rails.push(cards.beside("related", beside));
    rails.retain(|rail| !rail.items.is_empty());
    compose(empty, Some(hero(ask, &cards, product, variant)), rails)
}

/// The variant that fits most of what the address chooses; among equals one that can be had.
fn chosen<'a>(ask: &Ask, product: &'a Product) -> Option<&'a Variant> {
    let fits = |variant: &Variant| {
        let wanted = |choice: &&commerce::Choice| {
            ask.query.get(&format!("{OPTION}{}", choice.option)) == Some(choice.value.as_str())
        };
        variant.choices.iter().filter(wanted).count()
    };
    let rank = |variant: &Variant| (fits(variant), variant.stock.level != StockLevel::OutOfStock);
    let best = product.variants.iter().map(rank).max()?;
    product.variants.iter().find(|variant| rank(variant) == best)
}

fn hero(ask: &Ask, cards: &Cards<'_>, product: &Product, variant: Option<&Variant>) -> Hero {
    let mut notes = Vec::new();
    let (mut price, mut was) = Default::default();
    let mut actions = Vec::new();
    if let Some(variant) = variant {
        (price, was) = cards.price(variant.price, false);
        notes.push(match (variant.stock.level, variant.stock.quantity) {
            (StockLevel::LowStock, Some(left)) => cards.locale.count("stock-left", left),
            (level, _) => cards.locale.text(stock_key(level)).to_owned(),
        });
        notes.extend(variant.stock.as_of.map(|at| {
            let time = cards.locale.lately(at, ask.now);
            cards.locale.say("stock-as-of", &[("time", time.into())])
        }));
        if variant.stock.level != StockLevel::OutOfStock {
            let title = cards.locale.text("add-to-cart");
            let action = cart::add_action(&cards.addresses, &variant.id);
            actions.push(Item::new("add", ItemKind::Button, title, action));
        }
    }
    if let Some(rating) = product.rating {
        let reviews = cards.locale.count("reviews-count", rating.count);
        notes.push(format!("★ {} · {reviews}", cards.locale.tenths(rating.average_tenths)));
    }
    if let Some(category) = product.categories.first()
        && let Some(screen) = cards.addresses.category(&category.slug, &[])
    {
        let title = cards.locale.say("more-in", &[("category", cut(&category.name, NAME).into())]);
        actions.push(Item::new("more", ItemKind::Button, title, Action::open(screen)));
    }
    Hero {
        kicker: cut(product.brand.as_deref().unwrap_or_default(), SUBTITLE),
        title: cut(&product.name, NAME),
        text: cut(if product.description.is_empty() { &product.summary } else { &product.description }, TEXT),
        price,
        was,
        notes,
        image: product.images.first().and_then(|i| picture(i, if i.width > i.height { HERO } else { CARD })),
        actions,
    }
}

const fn stock_key(level: StockLevel) -> &'static str {
    match level {
        StockLevel::InStock => "stock-in-stock",
        StockLevel::LowStock => "stock-low-stock",
        StockLevel::OutOfStock => "stock-out-of-stock",
    }
}

fn option_rail(
    cards: &Cards<'_>,
    product: &Product,
    variant: Option<&Variant>,
    option: &ProductOption,
) -> Rail {
    let current = variant.map(|variant| query(product, variant)).unwrap_or_default();
    let name = format!("{OPTION}{}", option.id);
    let items = option.values.iter().take(VALUES).map(|value| {
        let mut pairs = current.clone();
        pairs.retain(|(known, _)| *known != name);
        pairs.push((name.clone(), value.id.clone()));
        let action = Action::swap(address(&cards.addresses, product, &pairs));
        let mut item = Item::new(cut(&value.id, NAME), ItemKind::Choice, cut(&value.name, NAME), action);
        item.selected = current.iter().any(|(known, chosen)| *known == name && *chosen == value.id);
        item.swatch = value.swatch.clone().filter(|swatch| is_colour(swatch));
        item.sold_out = !can_be_had(product, &pairs);
        item
    });
    Rail {
        id: format!("{OPTION}{}", cut(&option.id, NAME)),
        title: cut(&option.name, NAME),
        kind: RailKind::Chips,
        items: items.collect(),
        next: None,
    }
}

/// Whether a variant with these very choices is in stock.
fn can_be_had(product: &Product, pairs: &[(String, String)]) -> bool {
    product.variants.iter().any(|variant| {
        variant.stock.level != StockLevel::OutOfStock
            && query(product, variant).iter().all(|pair| pairs.contains(pair))
    })
}

fn query(product: &Product, variant: &Variant) -> Vec<(String, String)> {
    let known = |id: &str| product.options.iter().any(|option| option.id == id);
    let choices = variant.choices.iter().filter(|choice| known(&choice.option));
    choices.map(|choice| (format!("{OPTION}{}", choice.option), choice.value.clone())).collect()
}

fn address(addresses: &Addresses, product: &Product, pairs: &[(String, String)]) -> String {
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    addresses.product(&product.slug, &pairs).unwrap_or_else(|| addresses.screen("home", &[]))
}
