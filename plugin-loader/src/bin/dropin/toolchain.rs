//! Finds the compiler of a program among those installed on this machine.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use plugin_loader::__private::Shown;
use plugin_loader::Fingerprint;
use serde_json::json;

use crate::output::Failure;

/// A toolchain with the program's compiler.
pub(crate) struct Toolchain {
    /// Its name in rustup; `None` for the default toolchain.
    name: Option<String>,
    compiler: Compiler,
}

/// The answer of a compiler to `rustc -vV`.
#[derive(Clone, PartialEq, Eq)]
struct Compiler {
    release: String,
    /// The whole answer if the compiler does not know its commit, as in a fingerprint.
    commit: String,
    triple: String,
}

impl Toolchain {
    pub(crate) fn find(wanted: &Fingerprint, program: &Path) -> Result<Self, Failure> {
        let mut found: Vec<Compiler> = Vec::new();
        let names = || installed().into_iter().map(Some);
        for name in [None].into_iter().chain(names()) {
            let Some(compiler) = Compiler::ask(name.as_deref()) else {
                continue;
            };
            // Two unknown compilers may be different ones.
            let is_known = !wanted.commit.is_empty();
            if is_known
                && (&compiler.release, &compiler.commit) == (&wanted.release, &wanted.commit)
            {
                return Ok(Self { name, compiler });
            }
            if !found.contains(&compiler) {
                found.push(compiler);
            }
        }
        Err(missing(wanted, program, &found))
    }

    /// A command that runs a program of this toolchain, such as `cargo`.
    pub(crate) fn command(&self, program: &str) -> Command {
        command(self.name.as_deref(), program)
    }

    /// The target for which it compiles by default.
    pub(crate) fn triple(&self) -> &str {
        &self.compiler.triple
    }

    /// Checks that it has a standard library for the target.
    pub(crate) fn check_target(&self, target: &str) -> Result<(), Failure> {
        let mut rustc = self.command("rustc");
        let output = rustc
            .args(["--print", "target-libdir", "--target", target])
            .output()?;
        let directory = String::from_utf8_lossy(&output.stdout);
        if output.status.success() && Path::new(directory.trim()).is_dir() {
            return Ok(());
        }
        let help = match &self.name {
            Some(name) => format!("run `rustup target add {target} --toolchain {name}`"),
            None => format!("run `rustup target add {target}`"),
        };
        let text = format!(
            "the program is for {target}, and this machine has no standard library for that target\nhelp: {help}"
        );
        Err(Failure::with(
            "target-missing",
            json!({ "target": target }),
            text,
        ))
    }
}

fn command(toolchain: Option<&str>, program: &str) -> Command {
    let Some(toolchain) = toolchain else {
        let chosen = env::var_os(program.to_uppercase());
        return Command::new(chosen.unwrap_or_else(|| OsString::from(program)));
    };
    let mut command = Command::new("rustup");
    command.args(["run", toolchain, program]);
    // These would select another toolchain.
    for variable in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN"] {
        command.env_remove(variable);
    }
    command
}

/// The toolchains that rustup has installed. This does not install any.
fn installed() -> Vec<String> {
    let output = Command::new("rustup").args(["toolchain", "list"]).output();
    let listed = output.map(|output| output.stdout).unwrap_or_default();
    let listed = String::from_utf8_lossy(&listed);
    let names = listed
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    // Without toolchains, rustup prints "no installed toolchains".
    names
        .filter(|name| *name != "no")
        .map(str::to_owned)
        .collect()
}

impl Compiler {
    fn ask(toolchain: Option<&str>) -> Option<Self> {
        let mut rustc = command(toolchain, "rustc");
        rustc.arg("-vV").env("RUSTUP_AUTO_INSTALL", "0");
        let output = rustc
            .output()
            .ok()
            .filter(|output| output.status.success())?;
        let version = String::from_utf8(output.stdout).ok()?;
        let field = |name: &str| {
            let mut lines = version.lines();
            lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        };
        // The same rule as in `dropin!()`.
        let commit = field("commit-hash").filter(|commit| *commit != "unknown");
        Some(Self {
            release: field("release")?.to_owned(),
            commit: commit.unwrap_or(&version).to_owned(),
            triple: field("host")?.to_owned(),
        })
    }
}

/// A compiler for messages, such as `rustc 1.95.0 (59807616e)`.
fn named(release: &str, commit: &str) -> String {
    let commit = commit.lines().next().unwrap_or_default();
    format!("rustc {release} ({})", commit.get(..9).unwrap_or(commit))
}

fn missing(wanted: &Fingerprint, program: &Path, found: &[Compiler]) -> Failure {
    let names: Vec<_> = found
        .iter()
        .map(|compiler| named(&compiler.release, &compiler.commit))
        .collect();
    let has = match &names[..] {
        [] => "no compiler".to_owned(),
        names => names.join(", "),
    };
    let Fingerprint {
        release, commit, ..
    } = wanted;
    let is_number = |letter: char| letter.is_ascii_digit() || letter == '.';
    let is_release = release.chars().all(is_number);
    let has_release = found.iter().any(|compiler| compiler.release == *release);
    let help = if commit.is_empty() {
        "build the program with a compiler that answers `rustc -vV`".to_owned()
    } else if is_release && !has_release {
        format!("run `rustup toolchain install {release}`")
    } else {
        // rustup cannot install a nightly, or a distribution's compiler, by its commit.
        format!(
            "install the compiler whose `rustc -vV` prints `{}`",
            match commit.lines().next() {
                Some(line) if line != commit => line.to_owned(),
                _ => format!("commit-hash: {commit}"),
            }
        )
    };
    let text = format!(
        "`{}` was built by {}, and this machine has {has}\nhelp: {help}",
        Shown(program),
        if commit.is_empty() {
            "an unknown compiler".to_owned()
        } else {
            named(release, commit)
        },
    );
    let found = found
        .iter()
        .map(|compiler| json!({ "release": compiler.release, "commit": compiler.commit }));
    let values = json!({
        "wanted": { "release": release, "commit": commit },
        "found": found.collect::<serde_json::Value>(),
    });
    Failure::with("compiler-missing", values, text)
}
