use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, SystemTime};

use plugin_core::__private::dropin::crossing;
use plugin_core::{Interface as _, interface};
use tempfile::TempDir;

use super::*;
use crate::library::file::Folder;
use crate::library::fingerprint::Fingerprint;
use crate::library::manifest::{Offer, Offered};
use crate::library::refusal::Refusal;
use crate::look::cache::{self, Known, Said};

/// What the forged manifests offer.
#[interface(dropin)]
pub(crate) trait IForged {}

/// A manifest that this program would take.
fn manifest() -> Manifest {
    let interface = <dyn IForged>::INFO;
    Manifest {
        fingerprint: Fingerprint::host().clone(),
        package: "forged".to_owned(),
        version: "0.1.0".to_owned(),
        plugins: vec![Offer {
            name: "forged".to_owned(),
            id: "forged::FORGED".to_owned(),
            package: "forged".to_owned(),
            version: "0.1.0".to_owned(),
            module_path: String::new(),
            docs: String::new(),
            file: "src/lib.rs".to_owned(),
            line: 1,
            priority: 0,
            tags: Vec::new(),
            interfaces: vec![Offered {
                path: interface.path().to_owned(),
                version: interface.version().to_owned(),
                token: crossing(interface).unwrap().token,
                members: Vec::new(),
                reached: Vec::new(),
            }],
        }],
    }
}

/// There, a cache is a program that each reader runs.
#[test]
fn x08_a_forged_cache_loads_nothing() {
    let root = TempDir::new().unwrap();
    let (plugins, place) = (root.path().join("plugins"), root.path().join("cache"));
    fs::create_dir(&plugins).unwrap();
    let mut text = fs::File::create(plugins.join("text.so")).unwrap();
    text.write_all(b"not a library").unwrap();
    // Nobody takes it for unfinished.
    let hour = SystemTime::now() - Duration::from_secs(3_600);
    text.set_modified(hour).unwrap();
    let folder = Folder::open(&plugins).unwrap();
    let identity = folder.status_of("text.so".as_ref()).unwrap().identity;
    let mut known = Known::default();
    known.insert("text.so", identity, Said::new(Ok(manifest())), true);
    let path = cache::path(&plugins, &Place::Directory(place.clone()), "demo").unwrap();
    let header = cache::header(&Fingerprint::host().target, &plugins);
    cache::write(&path, &header, &known).unwrap();

    // SAFETY: there is no library in it.
    let package = unsafe { Package::of_directories("demo", [&plugins]) }.cache_in(&place);
    // The list is taken from the cache, which shows that it is read.
    assert_eq!(package.libraries(), [(plugins.join("text.so"), manifest())]);
    // But it is the file that decides.
    assert_eq!(package.plugins::<dyn IForged>().len(), 0);
    let [unused] = &package.report()[..] else {
        panic!("{:?}", package.report());
    };
    assert_eq!(unused.refusal, Refusal::NotALibrary);
}

#[test]
fn a_development_root_comes_first() {
    let root = TempDir::new().unwrap();
    let roots = ["one", "two", "usual"].map(|name| root.path().join(name));
    let variable = "PLUGIN_LOADER_TEST_DEVELOPMENT";
    // SAFETY: no other thread reads or writes the variable, and `std` has a lock for the others.
    unsafe { env::set_var(variable, env::join_paths(&roots[..2]).unwrap()) };
    // SAFETY: there is no library in it.
    let package = unsafe { Package::new("demo.plugins", [&roots[2]]) };
    let package = package
        .development(variable)
        .development("PLUGIN_LOADER_TEST_UNSET");
    assert_eq!(
        package.directories(),
        roots.map(|root| root.join("demo/plugins"))
    );
    assert_eq!(package.report(), []);
}

#[cfg(unix)]
#[test]
fn with_raised_privileges_a_development_root_does_not_count() {
    use rustix::process::{Uid, geteuid};
    use rustix::thread::set_thread_res_uid;

    if !geteuid().is_root() {
        // Nobody else can take such rights, so this shows nothing.
        return;
    }
    let variable = "PLUGIN_LOADER_TEST_PRIVILEGED";
    // SAFETY: no other thread reads or writes the variable, and `std` has a lock for the others.
    unsafe { env::set_var(variable, "/home/somebody") };
    // This thread alone is as a program of root's is that somebody else has started.
    let somebody = Uid::from_raw(65_534);
    set_thread_res_uid(somebody, Uid::ROOT, Uid::ROOT).unwrap();
    // SAFETY: there is no library in it.
    let package = unsafe { Package::new("demo.plugins", ["/nowhere"]) }.development(variable);
    set_thread_res_uid(Uid::ROOT, Uid::ROOT, Uid::ROOT).unwrap();

    assert_eq!(package.directories(), [Path::new("/nowhere/demo/plugins")]);
    let [unused] = &package.report()[..] else {
        panic!("{:?}", package.report());
    };
    assert_eq!(unused.path, Path::new("/home/somebody/demo/plugins"));
    let variable = variable.to_owned();
    assert_eq!(unused.refusal, Refusal::Privileged { variable });
}

#[test]
#[should_panic(expected = "`../plugins` is not the name of a package, such as `matsim.plugins`")]
fn a_name_that_leads_elsewhere_is_none() {
    // SAFETY: it does not get so far.
    let _ = unsafe { Package::new("../plugins", ["/usr/lib"]) };
}
