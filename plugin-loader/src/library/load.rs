//! Loads a library and gets its plugins.
//!
//! A library is never unloaded, so its plugins are `'static`. This module keeps a list of all loaded files, and does not load a
//! file twice: the system would return the library that it has already loaded under that name, even if the file has changed.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::error::Error as _;
use std::fmt::{self, Debug};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use plugin_core::__private::dropin::{
    ENTRY, Handshake, Introduced, Object, Outcome, foreign, interfaces,
};
use plugin_core::__private::tag;
use plugin_core::{Interface, InterfaceInfo, Plugin, PluginInfo, Tag};

use super::candidate::{Candidate, Hook};
use super::copy::Copy;
use super::file::{self, Identity};
use super::manifest::{Manifest, Offer};
use super::refusal::Refusal;

/// A loaded drop-in; it stays loaded for as long as the process runs.
///
/// Use this to load one library by its path. To find the libraries in directories, use a [`Package`](crate::Package).
///
/// ```no_run
/// # mod imatsim {
/// #     #[plugin_core::interface]
/// #     pub trait IMaterial { fn yield_stress(&self, temperature: f64) -> f64; }
/// # }
/// # use imatsim::IMaterial;
/// # fn main() -> Result<(), plugin_loader::Refusal> {
/// use plugin_loader::Library;
///
/// // SAFETY: the library is installed with this program, and nobody else can write to its directory.
/// let glass = unsafe { Library::load("/usr/lib/matsim/libglass.so".as_ref()) }?;
/// for material in glass.plugins::<dyn IMaterial>() {
///     println!("{}: {}", material.info.name(), material.yield_stress(500.0));
/// }
/// # Ok(())
/// # }
/// ```
///
/// A panic in one of its plugins is a panic of the program, and can be caught. [`dropin!`](macro@plugin_core::dropin) lists
/// what the program cannot prevent a drop-in from doing.
#[doc(alias = "dlopen")]
#[doc(alias = "cdylib")]
pub struct Library {
    path: PathBuf,
    manifest: Manifest,
    /// In the manifest's order.
    plugins: Vec<&'static PluginInfo>,
    /// A `Vec<Plugin<I>>` for each interface that was requested.
    slots: Mutex<HashMap<TypeId, &'static (dyn Any + Send + Sync)>>,
}

/// Every file that this process has loaded, with the result.
static LOADED: Mutex<Vec<&'static Opened>> = Mutex::new(Vec::new());

struct Opened {
    path: PathBuf,
    identity: Identity,
    /// The bytes that were loaded.
    copy: Option<File>,
    /// The libraries that were loaded with it, from beside it.
    siblings: Vec<PathBuf>,
    library: Result<&'static Library, Refusal>,
}

impl Library {
    /// Loads a library, or returns it if it is already loaded.
    ///
    /// # Errors
    ///
    /// If the library cannot be used. Almost every reason is found in the file, before any code of the library runs.
    ///
    /// # Safety
    ///
    /// The contract is that of [`Package::new`](crate::Package::new), for this file. In addition, the caller guarantees that
    /// the file is complete: this does not wait for a file that is still being written. The hooks of packages are not called.
    pub unsafe fn load(path: &Path) -> Result<&'static Self, Refusal> {
        // SAFETY: the caller guarantees it.
        unsafe { load(path, None, &mut []) }
    }

    /// Returns the path that the library was loaded from, with all links resolved.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the manifest in the library's file.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Iterates over the metadata of the library's plugins, in the order of the manifest.
    pub fn infos(&self) -> impl Iterator<Item = &'static PluginInfo> {
        self.plugins.iter().copied()
    }

    /// Returns the plugins that provide the interface `I`, in the order of the manifest.
    ///
    /// A plugin that was compiled against another version of the interface is left out; [`Offered::check`] gives the
    /// difference.
    ///
    /// [`Offered::check`]: crate::Offered::check
    #[must_use]
    pub fn plugins<I: ?Sized + Interface>(&self) -> &'static [Plugin<I>] {
        let of_interface = || -> Vec<Plugin<I>> {
            let plugins = self.plugins.iter();
            plugins.filter_map(|info| info.query()).collect()
        };
        let mut slots = lock(&self.slots);
        let slot = slots
            .entry(TypeId::of::<I>())
            .or_insert_with(|| Box::leak(Box::new(of_interface())));
        slot.downcast_ref::<Vec<Plugin<I>>>()
            .map_or(&[], Vec::as_slice)
    }
}

/// Loads a library, or returns it if it is loaded.
///
/// The system loads a private copy, which cannot change between the check and the load. No code of the library runs before all
/// checks have passed and the hooks, which are called last, have allowed it. `expected` is the state and the manifest that the
/// file had when its directory was searched.
///
/// # Safety
///
/// The contract is that of [`Package::new`](crate::Package::new), for this file.
pub(crate) unsafe fn load(
    path: &Path,
    expected: Option<(Identity, &Manifest)>,
    hooks: &mut [Hook],
) -> Result<&'static Library, Refusal> {
    let path = fs::canonicalize(path).map_err(Refusal::unreadable)?;
    let (file, identity) = file::open(&path)?;
    if expected.is_some_and(|(seen, _)| seen != identity) {
        return Err(Refusal::ChangedDuringLoad);
    }
    let before = opened(&lock(&LOADED), &path, &identity)?;
    if let Some(before) = before {
        return before.library(hooks);
    }
    // The copy must have the same manifest. Without an expected one, the manifest is read before the file, which may be long, is
    // copied.
    let manifest = match expected {
        Some((_, said)) => said.clone(),
        None => Manifest::read(&file)?,
    };
    manifest.fingerprint.check_for_host()?;
    let mut private = Copy::new(&file, &path, identity.size)?;
    let is_whole = file::identity(&file).is_ok_and(|now| now == identity);
    let is_same = || Manifest::read(private.file()).is_ok_and(|said| said == manifest);
    if !(is_whole && is_same()) {
        return Err(Refusal::ChangedDuringLoad);
    }
    let siblings = siblings(&private, &path)?;
    let candidate = Candidate {
        path: &path,
        manifest: &manifest,
        file: private.file(),
        siblings: &siblings,
    };
    // `LOADED` is not locked here: a hook may take its time, and load other libraries.
    candidate.ask(hooks)?;
    // One library at a time in the whole process: two threads may have found the same file.
    let mut loaded = lock(&LOADED);
    if let Some(before) = opened(&loaded, &path, &identity)? {
        drop(loaded);
        return before.library(hooks);
    }
    // SAFETY: the caller guarantees it for all code that this runs.
    let mut handle = unsafe { open(&private, &siblings, &path) };
    if private.is_in_memory() && handle.as_ref().is_err_and(is_forbidden) {
        // A copy of the bytes that were checked, even if the file has changed.
        private = Copy::on_disk(private.file(), &path, identity.size)?;
        // SAFETY: as above.
        handle = unsafe { open(&private, &siblings, &path) };
    }
    let handle = handle?;
    // From here on, the library is in the process, even if it is refused.
    let copy = private.leave();
    // SAFETY: the fingerprint in its manifest is this program's.
    let library = unsafe { greet(handle, &path) }
        .and_then(|plugins| Library::new(&path, &manifest, plugins))
        .map(|library| &*Box::leak(Box::new(library)));
    loaded.push(Box::leak(Box::new(Opened {
        path,
        identity,
        copy,
        siblings,
        library: library.clone(),
    })));
    library
}

/// The result for a file that was loaded before, by this name or another one.
fn opened(
    loaded: &[&'static Opened],
    path: &Path,
    identity: &Identity,
) -> Result<Option<&'static Opened>, Refusal> {
    for before in loaded {
        // Compared as strings, since both have no links: comparing components takes ten times as long.
        if before.path.as_os_str() == path.as_os_str() {
            return if before.identity.has_content_of(identity) {
                Ok(Some(before))
            } else {
                Err(Refusal::Stale)
            };
        }
        // The same file by another name. A new file may have the inode of a removed one, but not its times.
        if before.identity == *identity {
            return Ok(Some(before));
        }
    }
    Ok(None)
}

impl Opened {
    /// The library, if these hooks also allow it: another package may have loaded it.
    fn library(&self, hooks: &mut [Hook]) -> Result<&'static Library, Refusal> {
        let library = self.library.clone()?;
        if hooks.is_empty() {
            return Ok(library);
        }
        let Some(file) = &self.copy else {
            let reason = "this process has already loaded it, and has kept no copy to check";
            let reason = reason.to_owned();
            return Err(Refusal::Denied { reason });
        };
        let candidate = Candidate {
            path: &self.path,
            manifest: &library.manifest,
            file,
            siblings: &self.siblings,
        };
        candidate.ask(hooks)?;
        Ok(library)
    }
}

/// The libraries that the library at `path` finds beside itself.
fn siblings(library: &Copy, path: &Path) -> Result<Vec<PathBuf>, Refusal> {
    #[cfg(all(unix, not(target_vendor = "apple")))]
    if let Some(directory) = path.parent() {
        return super::siblings::siblings(library.file(), directory);
    }
    let _ = (library, path);
    Ok(Vec::new())
}

/// Whether the system does not execute files at the place of the copy.
fn is_forbidden(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::Open { error } if error.contains("failed to map segment"))
}

/// Loads the copy of the library at `path`, after the libraries that it needs from beside it.
///
/// # Safety
///
/// All code that runs when the libraries are loaded must be sound.
unsafe fn open(copy: &Copy, siblings: &[PathBuf], path: &Path) -> Result<&'static Handle, Refusal> {
    let open = |file: &Path| {
        // SAFETY: the caller guarantees it.
        unsafe { open_file(file) }.map_err(|error| {
            // The message is in the source of the error, with the path of the copy, which means nothing to a user.
            let text = error.source().unwrap_or(&error).to_string();
            let [copied, known] = [copy.path(), path].map(|path| path.display().to_string());
            let error = text.replace(&copied, &known);
            Refusal::Open { error }
        })
    };
    for sibling in siblings {
        open(sibling)?;
    }
    open(copy.path())
}

#[cfg(unix)]
type Handle = libloading::os::unix::Library;
#[cfg(windows)]
type Handle = libloading::os::windows::Library;

/// # Safety
///
/// All code that runs when the library is loaded must be sound.
#[cfg(unix)]
unsafe fn open_file(path: &Path) -> Result<&'static Handle, libloading::Error> {
    use libloading::os::unix::{RTLD_LOCAL, RTLD_NOW};

    // SAFETY: the caller guarantees it.
    let handle = unsafe { Handle::open(Some(path), RTLD_NOW | RTLD_LOCAL) }?;
    Ok(Box::leak(Box::new(handle)))
}

/// # Safety
///
/// All code that runs when the library is loaded must be sound.
#[cfg(windows)]
unsafe fn open_file(path: &Path) -> Result<&'static Handle, libloading::Error> {
    // SAFETY: the caller guarantees it.
    let handle = unsafe { Handle::new(path) }?;
    Ok(Box::leak(Box::new(handle)))
}

/// The answer of a loaded library to the handshake.
struct Greeted {
    header: &'static [u8],
    plugins: Vec<Introduced>,
}

/// Gives the library this program's allocator, and gets its plugins.
///
/// # Safety
///
/// The library must have this program's fingerprint, and the entry function of `dropin!()`.
unsafe fn greet(library: &'static Handle, path: &Path) -> Result<Greeted, Refusal> {
    // SAFETY: the ABI is part of the fingerprint, so the entry function has this type.
    let entry = unsafe { library.get::<extern "C" fn(&mut Handshake)>(ENTRY.as_bytes()) };
    let entry = entry.map_err(|_| Refusal::NoEntry)?;
    let mut handshake = Handshake::of_this_program(path.display().to_string());
    entry(&mut handshake);
    match handshake.outcome() {
        Outcome::Offered { header, plugins } => Ok(Greeted { header, plugins }),
        Outcome::Allocated(count) => Err(Refusal::AllocatedBeforeHandshake { count }),
        Outcome::OtherHost => Err(Refusal::OtherHost),
        Outcome::Panicked(message) => Err(Refusal::EntryPanicked { message }),
        Outcome::Unanswered => Err(Refusal::NoEntry),
    }
}

impl Debug for Library {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Library")
            .field("path", &self.path)
            .field("plugins", &ids(self.manifest.plugins.iter()))
            .finish_non_exhaustive()
    }
}

impl Library {
    /// Fails if the library has other plugins than its file declares.
    fn new(path: &Path, manifest: &Manifest, greeted: Greeted) -> Result<Self, Refusal> {
        let registered: Vec<Option<Offer>> = greeted
            .plugins
            .iter()
            .map(|plugin| Offer::of_record(plugin.record()).ok())
            .collect();
        let mismatch = || Refusal::ManifestMismatch {
            declared: ids(manifest.plugins.iter()),
            registered: ids(registered.iter().flatten()),
        };
        let header = Manifest::of_records(greeted.header).map_err(|_| mismatch())?;
        let of_file = (&manifest.fingerprint, &manifest.package, &manifest.version);
        if (&header.fingerprint, &header.package, &header.version) != of_file
            || registered.len() != manifest.plugins.len()
        {
            return Err(mismatch());
        }
        // The linker may have ordered the records differently.
        let mut plugins = Vec::new();
        let mut taken = vec![false; registered.len()];
        for offer in &manifest.plugins {
            let index = (0..registered.len())
                .find(|&index| !taken[index] && registered[index].as_ref() == Some(offer))
                .ok_or_else(mismatch)?;
            taken[index] = true;
            plugins.push((offer, &greeted.plugins[index]));
        }
        let complete = |(offer, plugin): &(&Offer, &Introduced)| {
            plugin.objects().len() == offer.interfaces.len()
                && plugin.interfaces().len() == offer.interfaces.len()
        };
        if !plugins.iter().all(complete) {
            return Err(mismatch());
        }
        Ok(Self {
            path: path.to_owned(),
            manifest: manifest.clone(),
            plugins: plugins
                .into_iter()
                .map(|(offer, plugin)| known(offer, plugin))
                .collect(),
            slots: Mutex::default(),
        })
    }
}

/// The metadata of a plugin of a loaded library.
fn known(offer: &Offer, plugin: &Introduced) -> &'static PluginInfo {
    let offered = offer.interfaces.iter();
    let own: Vec<_> = offered
        .map(|offered| own_interface(offered.token))
        .collect();
    let interfaces = own.iter().zip(plugin.interfaces());
    let interfaces = interfaces.map(|(own, of_library)| own.unwrap_or(of_library));
    let objects = own.iter().zip(plugin.objects());
    let objects = objects.filter_map(|(own, guarded)| {
        // SAFETY: the entry of `dropin!()` returns the objects of the plugin in the order of its record, which has been
        // compared. They are statics of a library that is never unloaded, and whose fingerprint has been checked.
        own.map(|interface| unsafe { Object::new(interface, *guarded) })
    });
    let objects: Vec<_> = objects.collect();
    info(offer, plugin.type_name(), interfaces.collect(), &objects)
}

/// The metadata of a plugin whose library is not loaded: without objects and without a type name.
pub(crate) fn sketch(offer: &Offer) -> &'static PluginInfo {
    let offered = offer.interfaces.iter();
    let interfaces = offered.filter_map(|offered| own_interface(offered.token));
    info(offer, "", interfaces.collect(), &[])
}

fn info(
    offer: &Offer,
    type_name: &'static str,
    interfaces: Vec<&'static InterfaceInfo>,
    objects: &[Object],
) -> &'static PluginInfo {
    let Offer {
        name,
        id,
        package,
        version,
        module_path,
        docs,
        file,
        line,
        priority,
        ..
    } = offer;
    // In the order of `Text` in plugin-core.
    let line = line.to_string();
    let text = [name, package, version, file, &line, module_path, id, docs].map(String::as_str);
    let tags = offer.tags.iter().map(|(key, value)| -> Tag {
        let [key, value] = [key, value].map(|text| &*text.clone().leak());
        tag(key, value)
    });
    foreign(
        &text.join("\0"),
        *priority,
        type_name,
        tags.collect::<Vec<_>>().leak(),
        interfaces.leak(),
        objects,
    )
}

/// The interface of this program that has the token.
fn own_interface(token: u128) -> Option<&'static InterfaceInfo> {
    let (info, _) = interfaces().find(|(_, own)| own.token == token)?;
    Some(info)
}

fn ids<'a>(offers: impl Iterator<Item = &'a Offer>) -> Vec<String> {
    offers.map(|offer| offer.id.clone()).collect()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // The data are only added to, so a panic leaves them consistent.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
