//! Why a file is not used.

use std::error::Error;
use std::fmt::{self, Display, Write};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize, Serializer};

use super::file::MARKER;
use super::shown::{Plain, Shown};

/// A compiler that has not answered.
pub(crate) const UNKNOWN: &str = "an unknown compiler";

/// Why a file of a drop-in directory is not used.
///
/// Each says what is wrong, with the library's value and this program's, and, on a line of its own
/// after `help: `, what to do.
///
/// With serde, a reason is a code and its values, as in
/// `{"code": "panic", "values": {"library": "abort", "host": "unwind"}}`. The code is the variant's name, in lower case and
/// with dashes, and the values are its fields. Texts may change; codes and values stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Refusal {
    /// A directory, a pipe, a socket, or a device.
    NotRegularFile,
    /// A link to a file that is not there.
    DanglingLink,
    /// A link that leads to itself.
    LinkLoop,
    /// The file's name cannot be written down.
    NameNotUtf8,
    /// The file is named as another platform's libraries are.
    ForeignSuffix,
    /// The file is larger than any library.
    TooLarge {
        /// In bytes.
        size: u64,
        /// In bytes.
        largest: u64,
    },
    /// The directory has more libraries than any.
    TooManyFiles {
        /// How many it may have.
        most: usize,
    },
    /// Everybody may write to the file, or to the directory.
    WorldWritable,
    /// The file, or the directory, belongs neither to the administrator nor to the user whose
    /// rights this process has.
    ForeignOwner {
        /// The number of its owner.
        owner: u32,
    },
    /// A group may write to the file, or to the directory.
    GroupWritable {
        /// The number of the group.
        group: u32,
    },
    /// Somebody may be writing the file at this moment.
    Unfinished {
        /// What is wrong with what there is of it, where it has been read.
        so_far: Option<Box<Refusal>>,
    },
    /// A directory that is searched earlier has a file of the same name.
    Shadowed {
        /// That file.
        #[serde(serialize_with = "lossy")]
        by: PathBuf,
    },
    /// There is a newer version of a plugin that the library has.
    Superseded {
        /// The version of this library's package.
        version: String,
        /// The library with the newer one.
        #[serde(serialize_with = "lossy")]
        by: PathBuf,
        /// The version of that library's package.
        newest: String,
    },
    /// The file has another name, too, which comes earlier.
    SameFile {
        /// That name.
        #[serde(serialize_with = "lossy")]
        path: PathBuf,
    },
    /// The directory is an installed copy of the package, and another one is searched earlier.
    SecondCopy {
        /// The directory of that copy.
        #[serde(serialize_with = "lossy")]
        first: PathBuf,
    },
    /// The directory is one of an environment variable's, which count for nothing in a process with
    /// raised privileges.
    Privileged {
        /// The variable.
        variable: String,
    },
    /// A plugin of the library is there already, with the same id, package, and version.
    Duplicate {
        /// The plugin's id.
        plugin: String,
        /// The library that has it; `None` for this program itself.
        #[serde(serialize_with = "lossy_if_any")]
        of: Option<PathBuf>,
    },
    /// No interface that the library's plugins provide is one of this program's.
    UnknownInterface {
        /// The first of the library's interfaces.
        interface: String,
    },
    /// A drop-in without a plugin.
    NoPlugins,
    /// The file cannot be read.
    Unreadable {
        /// What the system says.
        error: String,
    },
    /// No private copy of the file can be made.
    NotCopied {
        /// What the system says.
        error: String,
    },
    /// The file is read so slowly that the program would seem to hang.
    Slow {
        /// After how many seconds this was given up.
        seconds: u64,
    },
    /// A library that is needed lies beside this one, and does not say by which name.
    NamelessSibling {
        /// The needed library.
        #[serde(serialize_with = "lossy")]
        sibling: PathBuf,
    },
    /// The bytes are not those of a shared library of any system.
    NotALibrary,
    /// A library that is damaged, or of which a part is missing: it may still be being written.
    Truncated,
    /// A library for another processor, or another system.
    Architecture {
        /// As in `aarch64`.
        library: String,
        /// As in `x86_64`.
        host: String,
    },
    /// A Rust library that is linked into programs: `crate-type = ["dylib"]`, or a procedural macro.
    NotCdylib,
    /// A shared library that is no drop-in.
    NoManifest,
    /// A library with plugins, but without `plugin_core::dropin!()`.
    NoDropIn,
    /// What the library says of itself is longer than what any library says.
    ManifestTooLong {
        /// In bytes.
        size: u64,
        /// In bytes.
        longest: u64,
    },
    /// The library's headers are longer than those of any library.
    HeadersTooLong {
        /// In bytes, with the manifest.
        longest: u64,
    },
    /// What the library says of itself cannot be read.
    ManifestCorrupt {
        /// Where in the manifest.
        offset: usize,
    },
    /// What the library says of itself is in a form that this program does not know.
    ManifestFormat {
        /// The number of the library's format.
        library: u8,
        /// The number of this program's.
        host: u8,
    },
    /// The library's `plugin-core` is of another time than the program's.
    Abi {
        /// The number of the library's agreement.
        library: u32,
        /// The number of this program's.
        host: u32,
    },
    /// Another compiler.
    Compiler {
        /// As in `rustc 1.94.0 (4a4ef493e)`.
        library: String,
        /// As in `rustc 1.95.0 (59807616e)`.
        host: String,
        /// What rustup calls this program's, as in `1.95.0`; empty for a nightly or a beta, of which rustup has
        /// several by one name.
        toolchain: String,
    },
    /// The program cannot load any library.
    StaticHost,
    /// Another target.
    Target {
        /// As in `x86_64-unknown-linux-musl`.
        library: String,
        /// As in `x86_64-unknown-linux-gnu`.
        host: String,
    },
    /// Another strategy of what to do at a panic.
    Panic {
        /// As in `abort`.
        library: String,
        /// As in `unwind`.
        host: String,
    },
    /// Other flags that change how data lie in memory.
    Flags {
        /// As in `-Zrandomize-layout`.
        library: String,
        /// Empty where there are none.
        host: String,
    },
    /// Another version of the package that declares an interface.
    InterfaceVersion {
        /// As in `imatsim::IMaterial`.
        interface: String,
        /// As in `0.1.0`.
        library: String,
        /// As in `0.2.0`.
        host: String,
    },
    /// An interface that has changed, in one version of its package.
    InterfaceChanged {
        /// As in `imatsim::IMaterial`.
        interface: String,
        /// What is different, where its text tells.
        difference: String,
    },
    /// A hook of the host denies it; see [`Package::allow`](crate::Package::allow).
    Denied {
        /// What the hook says.
        reason: String,
    },
    /// No signature lies beside the library, and the host asks for one: `signed`, and so are the next four.
    Unsigned {
        /// Where the signature would be.
        signature: PathBuf,
    },
    /// The file beside the library is no signature.
    SignatureUnreadable {
        /// The signature.
        signature: PathBuf,
        /// What is wrong with it.
        error: String,
    },
    /// The library is signed with a key that the host does not know.
    UnknownSigner {
        /// The number of the key, as in `E7620F1842B4E81F`.
        key: String,
        /// The numbers of the keys that the host knows.
        known: Vec<String>,
    },
    /// The signature is one for other bytes.
    WrongSignature {
        /// The signature.
        signature: PathBuf,
        /// The number of the key.
        key: String,
    },
    /// The library brings another one, whose bytes the signature does not cover.
    UnsignedSibling {
        /// The other library.
        sibling: PathBuf,
    },
    /// The system's loader does not load the library.
    Open {
        /// What it says.
        error: String,
    },
    /// A library without the function that a host calls first.
    NoEntry,
    /// The function that a host calls first has panicked.
    EntryPanicked {
        /// With which message.
        message: String,
    },
    /// The library has memory that the host could not free.
    AllocatedBeforeHandshake {
        /// How many allocations.
        count: usize,
    },
    /// The library is in use by another host of this process, whose memory this one could not free.
    OtherHost,
    /// The library, once it was loaded, offered other plugins than its file says.
    ManifestMismatch {
        /// The plugins that the file says, by id.
        declared: Vec<String>,
        /// The plugins that were offered.
        registered: Vec<String>,
    },
    /// The file has changed between being read and being loaded.
    ChangedDuringLoad,
    /// The file has changed since it was loaded: what was loaded goes on.
    Stale,
}

/// A path that is no Unicode has no other place in JSON.
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
            Self::DanglingLink => formatter.write_str("it is a link to a file that is not there"),
            Self::LinkLoop => formatter.write_str("it is a link that leads to itself"),
            Self::NameNotUtf8 => formatter.write_str(
                "its name is not valid UTF-8\nhelp: give it a name of letters and digits",
            ),
            Self::ForeignSuffix => write!(
                formatter,
                "it is named as another platform's libraries are, and this platform's end in `{}`",
                std::env::consts::DLL_SUFFIX
            ),
            Self::TooLarge { size, largest } => write!(
                formatter,
                "it has {size} bytes, and no library has more than {largest}"
            ),
            Self::TooManyFiles { most } => write!(
                formatter,
                "it has more than {most} libraries, so that none of them is read"
            ),
            Self::WorldWritable => formatter.write_str(
                "everybody can write to it, and so run code in this program\n\
                 help: `chmod o-w` it",
            ),
            Self::ForeignOwner { owner } => write!(
                formatter,
                "it belongs to user {owner}, who could so run code in this program\n\
                 help: `chown` it to the user of this program, or to root"
            ),
            Self::GroupWritable { group } => write!(
                formatter,
                "group {group} can write to it, and so run code in this program\n\
                 help: `chmod g-w` it"
            ),
            Self::Unfinished { so_far: None } => {
                formatter.write_str("somebody may be writing it: it changed a moment ago")
            }
            Self::Unfinished {
                so_far: Some(refusal),
            } => write!(
                formatter,
                "somebody may be writing it: it changed a moment ago, and so far {refusal}"
            ),
            Self::Shadowed { by } => write!(
                formatter,
                "`{}` has the same name, and is searched earlier\n\
                 help: give one of them another name, if both are wanted",
                Shown(by)
            ),
            Self::Superseded {
                version,
                by,
                newest,
            } => write!(
                formatter,
                "it is of version {version}, and `{}` of version {newest}\nhelp: remove it",
                Shown(by)
            ),
            Self::SameFile { path } => {
                write!(formatter, "it is the same file as `{}`", Shown(path))
            }
            Self::SecondCopy { first } => write!(
                formatter,
                "it is a second copy of the package, and `{}` is searched earlier\n\
                 help: without the file `{}` in it, its libraries count as well",
                Shown(first),
                MARKER
            ),
            Self::Privileged { variable } => write!(
                formatter,
                "it is one of `{variable}`, which does not count: \
                 this process has rights that whoever started it has not"
            ),
            Self::Duplicate { plugin, of: None } => write!(
                formatter,
                "its `{plugin}` is not used: this program has the same plugin linked in"
            ),
            Self::Duplicate {
                plugin,
                of: Some(path),
            } => write!(
                formatter,
                "its `{plugin}` is not used: `{}` has the same plugin",
                Shown(path)
            ),
            Self::UnknownInterface { interface } => write!(
                formatter,
                "its plugins are for `{interface}`, which is no interface of this program\n\
                 help: is this the directory of another program?"
            ),
            Self::NoPlugins => formatter.write_str(
                "it has no plugins\n\
                 help: a drop-in offers those of its own crate: write `#[plugin(…)]` above a static",
            ),
            Self::Unreadable { error } => write!(formatter, "it cannot be read: {error}"),
            Self::NotCopied { error } => write!(formatter, "it cannot be copied: {error}"),
            Self::Slow { seconds } => write!(
                formatter,
                "it could not be read within {seconds} seconds\n\
                 help: copy it to a disk of this machine"
            ),
            Self::NamelessSibling { sibling } => write!(
                formatter,
                "it needs `{}`, which does not say by which name it is needed\n\
                 help: link that one with `-Wl,-soname,{}`",
                Shown(sibling),
                sibling.file_name().unwrap_or_default().to_string_lossy()
            ),
            Self::NotALibrary => formatter.write_str("it is not a shared library"),
            Self::Truncated => formatter.write_str(
                "it is damaged, or not complete\nhelp: copy it to another name first, and then rename it",
            ),
            Self::Architecture { library, host } => write!(
                formatter,
                "it is a library for {library}, and this program is for {host}"
            ),
            Self::NotCdylib => formatter.write_str(
                "it is a Rust library to link against, not a drop-in\n\
                 help: `crate-type = [\"cdylib\"]` under `[lib]` in its Cargo.toml",
            ),
            Self::NoManifest => formatter.write_str(
                "it is not a drop-in\n\
                 help: if it should be one, write `plugin_core::dropin!();` in its crate root",
            ),
            Self::NoDropIn => formatter.write_str(
                "it has plugins, but is not a drop-in\n\
                 help: write `plugin_core::dropin!();` in its crate root",
            ),
            Self::ManifestTooLong { size, longest } => write!(
                formatter,
                "what it says of itself has {size} bytes, and may have {longest}\n\
                 help: build several drop-ins, each with some of its plugins"
            ),
            Self::HeadersTooLong { longest } => write!(
                formatter,
                "its headers are damaged, or too long: {longest} bytes of them were read"
            ),
            Self::ManifestCorrupt { offset } => write!(
                formatter,
                "what it says of itself cannot be read, from byte {offset} on\n\
                 help: build or copy it again"
            ),
            Self::ManifestFormat { library, host } => write!(
                formatter,
                "it describes itself in format {library}, and this program reads format {host}\n\
                 help: build both with one version of `plugin-core`"
            ),
            Self::Abi { library, host } => write!(
                formatter,
                "its `plugin-core` has the binary interface {library}, this program's has {host}\n\
                 help: build both with one version of `plugin-core`"
            ),
            Self::Compiler { library, host, .. } if host == UNKNOWN => write!(
                formatter,
                "built by {library}, this program by {host}\n\
                 help: rebuild this program with a compiler that answers `rustc -vV`"
            ),
            Self::Compiler {
                library,
                host,
                toolchain,
            } => write!(
                formatter,
                "built by {library}, this program by {host}\nhelp: rebuild the plugin with {}",
                match &**toolchain {
                    "" => "the compiler of the program".to_owned(),
                    toolchain => format!("`cargo +{toolchain} build`"),
                }
            ),
            Self::StaticHost => formatter.write_str(
                "this program is linked statically, and such a program loads no libraries\n\
                 help: rebuild this program with `-C target-feature=-crt-static`",
            ),
            Self::Target { library, host } => write!(
                formatter,
                "built for {library}, this program for {host}\n\
                 help: rebuild the plugin with `cargo build --target {host}`"
            ),
            Self::Panic { library, host } => write!(
                formatter,
                "built with `panic = \"{library}\"`, this program with `panic = \"{host}\"`\n\
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
                    "built with {}, this program with {}\nhelp: rebuild the plugin {help}",
                    or_none(library),
                    or_none(host)
                )
            }
            Self::InterfaceVersion {
                interface,
                library,
                host,
            } => {
                // Only Cargo tells versions.
                let named = |version: &str| match version {
                    "" => "no version".to_owned(),
                    version => format!("version {version}"),
                };
                write!(
                    formatter,
                    "`{interface}` is of {} in the library, of {} in this program\nhelp: rebuild the plugin with {}",
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
                 help: get the signature from where the library is from; its publisher makes it with `dropin sign`, or \
                 with `minisign -S`",
                Shown(signature)
            ),
            Self::SignatureUnreadable { signature, error } => write!(
                formatter,
                "its signature `{}` is none: {error}\n\
                 help: get both files anew, or sign the library with `dropin sign`, or with `minisign -S`",
                Shown(signature)
            ),
            Self::UnknownSigner { key, known } => write!(
                formatter,
                "it is signed with the key {key}, and this program trusts {}\n\
                 help: if its publisher has a new key, this program needs that one; if you do not know the publisher, \
                 remove the library",
                known.join(", ")
            ),
            Self::WrongSignature { signature, key } => write!(
                formatter,
                "`{}` is not the signature of these bytes: the key {key} has signed other ones, or has not signed at all\n\
                 help: get both files anew; if you have built the library again, sign it again",
                Shown(signature)
            ),
            Self::UnsignedSibling { sibling } => write!(
                formatter,
                "it loads `{}`, which its signature does not cover\n\
                 help: link that one into the drop-in, as a static library",
                Shown(sibling)
            ),
            Self::Open { error } => write!(formatter, "the system does not load it: {error}"),
            Self::NoEntry => formatter.write_str(
                "it has no entry\n\
                 help: write `plugin_core::dropin!();` in its crate root, and keep its symbols",
            ),
            Self::EntryPanicked { message } => write!(formatter, "its entry panicked: {message}"),
            Self::AllocatedBeforeHandshake { count } => write!(
                formatter,
                "it has allocated memory before this program could give it an allocator \
                 ({count} allocations)\nhelp: let nothing in it run when it is loaded, such as `#[ctor]`"
            ),
            Self::OtherHost => formatter.write_str(
                "another host in this process uses it, with an allocator of its own\n\
                 help: let each host have its own copy of the file",
            ),
            Self::ManifestMismatch {
                declared,
                registered,
            } => write!(
                formatter,
                "its file says that it has {}, and it has {}\nhelp: build or copy it again",
                list(declared),
                list(registered)
            ),
            Self::ChangedDuringLoad => formatter.write_str(
                "it was changed while it was loaded\n\
                 help: copy it to another name first, and then rename it",
            ),
            Self::Stale => formatter.write_str(
                "it has changed since it was loaded, and a library cannot be replaced while it is \
                 in use\nhelp: restart this program",
            ),
        }
    }
}

impl Refusal {
    /// Whether there may be no such reason at another time, although nothing has happened to the file.
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
            "`imatsim::IMaterial` is of version 0.1.0 in the library, of no version in this program\n\
             help: rebuild the plugin with the interface that this program has"
        );
    }
}
