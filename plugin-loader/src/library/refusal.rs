//! The reasons not to use a file, and their messages.

use std::error::Error;
use std::fmt::{self, Display, Write};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize, Serializer};

use super::file::MARKER;
use super::shown::{Plain, Shown};

/// The name of a compiler that did not answer `rustc -vV`.
pub(crate) const UNKNOWN: &str = "an unknown compiler";

/// The reason why a file in a drop-in directory, or a part of a library, is not used.
///
/// Its `Display` says what is wrong, with the values of the library and of this program. If there is something to do, a
/// second line says it after `help: `.
///
/// ```
/// use plugin_loader::Refusal;
///
/// let refusal = Refusal::Panic {
///     library: "abort".to_owned(),
///     host: "unwind".to_owned(),
/// };
/// assert_eq!(
///     refusal.to_string(),
///     "it was built with `panic = \"abort\"`, and this program with `panic = \"unwind\"`\n\
///      help: rebuild the plugin with `panic = \"unwind\"` in its profile"
/// );
/// ```
///
/// With serde, a reason is a code and its values, as in
/// `{"code": "panic", "values": {"library": "abort", "host": "unwind"}}`. The code is the name of the variant in kebab case,
/// and the values are its fields. Messages may change; codes and values do not.
#[doc(alias = "LoadError")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Refusal {
    /// The file is a directory, a pipe, a socket, or a device.
    NotRegularFile,
    /// The file is a link to a file that does not exist.
    DanglingLink,
    /// The file is a link that leads back to itself.
    LinkLoop,
    /// The name of the file is not valid UTF-8.
    NameNotUtf8,
    /// The file has the suffix of another platform's libraries.
    ForeignSuffix,
    /// The file is larger than a library may be.
    TooLarge {
        /// The size of the file, in bytes.
        size: u64,
        /// The limit, in bytes.
        largest: u64,
    },
    /// The directory has too many libraries, so none of them is read.
    TooManyFiles {
        /// The limit.
        most: usize,
    },
    /// Everybody can write to the file or the directory.
    WorldWritable,
    /// The file or the directory belongs neither to the administrator nor to the user of this process.
    ForeignOwner {
        /// The user id of its owner.
        owner: u32,
    },
    /// A group can write to the file or the directory.
    GroupWritable {
        /// The id of the group.
        group: u32,
    },
    /// The file changed a moment ago, so it may still be being written.
    Unfinished {
        /// What is wrong with the part that is there, if it has been read.
        so_far: Option<Box<Refusal>>,
    },
    /// A directory that is searched earlier has a file of the same name.
    Shadowed {
        /// The file in the earlier directory.
        #[serde(serialize_with = "lossy")]
        by: PathBuf,
    },
    /// Another library has a newer version of one of this library's plugins.
    Superseded {
        /// The version of this library's package.
        version: String,
        /// The library with the newer version.
        #[serde(serialize_with = "lossy")]
        by: PathBuf,
        /// The version of that library's package.
        newest: String,
    },
    /// The same file has another path, which is searched earlier.
    SameFile {
        /// The earlier path.
        #[serde(serialize_with = "lossy")]
        path: PathBuf,
    },
    /// The directory is an installed copy of the package, and another one is searched earlier.
    SecondCopy {
        /// The directory of the other copy.
        #[serde(serialize_with = "lossy")]
        first: PathBuf,
    },
    /// The directory comes from an environment variable, which a process with raised privileges ignores.
    Privileged {
        /// The name of the variable.
        variable: String,
    },
    /// The program or another library has the same plugin, with the same id, package, and version.
    Duplicate {
        /// The id of the plugin.
        plugin: String,
        /// The other library; `None` if the plugin is linked into this program.
        #[serde(serialize_with = "lossy_if_any")]
        of: Option<PathBuf>,
    },
    /// The program has none of the interfaces that the library's plugins provide.
    UnknownInterface {
        /// The first of the library's interfaces.
        interface: String,
    },
    /// The library is a drop-in without plugins.
    NoPlugins,
    /// The file cannot be read.
    Unreadable {
        /// The error of the system.
        error: String,
    },
    /// The private copy of the file cannot be made.
    NotCopied {
        /// The error of the system.
        error: String,
    },
    /// Reading the file takes too long.
    Slow {
        /// The limit, in seconds.
        seconds: u64,
    },
    /// The library needs another library beside it that has no `SONAME`, or another one than the name it is needed by.
    NamelessSibling {
        /// The other library.
        #[serde(serialize_with = "lossy")]
        sibling: PathBuf,
    },
    /// The file is not a shared library of any known platform.
    NotALibrary,
    /// The library is damaged or incomplete.
    Truncated,
    /// The library is for another processor or another system.
    Architecture {
        /// The processor and the file format of the library, such as `aarch64 (Elf)`.
        library: String,
        /// Those of this program, such as `x86_64 (Elf)`.
        host: String,
    },
    /// The library is a Rust `dylib` or a procedural macro, not a `cdylib`.
    NotCdylib,
    /// The file is a shared library, but not a drop-in.
    NoManifest,
    /// The library has plugins, but its crate root has no `plugin_core::dropin!()`.
    NoDropIn,
    /// The library's manifest is too long.
    ManifestTooLong {
        /// The length of the manifest, in bytes.
        size: u64,
        /// The limit, in bytes.
        longest: u64,
    },
    /// The library's headers are too long.
    HeadersTooLong {
        /// The limit for headers and manifest, in bytes.
        longest: u64,
    },
    /// The library's manifest is corrupt.
    ManifestCorrupt {
        /// The position of the error in the manifest, in bytes.
        offset: usize,
    },
    /// The library's manifest has a format that this program does not know.
    ManifestFormat {
        /// The number of the library's format.
        library: u8,
        /// The number of this program's format.
        host: u8,
    },
    /// The library was built with a version of `plugin-core` that has another binary interface.
    Abi {
        /// The version of the library's binary interface.
        library: u32,
        /// The version of this program's binary interface.
        host: u32,
    },
    /// The library was built by another compiler.
    Compiler {
        /// The compiler of the library, such as `rustc 1.94.0 (4a4ef493e)`.
        library: String,
        /// The compiler of this program, such as `rustc 1.95.0 (59807616e)`.
        host: String,
        /// The rustup toolchain with this program's compiler, such as `1.95.0`. It is empty for a nightly or a beta, since
        /// rustup has several compilers of such a name.
        toolchain: String,
    },
    /// The program is linked statically, so it cannot load libraries.
    StaticHost,
    /// The library was built for another target.
    Target {
        /// The target of the library, such as `x86_64-unknown-linux-musl`.
        library: String,
        /// The target of this program, such as `x86_64-unknown-linux-gnu`.
        host: String,
    },
    /// The library was built with another panic strategy.
    Panic {
        /// The strategy of the library, such as `abort`.
        library: String,
        /// The strategy of this program, such as `unwind`.
        host: String,
    },
    /// The library was built with other compiler flags that affect memory layout.
    Flags {
        /// The flags of the library, such as `-Zrandomize-layout`; empty if there are none.
        library: String,
        /// The flags of this program; empty if there are none.
        host: String,
    },
    /// The library was built against another version of the package that declares an interface.
    InterfaceVersion {
        /// The path of the interface, such as `imatsim::IMaterial`.
        interface: String,
        /// The version in the library, such as `0.1.0`.
        library: String,
        /// The version in this program, such as `0.2.0`.
        host: String,
    },
    /// An interface differs although its package has the same version.
    InterfaceChanged {
        /// The path of the interface, such as `imatsim::IMaterial`.
        interface: String,
        /// The first difference, as a clause.
        difference: String,
    },
    /// A hook of the program denies the library; see [`Package::allow`](crate::Package::allow).
    Denied {
        /// The reason that the hook gives.
        reason: String,
    },
    /// The program requires a signature, and there is none beside the library.
    ///
    /// The hook `signed` gives this reason and the following four.
    Unsigned {
        /// The path at which the signature is expected.
        signature: PathBuf,
    },
    /// The signature file is not a valid signature, or cannot be read.
    SignatureUnreadable {
        /// The path of the signature.
        signature: PathBuf,
        /// What is wrong with it.
        error: String,
    },
    /// The library is signed with a key that the program does not trust.
    UnknownSigner {
        /// The number of the key, such as `E7620F1842B4E81F`.
        key: String,
        /// The numbers of the keys that the program trusts.
        known: Vec<String>,
    },
    /// The signature does not match the bytes of the library.
    WrongSignature {
        /// The path of the signature.
        signature: PathBuf,
        /// The number of the key.
        key: String,
    },
    /// The library loads another library beside it, which the signature does not cover.
    UnsignedSibling {
        /// The other library.
        sibling: PathBuf,
    },
    /// The system's loader cannot load the library.
    Open {
        /// The error of the system's loader.
        error: String,
    },
    /// The library does not export the entry function that hosts call.
    NoEntry,
    /// The entry function of the library panicked.
    EntryPanicked {
        /// The message of the panic.
        message: String,
    },
    /// The library allocated memory while it was loaded, before it got the program's allocator.
    AllocatedBeforeHandshake {
        /// The number of allocations.
        count: usize,
    },
    /// Another host in this process, with another allocator, already uses the library.
    OtherHost,
    /// The loaded library has other plugins than its file declares.
    ManifestMismatch {
        /// The ids of the plugins that the file declares.
        declared: Vec<String>,
        /// The ids of the plugins that the library registered.
        registered: Vec<String>,
    },
    /// The file changed while it was loaded.
    ChangedDuringLoad,
    /// The file has changed since it was loaded; the loaded library is still used.
    Stale,
}

/// Replaces what is not Unicode in a path, since JSON cannot contain it.
fn lossy<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&path.to_string_lossy())
}

#[expect(clippy::ref_option, reason = "serde gives it so")]
fn lossy_if_any<S: Serializer>(path: &Option<PathBuf>, serializer: S) -> Result<S::Ok, S::Error> {
    path.as_ref()
        .map(|path| path.to_string_lossy())
        .serialize(serializer)
}

impl Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(&mut Plain(formatter))
    }
}

impl Refusal {
    #[expect(clippy::too_many_lines, reason = "it is a list of texts")]
    fn write(&self, formatter: &mut impl Write) -> fmt::Result {
        match self {
            Self::NotRegularFile => formatter.write_str("it is not a regular file"),
            Self::DanglingLink => formatter.write_str("it is a link to a file that does not exist"),
            Self::LinkLoop => formatter.write_str("it is a link that leads back to itself"),
            Self::NameNotUtf8 => formatter.write_str(
                "its name is not valid UTF-8\nhelp: give it a name of letters and digits",
            ),
            Self::ForeignSuffix => write!(
                formatter,
                "it has the suffix of another platform's libraries; those of this platform end in `{}`",
                std::env::consts::DLL_SUFFIX
            ),
            Self::TooLarge { size, largest } => write!(
                formatter,
                "it is too large for a library: it has {size} bytes, and the limit is {largest}"
            ),
            Self::TooManyFiles { most } => write!(
                formatter,
                "it contains more than {most} libraries, so none of them is read\n\
                 help: move some of them to another directory of the package"
            ),
            Self::WorldWritable => formatter.write_str(
                "everybody can write to it, and thereby run code in this program\n\
                 help: run `chmod o-w` on it",
            ),
            Self::ForeignOwner { owner } => write!(
                formatter,
                "it belongs to user {owner}, who could thereby run code in this program\n\
                 help: use `chown` to give it to the user of this program, or to root"
            ),
            Self::GroupWritable { group } => write!(
                formatter,
                "group {group} can write to it, and thereby run code in this program\n\
                 help: run `chmod g-w` on it"
            ),
            Self::Unfinished { so_far: None } => {
                formatter.write_str("it changed a moment ago, and may not be complete yet")
            }
            Self::Unfinished {
                so_far: Some(refusal),
            } => write!(
                formatter,
                "it changed a moment ago, and may not be complete yet; so far, {refusal}"
            ),
            Self::Shadowed { by } => write!(
                formatter,
                "`{}` has the same name, and comes first\n\
                 help: to use both, rename one of them",
                Shown(by)
            ),
            Self::Superseded {
                version,
                by,
                newest,
            } => write!(
                formatter,
                "it has version {version}, and `{}` has the newer version {newest}\nhelp: remove the older file",
                Shown(by)
            ),
            Self::SameFile { path } => {
                write!(formatter, "it is the same file as `{}`", Shown(path))
            }
            Self::SecondCopy { first } => write!(
                formatter,
                "it is a second copy of the package, and `{}` comes first\n\
                 help: to use its libraries as well, remove the file `{}` from it",
                Shown(first),
                MARKER
            ),
            Self::Privileged { variable } => write!(
                formatter,
                "it is listed in `{variable}`, which is ignored: \
                 this process has more rights than the user who started it"
            ),
            Self::Duplicate { plugin, of: None } => write!(
                formatter,
                "its plugin `{plugin}` is not used: the same plugin is linked into this program"
            ),
            Self::Duplicate {
                plugin,
                of: Some(path),
            } => write!(
                formatter,
                "its plugin `{plugin}` is not used: `{}` has the same plugin",
                Shown(path)
            ),
            Self::UnknownInterface { interface } => write!(
                formatter,
                "its plugins provide `{interface}`, and this program has no such interface\n\
                 help: check whether it is a drop-in for another program"
            ),
            Self::NoPlugins => formatter.write_str(
                "it has no plugins\n\
                 help: write `#[plugin(…)]` above a static of its own crate, or name the crate that has plugins, as in \
                 `dropin!(metals)`",
            ),
            Self::Unreadable { error } => write!(formatter, "it cannot be read: {error}"),
            Self::NotCopied { error } => write!(formatter, "it cannot be copied: {error}"),
            Self::Slow { seconds } => write!(
                formatter,
                "it could not be read within {seconds} seconds\n\
                 help: copy it to a local disk"
            ),
            Self::NamelessSibling { sibling } => write!(
                formatter,
                "it needs `{}`, whose `SONAME` is missing or is not its file name\n\
                 help: link that library with `-Wl,-soname,{}`",
                Shown(sibling),
                sibling.file_name().unwrap_or_default().to_string_lossy()
            ),
            Self::NotALibrary => formatter.write_str("it is not a shared library"),
            Self::Truncated => formatter.write_str(
                "it is damaged or incomplete\nhelp: copy it again, under another name first, and then rename it",
            ),
            Self::Architecture { library, host } => write!(
                formatter,
                "it is a library for {library}, and this program is for {host}"
            ),
            Self::NotCdylib => formatter.write_str(
                "it is a Rust `dylib` or a procedural macro, not a drop-in\n\
                 help: write `crate-type = [\"cdylib\"]` under `[lib]` in its Cargo.toml",
            ),
            Self::NoManifest => formatter.write_str(
                "it is not a drop-in\n\
                 help: to make it one, write `plugin_core::dropin!();` in its crate root",
            ),
            Self::NoDropIn => formatter.write_str(
                "it has plugins, but is not a drop-in\n\
                 help: write `plugin_core::dropin!();` in its crate root",
            ),
            Self::ManifestTooLong { size, longest } => write!(
                formatter,
                "the description of its plugins has {size} bytes, and the limit is {longest}\n\
                 help: build several drop-ins, each with some of the plugins"
            ),
            Self::HeadersTooLong { longest } => write!(
                formatter,
                "its headers are damaged or too long: the limit is {longest} bytes"
            ),
            Self::ManifestCorrupt { offset } => write!(
                formatter,
                "the description of its plugins is damaged at byte {offset}\n\
                 help: build it or copy it again"
            ),
            Self::ManifestFormat { library, host } => write!(
                formatter,
                "its plugins are described in format {library}, and this program reads format {host}\n\
                 help: build both with the same version of `plugin-core`"
            ),
            Self::Abi { library, host } => write!(
                formatter,
                "its `plugin-core` has binary interface {library}, and this program's has {host}\n\
                 help: build both with the same version of `plugin-core`"
            ),
            Self::Compiler { library, host, .. } if host == UNKNOWN => write!(
                formatter,
                "it was built by {library}, and this program by {host}\n\
                 help: rebuild this program with a compiler that answers `rustc -vV`"
            ),
            Self::Compiler {
                library,
                host,
                toolchain,
            } => write!(
                formatter,
                "it was built by {library}, and this program by {host}\nhelp: rebuild the plugin with {}",
                match &**toolchain {
                    "" => "the compiler of the program".to_owned(),
                    toolchain => format!("`cargo +{toolchain} build`"),
                }
            ),
            Self::StaticHost => formatter.write_str(
                "this program is linked statically, so it cannot load libraries\n\
                 help: rebuild this program with `-C target-feature=-crt-static`",
            ),
            Self::Target { library, host } => write!(
                formatter,
                "it was built for {library}, and this program for {host}\n\
                 help: rebuild the plugin with `cargo build --target {host}`"
            ),
            Self::Panic { library, host } => write!(
                formatter,
                "it was built with `panic = \"{library}\"`, and this program with `panic = \"{host}\"`\n\
                 help: rebuild the plugin with `panic = \"{host}\"` in its profile"
            ),
            Self::Flags { library, host } => {
                let or_none = |flags: &str| match flags {
                    "" => "no flags".to_owned(),
                    flags => format!("`{flags}`"),
                };
                let help = match host.as_str() {
                    "" => "without `RUSTFLAGS`".to_owned(),
                    flags => format!("with `RUSTFLAGS='{flags}'`"),
                };
                write!(
                    formatter,
                    "it was built with {}, and this program with {}\nhelp: rebuild the plugin {help}",
                    or_none(library),
                    or_none(host)
                )
            }
            Self::InterfaceVersion {
                interface,
                library,
                host,
            } => {
                // Without Cargo, the version is not known.
                let named = |version: &str| match version {
                    "" => "an unknown version".to_owned(),
                    version => format!("version {version}"),
                };
                write!(
                    formatter,
                    "it was built with {} of `{interface}`, and this program with {}\nhelp: rebuild the plugin with {}",
                    named(library),
                    named(host),
                    match &**host {
                        "" => "the interface that this program has".to_owned(),
                        host => format!("version {host} of the interface's package"),
                    }
                )
            }
            Self::InterfaceChanged {
                interface,
                difference,
            } => write!(
                formatter,
                "`{interface}` is not the same in the library and in this program: {difference}\n\
                 help: rebuild the plugin with the interface that this program has"
            ),
            Self::Denied { reason } => write!(formatter, "it was denied: {reason}"),
            Self::Unsigned { signature } => write!(
                formatter,
                "it is not signed: there is no `{}`\n\
                 help: get the signature from the publisher of the library, who makes it with `dropin sign` or \
                 `minisign -S`",
                Shown(signature)
            ),
            Self::SignatureUnreadable { signature, error } => write!(
                formatter,
                "its signature `{}` cannot be used: {error}\n\
                 help: get both files again, or sign the library with `dropin sign` or `minisign -S`",
                Shown(signature)
            ),
            Self::UnknownSigner { key, known } => write!(
                formatter,
                "it is signed with the key {key}, and this program trusts only {}\n\
                 help: if you trust its publisher, give this program the publisher's public key; otherwise remove the \
                 library",
                known.join(", ")
            ),
            Self::WrongSignature { signature, key } => write!(
                formatter,
                "its signature `{}` does not match: the key {key} signed other bytes, or did not sign at all\n\
                 help: get both files again; if you have rebuilt the library, sign it again",
                Shown(signature)
            ),
            Self::UnsignedSibling { sibling } => write!(
                formatter,
                "it loads `{}`, which its signature does not cover\n\
                 help: link that library into the drop-in statically",
                Shown(sibling)
            ),
            Self::Open { error } => write!(formatter, "the system cannot load it: {error}"),
            Self::NoEntry => formatter.write_str(
                "it has no entry function\n\
                 help: write `plugin_core::dropin!();` in its crate root, and do not strip exported symbols",
            ),
            Self::EntryPanicked { message } => write!(formatter, "its entry function panicked: {message}"),
            Self::AllocatedBeforeHandshake { count } => write!(
                formatter,
                "it allocated memory before this program gave it an allocator ({count} allocations)\n\
                 help: remove code that runs while it is loaded, such as `#[ctor]`"
            ),
            Self::OtherHost => formatter.write_str(
                "another host in this process uses it, with an allocator of its own\n\
                 help: give each host its own copy of the file",
            ),
            Self::ManifestMismatch {
                declared,
                registered,
            } => write!(
                formatter,
                "its file declares {}, but it has {}\nhelp: build it or copy it again",
                list(declared),
                list(registered)
            ),
            Self::ChangedDuringLoad => formatter.write_str(
                "it was changed while it was loaded\n\
                 help: to replace a library, copy the new file under another name, and then rename it",
            ),
            Self::Stale => formatter.write_str(
                "it has changed since it was loaded, and a loaded library cannot be replaced\n\
                 help: restart this program",
            ),
        }
    }
}

impl Refusal {
    /// Whether the reason may pass without a change of the file.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Unreadable { .. }
                | Self::NotCopied { .. }
                | Self::Slow { .. }
                | Self::NamelessSibling { .. }
                | Self::ChangedDuringLoad
                | Self::Open { .. }
        )
    }

    pub(crate) fn unreadable(error: io::Error) -> Self {
        let error = error.to_string();
        Self::Unreadable { error }
    }

    pub(crate) fn uncopied(error: io::Error) -> Self {
        let error = error.to_string();
        Self::NotCopied { error }
    }
}

fn list(names: &[String]) -> String {
    match names {
        [] => "no plugins".to_owned(),
        names => format!("`{}`", names.join("`, `")),
    }
}

impl Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::Refusal;

    #[test]
    fn a_compiler_that_rustup_has_no_name_for_is_not_named() {
        let text = |toolchain: &str| {
            let [library, host] = ["rustc 1.94.0 (1)", "rustc 1.95.0 (2)"].map(str::to_owned);
            let toolchain = toolchain.to_owned();
            let refusal = Refusal::Compiler {
                library,
                host,
                toolchain,
            };
            refusal
                .to_string()
                .split_once("with ")
                .unwrap()
                .1
                .to_owned()
        };
        assert_eq!(text("1.95.0"), "`cargo +1.95.0 build`");
        assert_eq!(text(""), "the compiler of the program");
    }

    #[test]
    fn a_version_that_is_not_known_is_not_asked_for() {
        let refusal = Refusal::InterfaceVersion {
            interface: "imatsim::IMaterial".to_owned(),
            library: "0.1.0".to_owned(),
            host: String::new(),
        };
        assert_eq!(
            refusal.to_string(),
            "it was built with version 0.1.0 of `imatsim::IMaterial`, and this program with an unknown version\n\
             help: rebuild the plugin with the interface that this program has"
        );
    }
}
