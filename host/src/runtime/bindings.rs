//! The bindings that wasmtime makes from `wit/`.

wasmtime::component::bindgen!({
    path: "wit",
    world: "headwater:host/spin",
    imports: { default: store | trappable },
    with: { "spin:key-value/key-value.store": crate::keyvalue::Opened },
});
