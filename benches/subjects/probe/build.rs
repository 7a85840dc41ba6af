//! The maps of phf, which are made while the program is built; and whether there are a million plugins.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    million();
    #[cfg(feature = "peers")]
    maps();
}

/// As the build script of the registries has it.
fn million() {
    println!("cargo::rerun-if-env-changed=BENCH_MILLION");
    println!("cargo::rustc-check-cfg=cfg(million)");
    if std::env::var_os("BENCH_MILLION").is_some() {
        println!("cargo::rustc-cfg=million");
    }
}

#[cfg(feature = "peers")]
fn maps() {
    use std::fmt::Write as _;
    use std::path::Path;
    use std::{env, fs};

    let mut text = String::new();
    for size in [1, 10, 100, 1_000, 10_000] {
        let mut map = phf_codegen::Map::new();
        for number in 0..size {
            map.entry(format!("p{number:06}"), number.to_string());
        }
        let map = map.build();
        writeln!(
            text,
            "pub(super) static OF_{size}: phf::Map<&str, usize> = {map};"
        )
        .unwrap();
    }
    let directory = env::var_os("OUT_DIR").unwrap();
    fs::write(Path::new(&directory).join("maps.rs"), text).unwrap();
}
