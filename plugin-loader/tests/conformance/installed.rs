//! A package whose plugins are the program's.

use itest::ITestPlugin2;
use plugin_core::{PluginInfo, PluginRef, assert_linked, catalog, plugins, slot, why};

use crate::extra::is_loaded;
use crate::libraries::{extra, replaced, testplugin};
use crate::world::{Mode, World, drop_in};

// One test: what is installed stays, and all tests of this process would see it.
#[test]
fn a_name_finds_a_plugin_of_a_package_that_is_installed() {
    let world = World::new(Mode::Cold);
    let directory = world.directory("plugins");
    let [first, second] = ["a-testplugin.so", "b-extra.so"];
    drop_in(&directory, first, testplugin());
    drop_in(&directory, second, &extra(501));
    let third = drop_in(&directory, "d-extra.so", &extra(502));
    let slot = slot::<dyn ITestPlugin2>();
    assert!(slot.find("extra-000501").is_err());
    let linked = plugins::<dyn ITestPlugin2>().len();
    let package = world.package(&[&directory]).allow(|candidate| {
        if candidate.path().ends_with("d-extra.so") {
            Err("it is not on the list".into())
        } else {
            Ok(())
        }
    });
    let package = package.install();
    assert_eq!(package.libraries().len(), 3);

    // What is offered stands in an error, and nothing is loaded for it.
    let error = slot.find("extra-000503").unwrap_err().to_string();
    assert!(error.contains("did you mean `extra-000501`?"), "{error}");
    assert!(error.contains("ThirdTestPlugin"), "{error}");
    assert!(!is_loaded(&directory.join(first)) && !is_loaded(&directory.join(second)));

    // The catalog has them all, and so has `why`.
    let catalog = catalog();
    let mut names: Vec<_> = catalog.plugins().iter().map(|info| info.name()).collect();
    names.retain(|name| name.contains("TestPlugin") || name.starts_with("extra-"));
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "AnotherTestPlugin",
            "TestPlugin",
            "ThirdTestPlugin",
            "extra-000501",
            "extra-000502"
        ]
    );
    assert!(!is_loaded(&directory.join(first)) && !is_loaded(&directory.join(second)));

    // Of two libraries, one is loaded.
    let found = slot.find("extra-000501").unwrap();
    assert_eq!(found.test(), "extra-000501");
    assert!(is_loaded(&directory.join(second)) && !is_loaded(&directory.join(first)));
    let again = slot.find(found.info.id()).unwrap();
    assert!(std::ptr::eq(found, again), "by its id, and the same one");

    // What is asked for is tried: a hook denies the third one.
    let denial = why("extra-000502");
    assert!(!denial.is_here());
    assert_eq!(
        denial.unused(),
        [format!(
            "{}: it was denied: it is not on the list",
            third.display()
        )]
    );
    assert_linked(&["extra-000501"]);
    assert!(!is_loaded(&third) && !is_loaded(&directory.join(first)));

    // It is not offered any more.
    let error = slot.find("extra-000502").unwrap_err().to_string();
    let denied = format!("{}: it was denied: it is not on the list", third.display());
    assert!(error.contains(&denied), "{error}");
    let parsed = "extra-000502".parse::<PluginRef<dyn ITestPlugin2>>();
    assert!(parsed.unwrap_err().to_string().contains(&denied));
    assert!(!is_loaded(&third));
    let catalog = plugin_core::catalog();
    let is_listed = |name: &str| catalog.plugins().iter().any(|info| info.name() == name);
    assert!(is_listed("extra-000501") && !is_listed("extra-000502"));

    let reference: PluginRef<dyn ITestPlugin2> = "ThirdTestPlugin".parse().unwrap();
    assert_eq!(reference.test(), "third");
    assert_eq!(reference.to_string(), "ThirdTestPlugin");
    assert!(is_loaded(&directory.join(first)));
    assert_linked(&["ThirdTestPlugin", "testplugin"]);
    assert_eq!(plugins::<dyn ITestPlugin2>().len(), linked);

    let catalog = plugin_core::catalog();
    let of_first = |info: &&&PluginInfo| info.name() == "ThirdTestPlugin";
    assert_eq!(
        catalog.plugins().iter().filter(of_first).count(),
        1,
        "now that it is loaded"
    );
    let error = slot.only().unwrap_err().to_string();
    assert!(error.contains("has 3 plugins of priority 0"), "{error}");

    // A second library with a plugin of the name.
    let other = replaced(&extra(501), b"pluginextra", b"otherplugin");
    drop_in(&directory, "c-extra.so", &other);
    package.poll();
    let error = slot.find("extra-000501").unwrap_err();
    assert_eq!(
        format!("{error:#}"),
        "`ITestPlugin2` has 2 plugins `extra-000501`; use one of `otherplugin::EXTRA_000501`, \
         `pluginextra::EXTRA_000501`"
    );
    let found = slot.find("otherplugin::EXTRA_000501").unwrap();
    assert_eq!(
        PluginRef::from(found).to_string(),
        "otherplugin::EXTRA_000501"
    );
}
