//! Twisted's tests of its plugin system, under the numbers of their order in `test_plugin.py`.
//!
//! A module there is a library here, and to import one is to load it.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use itest::{ITestPlugin, ITestPlugin2};
use plugin_core::{IPlugin, Interface as _};
use plugin_loader::{MARKER, Package, Refusal};

use crate::libraries::{extra, testplugin};
use crate::world::{World, drop_in, drop_in_of, in_each_mode, names, report, told};

/// `test_cache`
#[test]
fn t01_what_a_library_says_is_what_is_loaded() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let path = drop_in(&directory, "testplugin.so", testplugin());
        let package = world.package(&[&directory]);

        let libraries = package.libraries();
        let [(listed, manifest)] = &libraries[..] else {
            panic!("{libraries:?}");
        };
        assert_eq!(*listed, path);
        assert_eq!(
            (&*manifest.package, &*manifest.version),
            ("testplugin", "0.1.0")
        );
        let mut offers = manifest.plugins.iter();
        let offer = offers.find(|offer| offer.name == "TestPlugin").unwrap();
        assert_eq!(offer.docs, "A plugin used solely for testing purposes.");
        assert_eq!(offer.id, "testplugin::TEST_PLUGIN");
        assert_eq!(offer.tags, [("kind".to_owned(), "first".to_owned())]);
        let paths: Vec<_> = offer
            .interfaces
            .iter()
            .map(|offered| &*offered.path)
            .collect();
        let expected = [<dyn ITestPlugin>::INFO.path(), <dyn IPlugin>::INFO.path()];
        assert_eq!(paths, expected);

        let plugins: Vec<_> = package.plugins::<dyn ITestPlugin>().collect();
        // The first is that of the program.
        let [twin, plugin] = plugins[..] else {
            panic!("{plugins:?}");
        };
        assert_eq!(twin.info.name(), "twin");
        let info = plugin.info;
        assert_eq!((info.name(), info.id()), (&*offer.name, &*offer.id));
        assert_eq!((info.docs(), info.line()), (&*offer.docs, offer.line));
        assert_eq!((info.package(), info.version()), ("testplugin", "0.1.0"));
        assert_eq!(info.tags()[0].value(), "first");
        let interfaces: Vec<_> = info.interfaces().iter().map(|info| info.path()).collect();
        assert_eq!(interfaces, expected);

        // Whoever asks again is given the very same object.
        let again = package.find::<dyn ITestPlugin>("TestPlugin").unwrap();
        assert!(std::ptr::eq(plugin, again));
        let root = package.find::<dyn IPlugin>("TestPlugin").unwrap();
        assert!(std::ptr::addr_eq(root.object, plugin.object));
    });
}

/// `test_cacheRepr`
#[test]
fn t02_a_plugin_shows_its_name_its_origin_and_its_interfaces() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        drop_in(&directory, "testplugin.so", testplugin());
        let package = world.package(&[&directory]);
        let plugin = package.find::<dyn ITestPlugin>("TestPlugin").unwrap();
        assert_eq!(
            format!("{plugin:?}"),
            "Plugin { name: \"TestPlugin\", id: \"testplugin::TEST_PLUGIN\", \
             interfaces: [\"ITestPlugin\", \"IPlugin\"] }"
        );
    });
}

/// `test_plugins`
#[test]
fn t03_only_plugins_of_the_interface_come_and_can_be_called() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        drop_in(&directory, "testplugin.so", testplugin());
        let package = world.package(&[&directory]);
        let answers: Vec<_> = package
            .plugins::<dyn ITestPlugin2>()
            .map(|plugin| plugin.test())
            .collect();
        assert_eq!(answers, ["another", "third"]);
    });
}

/// `test_detectNewFiles`
#[test]
fn t04_a_new_file_is_found() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        drop_in(&directory, "testplugin.so", testplugin());
        let package = world.package(&[&directory]);
        assert_eq!(
            names::<dyn ITestPlugin2>(&package),
            ["AnotherTestPlugin", "ThirdTestPlugin"]
        );

        drop_in(&directory, "pluginextra.so", &extra(4));
        // A package answers from what it knows until it is told to look.
        assert_eq!(names::<dyn ITestPlugin2>(&package).len(), 2);
        assert_eq!(told(&package.poll()), ["added pluginextra.so"]);
        let answers: Vec<_> = package
            .plugins::<dyn ITestPlugin2>()
            .map(|plugin| plugin.test())
            .collect();
        assert_eq!(answers, ["extra-000004", "another", "third"]);
        assert_eq!(told(&package.poll()), [""; 0]);
    });
}

/// `test_detectFilesChanged`
#[test]
fn t05_a_plugin_that_a_changed_file_adds_is_found() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        drop_in(&directory, "pluginextra.so", &extra(5));
        let package = world.package(&[&directory]);
        assert_eq!(package.libraries()[0].1.plugins.len(), 1);

        drop_in(&directory, "pluginextra.so", testplugin());
        assert_eq!(
            told(&package.poll()),
            ["removed pluginextra.so", "added pluginextra.so"]
        );
        assert_eq!(package.libraries()[0].1.plugins.len(), 3);
        assert_eq!(
            names::<dyn ITestPlugin2>(&package),
            ["AnotherTestPlugin", "ThirdTestPlugin"]
        );
    });
}

/// `test_detectFilesRemoved`
#[test]
fn t06_a_plugin_of_a_removed_file_is_not_there_any_more() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let path = drop_in(&directory, "pluginextra.so", &extra(6));
        drop_in(&directory, "testplugin.so", testplugin());
        let package = world.package(&[&directory]);
        let removed = package.find::<dyn ITestPlugin2>("extra-000006").unwrap();

        fs::remove_file(path).unwrap();
        assert_eq!(told(&package.poll()), ["removed pluginextra.so"]);
        assert_eq!(
            names::<dyn ITestPlugin2>(&package),
            ["AnotherTestPlugin", "ThirdTestPlugin"]
        );
        // What was handed out stays.
        assert_eq!(removed.test(), "extra-000006");
    });
}

/// `test_nonexistentPathEntry`
#[test]
fn t07_a_directory_that_does_not_exist_is_skipped() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        drop_in(&directory, "testplugin.so", testplugin());
        let missing = world.path("missing");
        let package = world.package(&[&missing, &directory]);
        assert_eq!(names::<dyn ITestPlugin2>(&package).len(), 2);
        assert_eq!(report(&package), []);

        // It is looked for again.
        fs::create_dir(&missing).unwrap();
        drop_in(&missing, "pluginextra.so", &extra(7));
        assert_eq!(told(&package.poll()), ["added pluginextra.so"]);
        assert_eq!(names::<dyn ITestPlugin2>(&package)[0], "extra-000007");
    });
}

/// `test_nonDirectoryChildEntry`
#[test]
fn t08_a_directory_below_a_file_is_skipped() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let path = drop_in(&directory, "testplugin.so", testplugin());
        let package = world.package(&[&path.join("test_package"), &directory]);
        assert_eq!(names::<dyn ITestPlugin2>(&package).len(), 2);
        assert_eq!(report(&package), []);
    });
}

/// `test_deployedMode`
///
/// A cache in the directory, which cannot be written: its place is taken by a directory, which binds
/// root as well.
#[test]
fn t09_a_new_plugin_is_found_beside_a_cache_that_cannot_be_written() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        fs::create_dir_all(directory.join("dropin.cache/full")).unwrap();
        drop_in(&directory, "testplugin.so", testplugin());
        // SAFETY: this test makes the files below its directories.
        let package = || unsafe { Package::of_directories("dummy.plugins", [&directory]) };
        let before = package();
        assert_eq!(before.libraries().len(), 1);

        drop_in(&directory, "pluginextra.so", &extra(9));
        assert_eq!(told(&before.poll()), ["added pluginextra.so"]);
        for package in [before, package(), world.package(&[&directory])] {
            assert_eq!(
                names::<dyn ITestPlugin2>(&package),
                ["extra-000009", "AnotherTestPlugin", "ThirdTestPlugin"]
            );
            assert_eq!(report(&package), []);
        }
    });
}

/// `test_developmentPluginAvailability`
#[test]
fn t10_a_developers_copy_hides_the_systems_and_leaves_the_applications() {
    in_each_mode(|world| {
        let [dev, system, app] = ["dev", "system", "app"].map(|root| {
            let directory = world.directory(&format!("{root}/dummy/plugins"));
            (world.path(root), directory)
        });
        drop_in(&dev.1, "dev.so", &extra(101));
        drop_in(&system.1, "system.so", &extra(102));
        drop_in(&app.1, "app.so", &extra(103));
        fs::write(dev.1.join(MARKER), "").unwrap();
        fs::write(system.1.join(MARKER), "").unwrap();
        // The system has a cache of its own.
        let all: [&Path; 1] = [&system.0];
        let own = world.package_under(&all);
        assert_eq!(names::<dyn ITestPlugin2>(&own), ["extra-000102"]);

        let package = world.package_under(&[&dev.0, &system.0, &app.0]);
        for _ in 0..3 {
            assert_eq!(
                names::<dyn ITestPlugin2>(&package),
                ["extra-000101", "extra-000103"]
            );
            package.poll();
        }
        let first = dev.1.clone();
        assert_eq!(
            report(&package),
            [("plugins".to_owned(), Refusal::SecondCopy { first })]
        );
        // Nothing of that has touched the system's own view.
        assert_eq!(names::<dyn ITestPlugin2>(&own), ["extra-000102"]);
        assert_eq!(told(&own.poll()), [""; 0]);
    });
}

/// `test_freshPyReplacesStalePyc`
#[test]
fn t11_what_is_there_counts_and_not_how_old_it_says_it_is() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        drop_in(&directory, "pluginextra.so", &extra(111));
        let package = world.package(&[&directory]);
        assert_eq!(package.libraries()[0].1.plugins[0].name, "extra-000111");

        // The newer file has an older time, and the same size.
        let older = SystemTime::now() - Duration::from_secs(7200);
        drop_in_of(&directory, "pluginextra.so", &extra(112), older);
        for package in [package, world.package(&[&directory])] {
            package.poll();
            assert_eq!(package.libraries()[0].1.plugins[0].name, "extra-000112");
        }
    });
}

/// `test_newPluginsOnReadOnlyPath`
#[test]
fn t12_a_new_plugin_is_found_where_no_cache_can_be_written() {
    in_each_mode(|world| {
        let directory = world.directory("system/dummy/plugins");
        let root = world.path("system");
        let package = world.package_under(&[&root]);
        assert_eq!(names::<dyn ITestPlugin2>(&package), [""; 0]);

        drop_in(&directory, "pluginextra.so", &extra(12));
        for _ in 0..2 {
            package.poll();
            assert_eq!(names::<dyn ITestPlugin2>(&package), ["extra-000012"]);
            assert_eq!(report(&package), []);
        }
    });
}

/// Two installed copies of one package, with a library each.
fn two_copies(world: &World, [first, second]: [&str; 2]) -> Package {
    for (root, name, number) in [("first", first, 131), ("second", second, 132)] {
        let directory = world.directory(&format!("{root}/dummy/plugins"));
        fs::write(directory.join(MARKER), "").unwrap();
        drop_in(&directory, name, &extra(number));
    }
    world.package_under(&[&world.path("first"), &world.path("second")])
}

fn only_the_first_copy_counts(world: &World, package: &Package) {
    assert_eq!(names::<dyn ITestPlugin2>(package), ["extra-000131"]);
    let first = world.path("first/dummy/plugins");
    assert_eq!(
        report(package),
        [("plugins".to_owned(), Refusal::SecondCopy { first })]
    );
}

/// `test_hiddenPackageSamePluginModuleNameObscured`
#[test]
fn t13_a_second_copy_is_hidden_with_a_library_of_the_same_name() {
    in_each_mode(|world| {
        let package = two_copies(world, ["plugindummy.so", "plugindummy.so"]);
        only_the_first_copy_counts(world, &package);
    });
}

/// `test_hiddenPackageDifferentPluginModuleNameObscured`
#[test]
fn t14_a_second_copy_is_hidden_with_a_library_of_another_name() {
    in_each_mode(|world| {
        let package = two_copies(world, ["thispluginmodule.so", "thatpluginmodule.so"]);
        only_the_first_copy_counts(world, &package);
    });
}

/// `test_pluginDirectories`
#[test]
fn t15_the_directories_are_those_of_the_name_under_each_root() {
    in_each_mode(|world| {
        let (foo, bar) = (world.path("foo"), world.path("bar"));
        let package = world.package_under(&[&foo, &bar]);
        assert_eq!(
            package.directories(),
            [foo.join("dummy/plugins"), bar.join("dummy/plugins")]
        );
        // SAFETY: nothing is asked of it.
        let package = unsafe { Package::new("dummy.plugins", ["relative"]) };
        let current = std::env::current_dir().unwrap();
        assert_eq!(
            package.directories(),
            [current.join("relative/dummy/plugins")]
        );
    });
}

/// `test_pluginPackagesExcluded`
///
/// There, a package leaves out each directory that is a package, and adds its own; here, the first
/// one is its own.
#[test]
fn t16_a_second_copy_is_not_among_the_directories() {
    in_each_mode(|world| {
        for root in ["foo", "bar"] {
            let directory = world.directory(&format!("{root}/dummy/plugins"));
            fs::write(directory.join(MARKER), "").unwrap();
        }
        let (foo, bar, baz) = (world.path("foo"), world.path("bar"), world.path("baz"));
        let package = world.package_under(&[&foo, &bar, &baz]);
        assert_eq!(
            package.directories(),
            [foo.join("dummy/plugins"), baz.join("dummy/plugins")]
        );
    });
}
