//! `Package`: the plugins that are linked into the program, and those in its drop-in directories.

pub(crate) mod error;
mod install;
mod loaded;
mod loader;
mod names;
mod parts;
#[cfg(test)]
mod tests;
#[cfg(feature = "watch")]
pub(crate) mod watch;

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::env;
use std::fmt::{self, Debug};
use std::mem;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use plugin_core::{Interface, InterfaceInfo, Plugin, PluginInfo, slot};

use self::error::FindError;
use self::loaded::Loaded;
use self::loader::Loader;
use self::names::{Named, Names, Source};
use self::parts::Parts;
use crate::library::candidate::{Candidate, Denial};
use crate::library::file::{self, Trust};
use crate::library::manifest::Manifest;
use crate::library::refusal::Refusal;
use crate::look::Search;
use crate::look::cache::Place;
use crate::look::difference::{self, Event};
use crate::look::searched::Searched;
use crate::look::standing::File;
use crate::look::unused::Unused;

/// The plugins of a program: those linked into it, and those of the libraries in its drop-in directories.
///
/// The name of a package gives the directories, like the path of a module: the directories of `matsim.plugins` are
/// `matsim/plugins` under each root. A root or a directory that does not exist is skipped; each [`poll`](Self::poll)
/// looks for it again.
///
/// ```
/// # mod demo {
/// # #[plugin_core::interface]
/// # pub trait IMaterial { fn yield_stress(&self, temperature: f64) -> f64; }
/// # }
/// # use demo::*;
/// # fn main() {
/// use plugin_loader::Package;
///
/// // SAFETY: only the administrator and this user can write below these directories.
/// let package = unsafe { Package::new("matsim.plugins", ["/usr/lib", "/usr/local/lib"]) };
/// for material in package.plugins::<dyn IMaterial>() {
///     println!("{}: {}", material.info.name(), material.yield_stress(500.0));
/// }
/// for unused in package.report() {
///     eprintln!("{unused}");
/// }
/// # }
/// ```
///
/// # When the directories are searched
///
/// The first call that needs plugins searches the directories. Later calls answer from the result of that search, until
/// [`poll`](Self::poll) searches again. A search lists the directories, asks for the status of each library, and reads
/// the libraries that are not in the [cache](#the-cache). A file that was written in the last two seconds is not used yet;
/// see [`next_poll`](Self::next_poll).
///
/// A library is loaded when the program asks for the plugins of an interface that the library provides, or for one of its
/// plugins by name, and not before. It is never unloaded, so its plugins are `'static`.
///
/// # Which files are used
///
/// A package uses regular files, and links to regular files, with the platform's suffix (`.so`, `.dylib`, or `.dll`).
///
/// - If two directories have a file of the same name, the file in the earlier directory hides the other one, whether or
///   not it can be used.
/// - A file with two names is loaded once.
/// - A directory that contains a file [`dropin.package`](crate::MARKER) is an installed copy of the whole package. Of
///   several copies, only the first is searched.
/// - If two libraries have a plugin in different versions, the newest version is used. The version is that of the
///   library's Cargo package.
/// - A file is refused if everybody or a group can write to it, or if it belongs to another user. If this is true of a
///   directory, every file in it is refused. See [`trusting_everybody`](Self::trusting_everybody).
///
/// [`report`](Self::report) lists the files that are not used, each with the reason.
///
/// # The cache
///
/// A package keeps the descriptions of libraries in a file `<package>/dropins-<hash of the directory>` below
/// `$XDG_CACHE_HOME`, or in the platform's directory for caches. If an administrator has written `dropin.cache` into the
/// directory with `dropin refresh`, that file is used instead. The cache makes the first search faster and changes nothing
/// else: a missing, damaged, or read-only cache is not an error, and each library is read again before it is loaded.
///
/// # Threads
///
/// All methods take `&self`. One thread at a time loads libraries; another thread waits for it only if it needs a library
/// that is not loaded yet. A [hook](Self::allow), or the code of a library that is being loaded, may call the package
/// meanwhile; it gets an answer without the libraries that are not loaded yet. While a library is being loaded, its code
/// must not load anything through another package or through [`Library::load`](crate::Library::load): that is a
/// deadlock.
#[doc(alias = "PluginManager")]
#[doc(alias = "PluginRegistry")]
pub struct Package {
    state: Mutex<State>,
    loader: Loader,
}

struct State {
    search: Search,
    loaded: Loaded,
    /// What the answers and the report are about: the versions of what was seen, and of what was loaded.
    versions: (u64, u64),
    /// For each interface that was asked for, an `Arc<[&Plugin<I>]>`.
    answers: HashMap<TypeId, Box<dyn Any + Send + Sync>>,
    /// By the address of the interface.
    names: HashMap<usize, Arc<Names>>,
    report: Option<Arc<[Unused]>>,
    /// What [`Package::poll`] has told of.
    told: Arc<Vec<File>>,
}

impl Package {
    /// Creates the package of this name, with a directory under each of these roots.
    ///
    /// Nothing is read yet: the first call that needs plugins searches the directories.
    ///
    /// # Panics
    ///
    /// If the name is not one or more identifiers separated by dots.
    ///
    /// # Safety
    ///
    /// Loading a library runs its code in this process. Before that, the loader checks a private copy of the library: the
    /// library was built by the same compiler, for the same target, with the same panic strategy and the same flags that
    /// affect memory layout, and the interfaces that it provides have the same tokens as in this program; see [`Refusal`].
    /// The caller must guarantee what no check can show:
    ///
    /// - **Writers.** Only users who are trusted with everything that this process may do can write below these roots, or
    ///   to the directories above them. The checks of owners and permissions catch mistakes; they are not a security
    ///   boundary. The libraries that a drop-in loads in turn, from beside it or from the system, are not checked at all.
    ///   If a [hook](Self::allow) allows only signed libraries, this guarantee is about the owners of the keys instead.
    /// - **Code.** Every drop-in in these directories, and every crate in it, has sound `unsafe` code.
    /// - **Layouts.** The loader checks that each interface has the same members, and that each type reached through them
    ///   has the same [shape](trait@plugin_core::Shape), or comes from the same build of a crate that is named as foreign.
    ///   It cannot see what is behind `*const ()`, `*const c_void`, or a number. It cannot see whether a hand-written
    ///   implementation of `Shape` is true, nor a change to a foreign crate from a registry that kept its version number.
    /// - **Meanings.** A type with the same name, fields, and package version means the same on both sides. The methods of
    ///   the type run in the program and in the library, each with its own code, on the same value.
    /// - **Statics.** Each library has its own copy of every static and thread-local variable of every crate. No `unsafe`
    ///   code in the library or in this program relies on there being only one, such as a lock that guards something
    ///   outside of the process, or the "is initialized" flag of a C library.
    /// - **C libraries.** A C library that both sides link to is in the process once. Its version suits both.
    /// - **Start.** Code that runs while a library is loaded, such as `#[ctor]` or a C++ constructor, is sound at any time
    ///   and on any thread. It keeps no memory that it allocates with Rust's allocator.
    /// - **Processors.** The processor has the features that the library was compiled for, just as it has those of the
    ///   program: `target-cpu=native` is compared as a word.
    ///
    /// There is no guarantee about time: files may change, appear, and disappear at any moment.
    pub unsafe fn new<R: Into<PathBuf>>(name: &str, roots: impl IntoIterator<Item = R>) -> Self {
        let roots = roots.into_iter().map(Into::into);
        Self::search(name, roots.map(|root: PathBuf| below(&root, name)))
    }

    /// Creates the package of this name with exactly these directories.
    ///
    /// The name is not appended to these paths. It is used for the cache, and by [`development`](Self::development).
    ///
    /// # Panics
    ///
    /// If the name is not one or more identifiers separated by dots.
    ///
    /// # Safety
    ///
    /// The contract is that of [`new`](Self::new), for these directories.
    pub unsafe fn of_directories<D: Into<PathBuf>>(
        name: &str,
        directories: impl IntoIterator<Item = D>,
    ) -> Self {
        Self::search(name, directories.into_iter().map(Into::into))
    }

    fn search(name: &str, directories: impl Iterator<Item = PathBuf>) -> Self {
        let is_identifier = |part: &str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|letter| letter.is_alphanumeric() || "_-".contains(letter))
        };
        assert!(
            name.split('.').all(is_identifier),
            "`{name}` is not the name of a package, such as `matsim.plugins`"
        );
        Self {
            state: Mutex::new(State {
                search: Search::new(name.to_owned(), directories.map(absolute)),
                loaded: Loaded::default(),
                versions: (0, 0),
                answers: HashMap::new(),
                names: HashMap::new(),
                report: None,
                told: Arc::default(),
            }),
            loader: Loader::default(),
        }
    }

    /// Searches the roots listed in an environment variable before the other ones.
    ///
    /// The variable is a list like `PATH`. It lets the author of a plugin try the plugin from the directory in which it is
    /// built. The user who sets the variable then gives the guarantees of [`new`](Self::new). In a process with raised
    /// privileges, that user may be somebody else, so these roots are ignored, and [`report`](Self::report) says so.
    #[must_use]
    pub fn development(mut self, variable: &str) -> Self {
        let search = &mut self
            .state
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
            .search;
        let Some(roots) = env::var_os(variable) else {
            return self;
        };
        let roots = env::split_paths(&roots).filter(|root| !root.as_os_str().is_empty());
        let directories = roots.map(|root| absolute(below(&root, &search.package)));
        let directories: Vec<_> = directories.collect();
        if file::has_raised_privileges() {
            let variable = variable.to_owned();
            search.ignore(directories, &Refusal::Privileged { variable });
        } else {
            search.search_first(directories);
        }
        self
    }

    /// Keeps the caches in this directory, which is created if it does not exist.
    #[must_use]
    pub fn cache_in(self, directory: impl Into<PathBuf>) -> Self {
        self.with_place(Place::Directory(absolute(directory.into())))
    }

    /// Neither reads nor writes a cache.
    ///
    /// Each process then reads every library once.
    #[must_use]
    pub fn without_cache(self) -> Self {
        self.with_place(Place::Nowhere)
    }

    fn with_place(mut self, place: Place) -> Self {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        state.search.place = place;
        self
    }

    /// Also uses files that everybody can write to, and files that belong to other users.
    ///
    /// The check that this turns off catches mistakes; it is not a security boundary. To decide which libraries may run, use
    /// [`allow`](Self::allow).
    #[must_use]
    pub fn trusting_everybody(mut self) -> Self {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        state.search.trust = Trust::Everybody;
        self
    }

    /// Adds a hook that allows or denies each library before it is loaded.
    ///
    /// ```
    /// # let directory = std::env::temp_dir().join("plugin-loader-of-no-plugins");
    /// use plugin_loader::Package;
    ///
    /// // SAFETY: the directory does not exist.
    /// let package = unsafe { Package::of_directories("matsim", [directory]) };
    /// let package = package.allow(|candidate| match candidate.manifest().package.as_str() {
    ///     "glass" | "ceramics" => Ok(()),
    ///     other => Err(format!("`{other}` is not on the list").into()),
    /// });
    /// ```
    ///
    /// The hook is called after all other checks have passed, and before any code of the library runs. It sees the library's
    /// [path](Candidate::path), its [manifest](Candidate::manifest), and its [bytes](Candidate::reader). The bytes are those
    /// of the private copy that is loaded, which no process can change any more. If a package has several hooks, all of
    /// them must allow the library. With the feature `signed`, `signed(keys)` is a hook that verifies signatures.
    ///
    /// A denied library is not used. It is a [`Refusal::Denied`] in [`report`](Self::report) and in the errors of
    /// [`find`](Self::find), and an [event](Event::Refused) of the next [`poll`](Self::poll). Of several versions of a
    /// plugin, the newest version that the hooks allow is used.
    ///
    /// The hook is called once for each state of a file. The answer is remembered in this process, and never in a cache; call
    /// [`retry`](Self::retry) if the hook would now answer otherwise. The hook is not called for libraries that the program
    /// does not need. It is called for a library that another package or [`Library::load`](crate::Library::load) has
    /// already loaded; the answer then is for this package only.
    ///
    /// The hook runs on the thread that asks for plugins, and other threads that need a library wait for the answer. So a
    /// hook must not wait for such a thread, and should not wait for a user: deny the library, show the reason, and call
    /// `retry` later. A hook may use this package; it gets answers without the libraries that are not loaded yet.
    ///
    /// # Panics
    ///
    /// A panic of the hook leaves the method that called the hook. The library is not loaded, and the next call that needs
    /// it calls the hook again.
    #[must_use]
    #[doc(alias = "filter")]
    #[doc(alias = "hook")]
    pub fn allow(
        mut self,
        hook: impl FnMut(&Candidate<'_>) -> Result<(), Denial> + Send + 'static,
    ) -> Self {
        self.loader.add(Box::new(hook));
        self
    }

    /// Returns the directories of the package, in the order in which they are searched.
    ///
    /// They need not exist. Second copies of the package are left out; see [`MARKER`](crate::MARKER).
    #[must_use]
    #[doc(alias = "pluginPackagePaths")]
    pub fn directories(&self) -> Vec<PathBuf> {
        let mut state = self.lock();
        state.look_once();
        state.search.directories()
    }

    /// Returns every plugin of the interface `I` in this package.
    ///
    /// The plugins that are linked into the program come first, in the order of [`sorted`](plugin_core::Slot::sorted). The
    /// plugins of libraries follow, ordered by directory, then by file name, then as the library declares them. The order
    /// does not depend on earlier calls. If two plugins have the same id, package, and version, only the first is returned.
    ///
    /// This loads the libraries that provide the interface and are not loaded yet. A library that cannot be loaded is left
    /// out, and [`report`](Self::report) says why. It is tried again if its file changes, after a [`poll`](Self::poll) if
    /// the reason may have passed, and after a [`retry`](Self::retry). A second call for the same interface walks a list.
    #[doc(alias = "getPlugins")]
    pub fn plugins<I: ?Sized + Interface>(&self) -> Plugins<I> {
        let plugins = self.ask(State::plugins::<I>).0;
        Plugins { plugins, next: 0 }
    }

    /// Returns the plugin with this name, with this id, or with the text that [`text_of`](Self::text_of) returns for it.
    ///
    /// This loads the library that has the plugin, and no other one: the names of the others are known from their files. If
    /// several libraries have the name, all of them are loaded, since a library that cannot be loaded does not count. The
    /// first call after the directories have changed, or after a library was loaded, builds an index.
    ///
    /// # Errors
    ///
    /// If no plugin has the name; the error lists the names that exist, and the files that are not used. Also if several
    /// plugins have the name; the error then has a text that finds each of them.
    pub fn find<I: ?Sized + Interface>(&self, name: &str) -> Result<&'static Plugin<I>, FindError> {
        let (found, mut state) = self.ask(|state| state.find::<I>(name));
        found.ok_or_else(|| state.not_found::<I>(name))
    }

    /// Returns a text by which [`find`](Self::find) finds this plugin and no other.
    ///
    /// Show this text in a list from which a user chooses. It is made like
    /// [`Slot::text_of`](plugin_core::Slot::text_of), but is unique among all plugins of the package. So it may change when
    /// libraries are added or removed: if a second library has a plugin `steel`, the name no longer finds the first.
    ///
    /// ```
    /// # mod demo {
    /// # #[plugin_core::interface]
    /// # pub trait IMaterial {}
    /// # pub struct Steel;
    /// # impl IMaterial for Steel {}
    /// # #[plugin_core::plugin(IMaterial, name = "steel")]
    /// # pub static STEEL: Steel = Steel;
    /// # }
    /// # use demo::*;
    /// # use plugin_loader::Package;
    /// # fn main() {
    /// # let directory = std::env::temp_dir().join("plugin-loader-of-no-plugins");
    /// // SAFETY: the directory does not exist.
    /// let package = unsafe { Package::of_directories("matsim", [directory]) };
    /// for material in package.plugins::<dyn IMaterial>() {
    ///     let text = package.text_of::<dyn IMaterial>(material.info);
    ///     assert_eq!(text, "steel");
    /// }
    /// # }
    /// ```
    ///
    /// This costs at most three lookups in the index that `find` builds.
    pub fn text_of<I: ?Sized + Interface>(&self, info: &'static PluginInfo) -> String {
        let state = &mut *self.lock();
        state.refresh();
        state.names_of::<I>().text_of(info).to_owned()
    }

    /// Searches the directories again, and returns what has changed since the last poll.
    ///
    /// If no call has searched the directories yet, there is an event for every file. If nothing has changed, a poll costs
    /// one status of each directory and of each file. Nothing is loaded.
    ///
    /// A file that may still be being written is neither used nor refused until two seconds after the last write;
    /// [`next_poll`](Self::next_poll) says when to poll again. Libraries that the system refused to load are tried again,
    /// since a library that they need may have been installed meanwhile. A reason that is found only when a library is to
    /// be loaded, such as a denial, is reported by the next poll.
    ///
    /// Each event is returned to one caller only. If several parts of a program need the events, give each its own
    /// [`changes`](Self::changes).
    #[doc(alias = "reload")]
    #[doc(alias = "rescan")]
    pub fn poll(&self) -> Vec<Event> {
        let state = &mut *self.lock();
        state.poll();
        let seen = state.seen();
        events(&mut state.told, seen)
    }

    /// Makes the package try again every file that is not used, whatever the reason was.
    ///
    /// A library is tried when it is next needed. [`poll`](Self::poll) also tries libraries again, but only after a
    /// second, and only if the reason may have passed: too many open files, no memory, a full disk, or a missing library.
    /// It does not try libraries that a [hook](Self::allow) has denied. So call `retry` if the hook would now answer
    /// otherwise, if a library has been signed meanwhile, or if a user asks for it:
    ///
    /// ```
    /// # let directory = std::env::temp_dir().join("plugin-loader-of-no-plugins");
    /// use std::sync::Mutex;
    ///
    /// static TRUSTED: Mutex<Vec<String>> = Mutex::new(Vec::new());
    ///
    /// // SAFETY: the directory does not exist.
    /// let package = unsafe { plugin_loader::Package::of_directories("matsim", [directory]) };
    /// let package = package.allow(|candidate| {
    ///     if TRUSTED.lock().unwrap().contains(&candidate.manifest().package) {
    ///         Ok(())
    ///     } else {
    ///         Err("you have not agreed to it yet".into())
    ///     }
    /// });
    /// // The user reads the report and agrees.
    /// TRUSTED.lock().unwrap().push("glass".to_owned());
    /// package.retry();
    /// ```
    ///
    /// This searches the directories again, as `poll` does; the next `poll` returns the events. A library whose code is
    /// already in the process stays as it is, whether or not it is used.
    pub fn retry(&self) {
        let state = &mut *self.lock();
        state.loaded.forgive_all();
        state.search.look_again();
        state.look();
    }

    /// Starts following the changes from now on, for one part of a program.
    ///
    /// Each [`Changes`] gets all events, whatever other parts of the program have read. With the feature `watch`,
    /// `Package::watch` waits for changes.
    pub fn changes(&self) -> Changes<'_> {
        let mut state = self.lock();
        state.look_once();
        Changes {
            package: self,
            told: state.seen(),
        }
    }

    /// Returns the time at which to [`poll`](Self::poll) again even if nothing changes.
    ///
    /// By then, a file that was being written may be complete. The result is `None` if no file needs another poll. This
    /// does not look at the directories, and costs next to nothing.
    ///
    /// ```
    /// use std::thread;
    /// use std::time::Instant;
    ///
    /// # let directory = std::env::temp_dir().join("plugin-loader-of-no-plugins");
    /// // SAFETY: the directory does not exist.
    /// let package = unsafe { plugin_loader::Package::of_directories("matsim", [directory]) };
    /// package.poll();
    /// while let Some(time) = package.next_poll() {
    ///     thread::sleep(time.saturating_duration_since(Instant::now()));
    ///     package.poll();
    /// }
    /// ```
    #[must_use]
    pub fn next_poll(&self) -> Option<Instant> {
        let state = self.lock();
        let dues = [state.search.due(), state.loaded.due()];
        Some(Instant::now() + dues.into_iter().flatten().min()?)
    }

    /// Lists the files that are not used, and the unused parts of libraries, each with the reason.
    ///
    /// They are in the order of the directories and of the files. A reason that is found only when a library is loaded is
    /// listed after the first attempt to load it.
    pub fn report(&self) -> Vec<Unused> {
        self.lock().report().to_vec()
    }

    /// Lists the directories that were searched, and what is in each, to explain why no plugin was found.
    ///
    /// Unlike [`report`](Self::report), the result includes directories that do not exist, and entries that look like
    /// libraries, such as `libglass.so.1`. This lists each directory, and the directories in it.
    pub fn searched(&self) -> Vec<Searched> {
        self.lock().searched()
    }

    /// Returns the libraries that can be used, in order, each with its manifest.
    ///
    /// Nothing is loaded. The list leaves out libraries that have changed since they were loaded, that were denied, or that
    /// could not be loaded.
    pub fn libraries(&self) -> Vec<(PathBuf, Manifest)> {
        let mut state = self.lock();
        state.look_once();
        let seen = state.seen();
        let files = seen.iter();
        files
            .filter_map(|file| Some((file.path.clone(), file.standing.manifest()?)))
            .collect()
    }

    /// The answer to a question, once all is loaded that it needs.
    ///
    /// Nothing is locked while a library is loaded, so that hooks can ask, too; they get the answer without what is being
    /// loaded.
    fn ask<T>(&self, mut question: impl FnMut(&mut State) -> T) -> (T, MutexGuard<'_, State>) {
        // Somebody may change a library again and again.
        const MOST: usize = 3;

        let mut state = self.lock();
        let mut changes = 0;
        let mut loading = None;
        loop {
            state.refresh();
            let answer = question(&mut state);
            let wanted = state.loaded.take_wanted();
            if wanted.is_empty() {
                return (answer, state);
            }
            let version = state.search.version();
            drop(state);
            let Some(loading) = &mut loading else {
                loading = self.loader.enter();
                state = self.lock();
                if loading.is_none() {
                    return (answer, state);
                }
                // Another thread may have loaded it meanwhile.
                continue;
            };
            for wanted in wanted {
                let result = loading.load(&wanted);
                self.lock().loaded.keep(wanted, result);
            }
            state = self.lock();
            if changes < MOST && state.reconsider(version) {
                changes += 1;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic leaves nothing half done that matters: what is missing is made again.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The directory of the package under a root.
fn below(root: &Path, name: &str) -> PathBuf {
    let mut path = root.to_owned();
    path.extend(name.split('.'));
    path
}

fn absolute(path: PathBuf) -> PathBuf {
    // It fails where the path is empty, or there is no current directory.
    std::path::absolute(&path).unwrap_or(path)
}

/// What is different from what has been told; then that has been told.
fn events(told: &mut Arc<Vec<File>>, now: Arc<Vec<File>>) -> Vec<Event> {
    if Arc::ptr_eq(told, &now) {
        return Vec::new();
    }
    let before = mem::replace(told, now);
    difference::events(&before, told)
}

impl Debug for Package {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        formatter
            .debug_struct("Package")
            .field("name", &state.search.package)
            .field("directories", &state.search.directories())
            .finish_non_exhaustive()
    }
}

impl State {
    fn look(&mut self) {
        self.search.look(&self.loaded);
    }

    fn look_once(&mut self) {
        if !self.search.has_looked() {
            self.look();
            self.told = Arc::clone(self.search.files());
        }
    }

    /// What there is, as far as it is known.
    fn seen(&self) -> Arc<Vec<File>> {
        self.loaded.seen(self.search.files())
    }

    /// Looks again, and at whatever may have passed.
    fn poll(&mut self) {
        self.loaded.forgive();
        self.look();
    }

    /// Forgets the answers to questions about something else than what there is now.
    fn refresh(&mut self) {
        self.look_once();
        let versions = (self.search.version(), self.loaded.version());
        if self.versions != versions {
            self.versions = versions;
            self.answers.clear();
            self.names.clear();
            self.report = None;
        }
    }

    fn plugins<I: ?Sized + Interface>(&mut self) -> Arc<[&'static Plugin<I>]> {
        let id = TypeId::of::<I>();
        if let Some(answer) = self
            .answers
            .get(&id)
            .and_then(|answer| answer.downcast_ref())
        {
            return Arc::clone(answer);
        }
        let names = self.names_of::<I>();
        self.need(names.all());
        let plugins: Arc<[_]> = names.all().iter().filter_map(Named::plugin).collect();
        if !self.loaded.is_incomplete() {
            self.answers.insert(id, Box::new(Arc::clone(&plugins)));
        }
        plugins
    }

    fn find<I: ?Sized + Interface>(&mut self, name: &str) -> Option<&'static Plugin<I>> {
        let names = self.names_of::<I>();
        if let Some(named) = names.find(name) {
            self.need(&[named]);
            return named.plugin();
        }
        // Of several, there may be one that can be loaded.
        self.need(&names.called(name));
        None
    }

    /// Has the libraries of these plugins loaded, if they are not.
    fn need(&mut self, plugins: &[Named]) {
        for named in plugins {
            if let Source::File(place) = named.source {
                self.loaded.want(&self.search.files()[place]);
            }
        }
    }

    fn names_of<I: ?Sized + Interface>(&mut self) -> Arc<Names> {
        let linked = || slot::<I>().sorted().iter().map(|plugin| plugin.info);
        self.names(I::INFO, linked)
    }

    /// What there is for an interface, of which those are linked into the program.
    fn names<L: Iterator<Item = &'static PluginInfo>>(
        &mut self,
        interface: &'static InterfaceInfo,
        linked: impl FnOnce() -> L,
    ) -> Arc<Names> {
        let Self { search, loaded, .. } = self;
        let names = self.names.entry(ptr::from_ref(interface).addr());
        let new = || Arc::new(Names::new(interface, linked(), search.files(), loaded));
        Arc::clone(names.or_insert_with(new))
    }

    fn not_found<I: ?Sized + Interface>(&mut self, name: &str) -> FindError {
        let names = self.names_of::<I>();
        let mut candidates = names.called(name);
        let mut infos = names.infos();
        if let Some(named) = names.find(name) {
            // Its library is being loaded, and this is a question of that library, or of a hook.
            candidates.clear();
            infos.retain(|info| !ptr::eq(*info, named.info));
        }
        let with_text = |named: &Named| (named.info, names.text_of(named.info).to_owned());
        let mut known: Vec<_> = infos.iter().map(|info| info.name()).collect();
        known.sort_unstable();
        known.dedup();
        FindError {
            name: name.to_owned(),
            interface: I::INFO,
            candidates: candidates.iter().map(with_text).collect(),
            searched: match known[..] {
                [] => self.searched().into(),
                _ => Box::default(),
            },
            names: known,
            unused: self.report().to_vec(),
        }
    }

    /// Looks again if a library was not as it had been seen, if another version takes the place of one that cannot be
    /// loaded, or if somebody has looked since `version`, and may not have known what was loaded.
    fn reconsider(&mut self, version: u64) -> bool {
        let changed = self.loaded.take_changed();
        let is_reconsidered = self.loaded.take_reconsidered();
        let is_other = self.search.version() != version;
        if changed.is_empty() && !is_reconsidered && !is_other {
            return false;
        }
        for path in changed {
            self.search.distrust(&path);
        }
        self.search.look_again();
        self.look();
        true
    }

    fn searched(&mut self) -> Vec<Searched> {
        self.look_once();
        let directories = self.search.directories().into_iter();
        directories.map(Searched::new).collect()
    }

    fn report(&mut self) -> Arc<[Unused]> {
        self.refresh();
        if let Some(report) = &self.report {
            return Arc::clone(report);
        }
        let mut parts = Parts::new();
        let mut report = Vec::new();
        for file in self.search.files().iter() {
            let refusal = file
                .standing
                .refusal()
                .or_else(|| self.loaded.failure(file));
            let of_parts = match (refusal, file.standing.manifest()) {
                (None, Some(manifest)) => parts.refusals(&file.path, &manifest),
                _ => Vec::new(),
            };
            let refusals = refusal.into_iter().chain(&of_parts);
            report.extend(refusals.map(|refusal| Unused::new(&file.path, refusal)));
        }
        let report: Arc<[Unused]> = report.into();
        self.report = Some(Arc::clone(&report));
        report
    }
}

/// The changes in a package's directories; [`Package::changes`] returns it.
#[derive(Debug)]
pub struct Changes<'a> {
    package: &'a Package,
    told: Arc<Vec<File>>,
}

impl Changes<'_> {
    /// Searches the directories again, as [`Package::poll`] does, and returns what has changed since the last call.
    pub fn poll(&mut self) -> Vec<Event> {
        let mut state = self.package.lock();
        state.poll();
        events(&mut self.told, state.seen())
    }
}

/// An iterator over every plugin of one interface; [`Package::plugins`] returns it.
#[derive(Debug)]
pub struct Plugins<I: ?Sized + 'static> {
    plugins: Arc<[&'static Plugin<I>]>,
    next: usize,
}

impl<I: ?Sized> Iterator for Plugins<I> {
    type Item = &'static Plugin<I>;

    fn next(&mut self) -> Option<Self::Item> {
        let plugin = self.plugins.get(self.next).copied()?;
        self.next += 1;
        Some(plugin)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.plugins.len() - self.next;
        (left, Some(left))
    }
}

impl<I: ?Sized> ExactSizeIterator for Plugins<I> {}
