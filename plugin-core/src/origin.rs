//! The origin of a plugin or an interface, in the form in which all messages print it.

#![allow(missing_docs)]

use core::fmt::{self, Display};

// What is public here is for plugin-loader.

/// As in `metals 0.1.0`; `metals` where the version is not known, as in a build without Cargo.
pub struct Package<'a> {
    pub name: &'a str,
    pub version: &'a str,
}

impl Display for Package<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, version } = self;
        match *version {
            "" => formatter.write_str(name),
            version => write!(formatter, "{name} {version}"),
        }
    }
}

/// As in `metals 0.1.0, src/lib.rs:53`.
pub struct Origin<'a> {
    pub package: Package<'a>,
    pub file: &'a str,
    pub line: u32,
}

impl Display for Origin<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            package,
            file,
            line,
        } = self;
        // A plugin that was made for a test is of no package.
        if !package.name.is_empty() {
            write!(formatter, "{package}, ")?;
        }
        write!(formatter, "{file}:{line}")
    }
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use std::string::ToString as _;

    use super::*;

    #[test]
    fn what_the_build_has_not_told_leaves_no_gap() {
        let shown = |name, version| {
            let package = Package { name, version };
            let (file, line) = ("src/lib.rs", 5);
            let origin = Origin {
                package,
                file,
                line,
            };
            (origin.package.to_string(), origin.to_string())
        };
        for (name, version, package, origin) in [
            ("plug", "1.2.3", "plug 1.2.3", "plug 1.2.3, src/lib.rs:5"),
            ("plug", "", "plug", "plug, src/lib.rs:5"),
            ("", "", "", "src/lib.rs:5"),
        ] {
            assert_eq!(shown(name, version), (package.into(), origin.into()));
        }
    }
}
