//! The error of a lookup by name.

use std::error::Error;
use std::fmt::{self, Debug, Display};

use plugin_core::__private::dropin::{Missing, Several};
use plugin_core::{InterfaceInfo, PluginInfo};

use crate::look::searched::Searched;
use crate::look::unused::Unused;

/// The error of [`Package::find`](crate::Package::find).
///
/// The message says what is wrong, and lists the names that exist and the files that are not used:
///
/// ```
/// use plugin_core::{interface, plugin};
/// use plugin_loader::Package;
///
/// #[interface(noun = "material")]
/// pub trait IMaterial {}
///
/// #[plugin(IMaterial, name = "steel")]
/// struct Steel;
///
/// impl IMaterial for Steel {}
///
/// fn main() {
///     // SAFETY: the directory does not exist.
///     let package = unsafe { Package::of_directories("matsim", ["no-such-directory"]) };
///     let error = package.find::<dyn IMaterial>("stel").unwrap_err();
///     assert_eq!(
///         error.to_string(),
///         "unknown material `stel`; did you mean `steel`?\nthere is: steel"
///     );
/// }
/// ```
///
/// As in the error of [`Slot::find`](plugin_core::Slot::find), the message uses the interface's
/// [`noun`](InterfaceInfo::noun). `{error:#}` is one line, without the files. `Debug` is the same as `Display`, for a `main`
/// that returns a `Result`.
#[derive(Clone)]
#[non_exhaustive]
pub struct FindError {
    /// The text that was passed to the lookup.
    pub name: String,
    /// The interface whose plugins were searched.
    pub interface: &'static InterfaceInfo,
    /// The plugins that have the name, if there are several, each with a text by which
    /// [`Package::find`](crate::Package::find) finds it alone.
    pub candidates: Vec<(&'static PluginInfo, String)>,
    /// The names of the interface's plugins, sorted.
    pub names: Vec<&'static str>,
    /// The files that are not used. The plugin may be in one of them.
    pub unused: Vec<Unused>,
    /// The directories that were searched, if the interface has no plugin at all.
    pub searched: Box<[Searched]>,
}

impl FindError {
    /// The most similar name, if no plugin has this one, and one is similar enough to be a suggestion.
    #[must_use]
    pub fn nearest(&self) -> Option<&'static str> {
        if self.candidates.is_empty() {
            self.missing().nearest()
        } else {
            None
        }
    }

    fn missing(&self) -> Missing<'_> {
        Missing {
            name: &self.name,
            interface: self.interface,
            names: &self.names,
            question: "",
        }
    }
}

impl Display for FindError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let candidates = self.candidates.iter();
        let candidates: Vec<_> = candidates.map(|(info, text)| (*info, &**text)).collect();
        if !candidates.is_empty() {
            let several = Several {
                name: &self.name,
                interface: self.interface,
                candidates: &candidates,
            };
            return Display::fmt(&several, formatter);
        }
        Display::fmt(&self.missing(), formatter)?;
        if !formatter.alternate() {
            for unused in &self.unused {
                write!(formatter, "\nnot used: {unused}")?;
            }
            for searched in &self.searched {
                write!(formatter, "\nsearched: {searched}")?;
            }
        }
        Ok(())
    }
}

impl Debug for FindError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, formatter)
    }
}

impl Error for FindError {}

#[cfg(test)]
mod tests {
    use plugin_core::{Interface, interface, plugin, slot};

    use crate::{FindError, Package};

    #[interface(noun = "material")]
    trait IMaterial {}

    #[interface]
    trait IOther {}

    impl IMaterial for u8 {}
    impl IOther for u8 {}

    #[plugin(IMaterial, name = "steel")]
    static STEEL: u8 = 0;

    const _: () = {
        #[plugin(IMaterial, IOther)]
        static TIN: u8 = 1;
    };

    const _: () = {
        #[plugin(IMaterial, IOther)]
        static TIN: u8 = 2;
    };

    const TINS: [&str; 2] = [
        "plugin_loader::package::error::tests::TIN@0.1.0#1",
        "plugin_loader::package::error::tests::TIN@0.1.0#2",
    ];

    /// Of this program alone, but for a file that is not used.
    fn package() -> (tempfile::TempDir, Package) {
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir(directory.path().join("a.so")).unwrap();
        // SAFETY: there is no library in it.
        let package = unsafe { Package::of_directories("demo", [directory.path()]) };
        (directory, package.without_cache())
    }

    #[track_caller]
    fn error<I: ?Sized + Interface>(name: &str) -> FindError {
        let (_directory, package) = package();
        package.find::<I>(name).unwrap_err()
    }

    #[test]
    fn a_name_that_is_unknown_is_that_of_an_unknown_material() {
        let error = error::<dyn IMaterial>("stel");
        assert_eq!(error.nearest(), Some("steel"));
        assert_eq!(error.names, ["TIN", "steel"]);
        let text = error.to_string();
        let start =
            "unknown material `stel`; did you mean `steel`?\nthere are: TIN, steel\nnot used: ";
        assert!(text.starts_with(start), "{text}");
        assert!(text.ends_with("a.so: it is not a regular file"), "{text}");
        assert_eq!(
            format!("{error:#}"),
            "unknown material `stel`; did you mean `steel`?"
        );
        // As the standard library prints what `main` returns.
        let error: Box<dyn std::error::Error> = error.into();
        assert_eq!(format!("{error:?}"), text);
    }

    #[test]
    fn several_are_listed_by_what_finds_them() {
        let error = error::<dyn IMaterial>("TIN");
        assert_eq!(error.nearest(), None);
        assert_eq!(
            format!("{error:#}"),
            format!(
                "ambiguous material `TIN`; use one of `{}`, `{}`",
                TINS[0], TINS[1]
            )
        );
        let text = error.to_string();
        assert!(
            text.starts_with(
                "ambiguous material `TIN`; use one of these instead:\n  plugin_loader::"
            ),
            "{text}"
        );
        let (_directory, package) = package();
        for ((info, text), expected) in error.candidates.iter().zip(TINS) {
            assert_eq!(text, expected);
            assert_eq!(package.text_of::<dyn IMaterial>(info), expected);
            assert_eq!(slot::<dyn IMaterial>().text_of(info), expected);
            let found = package.find::<dyn IMaterial>(text).unwrap();
            assert_eq!(found.info, *info);
        }
        assert_eq!(error.candidates.len(), 2);
    }

    #[test]
    fn a_plugin_of_another_interface_is_recognised() {
        let text = error::<dyn IOther>("steel").to_string();
        let start = "`IOther` has no plugin `steel`; it is a plugin of `plugin_loader::package::error::tests::IMaterial`\n";
        assert!(text.starts_with(start), "{text}");
    }
}
