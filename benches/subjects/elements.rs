//! The build script of both crates of plugins: half of the plugins of each size, for each subject.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=../elements.rs");
    let peers = env::var_os("CARGO_FEATURE_PEERS").is_some();
    let is_left = env::var("CARGO_PKG_NAME").unwrap() == "bench-left";
    let mut text = String::new();
    // A thousand take seconds to compile, which the tests do not need.
    let sizes: &[usize] = if peers {
        &[1, 10, 100, 1_000]
    } else {
        &[1, 10, 100]
    };
    for &size in sizes {
        let middle = usize::div_ceil(size, 2);
        let numbers = if is_left { 0..middle } else { middle..size };
        for number in numbers {
            element(&mut text, size, number, peers);
        }
    }
    let directory = env::var_os("OUT_DIR").unwrap();
    fs::write(Path::new(&directory).join("elements.rs"), text).unwrap();
}

fn element(text: &mut String, size: usize, number: usize, peers: bool) {
    let object = format!("bench_registries::Number({number})");
    let name = format!("p{number:06}");
    writeln!(
        text,
        "#[plugin_core::plugin(bench_registries::ours::IOf{size}, name = \"{name}\")]
static OURS_{size}_{number}: bench_registries::Number = {object};
#[linkme::distributed_slice(bench_registries::linkme::OF_{size})]
static LINKME_{size}_{number}: &dyn bench_registries::Numbered = &{object};
#[plugin_core::plugin(bench_registries::ours::DatumOf{size}, name = \"{name}\")]
static OURS_DATUM_{size}_{number}: bench_registries::ours::DatumOf{size} =
    bench_registries::ours::DatumOf{size}::new({number});
#[linkme::distributed_slice(bench_registries::linkme::DATA_{size})]
static LINKME_DATUM_{size}_{number}: bench_registries::Datum = bench_registries::datum({number});"
    )
    .unwrap();
    if peers {
        writeln!(
            text,
            "inventory::submit! {{ bench_registries::inventory::Of{size}(&{object}) }}
inventory::submit! {{
    bench_registries::inventory::DataOf{size}(bench_registries::datum({number}))
}}
#[scattered_collect::scatter(bench_registries::scattered::OF_{size})]
static SCATTERED_{size}_{number}: &'static dyn bench_registries::Numbered = &{object};
#[scattered_collect::scatter(bench_registries::scattered::MAP_{size})]
static ENTRY_{size}_{number}: (&'static str, usize) = const {{ (\"{name}\", {number}) }};"
        )
        .unwrap();
    }
}
