//! That no plugin is lost, whatever builds the crates, and wherever it puts their files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::{env, fs};

use crate::cargo::{self, Outside};

const FOUND: &str = "ALONE 1, CIRCLE 1\n";

fn workspace() -> &'static Outside {
    static WORKSPACE: OnceLock<Outside> = OnceLock::new();
    WORKSPACE.get_or_init(|| Outside::new("tools"))
}

/// What a program in C prints that the `staticlib` is part of.
#[track_caller]
fn embedded(library: &Path) -> String {
    let program = library.with_extension("program");
    let mut cc = Command::new("cc");
    cc.arg("-o").arg(&program);
    cc.arg(workspace().path().join("embedded/main.c"));
    cc.arg(library).args(["-lpthread", "-ldl", "-lm"]);
    cargo::stdout(cc.output().unwrap());
    cargo::stdout(Command::new(program).output().unwrap())
}

#[test]
fn a_staticlib_has_the_dependencies_of_dependencies() {
    workspace().stdout(&["build", "--package", "embedded"]);
    let library = cargo::target().join("debug/libembedded.a");
    assert_eq!(embedded(&library), FOUND);
}

mod long {
    use super::*;

    /// Builds with the nightly Cargo, if there is one.
    fn nightly(flag: &str) {
        let run = ["run", "nightly", "cargo"];
        let mut cargo = Command::new("rustup");
        if !cargo
            .args(run)
            .arg("--version")
            .output()
            .is_ok_and(|output| output.status.success())
        {
            println!("skipped: no nightly toolchain is installed");
            return;
        }
        let target = cargo::target().join(format!("nightly{flag}"));
        let mut cargo = cargo::clean(Command::new("rustup"), &target);
        // Other names for the compiler and for Cargo themselves.
        for name in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN"] {
            cargo.env_remove(name);
        }
        cargo.current_dir(workspace().path());
        cargo
            .args(run)
            .args(["build", "--package", "embedded", flag]);
        cargo::stdout(cargo.output().unwrap());
        assert_eq!(embedded(&target.join("debug/libembedded.a")), FOUND);
    }

    #[test]
    #[ignore = "long: compiles all with another compiler"]
    fn a_staticlib_has_them_where_each_crate_has_a_directory() {
        nightly("-Zbuild-dir-new-layout");
    }

    #[test]
    #[ignore = "long: compiles all with another compiler"]
    fn a_staticlib_has_them_where_metadata_have_files_of_their_own() {
        nightly("-Zno-embed-metadata");
    }
}

/// The compiler without Cargo: with nothing that Cargo says of a crate.
struct Rustc {
    compiler: PathBuf,
    directory: PathBuf,
}

impl Rustc {
    fn new(name: &str) -> Self {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("rustc")
            .join(name);
        if directory.exists() {
            fs::remove_dir_all(&directory).unwrap();
        }
        fs::create_dir_all(&directory).unwrap();
        let compiler = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        Self {
            compiler: compiler.into(),
            directory,
        }
    }

    fn path(&self, file: &str) -> PathBuf {
        let path = self.directory.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    }

    fn command(&self) -> Command {
        let mut rustc = self.of_2015();
        rustc.arg("--edition=2024");
        rustc
    }

    /// Of the edition that is the compiler's default.
    fn of_2015(&self) -> Command {
        let mut rustc = Command::new(&self.compiler);
        for (name, _) in env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO") {
                rustc.env_remove(name);
            }
        }
        rustc.current_dir(&self.directory);
        rustc
    }

    fn output(&self, arguments: &str) -> Output {
        let mut rustc = self.command();
        let (core, dependencies) = plugin_core();
        let core = format!("plugin_core={}", core.display());
        rustc.arg("--extern").arg(core);
        let dependencies = format!("dependency={}", dependencies.display());
        rustc.arg("-L").arg(dependencies);
        let sources = workspace().path().display().to_string();
        let arguments = arguments.split_whitespace();
        rustc.args(arguments.map(|argument| argument.replace('@', &sources)));
        rustc.output().unwrap()
    }

    #[track_caller]
    fn run(&self, arguments: &str) {
        cargo::stdout(self.output(arguments));
    }

    #[track_caller]
    fn printed_by(&self, program: &str) -> String {
        cargo::stdout(Command::new(self.path(program)).output().unwrap())
    }
}

/// The `rlib` of plugin-core, and where those of its dependencies are.
fn plugin_core() -> &'static (PathBuf, PathBuf) {
    static BUILT: OnceLock<(PathBuf, PathBuf)> = OnceLock::new();
    BUILT.get_or_init(|| {
        let target = cargo::target().join("bare");
        let mut build = cargo::once(&target);
        build.current_dir(cargo::workspace());
        build.args(["build", "--package", "plugin-core"]);
        build.args(["--package", "plugin-macros"]);
        cargo::stdout(build.output().unwrap());
        let directory = target.join("debug");
        (
            directory.join("libplugin_core.rlib"),
            directory.join("deps"),
        )
    })
}

#[test]
fn crates_are_built_without_cargo() {
    let rustc = Rustc::new("plain");
    rustc.run("--crate-type=rlib --crate-name=shape @/shape/src/lib.rs");
    rustc.run(
        "--crate-type=rlib --crate-name=round @/round/src/lib.rs --extern shape=libshape.rlib",
    );
    rustc.run("--crate-type=rlib --crate-name=bundle @/bundle/src/lib.rs --extern round=libround.rlib -L .");
    rustc.run("@/host.rs --extern bundle=libbundle.rlib --extern shape -L .");
    assert_eq!(rustc.printed_by("host"), FOUND);
}

#[test]
fn metadata_and_code_come_from_runs_of_their_own() {
    let rustc = Rustc::new("runs");
    for directory in ["check", "code/metadata=1"] {
        rustc.path(&format!("{directory}/file"));
    }
    // The same kinds, as else the compiler finds the crates to be different ones.
    let both = |krate: &str, arguments: &str| {
        let source = format!("--crate-type=rlib --crate-name={krate} @/{krate}/src/lib.rs");
        for directory in ["check", "code/metadata=1"] {
            let file = format!("{directory}/lib{krate}");
            rustc.run(&format!(
                "{source} {arguments} --emit=metadata={file}.rmeta,link={file}.rlib"
            ));
        }
    };
    both("shape", "");
    // A crate that was compiled against the metadata meets the code.
    both("round", "--extern shape=check/libshape.rmeta");
    both(
        "bundle",
        "--extern round=check/libround.rmeta -L dependency=check",
    );
    let code = "--extern bundle=code/metadata=1/libbundle.rlib \
                --extern shape=code/metadata=1/libshape.rlib -L dependency=code/metadata=1";
    rustc.run(&format!("@/host.rs {code}"));
    assert_eq!(rustc.printed_by("host"), FOUND);
    rustc.run(&format!(
        "--crate-type=staticlib @/embedded/src/lib.rs --crate-name=embedded {code}"
    ));
    assert_eq!(embedded(&rustc.path("libembedded.a")), FOUND);
}

/// Each crate in a directory of its own.
fn apart(rustc: &Rustc) -> &'static str {
    for krate in ["shape", "round", "bundle"] {
        rustc.path(&format!("{krate}/file"));
    }
    rustc.run("--crate-type=rlib --crate-name=shape @/shape/src/lib.rs --out-dir shape");
    rustc.run("--crate-type=rlib --crate-name=round @/round/src/lib.rs --out-dir round --emit=metadata,link --extern shape=shape/libshape.rlib");
    rustc.run("--crate-type=rlib --crate-name=bundle @/bundle/src/lib.rs --out-dir bundle --extern round=round/libround.rlib -Lshape");
    "--crate-type=staticlib --crate-name=embedded @/embedded/src/lib.rs \
     --extern bundle --extern shape -L crate=bundle -L all=shape"
}

#[test]
fn a_staticlib_has_them_from_each_directory() {
    let rustc = Rustc::new("apart");
    let embed = apart(&rustc);
    rustc.run(&format!("{embed} -L native=nowhere -L dependency=round"));
    assert_eq!(embedded(&rustc.path("libembedded.a")), FOUND);
}

#[test]
fn a_dependency_that_is_not_found_is_an_error() {
    let rustc = Rustc::new("missing");
    let embed = apart(&rustc);
    let errors = |arguments: &str| {
        let output = rustc.output(&format!("{embed} {arguments}"));
        assert!(!output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    // Metadata are enough for the compiler, until it links.
    let metadata = rustc.path("metadata/libround.rmeta");
    fs::rename(rustc.path("round/libround.rmeta"), metadata).unwrap();
    let text = errors("-L dependency=metadata");
    let error = "error: the plugins of `round` would be lost: `libround.rlib` is not in ";
    assert!(text.contains(error), "{text}");
    assert!(text.contains(", `bundle`, `shape`, `metadata`\n"), "{text}");
    let help = "help: pass the directory of the file to the compiler: `-L dependency=DIRECTORY`\n";
    assert!(text.contains(help), "{text}");
    // A check needs none.
    rustc.run(&format!("{embed} -L dependency=metadata --emit=metadata"));

    fs::write(rustc.path("round/libround.rlib"), "no archive").unwrap();
    let text = errors("-L dependency=metadata -L dependency=round");
    let error =
        "error: the plugins of `bundle` would be lost: `round/libround.rlib` cannot be read\n";
    assert!(text.contains(error), "{text}");
}

#[test]
fn dependencies_that_only_the_compiler_knows_are_an_error() {
    let rustc = Rustc::new("hidden");
    let (core, dependencies) = plugin_core();
    let mut hidden = rustc.command();
    let directories = [
        ("crate", core.parent().unwrap()),
        ("dependency", dependencies),
    ];
    for (kind, directory) in directories {
        hidden
            .arg("-L")
            .arg(format!("{kind}={}", directory.display()));
    }
    hidden.arg(workspace().path().join("hidden.rs"));
    let output = hidden.output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    let error = "error: `link_plugins!()` finds no dependencies: the compiler was given none\n";
    assert!(text.contains(error), "{text}");
}

#[test]
fn a_mistake_in_the_oldest_edition_has_its_error() {
    let rustc = Rustc::new("oldest");
    let (core, dependencies) = plugin_core();
    let mut oldest = rustc.of_2015();
    oldest.arg(workspace().path().join("oldest.rs"));
    oldest
        .arg("--extern")
        .arg(format!("plugin_core={}", core.display()));
    oldest
        .arg("-L")
        .arg(format!("dependency={}", dependencies.display()));
    let output = oldest.output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    let error = "error: unknown `#[interface]` argument `on`\n       help: did you mean `one`?\n";
    assert!(text.starts_with(error), "{text}");
    assert!(
        text.contains("error: aborting due to 1 previous error"),
        "{text}"
    );
}

#[test]
fn a_type_in_a_vec_is_part_of_the_token() {
    let rustc = Rustc::new("token");
    let token = |cfg: &str| {
        rustc.run(&format!("@/token.rs {cfg}"));
        rustc.printed_by("token")
    };
    assert_eq!(token(""), token("-Ddeprecated"));
    assert_ne!(token(""), token("--cfg wide"));
}

/// A compiler of another name, in a directory beside the libraries of the true one, as some
/// distributions have it.
#[cfg(unix)]
#[test]
fn a_compiler_of_another_name_is_known() {
    let mut rustc = Rustc::new("renamed");
    let facts = |rustc: &Rustc| {
        let (core, _) = plugin_core();
        let macros = core.with_file_name("libplugin_macros.so");
        rustc.run(&format!(
            "@/facts.rs --extern plugin_macros={}",
            macros.display()
        ));
        rustc.printed_by("facts")
    };
    let known = facts(&rustc);
    assert!(!known.contains("unknown\n"), "{known}");

    let sysroot = rustc.command().args(["--print", "sysroot"]).output();
    let sysroot = PathBuf::from(cargo::stdout(sysroot.unwrap()).trim_end());
    std::os::unix::fs::symlink(sysroot.join("lib"), rustc.path("lib")).unwrap();
    let renamed = rustc.path("bin/.rustc-real");
    fs::copy(sysroot.join("bin/rustc"), &renamed).unwrap();
    rustc.compiler = renamed;
    assert_eq!(facts(&rustc), known);
}
