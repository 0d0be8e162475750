//! What a decision by rules takes inside wasmtime: `cargo bench --package tests --bench decisions`.
//!
//! Time for files of several sizes, how often a decision asks for memory, and the bytes that the engine adds to a
//! component. The guests are in `guests/`; they are built as heads are.

use anyhow::{Context, Result, ensure};
use jiff::Timestamp;
use personalise::rules::publish;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasmtime::component::{Component, Linker, ResourceTable};
use wasmtime::{Config, Engine, Store};
use wasmtime_wasi::p2::bindings::Command as Program;
use wasmtime_wasi::p2::pipe::{MemoryInputPipe, MemoryOutputPipe};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

struct State {
    wasi: WasiCtx,
    table: ResourceTable,
}

impl WasiView for State {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let guests = build()?;
    let bytes = |name: &str| -> Result<u64> { Ok(std::fs::metadata(guests.join(name))?.len()) };
    let engine = Engine::new(&Config::new())?;
    let component = Component::from_file(&engine, guests.join("decide.wasm"))?;
    println!(
        "| audiences | slots | experiments | compact form, bytes | read, µs | decision p50, µs | p99, µs | allocations |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (audiences, slots, experiments) in [(200, 50, 20), (1_000, 50, 20), (10_000, 50, 20)] {
        let text = file(audiences, slots, experiments);
        let published = publish(&text, Timestamp::UNIX_EPOCH);
        let rules = published.rules.with_context(|| format!("{:?}", published.findings.first()))?;
        let told = run(&engine, &component, rules.to_compact()?).await?;
        let of = |name: &str| -> Result<f64> {
            let line = told.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            Ok(line.with_context(|| format!("no {name} in {told}"))?.parse()?)
        };
        ensure!(of("audiences")? == f64::from(audiences), "the guest read other rules: {told}");
        println!(
            "| {audiences} | {slots} | {experiments} | {} | {:.0} | {:.2} | {:.2} | {:.2} | {} |",
            of("bytes")?,
            of("read")? / 1e3,
            of("least")? / 1e3,
            of("p50")? / 1e3,
            of("p99")? / 1e3,
            of("allocations")?
        );
        ensure!(of("allocations")? == 0.0, "a decision asks for memory");
    }
    let (with, without) = (bytes("with.wasm")?, bytes("without.wasm")?);
    println!("\nthe engine adds {} bytes to a component ({with} with it, {without} without)", with - without);
    Ok(())
}

/// Builds the guests; the folder of the programs.
fn build() -> Result<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("guests");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("guests");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--release", "--target", "wasm32-wasip2", "--target-dir"]).arg(&target);
    ensure!(cargo.current_dir(source).status()?.success(), "the guests do not build");
    Ok(target.join("wasm32-wasip2/release"))
}

async fn run(engine: &Engine, component: &Component, input: Vec<u8>) -> Result<String> {
    let mut linker = Linker::<State>::new(engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    let output = MemoryOutputPipe::new(4_096);
    let mut wasi = WasiCtx::builder();
    wasi.stdin(MemoryInputPipe::new(input)).stdout(output.clone()).inherit_stderr();
    let mut store = Store::new(engine, State { wasi: wasi.build(), table: ResourceTable::new() });
    let program = Program::instantiate_async(&mut store, component, &linker).await?;
    let ended = program.wasi_cli_run().call_run(&mut store).await?;
    ensure!(ended.is_ok(), "the guest failed");
    Ok(String::from_utf8(output.contents().to_vec())?)
}

/// A rule file as a shop would have it: most conditions ask two things; a tenth asks for another audience.
fn file(audiences: u32, slots: u32, experiments: u32) -> String {
    let mut text = "[attributes]\n\"visitor.visits\" = \"int\"\n\"visitor.orders\" = \"int\"\n\"geo.country\" = \"string\"\n".to_owned();
    for n in 0..audiences {
        let country = ["GB", "DE", "FR", "US"].into_iter().cycle().nth(n as usize).unwrap_or_default();
        let asked = match n % 10 {
            0 if n > 0 => format!("audience.a{} && visitor.orders > 0", n - 1),
            odd if odd % 2 == 1 => format!("visitor.visits > {} && geo.country == \"{country}\"", n % 300),
            _ => format!("visitor.orders == {} || geo.country in [\"{country}\", \"IE\"]", n % 3),
        };
        let _ = write!(text, "[audience.a{n}]\nwhen = '{asked}'\n");
    }
    for n in 0..slots {
        let of = |part: u32| (n * 7 + part * 13) % audiences;
        let _ = write!(
            text,
            "[slot.s{n}]\nshow = [{{ audience = \"a{}\", content = \"x\" }}, {{ audience = \"a{}\", content = \"y\" }}, {{ content = \"z\" }}]\n\
             [offer.o{n}]\naudience = \"a{}\"\ngive = [\"5% off\"]\ncode = \"C{n}\"\nslot = \"o{}\"\n",
            of(1),
            of(2),
            of(3),
            n % 5
        );
    }
    for n in 0..experiments {
        let _ = write!(
            text,
            "[experiment.e{n}]\nslot = \"s{}\"\nvariants = {{ a = 50, b = 50 }}\nshow = {{ b = \"w\" }}\naudience = \"a{}\"\n",
            n % slots,
            n % audiences
        );
    }
    text
}
