//! Products: searched for, of a department, more of them.

use super::super::{Action, Button, Card, Picture, Purpose, Reply, Talk};
use commerce::{Category, Image, Listing, ListingQuery, ProductCard, StockLevel};
use kit::visibility::Public;
use kit::{Failure, Slot, Trouble};

/// Products shown at once: what a thumb still scrolls through.
pub(super) const AT_ONCE: u32 = 6;
/// A picture in a card is shown up to this wide, twice over for fine screens.
const PICTURE: u32 = 480;
/// Departments are offered beside another answer; that answer does not wait longer for them.
const BESIDE: Slot = Slot::new("categories").share(18).undated();
/// What the shop's search takes at most (`ListingQuery::search`).
const MOST_SEARCHED: usize = 200;

impl Talk<'_> {
    /// Products for words.
    pub(in super::super) async fn search(&mut self, words: &str, page: u32) -> Result<Reply, Failure> {
        let found = self.listing(words, page).await?;
        if !found.items.is_empty() {
            return Ok(self.found(words, &found, page));
        }
        let departments = self.ask.slots.or_default(BESIDE, self.ask.shop.categories()).await?;
        let mut buttons = department_buttons(&departments);
        buttons.push(self.button("button-help", Action::Help {}));
        let words: String = words.chars().take(60).collect();
        let text = self.locale.say("search-nothing", &[("words", words.into())]);
        Ok(Reply::text(text).and_choices(buttons))
    }

    /// One page of what the shop finds.
    pub(in super::super) async fn listing(&self, words: &str, page: u32) -> Result<Public<Listing>, Failure> {
        let search = Some(words.chars().take(MOST_SEARCHED).collect());
        let query = ListingQuery { search, page: page.max(1), page_size: AT_ONCE, ..ListingQuery::default() };
        self.ask.slots.required(Slot::new("listing"), self.ask.shop.listing(&query)).await
    }

    /// Says what was found for words.
    pub(in super::super) fn found(&mut self, words: &str, listing: &Listing, page: u32) -> Reply {
        let next = Action::Search { words: words.to_owned(), page: page + 1 };
        self.list(self.locale.count("search-found", listing.total), listing, next)
    }

    /// Products of a category.
    pub(in super::super) async fn department(&mut self, slug: &str, page: u32) -> Result<Reply, Failure> {
        let query = ListingQuery {
            category: Some(slug.to_owned()),
            page: page.max(1),
            page_size: AT_ONCE,
            ..ListingQuery::default()
        };
        let listing = match self.ask.slots.required(Slot::new("listing"), self.ask.shop.listing(&query)).await
        {
            Err(Failure { trouble: Trouble::NotFound(_), .. }) => return self.departments().await,
            other => other?,
        };
        let name = listing.category.as_ref().map(|category| category.name.clone()).unwrap_or_default();
        let number = self.locale.number(listing.total);
        let variables = [("name", name.into()), ("count", listing.total.into()), ("number", number.into())];
        let next = Action::Department { slug: slug.to_owned(), page: page + 1 };
        Ok(self.list(self.locale.say("department-found", &variables), &listing, next))
    }

    fn list(&mut self, text: String, listing: &Listing, next: Action) -> Reply {
        let items = listing.items.get(..AT_ONCE as usize).unwrap_or(&listing.items);
        self.memory.show(items);
        let is_last = listing.page >= listing.pages();
        self.memory.more = (!is_last).then(|| next.clone());
        let mut buttons = Vec::new();
        if !is_last {
            buttons.push(self.button("button-more", next));
        }
        let cards = items.iter().map(|card| self.card(card)).collect();
        Reply::text(text).and_cards(cards).and_choices(buttons)
    }

    /// The next page of what was shown last.
    pub(in super::super) async fn more(&mut self) -> Result<Reply, Failure> {
        match self.memory.more.clone() {
            Some(Action::Search { words, page }) => self.search(&words, page).await,
            Some(Action::Department { slug, page }) => self.department(&slug, page).await,
            _ => Ok(Reply::text(self.text("more-nothing")).and_choices(self.starters())),
        }
    }

    /// All departments as buttons.
    pub(in super::super) async fn departments(&mut self) -> Result<Reply, Failure> {
        let departments =
            self.ask.slots.required(Slot::new("categories").undated(), self.ask.shop.categories()).await?;
        Ok(Reply::text(self.text("departments")).and_choices(department_buttons(&departments)))
    }

    /// A product as a card with what can be done with it.
    pub(super) fn card(&self, card: &ProductCard) -> Card {
        let price = self.locale.money(card.price.current);
        let mut subtitle = card.summary.clone();
        if card.stock != StockLevel::InStock {
            let stock = match card.stock {
                StockLevel::LowStock => "stock-low-stock",
                _ => "stock-out-of-stock",
            };
            subtitle = [subtitle, self.text(stock)].join("\n");
        }
        let mut buttons = vec![self.button("button-details", Action::Show { product: card.id.clone() })];
        if card.stock != StockLevel::OutOfStock {
            buttons.push(self.button("button-add", add_action(card)));
        }
        Card {
            title: card.name.clone(),
            subtitle: subtitle.trim().to_owned(),
            price: Some(if card.price_varies {
                self.locale.say("price-from", &[("price", price.into())])
            } else {
                price
            }),
            was: card.price.was.map(|was| self.locale.money(was)),
            image: card.image.as_ref().map(picture),
            link: Some(self.product_page(&card.slug)),
            buttons,
        }
    }

    /// The web head's page of a product.
    pub(super) fn product_page(&self, slug: &str) -> String {
        let slug: String = url::form_urlencoded::byte_serialize(slug.as_bytes()).collect();
        format!("/{}/p/{slug}", self.locale.market().id())
    }
}

pub(super) fn add_action(card: &ProductCard) -> Action {
    match &card.only_variant {
        Some(variant) => Action::Add { variant: variant.clone(), quantity: 1 },
        None => Action::Choose {
            product: card.id.clone(),
            choices: Vec::new(),
            purpose: Purpose::Add { quantity: 1 },
        },
    }
}

pub(super) fn picture(image: &Image) -> Picture {
    let (url, width, height) = image.at_least(PICTURE);
    Picture { url: url.to_owned(), alt: image.alt.clone(), width, height }
}

pub(super) fn department_buttons(departments: &[Category]) -> Vec<Button> {
    let button = |category: &Category| {
        Button::new(&category.name, Action::Department { slug: category.slug.clone(), page: 1 })
    };
    departments.iter().take(8).map(button).collect()
}
