//! Whether there are slots of a million plugins, which take minutes to compile: for `scale` alone.

fn main() {
    println!("cargo::rerun-if-env-changed=BENCH_MILLION");
    println!("cargo::rustc-check-cfg=cfg(million)");
    if std::env::var_os("BENCH_MILLION").is_some() {
        println!("cargo::rustc-cfg=million");
    }
}
