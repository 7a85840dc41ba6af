//! How a program or a library was compiled.
//!
//! A program also has this in its file, for tools; see `host`.

use std::hint::black_box;
use std::sync::LazyLock;

use plugin_core::__private::dropin::{ABI, BUILD};
use serde::{Deserialize, Serialize};

use super::host::PROGRAM;
use super::refusal::{Refusal, UNKNOWN};

/// How a program or a library was compiled; it must be the same for a host and its drop-ins.
///
/// Rust has no stable memory layout and no stable calling convention. But one compiler with one set of flags always uses
/// the same ones.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fingerprint {
    /// The version of the compiler, such as `1.95.0`.
    pub release: String,
    /// The commit of the compiler's sources. If the compiler does not know its commit, this is all that `rustc -vV` prints.
    pub commit: String,
    /// The target, such as `x86_64-unknown-linux-gnu`.
    pub target: String,
    /// The panic strategy: `unwind` or `abort`.
    pub panic: String,
    /// The compiler flags that affect memory layout, in a fixed order.
    pub flags: String,
    /// The version of the binary interface between `plugin-core` and `plugin-loader`.
    pub abi: u32,
}

impl Fingerprint {
    /// Returns the fingerprint of the running program.
    #[must_use]
    pub fn host() -> &'static Self {
        static THIS: LazyLock<Fingerprint> = LazyLock::new(|| {
            // A reference, so that the linker keeps the description in the file of a program that loads libraries.
            black_box(&PROGRAM);
            Fingerprint {
                release: BUILD.release.to_owned(),
                commit: BUILD.commit.to_owned(),
                target: BUILD.target.to_owned(),
                panic: BUILD.panic.to_owned(),
                flags: BUILD.flags.to_owned(),
                abi: ABI,
            }
        });
        &THIS
    }

    /// Checks that a program with this fingerprint can load a library with the other fingerprint.
    ///
    /// # Errors
    ///
    /// Returns the first difference, with both values.
    pub fn check(&self, library: &Self) -> Result<(), Refusal> {
        let differ = |host: &str, library: &str| {
            (host != library).then(|| [library, host].map(str::to_owned))
        };
        if self.abi != library.abi {
            return Err(Refusal::Abi {
                library: library.abi,
                host: self.abi,
            });
        }
        if let Some([library, host]) = differ(&self.target, &library.target) {
            return Err(Refusal::Target { library, host });
        }
        // Two unknown compilers may be different ones.
        let is_known = !self.commit.is_empty();
        if !is_known || (&self.release, &self.commit) != (&library.release, &library.commit) {
            return Err(Refusal::Compiler {
                library: library.compiler(),
                host: self.compiler(),
                toolchain: self.toolchain().to_owned(),
            });
        }
        if let Some([library, host]) = differ(&self.panic, &library.panic) {
            return Err(Refusal::Panic { library, host });
        }
        if let Some([library, host]) = differ(&self.flags, &library.flags) {
            return Err(Refusal::Flags { library, host });
        }
        Ok(())
    }

    /// Checks this fingerprint of a library as [`check`](Self::check) does, for the running program.
    ///
    /// # Errors
    ///
    /// If the program cannot load any library, or else the first difference.
    pub(crate) fn check_for_host(&self) -> Result<(), Refusal> {
        if BUILD.is_static {
            return Err(Refusal::StaticHost);
        }
        Self::host().check(self)
    }

    /// The name of the compiler in rustup, such as `1.95.0`; empty if the name is ambiguous.
    fn toolchain(&self) -> &str {
        let is_number = |letter: char| letter.is_ascii_digit() || letter == '.';
        if self.release.chars().all(is_number) {
            &self.release
        } else {
            ""
        }
    }

    /// The compiler for messages, such as `rustc 1.95.0 (59807616e)`.
    fn compiler(&self) -> String {
        if self.commit.is_empty() {
            return UNKNOWN.to_owned();
        }
        let commit = self.commit.get(..9).unwrap_or(&self.commit);
        format!("rustc {} ({commit})", self.release)
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn a_compiler_is_named_as_rustup_names_it() {
        let of = |release: &str| {
            let fingerprint = Fingerprint {
                release: release.to_owned(),
                ..Fingerprint::host().clone()
            };
            fingerprint.toolchain().to_owned()
        };
        assert_eq!(of("1.95.0"), "1.95.0");
        assert_eq!(of("1.96.0-beta.3"), "");
        assert_eq!(of("1.97.0-nightly"), "");
        assert_eq!(of("unknown"), "");
    }

    #[test]
    fn compilers_that_say_nothing_are_not_taken_for_the_same() {
        let unknown = Fingerprint {
            release: "unknown".to_owned(),
            commit: String::new(),
            ..Fingerprint::host().clone()
        };
        let refusal = unknown.check(&unknown).unwrap_err().to_string();
        assert!(
            refusal.ends_with("with a compiler that answers `rustc -vV`"),
            "{refusal}"
        );
        let refusal = Fingerprint::host().check(&unknown).unwrap_err();
        assert!(
            refusal.to_string().contains("an unknown compiler"),
            "{refusal}"
        );
    }

    #[test]
    fn a_commit_that_is_not_known_is_compared_as_all_that_the_compiler_says() {
        let host = Fingerprint::host();
        let unknown = Fingerprint {
            commit: "rustc 1.95.0 (built from a tarball)".to_owned(),
            ..host.clone()
        };
        assert!(unknown.check(&unknown).is_ok());
        assert!(host.check(&unknown).is_err());
    }
}
