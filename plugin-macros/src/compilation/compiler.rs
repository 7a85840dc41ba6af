//! The compiler that runs this macro, asked once more.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::arguments::Arguments;

/// A program that answers as `rustc` does.
pub(super) struct Compiler {
    program: PathBuf,
    /// Clippy has a version of its own; with this, it is the compiler that it is made of.
    as_rustc: Option<&'static str>,
    /// What `rustc -vV` prints.
    pub(super) version: String,
}

impl Compiler {
    /// `None` in an editor, whose programs are not asked, and where no program answers.
    pub(super) fn current() -> Option<&'static Self> {
        static CURRENT: OnceLock<Option<Compiler>> = OnceLock::new();
        CURRENT.get_or_init(Self::find).as_ref()
    }

    fn find() -> Option<Self> {
        let program = env::current_exe().ok()?;
        let arguments = Arguments::current();
        let is_compiler = ["rustc", "rustdoc", "clippy-driver"]
            .iter()
            .any(|name| program.file_stem() == Some(OsStr::new(name)));
        if !is_compiler && !arguments.are_of_a_compiler() {
            return None;
        }
        // A distribution may have given it another name. Where it does not answer, the one beside its
        // standard library does, which no compiler but the same one can read.
        let sysroot = arguments.values("--sysroot").last();
        let beside = match sysroot {
            Some(sysroot) => Path::new(sysroot).join("bin/rustc"),
            None => program.with_file_name("rustc"),
        };
        Self::ask(&program, None)
            .or_else(|| Self::ask(&program, Some("--rustc")))
            .or_else(|| Self::ask(&beside, None))
    }

    fn ask(program: &Path, as_rustc: Option<&'static str>) -> Option<Self> {
        let mut compiler = Self {
            program: program.to_owned(),
            as_rustc,
            version: String::new(),
        };
        compiler.version = compiler.answer(&["-vV"])?;
        // Rustdoc says so of itself too.
        let is_rustc = ["rustc ", "rustdoc "]
            .iter()
            .any(|name| compiler.version.starts_with(name));
        is_rustc.then_some(compiler)
    }

    pub(super) fn answer(&self, arguments: &[&str]) -> Option<String> {
        let mut command = Command::new(&self.program);
        let output = command.args(self.as_rustc).args(arguments).output().ok()?;
        String::from_utf8(output.stdout).ok()
    }
}
