//! `Package::find` loads the library that has the plugin, and no other one.

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use itest::ITestPlugin2;
use plugin_loader::Package;

use crate::extra::is_loaded;
use crate::libraries::{extra, replaced, testplugin};
use crate::world::{drop_in, in_each_mode};

#[test]
fn a_name_loads_one_library() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let other = replaced(&extra(701), b"pluginextra", b"otherplugin");
        let files = [
            ("a-testplugin.so", testplugin()),
            ("b-extra.so", &extra(701)),
            ("c-other.so", &other),
            ("d-extra.so", &extra(702)),
        ];
        let files = files.map(|(name, library)| drop_in(&directory, name, library));
        let package = world.package(&[&directory]);
        let loaded = || files.each_ref().map(|file| is_loaded(file));

        // Errors know all names, and the text that finds each plugin.
        let error = package.find::<dyn ITestPlugin2>("extra-00070").unwrap_err();
        assert_eq!(
            error.names,
            [
                "AnotherTestPlugin",
                "ThirdTestPlugin",
                "extra-000701",
                "extra-000702"
            ]
        );
        assert_eq!(loaded(), [false; 4]);
        let error = package
            .find::<dyn ITestPlugin2>("extra-000701")
            .unwrap_err();
        let texts: Vec<_> = error.candidates.iter().map(|(_, text)| &**text).collect();
        assert_eq!(
            texts,
            ["pluginextra::EXTRA_000701", "otherplugin::EXTRA_000701"]
        );
        for (info, text) in &error.candidates {
            assert_eq!(package.text_of::<dyn ITestPlugin2>(info), *text);
        }
        assert_eq!(loaded(), [false, true, true, false], "one may be none");

        let found = package.find::<dyn ITestPlugin2>("extra-000702").unwrap();
        assert_eq!(found.test(), "extra-000702");
        assert_eq!(loaded(), [false, true, true, true]);
        let found = package.find::<dyn ITestPlugin2>(texts[1]).unwrap();
        assert_eq!(found.test(), "extra-000701");
        assert_eq!(found.info.package(), "otherplugin");
        assert_eq!(loaded(), [false, true, true, true]);

        // It is the one that a list of all plugins has.
        let all: Vec<_> = package.plugins::<dyn ITestPlugin2>().collect();
        assert!(all.iter().any(|plugin| std::ptr::eq(*plugin, found)));
        assert_eq!(loaded(), [true; 4]);
        let again = package.find::<dyn ITestPlugin2>(texts[1]).unwrap();
        assert!(std::ptr::eq(found, again));
    });
}

#[test]
fn what_a_hook_denies_is_said_and_nothing_else_is_loaded() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let first = drop_in(&directory, "a-extra.so", &extra(703));
        let second = drop_in(&directory, "b-extra.so", &extra(704));
        let package = world.package(&[&directory]);
        let package = package.allow(|candidate| {
            if candidate.path().ends_with("b-extra.so") {
                Err("it is not on the list".into())
            } else {
                Ok(())
            }
        });
        let error = package
            .find::<dyn ITestPlugin2>("extra-000704")
            .unwrap_err();
        assert_eq!(error.names, ["extra-000703"]);
        let text = error.to_string();
        let unused = format!("{}: it was denied: it is not on the list", second.display());
        assert!(text.contains(&unused), "{text}");
        assert!(![&first, &second].into_iter().any(|file| is_loaded(file)));
    });
}

#[test]
fn of_two_with_one_name_the_one_that_is_allowed_is_found() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        let other = replaced(&extra(706), b"pluginextra", b"otherplugin");
        drop_in(&directory, "a-extra.so", &extra(706));
        drop_in(&directory, "b-other.so", &other);
        let package = world.package(&[&directory]);
        let package = package.allow(|candidate| match &*candidate.manifest().package {
            "pluginextra" => Err("it is not on the list".into()),
            _ => Ok(()),
        });
        let found = package.find::<dyn ITestPlugin2>("extra-000706").unwrap();
        assert_eq!(found.info.package(), "otherplugin");
        let text = package.text_of::<dyn ITestPlugin2>(found.info);
        assert_eq!(text, "extra-000706");
    });
}

/// Until it has answered, the plugin that it is asked about is not there.
#[test]
fn a_hook_that_asks_for_the_plugin_does_not_find_it() {
    in_each_mode(|world| {
        let directory = world.directory("plugins");
        drop_in(&directory, "extra.so", &extra(705));
        let own: Arc<OnceLock<Package>> = Arc::default();
        let heard = Arc::new(Mutex::new(String::new()));
        let (asked, said) = (Arc::clone(&own), Arc::clone(&heard));
        let package = world.package(&[Path::new(&directory)]).allow(move |_| {
            let answer = asked
                .get()
                .unwrap()
                .find::<dyn ITestPlugin2>("extra-000705");
            *said.lock().unwrap() = format!("{:#}", answer.unwrap_err());
            Ok(())
        });
        let package = own.get_or_init(|| package);
        assert!(package.find::<dyn ITestPlugin2>("extra-000705").is_ok());
        assert_eq!(
            *heard.lock().unwrap(),
            "`ITestPlugin2` has no plugin `extra-000705`; there is none"
        );
    });
}
