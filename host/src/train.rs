//! `headwater train`: learns from orders what goes with what, and writes the table that heads read.

use anyhow::Context as _;
use clap::Args;
use personalise::goes_with::train::{Orders, Reading, Trained, train};
use personalise::goes_with::{MAX_BYTES, MAX_NEIGHBOURS};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A day, in seconds.
const DAY: u64 = 86_400;
/// Pairs, and products without a neighbour, that are told by name.
const TOLD: usize = 5;

/// What to learn from, and where to write it.
#[derive(Args, Debug, Clone)]
pub struct Training {
    /// Files of orders, CSV (order,product and, where known, quantity,time,visitor) or a JSON object per line; - is
    /// what is piped in
    #[arg(required = true, value_name = "ORDERS")]
    pub orders: Vec<PathBuf>,
    /// The table to write; an old one is replaced when the new one is whole
    #[arg(long, value_name = "FILE")]
    pub into: PathBuf,
    /// A pair counts when so many different shoppers bought both in one order
    #[arg(long, default_value_t = 5, value_name = "COUNT")]
    pub least_shoppers: u32,
    /// The most neighbours that a product keeps
    #[arg(long, default_value_t = MAX_NEIGHBOURS, value_name = "COUNT")]
    pub neighbours: usize,
    /// After so many days an order weighs half, counted back from the newest [default: all weigh the same]
    #[arg(long, value_name = "DAYS")]
    pub half_life: Option<u32>,
}

impl Training {
    /// Learns and writes, and says in lines what was learned.
    ///
    /// # Errors
    /// When a file cannot be read, is none of orders, a setting is out of its limits, or the table cannot be written;
    /// the old table is as it was then.
    pub fn run(&self) -> anyhow::Result<String> {
        let mut orders = Orders::default();
        let mut said = String::new();
        for path in &self.orders {
            let name = path.display().to_string();
            let reading = if name == "-" {
                orders.read("standard input", std::io::stdin().lock())?
            } else {
                let file = File::open(path).with_context(|| format!("cannot open {name}"))?;
                orders.read(&name, BufReader::with_capacity(1 << 16, file))?
            };
            unreadable(&mut said, &name, &reading)?;
        }
        let how = personalise::goes_with::train::Training {
            least_shoppers: self.least_shoppers,
            neighbours: self.neighbours,
            half_life: self.half_life.map(|days| Duration::from_secs(u64::from(days) * DAY)),
            ..Default::default()
        };
        let trained = train(&orders, &how)?;
        tell(&mut said, &trained, how.most_products)?;
        replace(&self.into, &trained.table)?;
        let (path, bytes) = (self.into.display(), trained.table.len());
        writeln!(said, "{path}: {bytes} bytes of at most {MAX_BYTES}")?;
        Ok(said)
    }
}

fn unreadable(said: &mut String, name: &str, reading: &Reading) -> std::fmt::Result {
    let Reading { lines, unreadable, first } = reading;
    if *unreadable == 0 {
        return Ok(());
    }
    writeln!(said, "{name}: {unreadable} of {lines} lines cannot be read and are left out:")?;
    first.iter().try_for_each(|bad| writeln!(said, "{name}:{}: {}", bad.line, bad.why))
}

fn tell(said: &mut String, trained: &Trained, most_products: usize) -> std::fmt::Result {
    let Trained { orders, too_large, products, pairs, kept, neighbours, alone, .. } = trained;
    writeln!(said, "{orders} orders of {products} products")?;
    if *too_large > 0 {
        writeln!(
            said,
            "left out, for more than {most_products} different products: {too_large} of the orders"
        )?;
    }
    writeln!(
        said,
        "{} of {pairs} pairs are kept: bought together by more than chance; at most {neighbours} for a product",
        kept.len()
    )?;
    for pair in kept.iter().take(TOLD) {
        let [a, b] = &pair.products;
        writeln!(said, "  {a} + {b}: score {:.2}, {} shoppers", pair.score, pair.shoppers)?;
    }
    let names = alone.iter().take(TOLD).map(String::as_str).collect::<Vec<_>>().join(", ");
    match alone.len() {
        0 => writeln!(said, "every product has a neighbour"),
        count @ ..=TOLD => writeln!(said, "products without a neighbour: {count} ({names})"),
        count => writeln!(said, "products without a neighbour: {count} ({names}, …)"),
    }
}

/// Writes a file beside the old one, and puts it in its place when it is on the disk: who reads sees the old or the new
/// one, whole.
fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let name = path.file_name().with_context(|| format!("--into {} names no file", path.display()))?;
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(beside);
    let written = File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&beside, path)
    });
    if written.is_err() {
        drop(std::fs::remove_file(&beside));
    }
    written.with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use personalise::goes_with::GoesWith;

    struct Shop {
        folder: tempfile::TempDir,
        training: Training,
    }

    /// A shop whose phones were bought with cases by ten shoppers.
    fn shop() -> Shop {
        let folder = tempfile::tempdir().unwrap();
        let csv = (0..10).map(|at| format!("{at},phone\n{at},case\nm{at},mug\n")).collect::<String>();
        let json = (0..10).map(|at| format!("{{\"order\":\"j{at}\",\"products\":[\"pen\",\"ink\"]}}\n"));
        let (orders, more) = (folder.path().join("orders.csv"), folder.path().join("more.ndjson"));
        std::fs::write(&orders, format!("order,product\n{csv}")).unwrap();
        std::fs::write(&more, json.collect::<String>()).unwrap();
        let into = folder.path().join("goes-with.hw");
        let training =
            Training { orders: vec![orders, more], into, least_shoppers: 5, neighbours: 20, half_life: None };
        Shop { folder, training }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn the_table_is_written_and_what_was_learned_is_told() {
        let Shop { folder, training } = shop();
        let said = training.run().unwrap();
        let table = std::fs::read(&training.into).unwrap();
        let path = training.into.display();
        assert_eq!(
            said,
            format!(
                "30 orders of 5 products\n\
                 2 of 2 pairs are kept: bought together by more than chance; at most 20 for a product\n  \
                 case + phone: score 0.50, 10 shoppers\n  \
                 ink + pen: score 0.50, 10 shoppers\n\
                 products without a neighbour: 1 (mug)\n\
                 {path}: {} bytes of at most 1048576\n",
                table.len()
            )
        );
        let table = GoesWith::open(&table).unwrap();
        assert_eq!(table.neighbours("phone").next().map(|(slug, _)| slug), Some("case"));
        assert_eq!(names(folder.path()), ["goes-with.hw", "more.ndjson", "orders.csv"]);
    }

    #[test]
    fn what_cannot_be_read_is_told_and_leaves_the_old_table() {
        let Shop { folder, mut training } = shop();
        training.run().unwrap();
        let old = std::fs::read(&training.into).unwrap();
        let csv = folder.path().join("orders.csv");
        std::fs::write(&csv, "sku,count\n1,2\n").unwrap();
        let error = format!("{:#}", training.run().unwrap_err());
        assert!(error.contains("orders.csv:1: there is no column `order`"), "{error}");
        std::fs::remove_file(&csv).unwrap();
        let error = format!("{:#}", training.run().unwrap_err());
        assert!(error.starts_with("cannot open ") && error.contains("orders.csv"), "{error}");
        training.orders.remove(0);
        training.half_life = Some(0);
        let error = format!("{:#}", training.run().unwrap_err());
        assert!(error.contains("half-life"), "{error}");
        assert_eq!(std::fs::read(&training.into).unwrap(), old);
        assert_eq!(names(folder.path()), ["goes-with.hw", "more.ndjson"]);
    }

    #[test]
    fn lines_that_are_left_out_are_told_by_number() {
        let Shop { folder, training } = shop();
        let csv = folder.path().join("orders.csv");
        let good = std::fs::read_to_string(&csv).unwrap().replacen("order,product\n", "", 1).repeat(5);
        std::fs::write(&csv, format!("order,product\n{good}lost\n")).unwrap();
        let said = training.run().unwrap();
        let path = csv.display();
        let told = format!(
            "{path}: 1 of 151 lines cannot be read and are left out:\n\
             {path}:152: 1 fields, where the first line names 2\n30 orders"
        );
        assert!(said.starts_with(&told), "{said}");
    }

    #[test]
    fn a_table_that_cannot_be_put_in_place_leaves_nothing_behind() {
        let Shop { folder, mut training } = shop();
        training.into = folder.path().join("taken");
        std::fs::create_dir_all(training.into.join("inside")).unwrap();
        let error = format!("{:#}", training.run().unwrap_err());
        assert!(error.starts_with("cannot write "), "{error}");
        assert_eq!(names(folder.path()), ["more.ndjson", "orders.csv", "taken"]);
        training.into = PathBuf::from("/");
        assert!(training.run().unwrap_err().to_string().contains("names no file"));
    }
}
