//! A host that has a say in what is loaded.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::symlink;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use itest::{ITestPlugin, ITestPlugin2};
use plugin_core::IPlugin;
use plugin_loader::{Candidate, Denial, Event, Library, Package, Refusal};

use crate::extra::{is_loaded, of_version};
use crate::libraries::extra;
use crate::world::{Mode, World, drop_in, in_each_mode, names, report, told};

fn denied(reason: &str) -> Refusal {
    let reason = reason.to_owned();
    Refusal::Denied { reason }
}

/// Denies the libraries that have this plugin.
fn but(name: &'static str) -> impl FnMut(&Candidate<'_>) -> Result<(), Denial> + Send {
    move |candidate| match &candidate.manifest().plugins[0].name {
        found if found == name => Err(format!("nobody wants {name} here").into()),
        _ => Ok(()),
    }
}

#[test]
fn what_a_hook_denies_is_not_used_and_its_reason_is_told() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let path = drop_in(&directory, "a.so", &extra(601));
        drop_in(&directory, "b.so", &extra(602));
        let package = world.package(&[&directory]).allow(but("extra-000601"));
        assert_eq!(package.libraries().len(), 2, "nobody has asked for it yet");
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000602"]);
        assert!(!is_loaded(&path));
        let refusal = denied("nobody wants extra-000601 here");
        assert_eq!(report(&package), [("a.so".to_owned(), refusal.clone())]);
        assert_eq!(package.libraries().len(), 1);
        let error = package.find::<dyn ITestPlugin2>("extra-000601");
        let error = error.unwrap_err().to_string();
        let expected = format!(
            "not used: {}: it was denied: nobody wants extra-000601 here",
            path.display()
        );
        assert!(error.contains(&expected), "{error}");
        let events = package.poll();
        assert_eq!(told(&events), ["removed a.so", "refused a.so"]);
        assert!(matches!(&events[1], Event::Refused { refusal: told, .. } if *told == refusal));
        assert_eq!(told(&package.poll()), [""; 0], "it is told once");

        // Another program that shares the cache, and has no such hook.
        // SAFETY: this test makes the files below its directories.
        let other = unsafe { Package::of_directories("dummy.plugins", [&directory]) };
        let other = other.cache_in(world.cache());
        assert_eq!(other.libraries().len(), 2);
        assert_eq!(report(&other), []);
        assert_eq!(names::<dyn ITestPlugin2>(&other).len(), 2);
    });
}

#[test]
fn a_hook_sees_the_bytes_that_are_loaded_and_not_what_the_file_becomes() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    let elsewhere = drop_in(&world.directory("elsewhere"), "real.so", &extra(603));
    symlink(&elsewhere, directory.join("link.so")).unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let package = world.package(&[&directory]).allow({
        let (seen, elsewhere) = (Arc::clone(&seen), elsewhere.clone());
        move |candidate| {
            assert_eq!(candidate.path(), elsewhere);
            assert_eq!(candidate.manifest().package, "pluginextra");
            assert!(candidate.siblings().is_empty());
            let mut first = [0; 4];
            candidate.reader().read_exact(&mut first)?;
            assert_eq!(&first, b"\x7fELF");
            // In place, as no installer should.
            let mut file = File::options().write(true).open(&elsewhere)?;
            file.write_all(&extra(604))?;
            let mut reader = candidate.reader();
            reader.read_to_end(&mut seen.lock().unwrap())?;
            // Two readers do not disturb each other, and each may go back.
            let (mut one, mut two) = (candidate.reader(), candidate.reader());
            one.seek(SeekFrom::End(-4))?;
            two.seek(SeekFrom::Start(1))?;
            let (mut last, mut second) = ([0; 4], [0; 3]);
            one.read_exact(&mut last)?;
            two.read_exact(&mut second)?;
            assert!(seen.lock().unwrap().ends_with(&last) && &second == b"ELF");
            Ok(())
        }
    });
    // The name is where the linker has put it, in the bytes that were loaded.
    let found = package.find::<dyn ITestPlugin2>("extra-000603").unwrap();
    assert_eq!(found.test(), "extra-000603");
    assert!(*seen.lock().unwrap() == extra(603));
}

#[test]
fn a_hook_is_asked_once_for_each_state_of_a_file_and_all_must_allow() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    let asked = Arc::new(Mutex::new(Vec::new()));
    let hook = |who: &'static str| {
        let asked = Arc::clone(&asked);
        move |candidate: &Candidate<'_>| {
            let name = &candidate.manifest().plugins[0].name;
            asked.lock().unwrap().push(format!("{who} {name}"));
            if who == "first" && name.ends_with('6') {
                Err("it ends in 6".into())
            } else {
                Ok(())
            }
        }
    };
    let take = || std::mem::take(&mut *asked.lock().unwrap());
    for number in [605, 606, 607] {
        drop_in(&directory, &format!("{number}.so"), &extra(number));
    }
    let package = world.package(&[&directory]);
    let package = package.allow(hook("first")).allow(hook("second"));
    package.libraries();
    assert_eq!(take(), [""; 0], "no plugin has been asked for");
    package.plugins::<dyn ITestPlugin>();
    assert_eq!(take(), [""; 0], "they have none of this interface");
    let both = ["extra-000605", "extra-000607"];
    assert_eq!(names::<dyn ITestPlugin2>(&package), both);
    let expected = [
        "first extra-000605",
        "second extra-000605",
        "first extra-000606",
        "first extra-000607",
        "second extra-000607",
    ];
    assert_eq!(take(), expected);
    for _ in 0..3 {
        package.poll();
        assert_eq!(names::<dyn ITestPlugin2>(&package), both);
        assert!(package.find::<dyn ITestPlugin2>("extra-000606").is_err());
        package.plugins::<dyn IPlugin>();
        drop_in(&directory, "text.so", b"not a library");
    }
    assert_eq!(take(), [""; 0]);

    drop_in(&directory, "606.so", &extra(608));
    package.poll();
    assert_eq!(names::<dyn ITestPlugin2>(&package).len(), 3);
    assert_eq!(take(), ["first extra-000608", "second extra-000608"]);
}

#[test]
fn what_was_denied_can_be_tried_again() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let path = drop_in(&directory, "a.so", &extra(609));
        let (is_allowed, asked) = (
            Arc::new(AtomicBool::new(false)),
            Arc::new(AtomicUsize::new(0)),
        );
        let package = world.package(&[&directory]).allow({
            let (is_allowed, asked) = (Arc::clone(&is_allowed), Arc::clone(&asked));
            move |_| {
                asked.fetch_add(1, Ordering::Relaxed);
                let is_allowed = is_allowed.load(Ordering::Relaxed);
                is_allowed.then_some(()).ok_or("not yet".into())
            }
        });
        assert_eq!(names::<dyn ITestPlugin2>(&package), [""; 0]);
        assert_eq!(told(&package.poll()), ["removed a.so", "refused a.so"]);
        is_allowed.store(true, Ordering::Relaxed);
        // Until polling is of no use.
        while let Some(time) = package.next_poll() {
            thread::sleep(time.saturating_duration_since(Instant::now()));
            package.poll();
            assert_eq!(names::<dyn ITestPlugin2>(&package), [""; 0]);
        }
        assert_eq!(asked.load(Ordering::Relaxed), 1);

        package.retry();
        assert_eq!(report(&package), []);
        assert!(!is_loaded(&path), "nobody has asked for it");
        assert_eq!(told(&package.poll()), ["added a.so"]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000609"]);
        assert_eq!(asked.load(Ordering::Relaxed), 2);
        // What is in the process stays.
        is_allowed.store(false, Ordering::Relaxed);
        package.retry();
        assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000609"]);
        assert_eq!(told(&package.poll()), [""; 0]);
        assert_eq!(asked.load(Ordering::Relaxed), 2);
    });
}

#[test]
fn a_hook_that_panics_loads_nothing_and_is_asked_again() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    let path = drop_in(&directory, "a.so", &extra(610));
    let mut calls = 0;
    let package = world.package(&[&directory]).allow(move |_| {
        calls += 1;
        assert!(calls > 2, "hook {calls}");
        Ok(())
    });
    for call in ["hook 1", "hook 2"] {
        let find = || package.find::<dyn ITestPlugin2>("extra-000610");
        let panic = catch_unwind(AssertUnwindSafe(find)).unwrap_err();
        assert_eq!(panic.downcast_ref::<String>().unwrap(), call);
        assert!(!is_loaded(&path));
        assert_eq!(report(&package), []);
        assert_eq!(package.libraries().len(), 1);
    }
    package.find::<dyn ITestPlugin2>("extra-000610").unwrap();
}

#[test]
fn a_hook_may_use_the_package_and_others_may_while_it_runs() {
    static PACKAGE: OnceLock<Package> = OnceLock::new();

    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    for number in [611, 612] {
        drop_in(&directory, &format!("{number}.so"), &extra(number));
    }
    let (said, heard) = mpsc::channel();
    let package = world.package(&[&directory]).allow(move |_| {
        let package = PACKAGE.get().unwrap();
        package.poll();
        package.retry();
        let of_another_thread = thread::scope(|scope| {
            let libraries = || (package.libraries().len(), package.report().len());
            scope.spawn(libraries).join().unwrap()
        });
        let within = names::<dyn ITestPlugin2>(package);
        let found = package.find::<dyn ITestPlugin2>("extra-000612").is_ok();
        said.send((of_another_thread, within, found)).unwrap();
        Ok(())
    });
    let package = PACKAGE.get_or_init(|| package);
    let all = names::<dyn ITestPlugin2>(package);
    assert_eq!(all, ["extra-000611", "extra-000612"]);
    let heard: Vec<_> = heard.try_iter().collect();
    assert_eq!(
        heard,
        [
            ((2, 0), Vec::new(), false),
            // The first one has been loaded.
            ((2, 0), vec!["extra-000611"], false),
        ]
    );
}

/// One thread loads, and the others get what it has loaded.
#[test]
fn many_threads_ask_a_hook_once() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    drop_in(&directory, "a.so", &extra(613));
    let asked = Arc::new(AtomicUsize::new(0));
    let package = world.package(&[&directory]).allow({
        let asked = Arc::clone(&asked);
        move |_| {
            asked.fetch_add(1, Ordering::Relaxed);
            thread::sleep(Duration::from_millis(50));
            Ok(())
        }
    });
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| package.find::<dyn ITestPlugin2>("extra-000613").unwrap());
        }
    });
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

#[test]
fn a_hook_is_asked_about_what_others_have_loaded() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    let path = drop_in(&directory, "a.so", &extra(614));
    // SAFETY: this test makes the files below its directories.
    unsafe { Library::load(&path) }.unwrap();
    let free = world.package(&[&directory]);
    assert_eq!(names::<dyn ITestPlugin2>(&free), ["extra-000614"]);
    // Its times are those of the file that was loaded, and its content is not.
    let times = fs::metadata(&path).unwrap().modified().unwrap();
    let mut file = File::options().write(true).open(&path).unwrap();
    file.write_all(&extra(615)).unwrap();
    file.set_modified(times).unwrap();
    drop(file);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let bound = world.package(&[&directory]).allow({
        let seen = Arc::clone(&seen);
        move |candidate| {
            let mut bytes = Vec::new();
            candidate.reader().read_to_end(&mut bytes)?;
            seen.lock().unwrap().push(bytes);
            Err("not in this package".into())
        }
    });
    assert_eq!(names::<dyn ITestPlugin2>(&bound), [""; 0]);
    let refusal = denied("not in this package");
    assert_eq!(report(&bound), [("a.so".to_owned(), refusal)]);
    assert!(
        *seen.lock().unwrap() == [extra(614)],
        "what is in the process"
    );
    assert_eq!(names::<dyn ITestPlugin2>(&free), ["extra-000614"]);
}

#[test]
fn a_hook_may_use_another_package() {
    let world = World::new(Mode::Cold);
    let (first, second) = (world.directory("first"), world.directory("second"));
    drop_in(&first, "a.so", &extra(616));
    drop_in(&second, "b.so", &extra(617));
    let verifiers = world.package(&[&second]);
    let package = world.package(&[&first]).allow(move |_| {
        let verifier = verifiers.find::<dyn ITestPlugin2>("extra-000617");
        Err(verifier.unwrap().test().into())
    });
    assert_eq!(names::<dyn ITestPlugin2>(&package), [""; 0]);
    let refusal = denied("extra-000617");
    assert_eq!(report(&package), [("a.so".to_owned(), refusal)]);
}

#[test]
fn of_two_versions_the_newest_that_is_allowed_counts() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let old = drop_in(&directory, "a-old.so", &of_version(&extra(618), "0.9.0"));
        let new = drop_in(&directory, "b-new.so", &of_version(&extra(618), "0.9.1"));
        let is_allowed = Arc::new(AtomicBool::new(false));
        let package = world.package(&[&directory]).allow({
            let is_allowed = Arc::clone(&is_allowed);
            move |candidate| match &*candidate.manifest().version {
                "0.9.1" if !is_allowed.load(Ordering::Relaxed) => Err("too new".into()),
                _ => Ok(()),
            }
        });
        let found = || {
            let found = package.find::<dyn ITestPlugin2>("extra-000618");
            found.unwrap().info.version()
        };
        assert_eq!(found(), "0.9.0");
        assert_eq!(
            report(&package),
            [("b-new.so".to_owned(), denied("too new"))]
        );
        assert!(is_loaded(&old) && !is_loaded(&new));
        is_allowed.store(true, Ordering::Relaxed);
        package.retry();
        assert_eq!(found(), "0.9.1");
    });
}

#[test]
fn a_hook_sees_which_libraries_come_with_one() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    let (needing, helper) = crate::copies::needing(&world);
    drop_in(&directory, "needing.so", &needing);
    let expected = helper.clone();
    let package = world.package(&[&directory]).allow(move |candidate| {
        assert_eq!(candidate.siblings(), std::slice::from_ref(&expected));
        Err("it does not come alone".into())
    });
    assert_eq!(names::<dyn ITestPlugin2>(&package), [""; 0]);
    let refusal = denied("it does not come alone");
    assert_eq!(report(&package), [("needing.so".to_owned(), refusal)]);
    assert!(!is_loaded(&helper), "it has code, too");
}
