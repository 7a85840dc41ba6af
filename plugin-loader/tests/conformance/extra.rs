//! What goes wrong in Twisted's plugin system, and must not here.

use std::collections::BTreeMap;
use std::fs::{self, File, FileTimes};
use std::io::Write as _;
use std::os::unix::fs::{FileExt as _, MetadataExt as _, symlink};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use itest::{ITestPlugin, ITestPlugin2};
use plugin_core::__private::crossed;
use plugin_core::IPlugin;
use plugin_loader::{Package, Refusal};

use crate::libraries::{extra, glass, replaced, testplugin, twin};
use crate::world::{
    Mode, World, drop_in, drop_in_of, files, fill, in_each_mode, names, report, settle, told,
};

/// There, a process that has the old module writes its list down with the new module's time, and
/// other processes never see the new one.
#[test]
fn x01_who_has_loaded_the_old_file_does_not_hide_the_new_one_from_others() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        drop_in(&directory, "pluginextra.so", &extra(201));
        let poller = world.package(&[&directory]);
        let loaded = poller.find::<dyn ITestPlugin2>("extra-000201").unwrap();

        drop_in(&directory, "pluginextra.so", testplugin());
        assert_eq!(told(&poller.poll()), ["stale pluginextra.so"]);
        drop_in(&directory, "a-text.so", b"not a library at all");
        assert_eq!(
            told(&poller.poll()),
            ["refused a-text.so"],
            "it is told once"
        );
        fs::remove_file(directory.join("a-text.so")).unwrap();
        assert_eq!(told(&poller.poll()), [""; 0]);
        // The old code goes on, and the user can see why.
        assert_eq!(loaded.test(), "extra-000201");
        assert_eq!(names::<dyn ITestPlugin2>(&poller), ["extra-000201"]);
        assert_eq!(
            report(&poller),
            [("pluginextra.so".to_owned(), Refusal::Stale)]
        );

        // Another program, with the cache that the first one has left.
        let cache = world.cache();
        // SAFETY: this test makes the files below its directories.
        let other = unsafe { Package::of_directories("dummy.plugins", [&directory]) };
        let other = other.cache_in(cache);
        assert_eq!(other.libraries()[0].1.plugins.len(), 3);
        assert_eq!(report(&other), []);
    });
}

/// Another name for a file, or other permissions, are no other content.
#[test]
fn x01_a_library_is_not_stale_because_its_status_has_changed() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let path = drop_in(&directory, "pluginextra.so", &extra(207));
        let package = world.package(&[&directory]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000207"]);
        fs::hard_link(&path, world.path("another-name")).unwrap();
        assert_eq!(told(&package.poll()), [""; 0]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000207"]);
        assert_eq!(report(&package), []);
    });
}

/// There, an object that raises when it is asked what it is takes all others with it.
#[test]
fn x02_a_bad_file_never_hides_a_good_one() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let good = extra(202);
        drop_in(&directory, "a-text.so", b"not a library at all");
        drop_in(&directory, "b-empty.so", b"");
        drop_in(&directory, "c-half.so", &good[..good.len() / 2]);
        // What the system's loader looks for is not there.
        let broken = replaced(&extra(203), b"libgcc_s.so.1", b"libgcc_X.so.1");
        drop_in(&directory, "d-broken.so", &broken);
        drop_in(&directory, "e-good.so", &good);
        symlink("missing", directory.join("f-dangling.so")).unwrap();

        let package = world.package(&[&directory]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000202"]);
        let report = report(&package);
        let reported: Vec<_> = report.iter().map(|(name, _)| &**name).collect();
        assert_eq!(
            reported,
            [
                "a-text.so",
                "b-empty.so",
                "c-half.so",
                "d-broken.so",
                "f-dangling.so"
            ]
        );
        assert_eq!(report[0].1, Refusal::NotALibrary);
        assert_eq!(report[1].1, Refusal::Truncated);
        assert_eq!(report[2].1, Refusal::Truncated);
        let Refusal::Open { error } = &report[3].1 else {
            panic!("{report:?}");
        };
        assert!(error.contains("libgcc_X.so.1"), "{error}");
        assert_eq!(report[4].1, Refusal::DanglingLink);
    });
}

/// There, what was added last comes last until the cache is deleted.
#[test]
fn x03_the_order_does_not_depend_on_what_happened_before() {
    in_each_mode(|world| {
        let (first, second) = (world.directory("first"), world.directory("second"));
        let package = world.package(&[&first, &second]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), [""; 0]);
        for (directory, name, number) in [
            (&second, "b.so", 4),
            (&first, "c.so", 3),
            (&second, "a.so", 34),
            (&first, "a.so", 1),
            (&first, "b.so", 2),
        ] {
            drop_in(directory, name, &extra(30_300 + number));
            package.poll();
            assert!(package.plugins::<dyn ITestPlugin2>().len() > 0);
        }
        // By directory, then by name; the second directory's `a.so` and `b.so` are shadowed.
        let expected = ["extra-030301", "extra-030302", "extra-030303"];
        assert_eq!(names::<dyn ITestPlugin2>(&package), expected);
        assert_eq!(
            names::<dyn ITestPlugin2>(&world.package(&[&first, &second])),
            expected
        );
    });
}

/// There, an alias is another plugin.
#[test]
fn x04_each_plugin_comes_once() {
    in_each_mode(|world| {
        let (first, second) = (world.directory("first"), world.directory("second"));
        let path = drop_in(&first, "a.so", &extra(204));
        drop_in(&first, "b-copy.so", &extra(204));
        fs::hard_link(&path, first.join("c-hard.so")).unwrap();
        symlink("a.so", first.join("d-link.so")).unwrap();
        drop_in(&first, "e-twin.so", twin());
        symlink(&path, second.join("a-link.so")).unwrap();

        let package = world.package(&[&first, &second, &first]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000204"]);
        assert_eq!(names::<dyn ITestPlugin>(&package), ["twin"]);
        assert_eq!(names::<dyn IPlugin>(&package), ["twin", "extra-000204"]);
        let same = || Refusal::SameFile { path: path.clone() };
        let shadowed = |name| Refusal::Shadowed {
            by: first.join(name),
        };
        let duplicate = |plugin: &str, of: Option<&Path>| Refusal::Duplicate {
            plugin: plugin.to_owned(),
            of: of.map(Path::to_owned),
        };
        assert_eq!(
            report(&package),
            [
                (
                    "b-copy.so",
                    duplicate("pluginextra::EXTRA_000204", Some(&path))
                ),
                ("c-hard.so", same()),
                ("d-link.so", same()),
                ("e-twin.so", duplicate("twin::TWIN", None)),
                ("a-link.so", same()),
                ("a.so", shadowed("a.so")),
                ("b-copy.so", shadowed("b-copy.so")),
                ("c-hard.so", shadowed("c-hard.so")),
                ("d-link.so", shadowed("d-link.so")),
                ("e-twin.so", shadowed("e-twin.so")),
            ]
            .map(|(name, refusal)| (name.to_owned(), refusal))
        );
        // What is only there twice is not loaded for it.
        assert!(!is_loaded(&first.join("b-copy.so")));
        assert!(!is_loaded(&first.join("e-twin.so")));
    });
}

/// There, what could not be imported is tried again, and logged again, by every call.
#[test]
fn x05_a_failure_is_kept_until_the_file_changes() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        drop_in(
            &directory,
            "broken.so",
            &replaced(&extra(205), b"libgcc_s.so.1", b"libgcc_X.so.1"),
        );
        drop_in(&directory, "text.so", b"not a library at all");
        let package = world.package(&[&directory]);
        for _ in 0..3 {
            assert_eq!(names::<dyn ITestPlugin2>(&package), [""; 0]);
            let report = report(&package);
            assert!(matches!(report[0].1, Refusal::Open { .. }), "{report:?}");
            assert_eq!(report[1].1, Refusal::NotALibrary);
            assert_eq!(told(&package.poll()), [""; 0]);
        }
        drop_in(&directory, "broken.so", &extra(205));
        drop_in(&directory, "text.so", &extra(206));
        assert_eq!(told(&package.poll()), ["added text.so"]);
        assert_eq!(
            names::<dyn ITestPlugin2>(&package),
            ["extra-000205", "extra-000206"]
        );
        assert_eq!(report(&package), []);
    });
}

/// There, a file with a time in the future is imported by every process, and one whose time is set
/// back is not looked at again.
#[test]
fn x06_a_files_time_may_be_anything() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let (now, day) = (SystemTime::now(), Duration::from_secs(86_400));
        let future = drop_in_of(&directory, "future.so", &extra(261), now + day);
        drop_in_of(&directory, "past.so", &extra(262), SystemTime::UNIX_EPOCH);
        let package = world.package(&[&directory]);
        assert_eq!(names::<dyn ITestPlugin2>(&package).len(), 2);
        assert_eq!(report(&package), []);
        if world.mode == Mode::Warm {
            // Nobody writes a cache that says what it says already.
            let before = states(&world.cache());
            assert_eq!(before.len(), 1);
            fill(&world.package(&[&directory]));
            assert_eq!(states(&world.cache()), before);
        }

        // Another content of the same size, in the same file, with the same time.
        settle();
        let package = world.package(&[&directory]);
        assert_eq!(package.libraries()[0].1.plugins[0].name, "extra-000261");
        let mut file = File::options().write(true).open(&future).unwrap();
        file.write_all(&extra(263)).unwrap();
        file.set_times(FileTimes::new().set_modified(now + day))
            .unwrap();
        drop(file);
        for package in [package, world.package(&[&directory])] {
            package.poll();
            assert_eq!(package.libraries()[0].1.plugins[0].name, "extra-000263");
        }
    });
}

/// There, each of two programs throws out of the cache what only the other one sees.
#[test]
fn x07_programs_with_other_directories_leave_each_others_entries() {
    in_each_mode(|world| {
        let (first, second) = (world.directory("first"), world.directory("second"));
        drop_in(&first, "same.so", &extra(271));
        drop_in(&second, "same.so", &extra(272));
        drop_in(&second, "other.so", &extra(273));
        let both = || world.package(&[&first, &second]);
        let one = || world.package(&[&second]);
        assert_eq!(
            names::<dyn ITestPlugin2>(&both()),
            ["extra-000271", "extra-000273"]
        );
        assert_eq!(
            names::<dyn ITestPlugin2>(&one()),
            ["extra-000273", "extra-000272"]
        );
        if world.mode == Mode::Warm {
            let before = states(&world.cache());
            assert_eq!(before.len(), 2);
            for package in [both(), one(), both(), one()] {
                fill(&package);
                assert_eq!(states(&world.cache()), before);
            }
        }
    });
}

/// A file that is gone has no line any more, and one that is hidden from this program keeps its own.
#[test]
fn x07_what_is_gone_is_forgotten() {
    let world = World::new(Mode::Warm);
    let directory = world.directory("plugins");
    drop_in(&directory, "stays.so", &extra(274));
    let gone = drop_in(&directory, "gone.so", &extra(275));
    let package = world.package(&[&directory]);
    let text = || fs::read_to_string(&files(&world.cache())[0]).unwrap();
    assert!(text().contains("\"gone.so\" {"), "{}", text());
    assert_eq!(package.libraries().len(), 2);
    fs::remove_file(gone).unwrap();
    assert_eq!(told(&package.poll()), ["removed gone.so"]);
    assert!(!text().contains("\"gone.so\" {"), "{}", text());
    assert!(text().contains("\"stays.so\" {"), "{}", text());
}

/// There, a plugin can end the process while it is imported, or keep it from ending.
#[test]
fn x09_nothing_of_a_library_runs_before_its_interface_is_asked_for() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let path = drop_in(&directory, "pluginextra.so", &extra(209));
        let package = world.package(&[&directory]);
        package.poll();
        assert_eq!(package.libraries().len(), 1);
        assert_eq!(report(&package), []);
        assert_eq!(names::<dyn ITestPlugin>(&package), ["twin"]);
        assert!(!is_loaded(&path));
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000209"]);
        assert!(is_loaded(&path));
    });
}

/// There, what is not quite a plugin is skipped in silence.
#[test]
fn x10_what_is_nearly_a_plugin_is_reported() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        drop_in(&directory, "a-glass.so", glass());
        drop_in(&directory, "b-windows.dll", b"MZ");
        fs::create_dir(directory.join("c-directory.so")).unwrap();
        drop_in(
            &directory,
            "d-notes.txt",
            b"nobody takes this for a library",
        );
        let package = world.package(&[&directory]);
        let interface = "imatsim::IMaterial".to_owned();
        assert_eq!(
            report(&package),
            [
                ("a-glass.so", Refusal::UnknownInterface { interface }),
                ("b-windows.dll", Refusal::ForeignSuffix),
                ("c-directory.so", Refusal::NotRegularFile),
            ]
            .map(|(name, refusal)| (name.to_owned(), refusal))
        );
        let error = package.find::<dyn ITestPlugin2>("glass").unwrap_err();
        assert_eq!(error.unused.len(), 3);
        let text = error.to_string();
        assert!(
            text.starts_with("`ITestPlugin2` has no plugin `glass`\nthere is none\n"),
            "{text}"
        );
        assert!(
            text.contains("a-glass.so: its plugins provide `imatsim::IMaterial`"),
            "{text}"
        );
    });
}

/// There, an object that lacks a method is found all the same. Here it does not compile; and what
/// was compiled against another form of the interface is not used.
#[test]
fn x11_a_plugin_of_another_form_of_the_interface_is_not_used() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let token = crossed::<dyn ITestPlugin2>().token.to_le_bytes();
        let mut other = token;
        other[0] ^= 1;
        drop_in(
            &directory,
            "testplugin.so",
            &replaced(testplugin(), &token, &other),
        );
        let package = world.package(&[&directory]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), [""; 0]);
        let report = report(&package);
        assert!(
            matches!(&report[..], [(_, Refusal::InterfaceChanged { interface, .. })]
                if interface == "itest::ITestPlugin2"),
            "{report:?}"
        );
        // What it offers else is as good as ever.
        assert_eq!(names::<dyn ITestPlugin>(&package), ["twin", "TestPlugin"]);
    });
}

#[test]
fn x12_a_cache_that_ends_early_changes_nothing() {
    let world = World::new(Mode::Warm);
    let directory = world.directory("plugins");
    drop_in(&directory, "a.so", testplugin());
    drop_in(&directory, "b.so", b"not a library at all");
    let expected = world.package(&[&directory]);
    let expected = (expected.libraries(), report(&expected));
    let cache = files(&world.cache()).remove(0);
    let whole = fs::read(&cache).unwrap();
    for len in (0..whole.len()).step_by(97) {
        fs::write(&cache, &whole[..len]).unwrap();
        // SAFETY: this test makes the files below its directories.
        let package = unsafe { Package::of_directories("dummy.plugins", [&directory]) };
        let package = package.cache_in(world.cache());
        assert_eq!(
            (package.libraries(), report(&package)),
            expected,
            "of {len} bytes"
        );
        assert_eq!(fs::read(&cache).unwrap(), whole, "it is written anew");
    }
}

/// See `processes` for several processes.
#[test]
fn x13_threads_that_share_a_package_see_the_same() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        for number in 0..8 {
            drop_in(&directory, &format!("{number}.so"), &extra(21_300 + number));
        }
        let package = world.package(&[&directory]);
        let expected: Vec<_> = (0..8)
            .map(|number| format!("extra-{:06}", 21_300 + number))
            .collect();
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        package.poll();
                        assert_eq!(names::<dyn ITestPlugin2>(&package), expected);
                        assert_eq!(report(&package), []);
                    }
                });
            }
        });
    });
}

#[test]
fn x14_a_library_that_is_being_written_is_waited_for() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let bytes = extra(214);
        let package = world.package(&[&directory]);
        assert_eq!(told(&package.poll()), [""; 0]);
        let unfinished = |so_far: Option<Refusal>| {
            let so_far = so_far.map(Box::new);
            [("pluginextra.so".to_owned(), Refusal::Unfinished { so_far })]
        };

        let mut file = File::create(directory.join("pluginextra.so")).unwrap();
        assert_eq!(told(&package.poll()), [""; 0]);
        assert_eq!(report(&package), unfinished(Some(Refusal::Truncated)));
        let (start, rest) = bytes.split_at(bytes.len() / 2);
        file.write_all(start).unwrap();
        assert_eq!(told(&package.poll()), [""; 0]);
        assert_eq!(report(&package), unfinished(None));
        file.write_all(rest).unwrap();
        // It is whole, but who knows that?
        assert_eq!(told(&package.poll()), [""; 0]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), [""; 0]);
        assert_eq!(poll_when_due(&package), ["added pluginextra.so"]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000214"]);
        assert_eq!(report(&package), []);
        assert_eq!(package.next_poll(), None);
    });
}

/// A file of which both ends are there, and a hole between: as some who download write it.
#[test]
fn x14_what_looks_whole_at_once_is_waited_for_too() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let bytes = extra(215);
        let package = world.package(&[&directory]);
        let file = File::create(directory.join("pluginextra.so")).unwrap();
        let [start, end] = [bytes.len() / 3, bytes.len() / 3 * 2];
        file.write_all_at(&bytes[end..], end as u64).unwrap();
        file.write_all_at(&bytes[..start], 0).unwrap();
        assert_eq!(told(&package.poll()), [""; 0]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), [""; 0]);
        file.write_all_at(&bytes[start..end], start as u64).unwrap();
        assert_eq!(told(&package.poll()), [""; 0]);
        assert_eq!(poll_when_due(&package), ["added pluginextra.so"]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000215"]);
    });
}

/// A copy in place is a file that is being written; the host is told when to look again.
#[test]
fn x14_a_library_that_is_copied_in_place_comes_back() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let path = drop_in(&directory, "pluginextra.so", &extra(216));
        let package = world.package(&[&directory]);
        assert_eq!(package.libraries().len(), 1);
        fs::write(&path, extra(217)).unwrap();
        assert_eq!(told(&package.poll()), ["removed pluginextra.so"]);
        assert_eq!(poll_when_due(&package), ["added pluginextra.so"]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000217"]);
    });
}

/// What happens until no file is to be looked at again.
fn poll_when_due(package: &Package) -> Vec<String> {
    let mut events = Vec::new();
    while let Some(time) = package.next_poll() {
        thread::sleep(time.saturating_duration_since(Instant::now()));
        events.extend(told(&package.poll()));
    }
    events
}

#[test]
fn events_are_told_to_each_who_listens() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        drop_in(&directory, "a.so", &extra(218));
        let package = world.package(&[&directory]);
        let [mut first, mut second] = [package.changes(), package.changes()];
        let path = drop_in(&directory, "b.so", &extra(219));
        assert_eq!(told(&package.poll()), ["added b.so"]);
        assert_eq!(told(&first.poll()), ["added b.so"]);
        fs::remove_file(path).unwrap();
        assert_eq!(told(&first.poll()), ["removed b.so"]);
        assert_eq!(told(&package.poll()), ["removed b.so"]);
        // It came and went.
        assert_eq!(told(&second.poll()), [""; 0]);
    });
}

/// What tells whether the files of a directory have been written.
fn states(directory: &Path) -> BTreeMap<String, (u64, i64, i64)> {
    let state = |path: std::path::PathBuf| {
        let status = path.metadata().unwrap();
        let state = (status.ino(), status.ctime(), status.ctime_nsec());
        (path.display().to_string(), state)
    };
    files(directory).into_iter().map(state).collect()
}

/// Whether this process has mapped the file into its memory.
pub(crate) fn is_loaded(path: &Path) -> bool {
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    maps.contains(path.to_str().unwrap())
}

/// There, nothing says where was searched.
#[test]
fn what_was_searched_is_said_where_there_is_nothing() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    drop_in(&directory, "libglass.so.1", glass());
    drop_in(&world.directory("plugins/deep"), "libglass.so", glass());
    let file = drop_in(&world.directory("other"), "a-file", b"");
    let missing = world.path("missing");
    let package = world.package(&[&directory, &file, &missing]);
    let error = package
        .find::<dyn ITestPlugin2>("glass")
        .unwrap_err()
        .to_string();
    let expected = format!(
        "`ITestPlugin2` has no plugin `glass`\nthere is none\n\
         searched: {}: it contains no libraries; `deep` in it contains libraries, but is not searched; `libglass.so.1` does not end in `.so`\n\
         searched: {}: it is not a directory\n\
         searched: {}: it does not exist",
        directory.display(),
        file.display(),
        missing.display(),
    );
    assert_eq!(error, expected);
    // Where there is a plugin, that is no news.
    drop_in(&directory, "extra.so", &extra(220));
    package.poll();
    let error = package.find::<dyn ITestPlugin2>("glass").unwrap_err();
    assert!(error.searched.is_empty());
    assert_eq!(package.searched()[0].libraries, 1);
}

/// The library, of a package of this version.
pub(crate) fn of_version(library: &[u8], version: &str) -> Vec<u8> {
    let bytes = replaced(
        library,
        b"\x05\0\0\x000.1.0",
        &[b"\x05\0\0\0", version.as_bytes()].concat(),
    );
    replaced(
        &bytes,
        b"pluginextra\x000.1.0",
        &[b"pluginextra\0", version.as_bytes()].concat(),
    )
}

#[test]
fn of_two_versions_the_newest_counts() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let [old, older, new] = [
            ("b-old.so", "0.9.0"),
            ("c-older.so", "0.1.0"),
            ("a-new.so", "0.9.1"),
        ]
        .map(|(name, version)| drop_in(&directory, name, &of_version(&extra(221), version)));
        let other = drop_in(&directory, "d-other.so", &extra(222));
        let package = world.package(&[&directory]);
        assert_eq!(paths(&package), [new.clone(), other.clone()]);
        let superseded = |version: &str| Refusal::Superseded {
            version: version.to_owned(),
            by: new.clone(),
            newest: "0.9.1".to_owned(),
        };
        assert_eq!(
            report(&package),
            [("b-old.so", "0.9.0"), ("c-older.so", "0.1.0")]
                .map(|(name, version)| (name.to_owned(), superseded(version)))
        );
        assert_eq!(
            names::<dyn ITestPlugin2>(&package),
            ["extra-000221", "extra-000222"]
        );
        let found = package.find::<dyn ITestPlugin2>("extra-000221").unwrap();
        assert_eq!(found.info.version(), "0.9.1");
        // One that is gone supersedes nothing.
        fs::remove_file(&new).unwrap();
        assert_eq!(
            told(&package.poll()),
            ["removed a-new.so", "added b-old.so", "refused c-older.so"]
        );
        assert_eq!(paths(&package), [old, other]);
        let _ = older;
    });
}

/// Who upgrades a plugin before its host goes on with the old one.
#[test]
fn a_newer_version_that_does_not_fit_replaces_none() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let bytes = of_version(&extra(223), "0.9.0");
        let token = crossed::<dyn ITestPlugin2>().token.to_le_bytes();
        let mut other = token;
        other[0] ^= 1;
        drop_in(&directory, "a-new.so", &replaced(&bytes, &token, &other));
        drop_in(&directory, "b-old.so", &extra(223));
        let package = world.package(&[&directory]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000223"]);
        let report = report(&package);
        assert!(
            matches!(&report[..], [(name, _)] if name == "a-new.so"),
            "{report:?}"
        );
    });
}

#[test]
fn a_newer_version_that_cannot_be_loaded_replaces_none() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let bytes = of_version(&extra(224), "0.9.0");
        let broken = replaced(&bytes, b"libgcc_s.so.1", b"libgcc_X.so.1");
        drop_in(&directory, "a-new.so", &broken);
        drop_in(&directory, "b-old.so", &extra(224));
        let package = world.package(&[&directory]);
        let reported = || {
            let report = report(&package);
            assert!(
                matches!(&report[..], [(name, Refusal::Open { .. })] if name == "a-new.so"),
                "{report:?}"
            );
        };
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000224"]);
        reported();
        package.poll();
        // It is tried again, and again the old one is used.
        thread::sleep(Duration::from_millis(1_100));
        assert_eq!(told(&package.poll()), [""; 0]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000224"]);
        assert_eq!(told(&package.poll()), [""; 0]);
        reported();
        // One that can be loaded counts at once.
        drop_in(&directory, "a-new.so", &bytes);
        package.poll();
        let found = package.find::<dyn ITestPlugin2>("extra-000224").unwrap();
        assert_eq!(found.info.version(), "0.9.0");
    });
}

fn paths(package: &Package) -> Vec<std::path::PathBuf> {
    let libraries = package.libraries().into_iter();
    libraries.map(|(path, _)| path).collect()
}
