//! What is loaded is a private copy of what was checked.
#![cfg(target_os = "linux")]

use std::env;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use itest::ITestPlugin2;
use plugin_loader::{Library, Package, Refusal};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::libraries::{build, extra};
use crate::world::{Mode, World, drop_in, files, in_each_mode, names, report};

#[test]
fn a_library_that_is_overwritten_in_place_goes_on() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let path = drop_in(&directory, "pluginextra.so", &extra(501));
        let package = world.package(&[&directory]);
        let loaded = package.find::<dyn ITestPlugin2>("extra-000501").unwrap();
        let len = fs::metadata(&path).unwrap().len();
        let mut file = File::options().write(true).open(&path).unwrap();
        file.write_all(&vec![0; usize::try_from(len).unwrap()])
            .unwrap();
        file.set_len(0).unwrap();
        assert_eq!(loaded.test(), "extra-000501");
    });
}

/// As `/proc/self/maps` shows it to people.
#[test]
fn the_copy_in_memory_has_the_path_of_the_library_as_its_name() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    let path = drop_in(&directory, "pluginextra.so", &extra(502));
    assert_eq!(
        names::<dyn ITestPlugin2>(&world.package(&[&directory])).len(),
        1
    );
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let copy = format!("/memfd:{} (deleted)", path.display());
    assert!(maps.contains(&copy), "{maps}");
    let original = format!(" {}", path.display());
    assert!(!maps.contains(&original), "{maps}");
}

#[test]
fn a_library_finds_those_beside_it() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    let (needing, _) = needing(&world);
    drop_in(&directory, "needing.so", &needing);
    let package = world.package(&[&directory]);
    assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000000"]);
    assert_eq!(report(&package), []);

    // One that has no name of its own is not found by it.
    let other = World::new(Mode::Cold);
    let directory = other.directory("plugins");
    let helper = other.directory("plugins/helpers").join("libhelper.so");
    compile_helper(&helper, &[]);
    drop_in(&directory, "needing.so", &needing);
    let package = other.package(&[&directory]);
    assert_eq!(names::<dyn ITestPlugin2>(&package), [""; 0]);
    let sibling = helper.clone();
    let refusal = Refusal::NamelessSibling { sibling };
    assert_eq!(report(&package), [("needing.so".to_owned(), refusal)]);
    compile_helper(&helper, &["-Wl,-soname,libhelper.so"]);
    package.retry();
    // At once, and without a poll.
    assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000000"]);
    assert_eq!(report(&package), []);
}

/// A library, and one that it finds beside it, where that must be: below `plugins`.
pub(crate) fn needing(world: &World) -> (Vec<u8>, PathBuf) {
    let helpers = world.directory("plugins/helpers");
    let helper = helpers.join("libhelper.so");
    compile_helper(&helper, &["-Wl,-soname,libhelper.so"]);
    let search = format!("-L{}", helpers.display());
    let needing = build(
        "pluginextra",
        &[
            &search,
            "-Clink-arg=-Wl,-rpath,$ORIGIN/helpers",
            "-Clink-arg=-Wl,--no-as-needed",
            "-Clink-arg=-lhelper",
        ],
    );
    (needing, helper)
}

fn compile_helper(path: &Path, arguments: &[&str]) {
    let source = path.with_extension("c");
    fs::write(&source, "int helper(void) { return 7; }\n").unwrap();
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-o"]).arg(path);
    let status = compiler.args(arguments).arg(&source).status().unwrap();
    assert!(status.success());
    fs::remove_file(source).unwrap();
}

const ROOT: &str = "DROPIN_COPIES_ROOT";

/// A copy in memory needs a descriptor for as long as the process runs.
#[test]
fn where_descriptors_are_few_the_copies_are_on_disk_and_removed() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    for number in 0..30 {
        drop_in(
            &directory,
            &format!("{number:02}.so"),
            &extra(50_300 + number),
        );
    }
    let temporary = world.directory("temporary");
    // What a process has left that has ended at the wrong moment.
    let left = world.directory("temporary/plugin-loader-left");
    fs::write(left.join("libglass.so"), "").unwrap();
    let hour = std::time::SystemTime::now() - std::time::Duration::from_secs(3_600);
    File::open(left).unwrap().set_modified(hour).unwrap();
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args(["--exact", "copies::load_all_with_few_descriptors"])
        .args(["--ignored", "--nocapture"]);
    command.env(ROOT, world.path("")).env("TMPDIR", &temporary);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(files(&temporary), [""; 0].map(PathBuf::from));
}

#[test]
#[ignore = "it is the process of the test above"]
fn load_all_with_few_descriptors() {
    let limit = Rlimit {
        current: Some(32),
        ..getrlimit(Resource::Nofile)
    };
    setrlimit(Resource::Nofile, limit).unwrap();
    let root = PathBuf::from(env::var_os(ROOT).unwrap());
    // SAFETY: the test above has made what is there.
    let package = || unsafe { Package::of_directories("demo", [root.join("plugins")]) };
    let found = names::<dyn ITestPlugin2>(&package().without_cache());
    assert_eq!(found.len(), 30, "{found:?}");
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    assert!(
        maps.contains("/memfd:") && maps.contains("/plugin-loader-"),
        "{maps}"
    );
    // Of a copy on disk nothing is left that another package's hook could look at.
    let bound = package().without_cache().allow(|_| Ok(()));
    let found = names::<dyn ITestPlugin2>(&bound);
    assert!((1..30).contains(&found.len()), "{found:?}");
    let report = bound.report();
    assert_eq!(found.len() + report.len(), 30);
    let text = report[0].to_string();
    assert!(
        text.contains("it was denied: this process has already loaded it"),
        "{text}"
    );
}

/// A system's loader takes what has the same path for the same library.
#[test]
fn two_libraries_are_two_though_one_could_not_be_loaded() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    let broken = crate::libraries::replaced(&extra(504), b"libgcc_s.so.1", b"libgcc_X.so.1");
    let broken = drop_in(&directory, "broken.so", &broken);
    let paths =
        [505, 506].map(|number| drop_in(&directory, &format!("{number}.so"), &extra(number)));
    for path in paths {
        // SAFETY: this test makes the files below its directories.
        let refused = unsafe { Library::load(&broken) }.unwrap_err();
        assert!(refused.to_string().contains("libgcc_X.so.1"), "{refused}");
        // SAFETY: as before.
        let library = unsafe { Library::load(&path) }.unwrap();
        let [plugin] = library.plugins::<dyn ITestPlugin2>() else {
            panic!("{library:?}");
        };
        let name = format!("extra-000{}", path.file_stem().unwrap().to_str().unwrap());
        assert_eq!(plugin.test(), name);
    }
}
