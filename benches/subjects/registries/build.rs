//! Whether there is a slot of a million plugins, which takes a minute to compile: for `scale` alone.

fn main() {
    println!("cargo::rerun-if-env-changed=BENCH_MILLION");
    println!("cargo::rustc-check-cfg=cfg(million)");
    if std::env::var_os("BENCH_MILLION").is_some() {
        println!("cargo::rustc-cfg=million");
    }
}
