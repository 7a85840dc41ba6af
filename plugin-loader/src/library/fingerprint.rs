//! By whom, and how, a program or a library was compiled.
//!
//! A program says it in its file, too, for tools; see `host`.

use std::hint::black_box;
use std::sync::LazyLock;

use plugin_core::__private::dropin::{ABI, BUILD};
use serde::{Deserialize, Serialize};

use super::host::PROGRAM;
use super::refusal::{Refusal, UNKNOWN};

/// What must be the same on both sides of a call between a host and a drop-in.
///
/// Rust promises nothing of how data lie in memory, or of how a function is called, but one
/// compiler with one set of flags does it in one way.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fingerprint {
    /// As in `1.95.0`.
    pub release: String,
    /// The commit of the compiler's sources; all that it says of itself where it does not know.
    pub commit: String,
    /// As in `x86_64-unknown-linux-gnu`.
    pub target: String,
    /// `unwind` or `abort`.
    pub panic: String,
    /// Those of the compiler's flags that change how data lie in memory, in a fixed order.
    pub flags: String,
    /// The number of the agreement between `plugin-core` and `plugin-loader`.
    pub abi: u32,
}

impl Fingerprint {
    /// That of the running program.
    #[must_use]
    pub fn host() -> &'static Self {
        static THIS: LazyLock<Fingerprint> = LazyLock::new(|| {
            // The linker keeps what a program says of itself in its file, if the program loads libraries.
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

    /// Whether a program with this fingerprint can load a library with that one.
    ///
    /// # Errors
    ///
    /// The first difference, with both values.
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
        // Two that are unknown may be two different ones.
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

    /// As [`check`](Self::check), for the running program.
    ///
    /// # Errors
    ///
    /// If the program can load no library at all; or else the first difference.
    pub(crate) fn check_for_host(&self) -> Result<(), Refusal> {
        if BUILD.is_static {
            return Err(Refusal::StaticHost);
        }
        Self::host().check(self)
    }

    /// What rustup calls the compiler, as in `1.95.0`; nothing if that name may stand for another one too.
    fn toolchain(&self) -> &str {
        let is_number = |letter: char| letter.is_ascii_digit() || letter == '.';
        if self.release.chars().all(is_number) {
            &self.release
        } else {
            ""
        }
    }

    /// As in `rustc 1.95.0 (59807616e)`.
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
