//! Reads its input and does nothing with it: what `with` has more is the engine.

use std::io::Read as _;

fn main() -> std::io::Result<()> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    println!("{}", bytes.len());
    Ok(())
}
