//! What a shopper is given, by the demo shop's own rules: to the penny, and the same on every head.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use tests::bench::{Bench, Setting, publish};
use tests::house::root;

const PHRASE: &str = "10% off and free delivery from £30.00";

async fn bench(rules: PathBuf) -> Result<Bench> {
    let variables = vec!["cache=on".to_owned(), "log_events=true".to_owned()];
    let bench = Bench::with(Setting { variables, ..Setting::default() }).await?;
    publish(&bench, &rules).await?;
    Ok(bench)
}

/// A browser.
struct Shopper<'b> {
    bench: &'b Bench,
    client: reqwest::Client,
    session: String,
}

impl<'b> Shopper<'b> {
    fn new(bench: &'b Bench) -> Result<Self> {
        let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
        Ok(Self { bench, client: builder.build()?, session: String::new() })
    }

    /// Who agreed to be known.
    async fn known(bench: &'b Bench) -> Result<Self> {
        let mut shopper = Self::new(bench)?;
        ensure!(shopper.post("/en-gb/consent", &[("purposes", "all")]).await? == (303, "/en-gb/".to_owned()));
        Ok(shopper)
    }

    /// Sends a form of the web head; the status, and where it leads.
    async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Result<(u16, String)> {
        let request = self.client.post(self.bench.address(path)).header("sec-fetch-site", "same-origin");
        let answer =
            request.header("cookie", format!("hw_session={}", self.session)).form(form).send().await?;
        let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
        if let Some(cookie) = header("set-cookie").and_then(|cookie| cookie.strip_prefix("hw_session=")) {
            self.session = cookie.split(';').next().unwrap_or_default().to_owned();
        }
        Ok((answer.status().as_u16(), header("location").unwrap_or_default().to_owned()))
    }

    async fn web(&self, path: &str) -> Result<String> {
        let request = self.client.get(self.bench.address(path));
        let request = match self.session.as_str() {
            "" => request,
            session => request.header("cookie", format!("hw_session={session}")),
        };
        let answer = request.send().await?;
        ensure!(answer.status().is_success(), "{path}: {}", answer.status());
        Ok(answer.text().await?)
    }

    /// A screen or a glance, by the session as apps carry it.
    async fn app(&self, path: &str) -> Result<Value> {
        let request = self.client.get(self.bench.address(path)).header("headwater-session", &self.session);
        let answer = request.send().await?;
        ensure!(answer.status().is_success(), "{path}: {}", answer.status());
        Ok(answer.json().await?)
    }

    async fn chat(&self, text: &str) -> Result<Value> {
        let request = self.client.post(self.bench.address("/chat/messages?market=en-gb"));
        let request = request.header("headwater-session", &self.session).json(&json!({ "text": text }));
        Ok(request.send().await?.error_for_status()?.json().await?)
    }

    async fn add(&mut self, product: &str, quantity: u32) -> Result<()> {
        let quantity = quantity.to_string();
        let added = self.post("/en-gb/cart/add", &[("product", product), ("quantity", &quantity)]).await?;
        ensure!(added.0 == 303, "{product}: {added:?}");
        Ok(())
    }

    /// Places the order, to be shipped; the page of the order.
    async fn order(&mut self) -> Result<String> {
        let form = [
            ("name", "Ada Finch"),
            ("email", "ada@example.test"),
            ("way", "ship"),
            ("street", "1 Mill Lane"),
            ("city", "Bath"),
            ("postcode", "BA1 1AA"),
            ("country", "GB"),
        ];
        let (status, location) = self.post("/en-gb/checkout", &form).await?;
        ensure!(status == 303, "the checkout says {status}");
        self.web(&location).await
    }
}

/// The text between two others.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0.trim())
}

fn ribbon(page: &str) -> Option<&str> {
    between(between(page, r#"class="ribbon""#, "</aside>")?, "<strong>", "</strong>")
}

fn total(page: &str) -> Option<&str> {
    between(between(page, r#"class="totals-all""#, "</div>")?, "<dd>", "</dd>")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lapsed_customer_who_signs_in_is_won_back_on_the_heads_that_may_say_so() -> Result<()> {
    let bench = bench(root().join("personalise.toml")).await?;
    let mut nora = Shopper::known(&bench).await?;
    let form = [("email", "nora@example.test"), ("password", "lamp-by-the-stairs")];
    ensure!(nora.post("/en-gb/account/sign-in", &form).await? == (303, "/en-gb/account".to_owned()));
    let home = nora.web("/en-gb/").await?;
    ensure!(ribbon(&home) == Some("10% off") && home.contains("Hello, Nora"), "{:?}", ribbon(&home));
    let greeting = nora.chat("hello").await?.to_string();
    ensure!(greeting.contains("10% off"), "her session is the chat's as well: {greeting}");
    let screen = nora.app("/tv/screens/home?market=en-gb").await?;
    ensure!(screen["given"].is_null(), "the rule leaves the TV out: {}", screen["given"]);
    nora.add("beeswax-pillars", 1).await?;
    ensure!(nora.web("/en-gb/cart").await?.contains("-£3.00"), "29.99 less a tenth");
    nora.order().await?;
    ensure!(ribbon(&nora.web("/en-gb/").await?).is_none(), "once");
    // Tom ordered lately.
    let mut tom = Shopper::known(&bench).await?;
    let form = [("email", "tom@example.test"), ("password", "tea-before-noon")];
    ensure!(tom.post("/en-gb/account/sign-in", &form).await?.0 == 303);
    ensure!(ribbon(&tom.web("/en-gb/").await?).is_none());
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_order_gets_what_was_shown_to_the_penny_and_the_second_nothing() -> Result<()> {
    let bench = bench(root().join("personalise.toml")).await?;
    // £29.99: 10 % off, and delivery at its price.
    let mut ann = Shopper::known(&bench).await?;
    ensure!(ribbon(&ann.web("/en-gb/").await?) == Some(PHRASE));
    ann.add("beeswax-pillars", 1).await?;
    let cart = ann.web("/en-gb/cart").await?;
    ensure!(cart.contains("-£3.00") && cart.contains("Add £0.01 more"), "{cart}");
    let ordered = ann.order().await?;
    ensure!(total(&ordered) == Some("£30.94"), "29.99 - 3.00 + 3.95, and it is {:?}", total(&ordered));
    // £30.00: 10 % off, and no delivery to pay.
    let mut ben = Shopper::known(&bench).await?;
    let scarf = ben.web("/en-gb/p/lambswool-stripe-scarf").await?;
    let colour = between(&scarf, r#"name="choice.colour" value=""#, "\"").context("a colour")?.to_owned();
    let form = [("product", "lambswool-stripe-scarf"), ("quantity", "1"), ("choice.colour", colour.as_str())];
    ensure!(ben.post("/en-gb/cart/add", &form).await?.0 == 303);
    let ordered = ben.order().await?;
    ensure!(total(&ordered) == Some("£27.00"), "{:?}", total(&ordered));
    // The second order, and a stranger's first, get neither.
    for shopper in [&mut ben, &mut Shopper::new(&bench)?] {
        ensure!(ribbon(&shopper.web("/en-gb/").await?).is_none());
        ensure!(shopper.post("/en-gb/cart/add", &form).await?.0 == 303);
        let ordered = shopper.order().await?;
        ensure!(total(&ordered) == Some("£33.95"), "{:?}", total(&ordered));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_comes_with_its_protector_and_a_coat_with_its_looks() -> Result<()> {
    let bench = bench(root().join("personalise.toml")).await?;
    let shopper = Shopper::new(&bench)?;
    let beside = async |product: &str| -> Result<Vec<String>> {
        let page = shopper.web(&format!("/en-gb/p/{product}")).await?;
        let rail = between(&page, r#"id="related""#, "</section>").unwrap_or_default().to_owned();
        let links = rail.split(r#"href="/en-gb/p/"#).skip(1).filter_map(|rest| rest.split('"').next());
        let mut slugs: Vec<String> = links.map(str::to_owned).collect();
        slugs.dedup();
        Ok(slugs)
    };
    for phone in ["corvane-nine", "corvane-nine-mini", "tessaly-3"] {
        let shown = beside(phone).await?;
        ensure!(
            shown.first().is_some_and(|first| first.contains("protector") && first.ends_with(phone)),
            "{phone}: {shown:?}"
        );
        ensure!(!shown.iter().any(|slug| slug == phone), "{shown:?}");
    }
    let look = beside("harbour-trench-coat").await?;
    ensure!(look.len() >= 3 && !look.contains(&"harbour-trench-coat".to_owned()), "{look:?}");
    Ok(())
}

/// What each head says of a shopper's cart.
struct Said {
    total: String,
    offer: Option<String>,
    /// By head: what it answered.
    others: Vec<(&'static str, String)>,
}

impl Said {
    async fn of(shopper: &Shopper<'_>) -> Result<Self> {
        let page = shopper.web("/en-gb/cart").await?;
        let others = vec![
            ("tv", shopper.app("/tv/screens/cart?market=en-gb").await?.to_string()),
            ("watch", shopper.app("/watch/glances/cart?market=en-gb").await?.to_string()),
            ("watch", shopper.app("/watch/glances/offer?market=en-gb").await?.to_string()),
            ("chat", shopper.chat("basket").await?.to_string()),
        ];
        let total = total(&page).context("a total on the web")?.to_owned();
        Ok(Self { total, offer: ribbon(&page).map(str::to_owned), others })
    }

    /// What differs from the web; nothing, where they are the same.
    fn differences(&self) -> Vec<String> {
        let mut differences = Vec::new();
        let of =
            |head| self.others.iter().filter(move |(name, _)| *name == head).map(|(_, text)| text.as_str());
        for head in ["tv", "watch", "chat"] {
            let all: String = of(head).collect();
            if !all.contains(&self.total) {
                differences.push(format!("{head} does not say {}: {all}", self.total));
            }
            // A watch has no room for all of it.
            let offer = if head == "watch" { "10% off" } else { PHRASE };
            if all.contains(offer) != self.offer.is_some() {
                differences.push(format!("{head} and the web ({:?}) differ in the offer: {all}", self.offer));
            }
        }
        differences
    }
}

/// The demo shop's rules, in which everybody who is known takes part in the experiment.
fn rules_with_arms(folder: &tempfile::TempDir) -> Result<PathBuf> {
    let text = std::fs::read_to_string(root().join("personalise.toml"))?;
    let checks = text.find("\n# The merchandiser's own tests").context("the checks")?;
    let rules = text.get(..checks).context("rules")?.replace("when = 'visitor.visits > 1'", "");
    let rules = rules.replace("hash = \"visitor\"\naudience = \"first_visit\"", "hash = \"visitor\"");
    let rules = rules.replace("goes_with =", "# goes_with =");
    let path = folder.path().join("personalise.toml");
    std::fs::write(&path, rules)?;
    Ok(path)
}

/// The exposures that were logged: for each visitor by head, the arms and what was agreed to.
fn exposures(log: &[String]) -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let mut by_visitor: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    let events =
        log.iter().filter_map(|line| serde_json::from_str::<Value>(line.split_once("event ")?.1).ok());
    for event in events {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let told = format!("{} {}", event["data"]["arms"], event["data"]["consents"]);
        let of_visitor = by_visitor.entry(text(&event["subject"])).or_default();
        of_visitor.entry(text(&event["source"])).or_default().insert(told);
    }
    by_visitor
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shopper_is_the_same_on_every_head() -> Result<()> {
    let shoppers: u32 = std::env::var("SHOPPERS").ok().and_then(|count| count.parse().ok()).unwrap_or(1_000);
    let folder = tempfile::tempdir()?;
    let bench = bench(rules_with_arms(&folder)?).await?;
    let goods =
        ["beeswax-pillars", "glasswing-protector-corvane-nine", "ribboned-gift-box", "travel-tin-candle"];
    let mut seed = 20_261_121_u64;
    let mut chance = |most: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % most
    };
    let (mut given, mut drifted) = (0_u32, 0_u32);
    for _ in 0..shoppers {
        let agrees = chance(4) > 0;
        let mut shopper = if agrees { Shopper::known(&bench).await? } else { Shopper::new(&bench)? };
        // Seldom, since orders empty the shelves.
        if chance(25) == 0 {
            shopper.add(goods[usize::try_from(chance(4))?], 1).await?;
            shopper.order().await?;
        }
        if chance(2) == 0 {
            shopper.web("/en-gb/p/corvane-nine").await?;
        }
        let product = goods[usize::try_from(chance(4))?];
        shopper.add(product, u32::try_from(chance(3))? + 1).await?;
        let said = Said::of(&shopper).await?;
        let differences = said.differences();
        ensure!(differences.is_empty(), "{}", differences.join("\n"));
        given += u32::from(said.offer.is_some());
        drifted += u32::from(!said.drift().differences().is_empty());
    }
    ensure!(drifted == shoppers, "a drift of a penny was seen for {drifted} of {shoppers}");
    let visitors = exposures(&bench.log());
    let mut arms = BTreeMap::<String, usize>::new();
    for (visitor, heads) in &visitors {
        let told: BTreeSet<&String> = heads.values().flatten().collect();
        ensure!(told.len() == 1 && heads.len() == 4, "{visitor}: {heads:?}");
        *arms.entry((*told.first().context("an exposure")?).clone()).or_default() += 1;
    }
    ensure!(arms.len() == 4 || shoppers < 40, "two experiments of two arms: {arms:?}");
    ensure!(given > 0 && given < shoppers);
    println!(
        "{shoppers} shoppers, {given} with an offer, {} of them counted: the same on web, tv, watch and chat; arms {arms:?}; \
         a drift of a penny was caught {drifted} times",
        visitors.len()
    );
    Ok(())
}

impl Said {
    /// The same with the TV a penny off.
    fn drift(&self) -> Self {
        let digits: String = self.total.chars().filter(char::is_ascii_digit).collect();
        let pennies: u64 = digits.parse().unwrap_or_default();
        let other = format!("£{}.{:02}", (pennies + 1) / 100, (pennies + 1) % 100);
        let changed = |(head, text): &(&'static str, String)| match *head {
            "tv" => (*head, text.replace(&self.total, &other)),
            _ => (*head, text.clone()),
        };
        Self {
            others: self.others.iter().map(changed).collect(),
            total: self.total.clone(),
            offer: self.offer.clone(),
        }
    }
}
