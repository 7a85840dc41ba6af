//! The left half of the plugins, as `elements.rs` writes them.

include!(concat!(env!("OUT_DIR"), "/elements.rs"));

/// A plugin of three interfaces, for casts between them.
#[plugin_core::plugin(
    bench_registries::ours::IFirst,
    bench_registries::ours::ISecond,
    bench_registries::ours::IThird
)]
static CAST: bench_registries::Number = bench_registries::Number(3);
