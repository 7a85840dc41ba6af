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
            flags: flags(arguments, native_features),
        }
    }
}

/// Those of the crate at hand, where a profile or a command gives it its own; without `--cfg`, which changes a type
/// only in its text.
pub(super) fn own_flags(arguments: &Arguments) -> String {
    of_options(arguments, native_features).join(" ")
}

/// The flags that count, in the order of their names, as one would write them.
fn flags(arguments: &Arguments, native: fn() -> Option<String>) -> String {
    let cfgs = arguments
        .values("--cfg")
        .filter(|cfg| !cfg.replace(' ', "").starts_with("feature="))
        .map(|cfg| format!("--cfg {cfg}"));
    let mut flags: Vec<String> = of_options(arguments, native)
        .into_iter()
        .chain(cfgs)
        .collect();
    sort(&mut flags);
    flags.join(" ")
}

/// Only by name, so that of two values the last one stays the last one.
fn sort(flags: &mut Vec<String>) {
    flags.sort_by(|left, right| name(left).cmp(name(right)));
    flags.dedup();
}

/// What `native` means on this machine, as the flag that says so anywhere.
fn native_features() -> Option<String> {
    let answer = Compiler::current()?.answer(&["--print", "cfg", "-C", "target-cpu=native"])?;
    let features = answer.lines().filter_map(|line| {
        let feature = line.strip_prefix("target_feature=\"")?.strip_suffix('"')?;
        Some(format!("+{feature}"))
    });
    let features: Vec<String> = features.collect();
    Some(format!("-C target-feature={}", features.join(",")))
}

fn of_options(arguments: &Arguments, native: fn() -> Option<String>) -> Vec<String> {
    let flag = |option: &str, name: &str, value: &str| match value {
        "" => format!("{option} {name}"),
        value => format!("{option} {name}={value}"),
    };
    let codegen = arguments
        .codegen()
        .filter(|(name, _)| CODEGEN.contains(&name.as_str()))
        .map(|(name, value)| {
            let is_native = name == "target-cpu" && value == "native";
            let meant = is_native.then(native).flatten();
            meant.unwrap_or_else(|| flag("-C", &name, value))
        });
    let unstable = arguments
        .values("-Z")
        .map(named)
        .filter(|(name, _)| !HARMLESS.contains(&name.as_str()))
        .map(|(name, value)| flag("-Z", &name, value));
    let mut flags: Vec<String> = codegen.chain(unstable).collect();
    sort(&mut flags);
    flags
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
        flags(&arguments.into(), || None)
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
    fn what_native_means_is_kept_in_its_place() {
        let meant = |arguments: &[&str]| {
            flags(&arguments.into(), || {
                Some("-C target-feature=+avx,+sse".to_owned())
            })
        };
        assert_eq!(
            meant(&["-Ctarget-cpu=native"]),
            "-C target-feature=+avx,+sse"
        );
        assert_eq!(
            meant(&["-Ctarget-cpu=x86-64-v3"]),
            "-C target-cpu=x86-64-v3"
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
