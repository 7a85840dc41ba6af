//! The compiler's arguments.

use std::{env, fs};

pub(super) struct Arguments(Vec<String>);

impl Arguments {
    /// Those of this process, with those that Cargo puts into a file when there are many.
    pub(super) fn current() -> Self {
        let expand = |argument: String| match argument.strip_prefix('@') {
            Some(path) => {
                let file = fs::read_to_string(path).unwrap_or_default();
                file.lines().map(str::to_owned).collect()
            }
            None => vec![argument],
        };
        // `args` would panic at a path that is not Unicode.
        let arguments = env::args_os()
            .map(|argument| argument.to_string_lossy().into_owned())
            .flat_map(expand);
        Self(arguments.collect())
    }

    pub(super) fn has(&self, flag: &str) -> bool {
        self.0.iter().any(|argument| argument == flag)
    }

    /// Whether they say which crate is to be compiled, as those of a compiler do.
    pub(super) fn are_of_a_compiler(&self) -> bool {
        let names = ["--crate-name", "--crate-type", "--emit", "--edition"];
        names.iter().any(|name| self.values(name).next().is_some())
    }

    /// Whether a linker runs: for `cargo check` and an early compilation of metadata, none does.
    pub(super) fn links(&self) -> bool {
        let kinds = self.values("--emit").flat_map(|kinds| kinds.split(','));
        let mut kinds = kinds.map(|kind| kind.split('=').next()).peekable();
        kinds.peek().is_none() || kinds.any(|kind| kind == Some("link"))
    }

    /// The values of `--name value` and `--name=value`, and of `-N value` and `-Nvalue`.
    pub(super) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let is_long = name.starts_with("--");
        let mut arguments = self.0.iter();
        std::iter::from_fn(move || {
            loop {
                let value = arguments.find_map(|argument| argument.strip_prefix(name))?;
                match value {
                    "" => return arguments.next().map(String::as_str),
                    value if !is_long => return Some(value),
                    // Another option's name may begin with this one's.
                    value => match value.strip_prefix('=') {
                        None => {}
                        value => return value,
                    },
                }
            }
        })
    }

    /// The names and values of `-C name=value` and `--codegen name=value`; no value is empty text.
    pub(super) fn codegen(&self) -> impl Iterator<Item = (String, &str)> {
        self.values("-C").chain(self.values("--codegen")).map(named)
    }

    /// The last value of `-C NAME=value`.
    pub(super) fn last_codegen(&self, wanted: &str) -> Option<&str> {
        let values = self.codegen().filter(|(name, _)| name == wanted);
        values.map(|(_, value)| value).last()
    }
}

/// The name of an option, in its one spelling, and its value.
pub(super) fn named(option: &str) -> (String, &str) {
    let (name, value) = option.split_once('=').unwrap_or((option, ""));
    (name.replace('_', "-"), value)
}

#[cfg(test)]
impl From<&[&str]> for Arguments {
    fn from(arguments: &[&str]) -> Self {
        Self(arguments.iter().map(|&text| text.to_owned()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;

    #[test]
    fn an_option_is_read_in_each_of_its_spellings() {
        let arguments = Arguments::from(
            &[
                "--emit=metadata=libmetal.rmeta",
                "-Cmetadata=1",
                "-C",
                "metadata=2",
                "--codegen",
                "metadata=3",
                "--codegen=extra_filename=-metadata=4",
                "--crate-name",
                "metal",
                "--crate-type=lib",
                "--crate-type-of-another=bin",
            ][..],
        );
        let codegen: Vec<_> = arguments.codegen().collect();
        let metadata = codegen.iter().filter(|(name, _)| name == "metadata");
        let metadata: Vec<_> = metadata.map(|(_, value)| *value).collect();
        assert_eq!(metadata, ["1", "2", "3"]);
        assert_eq!(
            arguments.last_codegen("extra-filename"),
            Some("-metadata=4")
        );
        let values = |name| arguments.values(name).collect::<Vec<_>>();
        assert_eq!(values("--crate-name"), ["metal"]);
        assert_eq!(values("--crate-type"), ["lib"]);
        assert_eq!(values("--emit"), ["metadata=libmetal.rmeta"]);
    }
}
