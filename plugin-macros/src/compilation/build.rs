//! What tells whether two crates were compiled alike.

use std::env;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use super::{arguments, options};

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
        let arguments = &arguments();
        let version = version();
        let field = |name: &str| {
            let mut lines = version.lines();
            lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        };
        let commit = field("commit-hash").filter(|commit| *commit != "unknown");
        let target = options(arguments, "--target").next().map(|target| {
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

/// What `rustc -vV` prints, asked for once. Nothing in an editor, whose programs are not asked.
fn version() -> &'static str {
    static VERSION: OnceLock<Option<String>> = OnceLock::new();
    let version = VERSION.get_or_init(ask_for_version);
    version.as_deref().unwrap_or_default()
}

fn ask_for_version() -> Option<String> {
    let program = env::current_exe().ok()?;
    let mut command = Command::new(&program);
    match program.file_stem()?.to_str()? {
        "rustc" | "rustdoc" => {}
        // Clippy has a version of its own.
        "clippy-driver" => {
            command.arg("--rustc");
        }
        _ => return None,
    }
    let output = command.arg("-vV").output().ok()?;
    String::from_utf8(output.stdout).ok()
}

/// The flags that count, in the order of their names, as one would write them.
fn flags(arguments: &[String]) -> String {
    let codegen = ["-C", "--codegen"]
        .into_iter()
        .flat_map(|name| values(arguments, name))
        .map(named)
        .filter(|(name, _)| CODEGEN.contains(&name.as_str()))
        .map(|(name, value)| format!("-C {name}{value}"));
    let unstable = values(arguments, "-Z")
        .map(named)
        .filter(|(name, _)| !HARMLESS.contains(&name.as_str()))
        .map(|(name, value)| format!("-Z {name}{value}"));
    let cfgs = values(arguments, "--cfg")
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

/// The values of `-C value`, `-Cvalue`, and `--codegen=value`.
fn values<'a>(arguments: &'a [String], name: &'a str) -> Box<dyn Iterator<Item = &'a str> + 'a> {
    if name.starts_with("--") {
        return Box::new(options(arguments, name));
    }
    let mut arguments = arguments.iter();
    Box::new(std::iter::from_fn(move || {
        let value = arguments.find_map(|argument| argument.strip_prefix(name))?;
        match value {
            "" => arguments.next().map(String::as_str),
            value => Some(value),
        }
    }))
}

/// The name of an option, in its one spelling, and its `=value`.
fn named(option: &str) -> (String, &str) {
    let end = option.find('=').unwrap_or(option.len());
    let (name, value) = option.split_at(end);
    (name.replace('_', "-"), value)
}

fn name(flag: &str) -> &str {
    let end = flag.find('=').unwrap_or(flag.len());
    &flag[..end]
}

#[cfg(test)]
mod tests {
    use super::flags;

    fn of(arguments: &[&str]) -> String {
        let arguments: Vec<String> = arguments.iter().map(|text| (*text).to_owned()).collect();
        flags(&arguments)
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
