//! What may lie in a directory and is no library, or one that should not be used.

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;

use itest::ITestPlugin2;
use plugin_loader::{Package, Refusal};
use rustix::fs::{CWD, FileType, Mode as FileMode, mknodat};
use rustix::process::{Uid, geteuid};
use rustix::thread::set_thread_res_uid;

use crate::libraries::extra;
use crate::world::{Mode, World, drop_in, in_each_mode, names, report, told};

#[test]
fn what_is_not_a_regular_file_is_refused_and_does_not_block() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        fs::create_dir(directory.join("directory.so")).unwrap();
        let fifo = directory.join("fifo.so");
        mknodat(CWD, &fifo, FileType::Fifo, FileMode::RUSR, 0).unwrap();
        symlink("fifo.so", directory.join("link-to-fifo.so")).unwrap();
        let _listener = UnixListener::bind(directory.join("socket.so")).unwrap();
        drop_in(&directory, "pluginextra.so", &extra(301));

        let package = world.package(&[&directory]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000301"]);
        let expected = ["directory.so", "fifo.so", "link-to-fifo.so", "socket.so"];
        assert_eq!(
            report(&package),
            expected.map(|name| (name.to_owned(), Refusal::NotRegularFile))
        );
    });
}

#[test]
fn links_are_followed_and_those_that_lead_nowhere_refused() {
    in_each_mode(|world| {
        let (elsewhere, directory) = (world.directory("elsewhere"), world.directory("plugins"));
        let path = drop_in(&elsewhere, "libextra.so.1.0", &extra(302));
        symlink(&path, directory.join("libextra.so")).unwrap();
        symlink("missing.so.1", directory.join("dangling.so")).unwrap();
        symlink("loop-b.so", directory.join("loop-a.so")).unwrap();
        symlink("loop-a.so", directory.join("loop-b.so")).unwrap();

        let package = world.package(&[&directory]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000302"]);
        assert_eq!(
            report(&package),
            [
                ("dangling.so", Refusal::DanglingLink),
                ("loop-a.so", Refusal::LinkLoop),
                ("loop-b.so", Refusal::LinkLoop),
            ]
            .map(|(name, refusal)| (name.to_owned(), refusal))
        );
        // The directory does not change when what a link leads to does.
        drop_in(&directory, "missing.so.1", &extra(303));
        assert_eq!(told(&package.poll()), ["added dangling.so"]);
        assert_eq!(
            names::<dyn ITestPlugin2>(&package),
            ["extra-000303", "extra-000302"]
        );
    });
}

/// No permission binds root: so the thread that looks is another user for a while. The directory
/// belongs to root, whom that user trusts.
#[test]
fn an_unreadable_file_is_refused() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let secret = drop_in(&directory, "secret.so", &extra(304));
        drop_in(&directory, "pluginextra.so", &extra(305));
        fs::set_permissions(&secret, Permissions::from_mode(0o000)).unwrap();

        let look = || {
            let package = world.package(&[&directory]);
            let names = package.libraries().into_iter().map(|(_, manifest)| {
                let [offer] = &manifest.plugins[..] else {
                    panic!("{manifest:?}");
                };
                offer.name.clone()
            });
            (names.collect::<Vec<_>>(), report(&package))
        };
        let (names, report) = as_nobody(look);
        assert_eq!(names, ["extra-000305"]);
        assert!(
            matches!(&report[..], [(name, Refusal::Unreadable { error })]
                if name == "secret.so" && error.contains("ermission denied")),
            "{report:?}"
        );
        // It is not kept against the file.
        fs::set_permissions(&secret, Permissions::from_mode(0o644)).unwrap();
        let (names, report) = as_nobody(look);
        assert_eq!(names, ["extra-000305", "extra-000304"]);
        assert_eq!(report, []);
    });
}

/// Does something with the rights of a user who has none, where this process is root's.
fn as_nobody<T>(work: impl FnOnce() -> T) -> T {
    let Some(nobody) = geteuid().is_root().then(|| Uid::from_raw(65_534)) else {
        return work();
    };
    // Of this thread alone: the others stay root's.
    set_thread_res_uid(Uid::ROOT, nobody, Uid::ROOT).unwrap();
    let done = work();
    set_thread_res_uid(Uid::ROOT, Uid::ROOT, Uid::ROOT).unwrap();
    done
}

#[test]
fn what_everybody_can_write_to_is_refused_unless_everybody_is_trusted() {
    in_each_mode(|world| {
        let (open, directory) = (world.directory("open"), world.directory("plugins"));
        let writable = drop_in(&directory, "writable.so", &extra(306));
        fs::set_permissions(&writable, Permissions::from_mode(0o666)).unwrap();
        drop_in(&directory, "pluginextra.so", &extra(307));
        drop_in(&open, "in-the-open.so", &extra(308));
        fs::set_permissions(&open, Permissions::from_mode(0o777)).unwrap();

        let package = world.package(&[&open, &directory]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000307"]);
        assert_eq!(
            report(&package),
            ["open", "writable.so"].map(|name| (name.to_owned(), Refusal::WorldWritable))
        );
        // SAFETY: this test makes the files below its directories.
        let trusting = || unsafe { Package::of_directories("dummy.plugins", [&open, &directory]) };
        let trusting = world.prepared(&|| trusting().trusting_everybody());
        assert_eq!(
            names::<dyn ITestPlugin2>(&trusting),
            ["extra-000308", "extra-000307", "extra-000306"]
        );
        assert_eq!(report(&trusting), []);
        // To take the right away is enough.
        fs::set_permissions(&writable, Permissions::from_mode(0o644)).unwrap();
        assert_eq!(told(&package.poll()), ["added writable.so"]);
    });
}

/// Only root can give a file away: anybody else's run of this test shows nothing.
#[test]
fn what_belongs_to_another_user_is_refused() {
    if !geteuid().is_root() {
        return;
    }
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let foreign = drop_in(&directory, "foreign.so", &extra(309));
        chown(&foreign, Some(12_345), None).unwrap();
        drop_in(&directory, "pluginextra.so", &extra(310));
        let package = world.package(&[&directory]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000310"]);
        let refusal = Refusal::ForeignOwner { owner: 12_345 };
        assert_eq!(report(&package), [("foreign.so".to_owned(), refusal)]);
    });
}

#[test]
fn a_name_that_is_not_utf8_is_refused() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let path = drop_in(&directory, "pluginextra.so", &extra(311));
        let name = OsStr::from_bytes(b"caf\xe9.so");
        fs::copy(path, directory.join(name)).unwrap();
        let package = world.package(&[&directory]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000311"]);
        let unused = package.report();
        let [unused] = &unused[..] else {
            panic!("{unused:?}");
        };
        assert_eq!(unused.path, directory.join(name));
        assert_eq!(unused.refusal, Refusal::NameNotUtf8);
    });
}

/// No file system lets a test have a library of a gigabyte for nothing, but most have holes.
#[test]
fn a_file_larger_than_any_library_is_not_read() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let file = fs::File::create(directory.join("disk-image.so")).unwrap();
        file.set_len((1 << 30) + 1).unwrap();
        let package = world.package(&[&directory]);
        let report = report(&package);
        assert!(
            matches!(
                report[..],
                [(
                    _,
                    Refusal::TooLarge {
                        size: 1_073_741_825,
                        ..
                    }
                )]
            ),
            "{report:?}"
        );
    });
}

#[test]
fn names_may_have_spaces_and_be_long() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        drop_in(&directory, "a name\nof two lines.so", &extra(312));
        drop_in(&directory, &format!("{}.so", "x".repeat(245)), &extra(313));
        let package = world.package(&[&directory]);
        assert_eq!(
            names::<dyn ITestPlugin2>(&package),
            ["extra-000312", "extra-000313"]
        );
        assert_eq!(report(&package), []);
    });
}

#[test]
fn ten_thousand_files_do_not_hide_one() {
    let world = World::new(Mode::Warm);
    let directory = world.directory("plugins");
    for number in 0..10_000 {
        drop_in(&directory, &format!("{number:05}.so"), b"not a library");
    }
    drop_in(&directory, "05000-extra.so", &extra(314));
    let package = world.package(&[&directory]);
    assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000314"]);
    let unused = report(&package);
    assert_eq!(unused.len(), 10_000);
    assert!(
        unused
            .iter()
            .all(|(_, refusal)| *refusal == Refusal::NotALibrary)
    );
    assert_eq!(told(&package.poll()), [""; 0]);
    fs::remove_file(directory.join("05000-extra.so")).unwrap();
    assert_eq!(told(&package.poll()), ["removed 05000-extra.so"]);
}

#[test]
fn a_directory_that_is_deleted_and_made_again_is_seen() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        drop_in(&directory, "pluginextra.so", &extra(315));
        let package = world.package(&[&directory]);
        assert_eq!(package.libraries().len(), 1);
        fs::remove_dir_all(&directory).unwrap();
        assert_eq!(told(&package.poll()), ["removed pluginextra.so"]);
        fs::create_dir(&directory).unwrap();
        assert_eq!(told(&package.poll()), [""; 0]);
        drop_in(&directory, "pluginextra.so", &extra(316));
        assert_eq!(told(&package.poll()), ["added pluginextra.so"]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000316"]);
    });
}

#[test]
fn the_caches_of_a_directory_that_has_one_are_there() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let path = drop_in(&directory, "pluginextra.so", &extra(317));
        let listing = plugin_loader::refresh(&directory, |_, _| {}).unwrap();
        assert_eq!(listing.libraries[0].0, path);
        let cache = directory.join("dropin.cache");
        let text = fs::read_to_string(&cache).unwrap();
        assert!(text.contains("\"pluginextra.so\" {"), "{text}");
        // SAFETY: this test makes the files below its directories.
        let package = unsafe { Package::of_directories("dummy.plugins", [&directory as &Path]) };
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000317"]);
        assert_eq!(fs::read_to_string(&cache).unwrap(), text);
    });
}

#[test]
fn a_directory_of_more_files_than_any_has_is_refused() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    let path = drop_in(&directory, "0.so", b"not a library");
    for number in 1..=1 << 16 {
        fs::hard_link(&path, directory.join(format!("{number}.so"))).unwrap_or_else(|_| {
            // A file has so many names, and no more.
            fs::write(directory.join(format!("{number}.so")), "").unwrap();
        });
    }
    let package = world.package(&[&directory]);
    let refusal = Refusal::TooManyFiles { most: 1 << 16 };
    assert_eq!(report(&package), [("plugins".to_owned(), refusal)]);
}
