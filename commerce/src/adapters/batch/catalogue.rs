//! Offers as products and categories; pure.

use super::offer::{Offer, slug};
use super::stock::Stocks;
use crate::model::{
    Attribute, Category, CategoryId, CategoryRef, Choice, Market, OptionValue, Product, ProductId,
    ProductOption, Stock, Variant, VariantId,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Levels of the category tree; a deeper way is cut.
const DEEPEST: usize = 8;

/// What the file sells.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    /// In the file's order.
    pub(super) products: Vec<Product>,
    /// The departments, in the file's order.
    pub(super) categories: Vec<Category>,
    /// By product, as in `products`: the ids of all categories that it is in, with those above them.
    pub(super) within: Vec<HashSet<String>>,
}

/// What options are called; a file has words for their values only.
fn option_name(option: &str, language: &str) -> &'static str {
    match (option, language) {
        ("color", "de") => "Farbe",
        ("color", "ar") => "اللون",
        ("color", "fr") => "Couleur",
        ("color", _) => "Colour",
        ("size", "de") => "Größe",
        ("size", "ar") => "المقاس",
        ("size", "fr") => "Taille",
        ("size", _) => "Size",
        (_, "de") => "Ausführung",
        (_, "ar") => "النوع",
        (_, "fr") => "Modèle",
        _ => "Style",
    }
}

impl Catalogue {
    /// Puts offers of a group together; stock of the stock file counts before that of the product file.
    pub(super) fn of(offers: Vec<Offer>, stocks: Option<&Stocks>, market: &Market) -> Self {
        let mut order: Vec<String> = Vec::new();
        let mut groups: HashMap<String, Vec<Offer>> = HashMap::new();
        for offer in offers {
            let group = groups.entry(offer.group.clone()).or_insert_with(|| {
                order.push(offer.group.clone());
                Vec::new()
            });
            // The first of two rows with one id counts.
            if group.iter().all(|other| other.id != offer.id) {
                group.push(offer);
            }
        }
        let (mut catalogue, mut slugs) = (Self::default(), HashSet::new());
        for group in order {
            let offers = groups.remove(&group).unwrap_or_default();
            let Some(first) = offers.first() else { continue };
            let own = slug(&group).unwrap_or_else(|| "product".to_owned());
            let named = first.slug.clone().unwrap_or_else(|| own.clone());
            // Pages such as /product.php?id=7 share their last part: then the id tells them apart.
            let named = if slugs.contains(&named) { format!("{named}-{own}") } else { named };
            if !slugs.insert(named.clone()) {
                continue;
            }
            let (categories, within) = catalogue.place(first);
            catalogue.products.push(product(group, named, &offers, categories, stocks, market));
            catalogue.within.push(within);
        }
        catalogue.address();
        catalogue
    }

    /// Gives each category its part of an address: its own name, or its whole way where two share a name.
    fn address(&mut self) {
        let mut names: HashMap<String, usize> = HashMap::new();
        each(&mut self.categories, &mut |category| {
            *names.entry(last_part(category).to_owned()).or_default() += 1;
        });
        let mut slugs: HashMap<CategoryId, String> = HashMap::new();
        each(&mut self.categories, &mut |category| {
            let is_shared = names.get(last_part(category)).is_some_and(|count| *count > 1);
            category.slug = if is_shared {
                category.id.as_str().replace('/', "-")
            } else {
                last_part(category).to_owned()
            };
            slugs.insert(category.id.clone(), category.slug.clone());
        });
        for category in self.products.iter_mut().flat_map(|product| &mut product.categories) {
            category.slug = slugs.get(&category.id).cloned().unwrap_or_default();
        }
    }

    /// Makes the categories of an offer. Gives the last of each way, and the ids of all.
    fn place(&mut self, offer: &Offer) -> (Vec<CategoryRef>, HashSet<String>) {
        let (mut last, mut within) = (Vec::new(), HashSet::new());
        for way in &offer.types {
            let (mut level, mut id) = (&mut self.categories, String::new());
            let mut reached = None;
            for name in way.iter().take(DEEPEST) {
                let Some(part) = slug(name) else { break };
                id = if id.is_empty() { part } else { format!("{id}/{part}") };
                let at = level.iter().position(|category| category.id.as_str() == id);
                let at = at.unwrap_or_else(|| {
                    level.push(Category {
                        id: CategoryId::new(&id),
                        slug: String::new(),
                        name: name.clone(),
                        description: String::new(),
                        image: None,
                        children: Vec::new(),
                    });
                    level.len() - 1
                });
                within.insert(id.clone());
                let Some(category) = level.get_mut(at) else { break };
                let (id, slug, name) = (category.id.clone(), category.slug.clone(), category.name.clone());
                reached = Some(CategoryRef { id, slug, name });
                level = &mut category.children;
            }
            last.extend(reached.filter(|category| !last.contains(category)));
        }
        (last, within)
    }

    /// A category by its slug, wherever it is in the tree.
    pub(super) fn category(&self, slug: &str) -> Option<CategoryRef> {
        let found = self.categories.iter().find_map(|category| category.path_to(slug).last().copied())?;
        Some(CategoryRef { id: found.id.clone(), slug: found.slug.clone(), name: found.name.clone() })
    }
}

fn last_part(category: &Category) -> &str {
    category.id.as_str().rsplit('/').next().unwrap_or_default()
}

fn each(categories: &mut [Category], visit: &mut dyn FnMut(&mut Category)) {
    for category in categories {
        visit(category);
        each(&mut category.children, visit);
    }
}

fn product(
    group: String,
    slug: String,
    offers: &[Offer],
    categories: Vec<CategoryRef>,
    stocks: Option<&Stocks>,
    market: &Market,
) -> Product {
    let first = offers.first();
    let text = |of: fn(&Offer) -> &String| first.map(of).cloned().unwrap_or_default();
    let (options, choices) = options(offers, market.language());
    let stock = |offer: &Offer| -> Stock {
        stocks.and_then(|stocks| stocks.delivered(&offer.id)).unwrap_or(offer.stock)
    };
    let variants = offers.iter().zip(choices).map(|(offer, choices)| Variant {
        id: VariantId::new(&offer.id),
        sku: offer.id.clone(),
        choices,
        price: offer.price,
        stock: stock(offer),
    });
    let mut images = Vec::new();
    for image in offers.iter().flat_map(|offer| &offer.images) {
        if !images.contains(image) && images.len() < 12 {
            images.push(image.clone());
        }
    }
    let gtin = first.and_then(|offer| offer.gtin.clone()).filter(|_| offers.len() == 1);
    let fact = |value| Attribute { id: "gtin".to_owned(), name: "GTIN".to_owned(), value };
    Product {
        id: ProductId::new(group),
        slug,
        name: text(|offer| &offer.title),
        summary: text(|offer| &offer.summary),
        description: text(|offer| &offer.description),
        brand: first.and_then(|offer| offer.brand.clone()),
        categories,
        images,
        options,
        variants: variants.collect(),
        attributes: gtin.map(fact).into_iter().collect(),
        tags: Vec::new(),
        rating: None,
        looks: Vec::new(),
    }
}

/// What the offers of a group differ in, and what each has of it. Where colour and size do not tell two apart, their
/// titles do, and else their ids.
fn options(offers: &[Offer], language: &str) -> (Vec<ProductOption>, Vec<Vec<Choice>>) {
    if offers.len() < 2 {
        return (Vec::new(), offers.iter().map(|_| Vec::new()).collect());
    }
    let mut chosen: Vec<Vec<(&'static str, String)>> =
        offers.iter().map(|offer| offer.choices.clone()).collect();
    let names: HashSet<_> = chosen.first().into_iter().flatten().map(|(name, _)| *name).collect();
    let alike = |choices: &Vec<(&str, String)>| {
        choices.iter().map(|(name, _)| *name).collect::<HashSet<_>>() == names
    };
    let apart =
        |chosen: &[Vec<(&'static str, String)>]| chosen.iter().collect::<HashSet<_>>().len() == chosen.len();
    if !chosen.iter().all(alike) || !apart(&chosen) {
        let titles: HashSet<_> = offers.iter().map(|offer| &offer.title).collect();
        let by_title = titles.len() == offers.len();
        let word = |offer: &Offer| if by_title { offer.title.clone() } else { offer.id.clone() };
        chosen = offers.iter().map(|offer| vec![("style", word(offer))]).collect();
    }
    let mut options: Vec<ProductOption> = Vec::new();
    let mut ids: BTreeMap<(&'static str, String), String> = BTreeMap::new();
    for (option, value) in chosen.iter().flatten() {
        let at = options.iter().position(|known| known.id == *option).unwrap_or_else(|| {
            let name = option_name(option, language).to_owned();
            options.push(ProductOption { id: (*option).to_owned(), name, values: Vec::new() });
            options.len() - 1
        });
        let Some(known) = options.get_mut(at) else { continue };
        ids.entry((option, value.clone())).or_insert_with(|| {
            let plain = slug(value).unwrap_or_else(|| "other".to_owned());
            let taken = known.values.iter().any(|other| other.id == plain);
            let id = if taken { format!("{plain}-{}", known.values.len()) } else { plain };
            known.values.push(OptionValue { id: id.clone(), name: value.clone(), swatch: None });
            id
        });
    }
    let choice = |(option, value): &(&'static str, String)| {
        let id = ids.get(&(*option, value.clone())).cloned().unwrap_or_default();
        Choice { option: (*option).to_owned(), value: id }
    };
    let choices = chosen.iter().map(|choices| choices.iter().map(choice).collect()).collect();
    (options, choices)
}
