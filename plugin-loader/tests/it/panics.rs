//! Panics of drop-ins, and of hosts that drop-ins call: what the host sees of each, and that it lives.

use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::OnceLock;

use crate::cargo::{self, Outside};

struct Built {
    host: PathBuf,
    libraries: PathBuf,
}

fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let outside = Outside::new("panics");
        outside.stdout(&["build", "--workspace"]);
        let libraries = outside.path().join("libraries");
        std::fs::create_dir_all(&libraries).unwrap();
        for name in ["faulty", "other"] {
            let file = format!("lib{name}.so");
            std::fs::copy(cargo::target().join("debug").join(&file), libraries.join(&file)).unwrap();
        }
        let host = libraries.with_file_name("panics-host");
        std::fs::copy(cargo::target().join("debug/host"), &host).unwrap();
        std::thread::sleep(std::time::Duration::from_secs(3));
        Built { host, libraries }
    })
}

fn run(arguments: &[&str]) -> Output {
    let built = built();
    let mut command = Command::new(&built.host);
    command.arg(&built.libraries).args(arguments).output().unwrap()
}

/// The table in `panics.md`. `BLESS=1` writes it.
#[test]
fn the_host_sees_each_panic_as_its_own() {
    let table = cargo::stdout(run(&[]));
    let directory = built().libraries.display().to_string();
    let table = table.replace(&directory, "…");
    println!("{table}");
    assert!(table.contains("and then | returned 7"));
}
