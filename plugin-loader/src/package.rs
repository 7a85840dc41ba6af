//! A package of plugins: those of the program, and those in directories.

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

/// A package of plugins: those that are linked into the program, and those in libraries that lie in
/// its directories.
///
/// Its name says where the directories are, as that of a module would: those of `matsim.plugins`
/// are `matsim/plugins` under each root. Roots and directories that do not exist are skipped, and
/// looked for again by each [`poll`](Self::poll).
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
/// # What it looks at, and when
///
/// The first question makes it look; from then on it answers from what it knows, until
/// [`poll`](Self::poll) looks again. To look is to list the directories, to ask for the status of each
/// library, and to read those that the [cache](#the-cache) does not know. A file that was written in the last two seconds
/// is not used yet; see [`next_poll`](Self::next_poll). A library is loaded
/// when somebody asks for an interface that it offers, and only then; it is never unloaded, so that its
/// plugins are `'static` indeed.
///
/// # Which files count
///
/// Regular files, or links to such, with the platform's suffix (`.so`, `.dylib`, `.dll`). Of two
/// files of one name the one in the earlier directory counts, whether or not it can be used. A
/// file that can be reached by two names is loaded once. A directory with a file
/// [`dropin.package`](crate::MARKER) in it is an installed copy of the whole package: of several, the
/// first one counts. [`report`](Self::report) names whatever does not count.
///
/// Of two versions of a plugin, by the versions of the libraries' packages, the newest counts.
///
/// A file that everybody or some group can write to, or that belongs to some other user, is refused, and so is
/// everything in such a directory; see [`trusting_everybody`](Self::trusting_everybody).
///
/// # The cache
///
/// What libraries say of themselves is kept in a file `<package>/dropins-<hash of the directory>` below
/// `$XDG_CACHE_HOME`, or where the platform has its caches; or else in `dropin.cache` in the
/// directory itself, where an administrator has made one with `dropin refresh`. It makes the first
/// look faster, and changes nothing else: one that is missing, damaged, or not to be written is no
/// error, and a library is read again before it is loaded.
///
/// # Threads
///
/// All methods take `&self`. One thread at a time loads libraries; another one waits for it only if it needs a library that
/// is not loaded yet. What a [hook](Self::allow), or a library that is being loaded, asks of the package meanwhile is answered
/// without such libraries. While a library is being loaded, its code must not have another package, or
/// [`Library::load`](crate::Library::load), load anything: it would wait for itself.
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
    /// The package of this name, under these roots.
    ///
    /// # Panics
    ///
    /// Where the name is not one or more identifiers with dots between them.
    ///
    /// # Safety
    ///
    /// To load a library is to run its code in this process. Before that, a private copy of it is checked: it was compiled
    /// by the same compiler, for the same target, with the same strategy for panics and the same flags that change how data
    /// lie in memory, and the interfaces that it offers have the tokens that they have in this program; see [`Refusal`].
    /// The caller promises what no check can show:
    ///
    /// - **Writers.** Only users that are trusted with all that this process may do can write below these roots, or to the
    ///   directories above them. The checks of owners and permissions find mistakes, and are no boundary. What a library
    ///   loads in turn, beside it or from the system, is not checked at all. If a [hook](Self::allow) allows only what is signed,
    ///   the promise is about the owners of the keys instead.
    /// - **Code.** Every drop-in there, and every crate in it, has sound `unsafe` code.
    /// - **Layouts.** It is checked that each interface has the same members, and that each type which they reach has the
    ///   same [shape](trait@plugin_core::Shape), or comes from the same build of a crate that is named as foreign. What
    ///   lies behind `*const ()`, `*const c_void`, or a number is not seen; nor whether a type that implements `Shape` by
    ///   hand says what is true; nor a change to a foreign crate from a registry that has left its version alone.
    /// - **Meanings.** A type with the same name, fields, and package version means the same on both sides: methods of the
    ///   type run in the program and in the library, each with its own code, on the same value.
    /// - **Statics.** Each library has its own copy of each static and thread-local variable of each crate. No `unsafe` code
    ///   in it or in this program relies on there being one: a lock that guards something outside of the process, or an
    ///   "is initialized" flag of a C library.
    /// - **C libraries.** A library of C that both sides are linked to is in the process once. It is of a version that suits
    ///   both.
    /// - **Start.** What runs while a library is loaded, such as `#[ctor]` or a constructor of C++, is sound at any time, on
    ///   any thread. It allocates nothing with Rust's allocator that it keeps.
    /// - **Processors.** The processor has the features that the library was compiled for, as it has those of the program:
    ///   `target-cpu=native` is compared as a word.
    ///
    /// Nothing is promised of time: files may change, come, and go at any moment.
    pub unsafe fn new<R: Into<PathBuf>>(name: &str, roots: impl IntoIterator<Item = R>) -> Self {
        let roots = roots.into_iter().map(Into::into);
        Self::search(name, roots.map(|root: PathBuf| below(&root, name)))
    }

    /// The package of this name, in these very directories.
    ///
    /// # Panics
    ///
    /// As [`new`](Self::new).
    ///
    /// # Safety
    ///
    /// As [`new`](Self::new), of these directories.
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

    /// Searches the roots in an environment variable first: a list, as in `PATH`.
    ///
    /// So a plugin can be tried where it is built. The promise of [`new`](Self::new) is then the
    /// user's, who sets the variable: in a process with raised privileges, where that is somebody
    /// else, these roots do not count, and [`report`](Self::report) says so.
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

    /// Keeps the cache of each directory in this one, which is made where it does not exist.
    #[must_use]
    pub fn cache_in(self, directory: impl Into<PathBuf>) -> Self {
        self.with_place(Place::Directory(absolute(directory.into())))
    }

    /// Reads and writes no cache: each process reads every library once.
    #[must_use]
    pub fn without_cache(self) -> Self {
        self.with_place(Place::Nowhere)
    }

    fn with_place(mut self, place: Place) -> Self {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        state.search.place = place;
        self
    }

    /// Uses what everybody can write to, and what belongs to other users, too.
    ///
    /// This check catches mistakes; it is not a security boundary. [`allow`](Self::allow) is where you decide what may run.
    #[must_use]
    pub fn trusting_everybody(mut self) -> Self {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        state.search.trust = Trust::Everybody;
        self
    }

    /// Asks a hook before a library is loaded: it allows the library, or denies it and says why.
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
    /// The hook is asked last, when all other checks have passed, and before any code of the library runs. It sees the
    /// library's [path](Candidate::path), its [manifest](Candidate::manifest), and the [bytes](Candidate::reader) that are
    /// loaded, in the private copy, which nobody can change any more. Of several hooks, all must allow.
    /// With the feature `signed`, `signed(keys)` is a hook that verifies signatures.
    ///
    /// A library that is denied is not used: it is a [`Refusal::Denied`] in [`report`](Self::report) and in the errors of
    /// [`find`](Self::find), and an [event](Event::Refused) of the next [`poll`](Self::poll). Of several versions of a plugin, the newest one
    /// that is allowed counts.
    ///
    /// The hook is asked once for each state of a file, and its answer is kept in this process, and in no cache: call
    /// [`retry`](Self::retry) if it would answer otherwise. It is not asked for libraries that nobody needs; it is asked for one
    /// that another package, or [`Library::load`](crate::Library::load), has loaded already, and then decides for this package alone.
    ///
    /// The hook runs on the thread that asks for plugins, and other threads that need a library wait for its answer. So let
    /// it not wait for them, nor for a user: deny, show the reason, and `retry`. It may use this package. An answer that it gets
    /// then is without the libraries that are not loaded yet.
    ///
    /// # Panics
    ///
    /// If the hook panics, so does the method that has asked it. The library is not loaded, and the next question asks the
    /// hook again.
    #[must_use]
    pub fn allow(
        mut self,
        hook: impl FnMut(&Candidate<'_>) -> Result<(), Denial> + Send + 'static,
    ) -> Self {
        self.loader.add(Box::new(hook));
        self
    }

    /// The directories that are searched, in this order; they need not exist.
    ///
    /// Second copies of the package are left out; see [`MARKER`](crate::MARKER).
    #[must_use]
    pub fn directories(&self) -> Vec<PathBuf> {
        let mut state = self.lock();
        state.look_once();
        state.search.directories()
    }

    /// Every plugin of the interface `I` that this package has.
    ///
    /// First those that are linked into the program, in the order of
    /// [`sorted`](plugin_core::Slot::sorted). Then those of the libraries, by directory, by file name, and
    /// in the order that the library declares. The order does not depend on what happened
    /// before. A plugin that is there twice, by id, package, and version, comes once: the first one.
    ///
    /// Loads the libraries that offer the interface and have not been loaded. One that cannot be loaded
    /// is left out, and [`report`](Self::report) says why. It is tried again if its file changes, after a
    /// [`poll`](Self::poll) if the reason may have passed, and after a [`retry`](Self::retry). The second call for an interface walks a list.
    #[doc(alias = "getPlugins")]
    pub fn plugins<I: ?Sized + Interface>(&self) -> Plugins<I> {
        let plugins = self.ask(State::plugins::<I>).0;
        Plugins { plugins, next: 0 }
    }

    /// The plugin with this name, with this id, or with the text that [`text_of`](Self::text_of) gives for it.
    ///
    /// This loads the library that has the plugin, and no other one: the names of the others are known from their files. If
    /// several libraries have the name, all of these are loaded, since one that cannot be loaded does not count. The first call after the directories have changed, or a library was loaded, makes an index of them.
    ///
    /// # Errors
    ///
    /// If there is no such plugin, with the names that there are and the files that are not used; if several
    /// plugins have the name, with the text that finds each of them.
    pub fn find<I: ?Sized + Interface>(&self, name: &str) -> Result<&'static Plugin<I>, FindError> {
        let (found, mut state) = self.ask(|state| state.find::<I>(name));
        found.ok_or_else(|| state.not_found::<I>(name))
    }

    /// The text by which [`find`](Self::find) finds this plugin, and no other: what to show in a list to choose
    /// from.
    ///
    /// It is made as [`Slot::text_of`](plugin_core::Slot::text_of) makes it, but among all plugins of the package.
    /// So it may change if libraries come and go: a second library with a plugin `steel` makes the name of the
    /// first one ambiguous.
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
    /// Three searches at most, and the index that `find` makes.
    pub fn text_of<I: ?Sized + Interface>(&self, info: &'static PluginInfo) -> String {
        let state = &mut *self.lock();
        state.refresh();
        state.names_of::<I>().text_of(info).to_owned()
    }

    /// Looks at the directories again, and says what has happened since the last poll.
    ///
    /// If the first look is that of a poll, it finds everything new. Where nothing has happened this costs one status
    /// of each directory and of each file. Nothing is loaded.
    ///
    /// A file that somebody may be writing is neither used nor refused before it stands still: for two seconds after it
    /// was written. [`next_poll`](Self::next_poll) says when to poll again. What the system has refused
    /// is tried again: another library that was missing may have been installed. What turns out when a library is to be loaded,
    /// a denial for example, is told by the next poll.
    ///
    /// Each event is told to one caller of this: where several parts of a program want to know, each has
    /// [`changes`](Self::changes) of its own.
    pub fn poll(&self) -> Vec<Event> {
        let state = &mut *self.lock();
        state.poll();
        let seen = state.seen();
        events(&mut state.told, seen)
    }

    /// Has everything tried again that is not used, whatever the reason was, as soon as somebody asks for it.
    ///
    /// [`poll`](Self::poll) does that by itself where a reason may pass: too many open files, no memory, a full disk, a
    /// library that is missing. It waits a second, and does not try what a [hook](Self::allow) has denied. So call this if
    /// the hook would answer otherwise now, if a library has been signed since, or if a user has asked for it:
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
    ///         Err("nobody has said yet that it may run".into())
    ///     }
    /// });
    /// // The user looks at the report, and then clicks.
    /// TRUSTED.lock().unwrap().push("glass".to_owned());
    /// package.retry();
    /// ```
    ///
    /// It looks at the directories again, as `poll` does; the events of that are for the next `poll`. A library whose code is
    /// in the process stays as it is, be it in use or not.
    pub fn retry(&self) {
        let state = &mut *self.lock();
        state.loaded.forgive_all();
        state.search.look_again();
        state.look();
    }

    /// What happens from now on, for one part of a program: no other one takes an event away.
    ///
    /// With the feature `watch`, `Package::watch` waits for them.
    pub fn changes(&self) -> Changes<'_> {
        let mut state = self.lock();
        state.look_once();
        Changes {
            package: self,
            told: state.seen(),
        }
    }

    /// When to [`poll`](Self::poll) again although nothing happens: a file may be whole by then.
    ///
    /// `None` where that is not needed. It costs nothing, and looks at nothing.
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

    /// Each file that is not used, and each part of a library that is not, with the reason.
    ///
    /// In the order of the directories and the files. What comes out only when a library is loaded
    /// is there once that has been tried.
    pub fn report(&self) -> Vec<Unused> {
        self.lock().report().to_vec()
    }

    /// The directories that are searched, and what is in each: for a message that there is nothing.
    ///
    /// Unlike [`report`](Self::report) it names directories that do not exist, and what nearly is a library.
    /// It lists each directory, and the directories in it.
    pub fn searched(&self) -> Vec<Searched> {
        self.lock().searched()
    }

    /// The libraries that can be used, with what they say of themselves, in order.
    ///
    /// Nothing is loaded. A library that has changed since it was loaded is not among them, nor one that has been denied, or
    /// cannot be loaded.
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

/// What happens in a package's directories; see [`Package::changes`].
#[derive(Debug)]
pub struct Changes<'a> {
    package: &'a Package,
    told: Arc<Vec<File>>,
}

impl Changes<'_> {
    /// Looks at the directories again, as [`Package::poll`] does, and says what has happened since the last time.
    pub fn poll(&mut self) -> Vec<Event> {
        let mut state = self.package.lock();
        state.poll();
        events(&mut self.told, state.seen())
    }
}

/// Every plugin of one interface; see [`Package::plugins`].
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
