//! What tells whether two crates were compiled alike.

use std::path::Path;

use super::arguments::{Arguments, named};
use super::compiler::Compiler;

/// What the compiler says of itself, and what it was told.
pub(crate) struct Build {
    /// As in `1.95.0`.
    pub(crate) release: String,
    /// The commit of the compiler's sources, or all that it says where it does not know.
    pub(crate) commit: String,
    /// As in `x86_64-unknown-linux-gnu`.
    pub(crate) target: String,
    /// The flags that change how data lie in memory, or how functions are called.
    pub(crate) flags: String,
}

impl Build {
    /// Runs the compiler once more, for its version.
    pub(crate) fn current() -> Self {
        let arguments = &Arguments::current();
        let version = Compiler::current().map_or("", |compiler| &compiler.version);
        let field = |name: &str| {
            let mut lines = version.lines();
            lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        };
        let commit = field("commit-hash").filter(|commit| *commit != "unknown");
        let target = arguments.values("--target").last().map(|target| {
            // A file describes a target that the compiler does not know.
            let path = Path::new(target);
            match path.extension() {
                Some(ending) if ending == "json" => path.file_stem().unwrap_or_default().to_str(),
                _ => Some(target),
            }
        });
        Self {
            release: field("release").unwrap_or("unknown").to_owned(),
            commit: commit.unwrap_or(version).to_owned(),
            target: target
                .flatten()
                .or(field("host"))
                .unwrap_or("unknown")
                .to_owned(),
            flags: flags(arguments),
        }
    }
}

/// The flags that count, in the order of their names, as one would write them.
fn flags(arguments: &Arguments) -> String {
    let flag = |option: &str, name: &str, value: &str| match value {
        "" => format!("{option} {name}"),
        value => format!("{option} {name}={value}"),
    };
    let codegen = arguments
        .codegen()
        .filter(|(name, _)| CODEGEN.contains(&name.as_str()))
        .map(|(name, value)| flag("-C", &name, value));
    let unstable = arguments
        .values("-Z")
        .map(named)
        .filter(|(name, _)| !HARMLESS.contains(&name.as_str()))
        .map(|(name, value)| flag("-Z", &name, value));
    let cfgs = arguments
        .values("--cfg")
        .filter(|cfg| !cfg.replace(' ', "").starts_with("feature="))
        .map(|cfg| format!("--cfg {cfg}"));
    let mut flags: Vec<String> = codegen.chain(unstable).chain(cfgs).collect();
    // Only by name, so that of two values the last one stays the last one.
    flags.sort_by(|left, right| name(left).cmp(name(right)));
    flags.dedup();
    flags.join(" ")
}

/// Those of `-C` that change more than how fast, how large, or where things are.
const CODEGEN: [&str; 3] = ["soft-float", "target-cpu", "target-feature"];

/// Those of `-Z` that people use, and that change nothing of what is made.
const HARMLESS: [&str; 14] = [
    "allow-features",
    "cache-proc-macros",
    "hint-mostly-unused",
    "macro-backtrace",
    "next-solver",
    "no-parallel-backend",
    "proc-macro-backtrace",
    "self-profile",
    "self-profile-events",
    "share-generics",
    "threads",
    "time-passes",
    "time-passes-format",
    "unstable-options",
];

fn name(flag: &str) -> &str {
    let end = flag.find('=').unwrap_or(flag.len());
    &flag[..end]
}

#[cfg(test)]
mod tests {
    use super::flags;

    fn of(arguments: &[&str]) -> String {
        flags(&arguments.into())
    }

    #[test]
    fn what_changes_how_data_lie_is_kept_in_one_order_and_one_spelling() {
        let kept = "--cfg tokio_unstable -C target-cpu=native -C target-feature=+avx2 \
                    -Z randomize-layout";
        assert_eq!(
            of(&[
                "-Zrandomize-layout",
                "--cfg",
                "tokio_unstable",
                "--codegen=target_feature=+avx2",
                "-C",
                "target-cpu=native",
            ]),
            kept
        );
        assert_eq!(
            of(&[
                "-Ctarget-cpu=native",
                "-Ctarget-cpu=native",
                "-C",
                "target-feature=+avx2",
                "--cfg=tokio_unstable",
                "-Z",
                "randomize_layout",
            ]),
            kept
        );
    }

    #[test]
    fn of_two_values_the_last_one_stays_the_last_one() {
        let [left, right] = ["-Ctarget-feature=+avx", "-Ctarget-feature=-avx"];
        assert_ne!(of(&[left, right]), of(&[right, left]));
    }

    #[test]
    fn what_changes_nothing_of_it_is_left_out() {
        let arguments = [
            "--crate-type",
            "lib",
            "--cfg",
            "feature=\"std\"",
            "--check-cfg",
            "cfg(docsrs)",
            "-C",
            "opt-level=3",
            "-Cdebuginfo=2",
            "-C",
            "metadata=0123",
            "-Clink-arg=-Wl,-z,now",
            "-C",
            "linker=clang",
            "-Zunstable-options",
            "-Z",
            "threads=8",
            "--remap-path-prefix=/home=~",
            "-D",
            "warnings",
            "-L",
            "dependency=target",
        ];
        assert_eq!(of(&arguments), "");
    }
}
