//! Reads every file of `fixtures/catalogue`, checks that it holds together and embeds it as one text.

#![allow(dead_code, reason = "the component uses what is only checked here")]

#[path = "src/catalogue/record.rs"]
mod record;

use record::{LinkRecord, Prices, ProductRecord, Records};
use serde::de::DeserializeOwned;
use std::collections::HashSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../fixtures/catalogue");
    println!("cargo::rerun-if-changed={}", root.display());
    println!("cargo::rerun-if-changed=src/catalogue/record.rs");

    let mut files: Vec<PathBuf> = fs::read_dir(root.join("products"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, Box<dyn Error>>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let mut products: Vec<ProductRecord> = Vec::new();
    for file in &files {
        products.extend(read::<Vec<ProductRecord>>(file)?);
    }
    let records = Records {
        categories: read(&root.join("categories.json"))?,
        products,
        reviews: read(&root.join("reviews.json"))?,
        stores: read(&root.join("stores.json"))?,
        content: read(&root.join("content.json"))?,
        customers: read(&root.join("customers.json"))?,
    };
    let faults = faults(&records);
    if !faults.is_empty() {
        return Err(format!("the catalogue does not hold together:\n{}", faults.join("\n")).into());
    }
    let out = PathBuf::from(env::var("OUT_DIR")?).join("catalogue.json");
    fs::write(out, serde_json::to_vec(&records)?)?;
    Ok(())
}

fn read<T: DeserializeOwned>(file: &Path) -> Result<T, Box<dyn Error>> {
    let text = fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
    serde_json::from_slice(&text).map_err(|e| format!("{}: {e}", file.display()).into())
}

fn faults(records: &Records) -> Vec<String> {
    let mut faults = Vec::new();
    let mut unique = |what: &str, ids: Vec<&String>| {
        let mut seen = HashSet::new();
        for id in ids {
            if !seen.insert(id.clone()) {
                faults.push(format!("{what} `{id}` is there twice"));
            }
        }
        seen
    };
    let categories = unique("category", records.categories.iter().map(|c| &c.id).collect());
    unique("category slug", records.categories.iter().map(|c| &c.slug).collect());
    let products = unique("product", records.products.iter().map(|p| &p.id).collect());
    let slugs = unique("product slug", records.products.iter().map(|p| &p.slug).collect());
    let variants =
        unique("variant", records.products.iter().flat_map(|p| &p.variants).map(|v| &v.id).collect());
    let stores = unique("store", records.stores.iter().map(|s| &s.id).collect());
    let content = unique("content", records.content.iter().map(|c| &c.id).collect());
    unique("customer", records.customers.iter().map(|c| &c.id).collect());
    unique("e-mail address", records.customers.iter().map(|c| &c.email).collect());
    let past = || records.customers.iter().flat_map(|c| &c.orders);
    unique("order", past().map(|o| &o.id).collect());
    unique("review", records.reviews.iter().map(|r| &r.id).collect());

    let mut must = |holds: bool, fault: String| {
        if !holds {
            faults.push(fault);
        }
    };
    for category in &records.categories {
        let parent = category.parent.as_ref();
        must(parent.is_none_or(|p| categories.contains(p)), format!("{}: unknown parent", category.id));
    }
    for product in &records.products {
        let id = &product.id;
        must(!product.variants.is_empty(), format!("{id}: no variant"));
        must(!product.categories.is_empty(), format!("{id}: no category"));
        must(product.categories.iter().all(|c| categories.contains(c)), format!("{id}: unknown category"));
        must(
            product.related.iter().all(|p| products.contains(p) && p != id),
            format!("{id}: unknown related"),
        );
        must(product.looks.iter().all(|l| content.contains(l)), format!("{id}: unknown look"));
        must(product.pictures.iter().all(|p| is_picture(&p.file)), format!("{id}: odd picture name"));
        for variant in &product.variants {
            let id = &variant.id;
            let chosen = product.options.iter().all(|option| {
                variant.options.get(&option.id).is_some_and(|v| option.values.iter().any(|o| o.id == *v))
            });
            must(
                chosen && variant.options.len() == product.options.len(),
                format!("{id}: options do not fit"),
            );
            must(amounts(&variant.price).iter().all(|a| *a > 0), format!("{id}: a price of nothing"));
            let lower = variant.was.is_none_or(|was| {
                amounts(&was).iter().zip(amounts(&variant.price)).all(|(was, now)| *was > now)
            });
            must(lower, format!("{id}: `was` is not higher than the price"));
            must(variant.stock.contains_key("online"), format!("{id}: no online stock"));
            let known = variant.stock.keys().all(|at| at == "online" || stores.contains(at));
            must(known, format!("{id}: stock in an unknown store"));
        }
    }
    for order in past() {
        let known = order.lines.iter().all(|(variant, pieces)| variants.contains(variant) && *pieces > 0);
        must(known && !order.lines.is_empty(), format!("order {}: nothing that is sold", order.id));
    }
    for review in &records.reviews {
        must(products.contains(&review.product), format!("{}: unknown product", review.id));
        must((1..=5).contains(&review.rating), format!("{}: 1 to 5 stars", review.id));
    }
    for block in &records.content {
        let known = match &block.link {
            Some(LinkRecord::Product(product)) => products.contains(product) || slugs.contains(product),
            Some(LinkRecord::Category(category)) => categories.contains(category),
            Some(LinkRecord::Search(_)) | None => true,
        };
        must(known, format!("{}: leads nowhere", block.id));
        must(block.products.iter().all(|p| products.contains(p)), format!("{}: unknown product", block.id));
        must(
            block.weekday.is_none_or(|day| (1..=7).contains(&day)),
            format!("{}: weekdays are 1 to 7", block.id),
        );
    }
    faults
}

fn amounts(prices: &Prices) -> [i64; 3] {
    [prices.gbp, prices.eur, prices.jpy]
}

fn is_picture(file: &str) -> bool {
    let stem = file.strip_suffix(".svg").unwrap_or_default();
    !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
