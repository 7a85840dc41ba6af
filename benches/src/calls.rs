//! What a call of a drop-in's plugin takes, beside one of a plugin that is linked in.

use std::fs;
use std::process::Command;

use crate::cargo;
use crate::generate::package;

const INTERFACE: &str = "\
#[plugin_core::interface(dropin)]
pub trait IAdd {
    fn add(&self, number: u64) -> u64;
    fn ask(&self, other: &dyn IAdd, number: u64) -> u64;
    fn boxed(&self) -> Box<dyn IAdd>;
}
";

/// In the program and in the library.
const PLUGIN: &str = "\
#[derive(Clone)]
pub struct Adder(u64);
impl IAdd for Adder {
    #[inline(never)]
    fn add(&self, number: u64) -> u64 { number.wrapping_add(self.0) }
    #[inline(never)]
    fn ask(&self, other: &dyn IAdd, number: u64) -> u64 { other.add(number) }
    fn boxed(&self) -> Box<dyn IAdd> { Box::new(self.clone()) }
}
";

const HOST: &str = "\
use std::hint::black_box;
use std::time::Instant;

const CALLS: u64 = 20_000_000;
const ROUNDS: usize = 15;

fn nanoseconds(call: &dyn Fn(u64) -> u64) -> f64 {
    let begin = Instant::now();
    let sum = call(CALLS);
    black_box(sum);
    begin.elapsed().as_nanos() as f64 / CALLS as f64
}

fn main() {
    let file = std::env::args().nth(1).unwrap();
    // SAFETY: it was built for this.
    let library = unsafe { plugin_loader::Library::load(file.as_ref()) }.unwrap();
    let dropped = &*library.plugins::<dyn IAdd>()[0];
    let linked = &*plugin_core::plugins::<dyn IAdd>()[0];
    let boxes = [linked.boxed(), dropped.boxed()];
    let add = |plugin: &dyn IAdd, calls| (0..calls).fold(0, |sum, _| black_box(plugin).add(sum));
    let ask = |plugin: &dyn IAdd, calls| (0..calls).fold(0, |sum, _| black_box(plugin).ask(black_box(linked), sum));
    let rows: [(&str, &dyn Fn(u64) -> u64, &dyn Fn(u64) -> u64); 3] = [
        (\"a method\", &|calls| add(linked, calls), &|calls| add(dropped, calls)),
        (\"a method that calls the host's object\", &|calls| ask(linked, calls), &|calls| ask(dropped, calls)),
        (\"a method of a boxed object\", &|calls| add(&*boxes[0], calls), &|calls| add(&*boxes[1], calls)),
    ];
    println!(\"nanoseconds a call, the best of {ROUNDS} rounds\\n\");
    println!(\"| | linked | dropped in | more |\\n|---|---:|---:|---:|\");
    for (name, plain, guarded) in rows {
        let mut best = [f64::MAX; 2];
        for _ in 0..ROUNDS {
            best[0] = best[0].min(nanoseconds(plain));
            best[1] = best[1].min(nanoseconds(guarded));
        }
        println!(\"| {name} | {:.2} | {:.2} | {:.2} |\", best[0], best[1], best[1] - best[0]);
    }
}
";

/// Prints a table.
pub(crate) fn measure() {
    let directory = cargo::scratch().join("calls");
    let target = directory.join("target");
    let core = cargo::workspace().join("plugin-core");
    let core = format!("plugin-core = {{ path = '{}' }}\n", core.display());
    let loader = cargo::workspace().join("plugin-loader");
    let loader = format!("plugin-loader = {{ path = '{}' }}\n", loader.display());
    let both = format!("{core}iface = {{ path = '../iface' }}\n");
    let imports = "use iface::IAdd;\nuse plugin_core::plugin;\n";
    let registered = "#[plugin(IAdd)]\nstatic ADDER: Adder = Adder(1);\n";
    let write = |file: &str, text: &str| cargo::write(&directory.join(file), text);
    write(
        "Cargo.toml",
        "[workspace]\nresolver = '3'\nmembers = ['host', 'iface', 'library']\n",
    );
    write("iface/Cargo.toml", &package("iface", &core));
    write("iface/src/lib.rs", INTERFACE);
    let library = package("library", &both) + "[lib]\ncrate-type = ['cdylib']\n";
    write("library/Cargo.toml", &library);
    let library = format!("plugin_core::dropin!();\n{imports}{PLUGIN}{registered}");
    write("library/src/lib.rs", &library);
    write("host/Cargo.toml", &package("host", &(both + &loader)));
    write(
        "host/src/main.rs",
        &format!("{imports}{PLUGIN}{registered}{HOST}"),
    );
    // The versions that are here already.
    let lock = fs::read_to_string(cargo::workspace().join("Cargo.lock")).unwrap();
    write("Cargo.lock", &lock);
    let mut build = cargo::command(&directory, &target);
    cargo::run(build.args(["build", "--release"]));
    let release = target.join("release");
    let name = format!(
        "{}library{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    let status = Command::new(release.join("host"))
        .arg(release.join(name))
        .status();
    assert!(status.expect("it was built").success());
}
