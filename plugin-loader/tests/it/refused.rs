//! What is not used, and why: each time, a good library beside it is.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cargo;
use crate::fixtures::fixtures;

/// What a host says of a library.
#[track_caller]
fn said(name: &str) -> String {
    let fixtures = fixtures();
    fixtures.beside_a_good_one(&fixtures.library(name))
}

/// What a host says of a file with these bytes.
#[track_caller]
fn said_of_bytes(name: &str, bytes: &[u8]) -> String {
    let path = fixtures().libraries.join(name);
    fs::write(&path, bytes).unwrap();
    fixtures().beside_a_good_one(&path)
}

/// The compiler of these tests, as an error names it.
fn this_compiler() -> String {
    let host = plugin_loader::Fingerprint::host();
    format!("rustc {} ({})", host.release, &host.commit[..9])
}

mod long {
    use super::*;

    /// Such a program has no loader: no library is at fault.
    #[test]
    #[ignore = "long: compiles all with other flags"]
    fn a_program_that_is_linked_statically() {
        let fixtures = fixtures();
        let target = &plugin_loader::Fingerprint::host().target;
        let mut cargo = fixtures.command(&["build", "--package", "loads", "--bin", "loads"]);
        cargo.env("RUSTFLAGS", "-C target-feature=+crt-static");
        cargo.args(["--target", target]);
        let output = cargo.output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() && errors.contains("linking with") {
            eprintln!("skipped: there is no static libc here");
            return;
        }
        assert!(output.status.success(), "{errors}");
        let mut host = Command::new(cargo::target().join(target).join("debug/loads"));
        host.arg(fixtures.library("alloy"));
        assert_eq!(
            cargo::stdout(host.output().unwrap()),
            "alloy.so is refused: this program is linked statically, so it cannot load libraries\n\
             help: rebuild this program with `-C target-feature=-crt-static`\n"
        );
    }

    #[test]
    #[ignore = "long: compiles all with another compiler"]
    fn another_compiler() {
        let mut cargo = Command::new("rustup");
        cargo.args(["run", "nightly", "cargo"]);
        if !cargo
            .arg("-V")
            .output()
            .is_ok_and(|output| output.status.success())
        {
            eprintln!("skipped: there is no nightly compiler here");
            return;
        }
        let mut cargo = Command::new("rustup");
        cargo.args(["run", "nightly", "cargo"]);
        cargo.env_remove("RUSTC").env_remove("RUSTFLAGS");
        let target = cargo::target().join("nightly");
        cargo
            .env("CARGO_TARGET_DIR", &target)
            .env("CARGO_NET_OFFLINE", "true");
        let library = fixtures().build_otherwise(cargo, &target.join("debug"), "nightly");
        let said = fixtures().beside_a_good_one(&library);
        let (library, host) = said.split_once(", and this program by ").unwrap();
        assert!(
            library.starts_with("nightly.so is refused: it was built by rustc 1."),
            "{said}"
        );
        assert!(library.contains("-nightly ("), "{said}");
        let release = &plugin_loader::Fingerprint::host().release;
        let help = format!("help: rebuild the plugin with `cargo +{release} build`");
        assert_eq!(host, format!("{}\n{help}\n", this_compiler()));
    }
}

#[test]
fn panic_is_abort() {
    assert_eq!(
        said("aborting"),
        "aborting.so is refused: it was built with `panic = \"abort\"`, and this program with \
         `panic = \"unwind\"`\n\
         help: rebuild the plugin with `panic = \"unwind\"` in its profile\n"
    );
}

#[test]
fn other_flags() {
    let mut cargo = cargo::once(&cargo::target());
    cargo.env(
        "RUSTFLAGS",
        "-Copt-level=1 --cfg tall -C target-feature=+avx",
    );
    // With a target, they are not those of the macros, which need not be built again.
    let target = &plugin_loader::Fingerprint::host().target;
    cargo.env("CARGO_BUILD_TARGET", target);
    let library = fixtures().build_otherwise(cargo, &Path::new(target).join("debug"), "flags");
    assert_eq!(
        fixtures().beside_a_good_one(&library),
        "flags.so is refused: it was built with `--cfg tall -C target-feature=+avx`, and this program with \
         no flags\n\
         help: rebuild the plugin without `RUSTFLAGS`\n"
    );
}

/// What a host says of a library that was built with another form of `IMaterial`; and that it uses
/// what the library offers otherwise.
#[track_caller]
fn said_of_the_interface(change: &str) -> String {
    let said = said(change);
    let mut rest = Vec::new();
    let mut lines = Vec::new();
    for line in said.lines() {
        if line.contains(" has alloy::") {
            rest.push(line);
        } else {
            lines.push(line);
        }
    }
    rest.sort_unstable();
    let rest = rest.join("\n").replace(change, "it");
    assert_eq!(
        rest,
        "it.so has alloy::BRASS brass (alloy 0.3.0, alloy/src/lib.rs:13)\n\
         it.so has alloy::BRASS, a note 102\n\
         it.so has alloy::SOLDER, a note 104"
    );
    let prefix = format!(
        "{change}.so: `imat::IMaterial` is not the same in the library and in this program: "
    );
    let said = lines.join("\n");
    let said = said.strip_prefix(&prefix).unwrap_or(&said);
    let help = "\nhelp: rebuild the plugin with the interface that this program has";
    said.strip_suffix(help).unwrap_or(said).to_owned()
}

#[test]
fn a_member_that_was_added() {
    assert_eq!(
        said_of_the_interface("added"),
        "the library has `fn added(&self)`, and this program does not"
    );
}

#[test]
fn members_in_another_order() {
    assert_eq!(
        said_of_the_interface("reordered"),
        "where the library has `fn mass(&self, sample: &Sample) -> u32`, this program has \
         `fn text(&self) -> String`"
    );
}

#[test]
fn a_member_with_another_type() {
    assert_eq!(
        said_of_the_interface("retyped"),
        "the library has `fn grow(&self, bytes: Vec<i8>) -> Vec<i8>`, and this program has \
         `fn grow(&self, bytes: Vec<u8>) -> Vec<u8>`"
    );
}

#[test]
fn a_type_of_another_size_behind_a_reference() {
    assert_eq!(
        said_of_the_interface("resized"),
        "`imat::Sample` (imat 0.1.0) is a different type in the library"
    );
}

/// Docs and default bodies are no part of how an interface is called.
#[test]
fn a_library_whose_interface_is_documented_otherwise_is_used() {
    let printed = fixtures().run("loads", &[&fixtures().library("documented")]);
    let good = fixtures().run("loads", &[&fixtures().library("alloy")]);
    let sorted = |printed: &str| {
        let mut lines: Vec<_> = printed.lines().map(str::to_owned).collect();
        lines.sort_unstable();
        lines
    };
    assert_eq!(
        sorted(&printed.replace("documented", "alloy")),
        sorted(&good)
    );
}

#[test]
fn an_interface_of_another_version() {
    assert_eq!(
        said("next"),
        "next.so: it was built with version 0.1.1 of `imat::IMaterial`, and this program with version \
         0.1.0\n\
         help: rebuild the plugin with version 0.1.0 of the interface's package\n"
    );
}

#[test]
fn a_dylib() {
    assert_eq!(
        said("linked"),
        "linked.so is refused: it is a Rust `dylib` or a procedural macro, not a drop-in\n\
         help: write `crate-type = [\"cdylib\"]` under `[lib]` in its Cargo.toml\n"
    );
}

#[test]
fn a_library_without_the_macro() {
    assert_eq!(
        said("bare"),
        "bare.so is refused: it has plugins, but is not a drop-in\n\
         help: write `plugin_core::dropin!();` in its crate root\n"
    );
}

#[test]
fn a_library_of_another_kind() {
    let this = std::env::current_exe().unwrap();
    assert_eq!(
        said_of_bytes("other.so", &fs::read(this).unwrap()),
        "other.so is refused: it is not a drop-in\n\
         help: to make it one, write `plugin_core::dropin!();` in its crate root\n"
    );
}

#[test]
fn a_file_that_is_no_library() {
    let said = said_of_bytes(
        "text.so",
        b"These are not the bytes that you are looking for.\n",
    );
    assert_eq!(said, "text.so is refused: it is not a shared library\n");
}

#[test]
fn an_empty_file() {
    assert_eq!(
        said_of_bytes("empty.so", b""),
        "empty.so is refused: it is damaged or incomplete\n\
         help: copy it again, under another name first, and then rename it\n"
    );
}

#[test]
fn half_of_a_library() {
    let bytes = fs::read(fixtures().library("alloy")).unwrap();
    assert_eq!(
        said_of_bytes("half.so", &bytes[..bytes.len() / 2]),
        "half.so is refused: it is damaged or incomplete\n\
         help: copy it again, under another name first, and then rename it\n"
    );
}

#[test]
fn a_library_for_another_machine() {
    let mut bytes = fs::read(fixtures().library("alloy")).unwrap();
    // The machine of an ELF file: that of a SPARC V9.
    bytes[0x12..0x14].copy_from_slice(&43_u16.to_le_bytes());
    let said = said_of_bytes("sparc.so", &bytes);
    let arch = std::env::consts::ARCH;
    assert_eq!(
        said,
        format!(
            "sparc.so is refused: it is a library for sparc64 (Elf), and this program is for \
             {arch} (Elf)\n"
        )
    );
}

#[test]
fn a_directory_and_nothing() {
    let directory = fixtures().libraries.join("directory.so");
    let _ = fs::create_dir(&directory);
    assert_eq!(
        fixtures().beside_a_good_one(&directory),
        "directory.so is refused: it is not a regular file\n"
    );
    assert_eq!(
        fixtures().beside_a_good_one(&fixtures().library("nothing")),
        "nothing.so is refused: it cannot be read: No such file or directory (os error 2)\n"
    );
}

#[test]
fn a_library_that_offers_other_than_its_file_says() {
    let said = said("forged");
    let (declared, rest) = said.split_once(", but it has ").unwrap();
    assert!(
        declared == "forged.so is refused: its file declares `forged::GOLD`, `forged::STEEL`"
            || declared
                == "forged.so is refused: its file declares `forged::STEEL`, `forged::GOLD`",
        "{said}"
    );
    assert_eq!(rest, "`forged::STEEL`\nhelp: build it or copy it again\n");
}

#[test]
fn a_library_that_has_allocated_before_it_is_asked() {
    assert_eq!(
        said("early"),
        "early.so is refused: it allocated memory before this program gave it an allocator \
         (2 allocations)\n\
         help: remove code that runs while it is loaded, such as `#[ctor]`\n"
    );
}

#[test]
fn a_library_without_an_entry() {
    assert_eq!(
        said("closed"),
        "closed.so is refused: it has no entry function\n\
         help: write `plugin_core::dropin!();` in its crate root, and do not strip exported symbols\n"
    );
}

#[test]
fn a_file_that_has_changed_since_it_was_loaded() {
    let fixtures = fixtures();
    let [before, after] = ["changing", "alloy"].map(|name| fixtures.library(name));
    let place = fixtures.library("replaced");
    fs::copy(before, &place).unwrap();
    let replace = format!("{}={}", place.display(), after.display());
    let place = place.as_path();
    let printed = fixtures.run("loads", &[place, place, Path::new(&replace), place]);
    assert_eq!(
        printed,
        "replaced.so has changing::STEEL, a material 50\n\
         replaced.so has changing::STEEL, a material 50\n\
         replaced.so is refused: it has changed since it was loaded, and a loaded library \
         cannot be replaced\n\
         help: restart this program\n"
    );
}
