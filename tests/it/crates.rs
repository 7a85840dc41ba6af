//! That the crates whose compilation is a test have their plugins as well.

use plugin_core::{Interface, plugins};

fn names<I: ?Sized + Interface>() -> Vec<&'static str> {
    let mut names: Vec<_> = plugins::<I>()
        .iter()
        .map(|plugin| plugin.info.name())
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn a_crate_under_every_lint_has_its_plugins() {
    use strict::form::{IBase, IForms};
    use strict::marked::IMarked;
    use strict::slots::{IBlanket, INamed};

    assert_eq!(
        names::<dyn IBase>(),
        ["BY_MACRO", "BY_PATH", "IN_CONST", "LATE", "Unit", "forms"]
    );
    assert_eq!(names::<dyn IForms>(), ["forms"]);
    assert_eq!(names::<dyn IMarked>(), ["KEPT", "Used"]);
    assert_eq!(names::<dyn INamed>(), ["NAMED"]);
    assert_eq!(names::<dyn IBlanket>(), ["NAMED"]);
    assert_eq!(strict::call(), 17);
    let filter: plugin_core::Configured<dyn strict::configured::IFilter> =
        "brighten:by=3".parse().unwrap();
    assert_eq!(filter.apply(4), 7);
}

#[test]
fn crates_that_forbid_unsafe_code_have_their_plugins() {
    assert_eq!(names::<dyn safe_interface::ISafe>(), ["LATE", "safe"]);
    assert_eq!(names::<dyn safe_interface::IExtends>(), ["safe"]);
    assert_eq!(names::<dyn safe_interface::IRenamed>(), ["Unit", "safe"]);
    let late = &safe_plugin::LATE;
    assert_eq!(safe_interface::ISafe::method(late, "text"), "text");
}

#[test]
fn crates_of_every_edition_have_their_plugins() {
    macro_rules! edition {
        ($krate:ident, $edition:literal) => {
            use $krate::{IBase, IEdition};

            assert_eq!(names::<dyn IBase>(), [$edition, "LATE", "Unit"]);
            assert_eq!(names::<dyn IEdition>(), [$edition, "LATE"]);
            for plugin in plugins::<dyn IEdition>() {
                assert_eq!(plugin.attribute().to_string(), $edition);
                assert_eq!(plugin.method("text"), 4);
            }
            assert_eq!(<dyn IEdition>::INFO.tags()[0].value(), $edition);
            assert_eq!(<dyn IEdition>::INFO.extends(), [<dyn IBase>::INFO]);
        };
    }
    {
        edition! { edition_2015, "2015" }
    }
    {
        edition! { edition_2018, "2018" }
    }
    {
        edition! { edition_2021, "2021" }
    }
}

#[test]
fn a_crate_of_procedural_macros_has_its_own_plugins() {
    assert_eq!(counting::numbers!(), [1, 2, 3]);
}
