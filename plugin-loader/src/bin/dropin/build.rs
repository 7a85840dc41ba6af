use std::env;
use std::ffi::OsString;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::Stdio;

use plugin_loader::{Checked, Fingerprint, Refusal};
use serde_json::{Value, json};

use crate::check::{Text, check_for, is_usable, of_file};
use crate::output::{Failure, Output};
use crate::program::Program;
use crate::toolchain::Toolchain;

/// Builds drop-ins for a program: runs `cargo build` with the compiler and the flags that the program was built with
///
/// The compiler, the target, the panic strategy, and the flags that affect memory layout are those of the program. The profile
/// is `release` if the program was built without debug assertions, and `dev` otherwise, unless the arguments for Cargo name a
/// profile. Flags in `RUSTFLAGS` that the program determines are ignored, and so are all flags in Cargo's configuration files.
/// Afterwards, the libraries are checked as by `dropin check --host PROGRAM`. If the compiler or the target is not installed,
/// the error says how to install it.
///
/// The JSON is that of `dropin check`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The program that is to load the drop-ins; it uses plugin-loader
    #[arg(long, value_name = "PROGRAM")]
    host: PathBuf,
    /// Arguments for `cargo build`, after those of this command
    #[arg(
        value_name = "CARGO ARGUMENTS",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    cargo: Vec<OsString>,
}

pub(crate) fn run(arguments: &Arguments, output: Output) -> Result<bool, Failure> {
    let program = Program::read(&arguments.host)?;
    if program.host.is_static() {
        return Err(Failure::of_refusal(&program.path, &Refusal::StaticHost));
    }
    let fingerprint = program.host.fingerprint();
    let toolchain = Toolchain::find(fingerprint, &program.path)?;

    let mut cargo = toolchain.command("cargo");
    cargo.args(["build", "--message-format=json-render-diagnostics"]);
    if output == Output::Quiet {
        cargo.arg("--quiet");
    }
    let profile = match named_profile(&arguments.cargo) {
        Some(profile) => profile,
        None if program.host.has_debug_assertions() => "dev".to_owned(),
        None => {
            cargo.arg("--release");
            "release".to_owned()
        }
    };
    let names_target = value_of(&arguments.cargo, "--target").is_some();
    if !names_target && fingerprint.target != toolchain.triple() {
        toolchain.check_target(&fingerprint.target)?;
        cargo.args(["--target", &fingerprint.target]);
    }
    let variable = profile.to_uppercase().replace('-', "_");
    cargo.env(
        format!("CARGO_PROFILE_{variable}_PANIC"),
        &fingerprint.panic,
    );
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags(fingerprint));
    cargo.args(&arguments.cargo).stdout(Stdio::piped());

    let failed = |error| Failure::with("cargo", json!({}), format!("cannot run `cargo`: {error}"));
    let mut child = cargo.spawn().map_err(failed)?;
    let mut libraries = Vec::new();
    for line in child
        .stdout
        .take()
        .into_iter()
        .flat_map(|out| BufReader::new(out).lines())
    {
        libraries.extend(built(&line?, program.host.suffix()));
    }
    let status = child.wait()?;
    if !status.success() {
        let values = json!({ "status": status.code() });
        return Err(Failure::with("cargo", values, "`cargo build` failed"));
    }
    let mut checked: Vec<_> = libraries
        .iter()
        .map(|library| check_for(Some(&program), library))
        .collect();
    // A workspace may also build libraries that are not drop-ins.
    if checked.iter().any(|checked| checked.manifest.is_some()) {
        checked.retain(|checked| !is_no_drop_in(checked));
    }
    if checked.is_empty() {
        let text = "Cargo built no drop-in\n\
                    help: write `crate-type = [\"cdylib\"]` under `[lib]` in Cargo.toml, and `plugin_core::dropin!();` in \
                    the crate root";
        return Err(Failure::with("no-drop-in", json!({}), text));
    }
    output.print(&Text(&checked), || {
        json!({
            "host": program.json(),
            "files": checked.iter().map(of_file).collect::<Value>(),
        })
    })?;
    Ok(checked.iter().all(is_usable))
}

fn is_no_drop_in(checked: &Checked) -> bool {
    checked
        .refusals()
        .any(|refusal| matches!(refusal, Refusal::NoManifest))
}

/// The profile that Cargo's arguments name.
fn named_profile(arguments: &[OsString]) -> Option<String> {
    let is_release = |argument: &OsString| argument == "--release" || argument == "-r";
    if arguments.iter().any(is_release) {
        return Some("release".to_owned());
    }
    value_of(arguments, "--profile")
}

/// The value of `--name value` or `--name=value`.
fn value_of(arguments: &[OsString], name: &str) -> Option<String> {
    let mut arguments = arguments.iter().map(|argument| argument.to_string_lossy());
    let found = arguments.find_map(|argument| {
        let rest = argument.strip_prefix(name)?;
        (rest.is_empty() || rest.starts_with('=')).then(|| rest.to_owned())
    })?;
    match found.strip_prefix('=') {
        Some(value) => Some(value.to_owned()),
        None => Some(arguments.next()?.into_owned()),
    }
}

/// The libraries in one of Cargo's messages.
fn built(line: &str, suffix: &str) -> Vec<PathBuf> {
    let message: Value = serde_json::from_str(line).unwrap_or_default();
    let texts = |value: &Value| -> Vec<String> {
        let texts = value.as_array().into_iter().flatten();
        texts
            .filter_map(|text| Some(text.as_str()?.to_owned()))
            .collect()
    };
    let kinds = texts(&message["target"]["crate_types"]);
    if message["reason"] != "compiler-artifact" || !kinds.iter().any(|kind| kind == "cdylib") {
        return Vec::new();
    }
    let files = texts(&message["filenames"]).into_iter().map(PathBuf::from);
    files
        .filter(|file| file.extension().is_some_and(|ending| ending == suffix))
        .collect()
}

/// The flags of the program, after the flags of this process that the program does not determine, as Cargo reads them.
fn flags(fingerprint: &Fingerprint) -> String {
    const BETWEEN: char = '\u{1f}';
    let own = match (env::var("CARGO_ENCODED_RUSTFLAGS"), env::var("RUSTFLAGS")) {
        (Ok(flags), _) => flags.split(BETWEEN).map(str::to_owned).collect(),
        (_, Ok(flags)) => flags.split_whitespace().map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let mut flags = undecided(own);
    flags.extend(decided(&fingerprint.flags));
    flags.retain(|flag| !flag.is_empty());
    flags.join(&BETWEEN.to_string())
}

/// Splits the flags of a fingerprint into arguments.
fn decided(flags: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in flags.split(' ') {
        match words.last_mut() {
            // The value of a `--cfg` may have spaces.
            Some(last) if !is_option(word) && !is_option(last) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

fn is_option(word: &str) -> bool {
    ["--cfg", "-C", "-Z"].contains(&word)
}

/// The flags of this process that are not part of a fingerprint.
fn undecided(flags: Vec<String>) -> Vec<String> {
    let mut kept = Vec::new();
    let mut flags = flags.into_iter();
    while let Some(flag) = flags.next() {
        let options = ["--codegen", "--cfg", "-C", "-Z"];
        let option = options.iter().find(|option| flag.starts_with(**option));
        let value = match option {
            Some(option) if flag == *option => flags.next(),
            _ => None,
        };
        let text = value.clone().unwrap_or_else(|| {
            let text = flag.trim_start_matches(option.copied().unwrap_or_default());
            text.trim_start_matches('=').to_owned()
        });
        let name = text.split('=').next().unwrap_or_default().replace('_', "-");
        let is_decided = match option.copied() {
            Some("--codegen" | "-C") => {
                ["soft-float", "target-cpu", "target-feature"].contains(&&*name)
            }
            Some(_) => true,
            None => false,
        };
        if !is_decided {
            kept.push(flag);
            kept.extend(value);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn flags_of_a_fingerprint_are_told_apart() {
        let flags = "--cfg tall --cfg key=\"a b\" -C target-feature=+avx,+sse -Z randomize-layout";
        let expected = [
            "--cfg",
            "tall",
            "--cfg",
            "key=\"a b\"",
            "-C",
            "target-feature=+avx,+sse",
            "-Z",
            "randomize-layout",
        ];
        assert_eq!(decided(flags), expected);
    }

    #[test]
    fn only_flags_that_the_program_does_not_decide_are_kept() {
        let given = [
            "-Ctarget-cpu=native",
            "-C",
            "target_feature=+avx",
            "--codegen=linker=clang",
            "-C",
            "link-arg=-fuse-ld=mold",
            "--cfg",
            "tokio_unstable",
            "--cfg=tall",
            "-Zrandomize-layout",
            "-D",
            "warnings",
        ];
        let kept = [
            "--codegen=linker=clang",
            "-C",
            "link-arg=-fuse-ld=mold",
            "-D",
            "warnings",
        ];
        assert_eq!(undecided(owned(&given)), kept);
    }

    #[test]
    fn a_profile_is_named_in_each_of_its_spellings() {
        let named = |arguments: &[&str]| {
            let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
            named_profile(&arguments)
        };
        assert_eq!(named(&["-p", "glass"]), None);
        assert_eq!(named(&["-r"]).as_deref(), Some("release"));
        assert_eq!(named(&["--profile", "fast"]).as_deref(), Some("fast"));
        assert_eq!(named(&["--profile=fast"]).as_deref(), Some("fast"));
        assert_eq!(named(&["--profiles", "fast"]), None);
    }
}
