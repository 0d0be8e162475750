//! Golden requests and answers of every head, through the real WASM in the real host.

use anyhow::{Result, ensure};
use tests::bench::Bench;
use tests::golden::check;
use tests::house::files;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_head_answers_as_recorded() -> Result<()> {
    let bench = Bench::start().await?;
    let (mut count, mut faults) = (0, Vec::new());
    for path in files("components", ".golden") {
        match check(&bench, &path).await {
            Ok(exchanges) => count += exchanges,
            Err(fault) => faults.push(format!("{fault:#}")),
        }
    }
    println!("{count} golden exchanges");
    ensure!(faults.is_empty(), "{}", faults.join("\n\n"));
    ensure!(count > 0, "there are golden files");
    let cut: Vec<_> = bench.log().into_iter().filter(|line| line.ends_with(" cut")).collect();
    ensure!(cut.is_empty(), "answers that went out whole are logged as cut: {cut:?}");
    Ok(())
}
