//! What the system allows, refuses, and gives back.
#![cfg(target_os = "linux")]

use std::env;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use itest::ITestPlugin2;
use plugin_loader::{Package, Refusal};
use rustix::fs::Mode as FileMode;
use rustix::process::{Resource, Rlimit, geteuid, getrlimit, setrlimit, umask};

use crate::libraries::{extra, replaced};
use crate::world::{Mode, World, drop_in, names, report, told};

/// What a process of the tests looks at.
const ROOT: &str = "DROPIN_SYSTEM_ROOT";

/// Runs one of the tests below in a process of its own, since it changes what holds for all of a process.
#[track_caller]
fn run(mut command: Command, test: &str, root: &Path) {
    command.args(["--exact", &format!("system::{test}"), "--ignored"]);
    let output = command.env(ROOT, root).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("1 passed"), "{printed}");
}

fn this() -> Command {
    Command::new(env::current_exe().unwrap())
}

fn root() -> PathBuf {
    env::var_os(ROOT).unwrap().into()
}

fn package(root: &Path) -> Package {
    // SAFETY: these tests make what is there.
    unsafe { Package::of_directories("dummy.plugins", [root.join("plugins")]) }
}

#[test]
fn a_failure_that_has_passed_is_forgotten() {
    let world = World::new(Mode::Cold);
    drop_in(&world.directory("plugins"), "extra.so", &extra(701));
    run(this(), "with_no_descriptor_left", &world.path(""));
}

#[test]
#[ignore = "it is the process of the test above"]
fn with_no_descriptor_left() {
    let package = package(&root()).without_cache();
    assert_eq!(package.libraries().len(), 1);
    let limit = Rlimit {
        current: Some(16),
        ..getrlimit(Resource::Nofile)
    };
    setrlimit(Resource::Nofile, limit).unwrap();
    let mut all = Vec::new();
    while let Ok(file) = File::open("/dev/null") {
        all.push(file);
    }
    assert_eq!(names::<dyn ITestPlugin2>(&package), [""; 0]);
    // That the directory cannot be opened does not mean that there is nothing in it.
    assert_eq!(told(&package.poll()), [""; 0]);
    assert_eq!(package.libraries().len(), 1);
    all.clear();
    let report = report(&package);
    assert!(
        report[0].1.to_string().contains("Too many open files"),
        "{report:?}"
    );
    assert!(package.next_poll().is_some());
    thread::sleep(Duration::from_millis(1_100));
    package.poll();
    assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000701"]);
    assert_eq!(package.next_poll(), None);
}

#[test]
fn a_library_that_was_missing_may_be_installed_later() {
    let world = World::new(Mode::Cold);
    let needing = replaced(&extra(702), b"libgcc_s.so.1", b"libgcc_X.so.1");
    drop_in(&world.directory("plugins"), "needing.so", &needing);
    let mut command = this();
    command.env("LD_LIBRARY_PATH", world.directory("installed"));
    run(command, "install_what_is_missing", &world.path(""));
}

#[test]
#[ignore = "it is the process of the test above"]
fn install_what_is_missing() {
    let package = package(&root()).without_cache();
    assert_eq!(names::<dyn ITestPlugin2>(&package), [""; 0]);
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let mut words = maps.split_whitespace();
    let missing = words.find(|word| word.ends_with("/libgcc_s.so.1")).unwrap();
    fs::copy(missing, root().join("installed/libgcc_X.so.1")).unwrap();
    thread::sleep(Duration::from_millis(1_100));
    package.poll();
    assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000702"]);
    assert_eq!(report(&package), []);
}

/// The system would end the process.
#[test]
fn no_file_is_written_that_is_longer_than_files_may_be() {
    let world = World::new(Mode::Cold);
    drop_in(&world.directory("plugins"), "extra.so", &extra(703));
    run(this(), "with_short_files", &world.path(""));
}

#[test]
#[ignore = "it is the process of the test above"]
fn with_short_files() {
    let limit = Rlimit {
        current: Some(64),
        ..getrlimit(Resource::Fsize)
    };
    setrlimit(Resource::Fsize, limit).unwrap();
    let package = package(&root()).cache_in(root().join("cache"));
    assert_eq!(names::<dyn ITestPlugin2>(&package), [""; 0]);
    let [(_, refusal)] = &report(&package)[..] else {
        panic!("{:?}", package.report());
    };
    let expected = "it cannot be copied: this process cannot write files of more than 64 bytes";
    assert_eq!(refusal.to_string(), expected);
}

#[test]
fn the_administrators_cache_is_for_everybody() {
    let world = World::new(Mode::Cold);
    drop_in(&world.directory("plugins"), "extra.so", &extra(704));
    run(this(), "with_a_mask", &world.path(""));
}

#[test]
#[ignore = "it is the process of the test above"]
fn with_a_mask() {
    umask(FileMode::from_raw_mode(0o077));
    plugin_loader::refresh(&root().join("plugins"), |_, _| {}).unwrap();
    let cache = root().join("plugins/dropin.cache");
    let mode = fs::metadata(cache).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o644);
}

/// Only root can give a file away: anybody else's run of this test shows nothing.
#[test]
fn what_a_group_can_write_to_is_refused_unless_it_is_the_owners_own() {
    if !geteuid().is_root() {
        return;
    }
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    for (name, group) in [("own.so", 0), ("shared.so", 12_345)] {
        let path = drop_in(&directory, name, &extra(705 + group % 2));
        chown(&path, None, Some(group)).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o664)).unwrap();
    }
    let package = world.package(&[&directory]);
    let refusal = Refusal::GroupWritable { group: 12_345 };
    assert_eq!(report(&package), [("shared.so".to_owned(), refusal)]);
    assert_eq!(package.libraries().len(), 1);
}

/// There, the administrator's files belong to nobody.
#[test]
fn in_a_user_namespace_the_owners_outside_are_trusted() {
    let is_possible = Command::new("unshare").args(["-U", "-r", "true"]).output();
    if !geteuid().is_root() || !is_possible.is_ok_and(|output| output.status.success()) {
        return;
    }
    let world = World::new(Mode::Cold);
    let path = drop_in(&world.directory("plugins"), "extra.so", &extra(707));
    chown(&path, Some(12_345), None).unwrap();
    assert_eq!(report(&package(&world.path("")).without_cache()).len(), 1);
    let mut command = Command::new("unshare");
    command.args(["-U", "-r"]).arg(env::current_exe().unwrap());
    run(command, "in_a_namespace", &world.path(""));
}

#[test]
#[ignore = "it is the process of the test above"]
fn in_a_namespace() {
    let package = package(&root()).without_cache();
    assert_eq!(report(&package), []);
    assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000707"]);
}

#[test]
fn without_proc_the_copy_is_on_disk() {
    let is_possible = Command::new("unshare").args(["-m", "true"]).output();
    if !geteuid().is_root() || !is_possible.is_ok_and(|output| output.status.success()) {
        return;
    }
    let world = World::new(Mode::Cold);
    drop_in(&world.directory("plugins"), "extra.so", &extra(708));
    let temporary = world.directory("temporary");
    let mut command = Command::new("unshare");
    let script = "umount -l /proc && exec \"$@\"";
    command
        .args(["-m", "sh", "-c", script, "sh"])
        .arg(env::current_exe().unwrap());
    command.env("TMPDIR", &temporary);
    run(command, "in_a_root_without_proc", &world.path(""));
    assert_eq!(fs::read_dir(temporary).unwrap().count(), 0);
}

#[test]
#[ignore = "it is the process of the test above"]
fn in_a_root_without_proc() {
    assert!(!Path::new("/proc/self").exists());
    let package = package(&root()).without_cache();
    assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000708"]);
    assert_eq!(report(&package), []);
}

#[test]
fn no_name_of_a_file_reaches_a_terminal_as_a_command() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    drop_in(&directory, "a\u{1b}[2Jb.so", b"not a library");
    let package = world.package(&[&directory]);
    let printed = [
        package.report()[0].to_string(),
        package
            .find::<dyn ITestPlugin2>("none")
            .unwrap_err()
            .to_string(),
        plugin_loader::list(&directory, |_, _| {}).to_string(),
    ];
    for text in printed {
        assert!(!text.contains('\u{1b}'), "{text:?}");
        assert!(text.contains(r"a\u{1b}[2Jb.so"), "{text}");
    }
}

#[test]
fn who_lists_many_files_sees_how_far_it_is() {
    static CALLS: Mutex<Vec<(usize, usize)>> = Mutex::new(Vec::new());

    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    for number in 0..250 {
        drop_in(&directory, &format!("{number:03}.so"), b"not a library");
    }
    let listing = plugin_loader::list(&directory, |done, all| {
        CALLS.lock().unwrap().push((done, all));
    });
    assert_eq!(listing.unused.len(), 250);
    let expected: Vec<_> = (0..250).map(|done| (done, 250)).collect();
    // What is too young to be told from the next state is read again.
    assert_eq!(CALLS.lock().unwrap()[..250], expected);
}
