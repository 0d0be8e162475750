//! The one wasmtime engine of an application.

use std::time::Duration;
use wasmtime::{Config, Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig};

/// How long a guest may compute before it lets others run.
const EPOCH: Duration = Duration::from_millis(5);

/// What the pool of instances has to hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pool {
    /// Instances at once, over all components. 1000 is measured to be safe; some 6,000 exhaust vm.max_map_count.
    pub(crate) instances: u32,
    /// The largest linear memory of any component, in bytes.
    pub(crate) memory: usize,
}

/// Makes the engine: pooled and copy-on-write instances, interruptible guests.
pub(crate) fn engine(pool: Pool) -> wasmtime::Result<Engine> {
    let mut allocation = PoolingAllocationConfig::default();
    allocation
        .total_component_instances(pool.instances)
        // A component made of a Rust cdylib is one module and a few small adapters.
        .total_core_instances(pool.instances.saturating_mul(4))
        .total_memories(pool.instances)
        .total_tables(pool.instances.saturating_mul(3))
        .total_stacks(pool.instances)
        .max_memory_size(pool.memory)
        .max_core_instance_size(1 << 20)
        .max_component_instance_size(1 << 20)
        .table_elements(20_000)
        // Measured: with these a fresh instance costs a third.
        .linear_memory_keep_resident(8 << 20)
        .table_keep_resident(64 << 10)
        .async_stack_keep_resident(128 << 10)
        .pagemap_scan(Enabled::Auto);
    let mut config = Config::new();
    config
        .wasm_component_model_async(true)
        .epoch_interruption(true)
        .memory_init_cow(true)
        .allocation_strategy(InstanceAllocationStrategy::Pooling(allocation));
    Engine::new(&config)
}

/// Ticks the engine's epoch from a thread of its own until the engine is gone.
///
/// # Errors
/// When the system gives no thread.
pub(crate) fn tick(engine: &Engine) -> std::io::Result<()> {
    let engine = engine.weak();
    std::thread::Builder::new().name("epoch".to_owned()).spawn(move || {
        loop {
            std::thread::sleep(EPOCH);
            match engine.upgrade() {
                Some(engine) => engine.increment_epoch(),
                None => break,
            }
        }
    })?;
    Ok(())
}
