#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
// `__private` re-exports what generated code names.
#![allow(unreachable_pub)]
#![expect(
    clippy::zero_ptr,
    reason = "a call would be one for each type that implements `IPlugin`"
)]

#[cfg(feature = "std")]
extern crate std;

mod backend;
#[cfg(feature = "std")]
mod catalog;
#[cfg(feature = "config")]
mod configured;
mod cores;
mod dropin;
#[cfg(feature = "std")]
mod find;
mod hosts;
mod interface;
#[cfg(feature = "std")]
mod interfaces;
#[cfg(feature = "std")]
mod order;
mod origin;
mod plugin;
#[cfg(feature = "std")]
mod reference;
mod slot;
mod way_in;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

#[cfg(feature = "std")]
pub use self::catalog::{Catalog, Finding, Why, assert_linked, catalog, why};
#[cfg(all(feature = "config", feature = "clap"))]
pub use self::configured::ConfiguredParser;
#[cfg(feature = "config")]
#[doc(hidden)]
pub use self::configured::{Boxed, Type};
#[cfg(feature = "config")]
pub use self::configured::{Configurable, Configured, Maker, configurables};
pub use self::dropin::shape::Shape;
#[cfg(feature = "std")]
pub use self::find::{Ambiguous, FindError, NotFound, OnlyError, Tie};
pub use self::interface::{
    Interface, InterfaceInfo, InterfaceKind, Member, MemberKind, Parameter, Tag,
};
pub use self::plugin::Plugin;
pub use self::plugin::info::PluginInfo;
#[cfg(feature = "clap")]
pub use self::reference::PluginParser;
#[cfg(feature = "std")]
pub use self::reference::PluginRef;
pub use self::slot::{Slot, plugins, slot};
#[doc(hidden)]
pub use plugin_macros::{dropin as declare_dropin, link_plugins as declare_links};

/// The root interface: every type that is `Send + Sync + 'static` implements it.
///
/// `plugins::<dyn IPlugin>()` has each plugin that lists `IPlugin`, whatever its other interfaces are. A
/// plugin need not list it.
///
/// ```
/// use plugin_core::{IPlugin, plugin, plugins};
///
/// #[plugin(IPlugin)]
/// static ANYTHING: u32 = 42;
///
/// let mut plugins = plugins::<dyn IPlugin>().iter();
/// assert!(plugins.any(|plugin| plugin.info.downcast_ref() == Some(&42_u32)));
/// ```
// Here, so that its path is `plugin_core::IPlugin`. Linker scripts name its section.
#[cfg_attr(
    target_os = "none",
    plugin_macros::interface(crate = crate, dropin, lazy = false, slot = "PLUGIN_0_1_ROOT")
)]
#[cfg_attr(not(target_os = "none"), plugin_macros::interface(crate = crate, dropin, lazy = false))]
pub trait IPlugin {}

impl<T: Send + Sync + 'static> IPlugin for T {}

/// Declares an interface: a trait that plugins implement, and by which hosts find them.
///
/// ```
/// use plugin_core::{interface, slot};
///
/// /// A material, with its physical properties.
/// #[interface]
/// pub trait IMaterial {
///     /// The stress (Pa) that the material bears at a temperature (K).
///     fn yield_stress(&self, temperature: f64) -> f64;
///
///     /// The relative permittivity.
///     #[attribute]
///     fn permittivity(&self) -> f64;
/// }
///
/// fn main() {
///     let info = slot::<dyn IMaterial>().info();
///     assert_eq!(info.docs(), "A material, with its physical properties.");
///     assert_eq!(info.members()[1].name(), "permittivity");
/// }
/// ```
///
/// The trait stays an ordinary trait: implement it, use it as `dyn IMaterial`, write generic functions over it.
/// The attribute adds the supertraits `Send + Sync`, a [slot](Slot) for the plugins, and a
/// [description](InterfaceInfo) that programs can read.
///
/// # Arguments
///
/// | argument | meaning | default |
/// |---|---|---|
/// | `dropin` | libraries that are loaded at run time may provide the interface: see [drop-ins](#drop-ins) | only plugins that are linked in |
/// | `foreign(bytes::Bytes)` | with `dropin`: types from crates that do not derive [`Shape`](trait@Shape) | |
/// | `one` | the interface wants exactly one plugin; [`catalog()`] reports none, or a tie | any number |
/// | `configured` | types can be plugins, with their fields as parameters: see [configuration](#configuration) | statics, functions, and unit structs can be plugins |
/// | `noun = "material"` | what users of a program call such a plugin, for the messages that they see | the trait's name |
/// | `slot = "MATERIALS"` | names the linker section, for linker scripts; upper-case letters, digits, `_` | a unique name |
/// | `lazy = false` | implements the trait neither for `LazyLock<T>` nor for what crosses to drop-ins; needed beside a blanket impl of your own | implements it for both, if the members allow it |
/// | `crate = path` | the path of `plugin_core`, if another crate re-exports it | `::plugin_core` |
///
/// Inside the trait, `#[attribute]` marks a getter: what an object has, as opposed to what it does.
/// `#[tag(key = "value")]`, on the trait or on a member, is kept for [`InterfaceInfo::tags`] and
/// [`Member::tags`].
///
/// # What the trait must look like
///
/// - It can be used as `dyn IMaterial`. A method with `where Self: Sized` is exempt, and not a method of the objects.
/// - It has no type parameters. Declare one interface for each use.
/// - It is declared in a module, not in a function body.
/// - Its module has no macro of the same name. An interface is a macro too, which `#[plugin]` uses: one
///   `use imatsim::IMaterial;` imports both, also under another name.
///
/// Each violation is an error that says what to write instead.
///
/// # Types that implement it
///
/// They are `Send` and `Sync`, since all threads share plugins. If a type has a type parameter `T` that it does not
/// own, use `PhantomData<fn() -> T>`, which is `Send` and `Sync` for any `T`; `PhantomData<T>` is so only if `T` is.
///
/// If each member takes `&self`, `LazyLock<T>` implements the interface for every `T` that does. So a plugin that a
/// constant cannot build is a `static X: LazyLock<T>`. The first call of a member initializes it; a lookup does not.
///
/// A blanket impl of your own conflicts with that impl (E0119). `lazy = false` leaves ours out:
///
/// ```
/// use std::fmt::Display;
///
/// #[plugin_core::interface(lazy = false)]
/// pub trait IText {
///     fn text(&self) -> String;
/// }
///
/// impl<T: Display + Send + Sync> IText for T {
///     fn text(&self) -> String {
///         self.to_string()
///     }
/// }
///
/// fn main() {
///     assert_eq!(42.text(), "42");
/// }
/// ```
///
/// # Supertraits
///
/// An interface may extend others; write them as supertraits. A plugin then lists the bases of its interfaces as
/// well, and does not compile without them, so it is always found under the bases too.
///
/// # Data
///
/// A struct with named fields can be an interface as well. Its plugins are values of the struct, and lookups name the
/// struct where they would name a `dyn Trait`:
///
/// ```
/// use plugin_core::{interface, plugin, plugins};
///
/// /// A page of the site.
/// #[interface]
/// pub struct Route {
///     pub path: &'static str,
///     pub handler: fn() -> String,
/// }
///
/// #[plugin(Route)]
/// static INDEX: Route = Route {
///     path: "/",
///     handler: || "Welcome.".to_owned(),
/// };
///
/// fn main() {
///     for route in plugins::<Route>() {
///         println!("{}: {}", route.path, (route.handler)());
///     }
/// }
/// ```
///
/// Such plugins have names, docs, priorities, and `find`, like all others. A field may be a `LazyLock`. The struct is
/// `Send` and `Sync`, has no type parameters, and extends nothing. A [`Plugin<Route>`](Plugin) has three words, one of
/// which is the address of the value; a walk loads that address for each element.
///
/// # Configuration
///
/// With the feature `config`, a type with `#[plugin]` can be a plugin of an `#[interface(configured)]`: it is
/// registered as a maker of objects, and its fields are their parameters. A host's configuration has a field of the
/// type `Configured<dyn IFilter>`, which reads `{ use = "blur", radius = 3 }`, or the name alone. With
/// `configured(tag = "type")`, the name's key is `type` instead of `use`.
///
/// # Drop-ins
///
/// The plugins of an `#[interface(dropin)]` may come from libraries that a running program loads; [`dropin!`] makes
/// such a library. Each type that the members mention needs a [`Shape`](trait@Shape), as the types of the standard
/// library have. If the shape of one of them is different in a library, a host does not use the library for this interface,
/// and the refusal names the type.
///
/// # What it expands to
///
/// ```text
/// pub trait IMaterial: Send + Sync { … }              // as written
///
/// pub static __PLUGIN_SLOT_…: … = …;                  // the linker section
/// macro_rules! __PLUGIN_SLOT_…_WAY_IN { … }           // for `#[plugin(IMaterial)]`
/// pub use __PLUGIN_SLOT_…_WAY_IN as IMaterial;
///
/// const _: () = {
///     static __PLUGIN_INTERFACE: InterfaceInfo = …;   // names, docs, signatures
///     impl Interface for dyn IMaterial { … }          // leads to both
///     impl<T: IMaterial> IMaterial for LazyLock<T> { … }
/// };
/// ```
#[doc(alias = "collect")]
#[doc(alias = "distributed_slice")]
pub use plugin_macros::interface;

/// Declares a plugin: a static, a function, or a type that hosts find under each interface that it lists.
///
/// ```
/// use plugin_core::{IPlugin, interface, plugin, plugins};
///
/// #[interface]
/// pub trait IMaterial {
///     fn yield_stress(&self, temperature: f64) -> f64;
/// }
///
/// struct Metal {
///     strength: f64,
///     melts_at: f64,
/// }
///
/// impl IMaterial for Metal {
///     fn yield_stress(&self, temperature: f64) -> f64 {
///         self.strength * (1.0 - temperature / self.melts_at).max(0.0)
///     }
/// }
///
/// /// Structural steel, 6 mm.
/// #[plugin(IPlugin, IMaterial, name = "steel-plate", priority = 10)]
/// #[tag(standard = "EN 10025")]
/// static STEEL_PLATE: Metal = Metal { strength: 355e6, melts_at: 1810.0 };
///
/// fn main() {
///     let steel = &plugins::<dyn IMaterial>()[0];
///     assert_eq!(steel.info.name(), "steel-plate");
///     assert_eq!(steel.info.docs(), "Structural steel, 6 mm.");
///     assert_eq!(steel.info.tag("standard"), Some("EN 10025"));
/// }
/// ```
///
/// The static may have any type that a constant can build, and any visibility. It may be in a module, a function, or
/// a `const _` block. A host gets a reference to the static itself, not to a copy. For a value that a constant
/// cannot build, use [`LazyLock<T>`](macro@interface#types-that-implement-it).
///
/// On a unit struct, the struct itself is the plugin.
///
/// # Arguments
///
/// | argument | meaning | default |
/// |---|---|---|
/// | paths | the interfaces: at least one, at most 16, and before all other arguments | |
/// | `name = "…"` | what people call the plugin | the item's identifier |
/// | `id = "…"` | a name that no other plugin has | the item's path |
/// | `priority = n` | the plugin's rank when plugins are sorted, highest first; an `i32` | 0 |
/// | `crate = path` | accepted for older code; not needed, since the interface knows where `plugin_core` is | |
///
/// Each value may be any constant expression of its type: `name = PREFIX`, `name = concat!(…)`,
/// `name = stringify!($metric)`, `priority = HIGH`. A name or an id is not empty, does not begin or end with
/// white space, and has no control characters; otherwise the plugin does not compile.
///
/// `#[tag(key = "value")]` may be given any number of times, and is kept for [`PluginInfo::tags`].
///
/// # Functions
///
/// An interface can be implemented for a type of functions. Each function of that type can then be a plugin:
///
/// ```
/// use plugin_core::{interface, plugin, slot};
///
/// #[interface]
/// pub trait ICommand {
///     fn run(&self, arguments: &[String]) -> Result<(), String>;
/// }
///
/// impl ICommand for fn(&[String]) -> Result<(), String> {
///     fn run(&self, arguments: &[String]) -> Result<(), String> {
///         self(arguments)
///     }
/// }
///
/// /// Prints its arguments.
/// #[plugin(ICommand, name = "echo")]
/// fn echo(arguments: &[String]) -> Result<(), String> {
///     println!("{}", arguments.join(" "));
///     Ok(())
/// }
///
/// fn main() {
///     let echo = slot::<dyn ICommand>().find("echo").unwrap();
///     assert_eq!(echo.info.docs(), "Prints its arguments.");
///     assert!(echo.run(&["Hello.".to_owned()]).is_ok());
/// }
/// ```
///
/// The object is a pointer to the function, so a call through the slot is two calls: one of the interface's method,
/// and one of the function. `const`, `unsafe`, and `extern "C"` functions can be plugins too; the latter two have
/// types of their own. A function without such a type cannot be a plugin: one that is generic or `async`, or that
/// takes or returns an `impl Trait`.
///
/// # Types
///
/// On an enum, or on a struct with fields, `#[plugin]` registers a maker, which makes objects of the type from a
/// configuration. The type implements serde's `Deserialize`, and lists interfaces with `#[interface(configured)]`; see
/// `Configured`, with the feature `config`. For such interfaces a unit struct is registered in the same way, and needs
/// no `Deserialize`. The type cannot be generic.
///
/// # Mistakes do not compile
///
/// ```compile_fail
/// use plugin_core::{interface, plugin};
///
/// #[interface]
/// pub trait IMaterial {
///     fn yield_stress(&self, temperature: f64) -> f64;
/// }
///
/// #[plugin(IMaterial)]
/// static NUMBER: u32 = 42;
///
/// fn main() {}
/// ```
///
/// ```text
/// error[E0277]: the trait bound `u32: IMaterial` is not satisfied
///  --> src/main.rs:8:10
///   |
/// 8 | #[plugin(IMaterial)]
///   |          ^^^^^^^^^ the trait `IMaterial` is not implemented for `u32`
/// ```
///
/// # What it expands to
///
/// ```text
/// static STEEL_PLATE: Metal = …;                      // as written
///
/// const _: () = {
///     static __PLUGIN_INFO: … = …;                    // names, docs, casts
///     // A record in the section of each interface:
///     static PLUGIN_STEEL_PLATE_AS_IPLUGIN: Plugin<dyn IPlugin> = …;
///     static PLUGIN_STEEL_PLATE_AS_IMATERIAL: Plugin<dyn IMaterial> = …;
/// };
/// ```
#[doc(alias = "distributed_slice")]
#[doc(alias = "submit")]
pub use plugin_macros::plugin;

/// Links every dependency of the package into the program, so that its plugins are found.
///
/// Rust does not link a crate that no code names, and the plugins in it are then missing. Write this line in the
/// crate root of a host; from then on, adding a crate to `Cargo.toml` adds its plugins.
///
/// ```
/// plugin_core::link_plugins!();
/// # fn main() {}
/// ```
///
/// `link_plugins!(metals, ceramics)` links these two alone. A plugin crate can use the macro to bundle others. The
/// macro may be used anywhere and more than once, also in a function: whether the function is called does not matter.
///
/// # Which crates it links
///
/// The dependencies are the crates that Cargo passes to the compiler for the current crate: with the names of
/// `Cargo.toml`, and with the features and for the target of this build. A binary, an example, or a test also links the
/// package's own library, and a test links the `[dev-dependencies]`.
///
/// Procedural macros are skipped. A Rust `dylib` is linked if the feature `dylib` is enabled; without the feature, a
/// `dylib` with plugins is an error, because they would not be found.
///
/// On WebAssembly, and in a `staticlib`, the linker drops plugins that no code uses, even those of a crate that is
/// named. There, the macro reads the `rlib`s of all dependencies, direct and indirect, and tells the linker to keep their
/// plugins.
///
/// Without Cargo, pass each dependency to the compiler with `--extern`. The macro does not see crates that the compiler
/// finds by itself in `-L` directories.
///
/// rust-analyzer does not pass the dependencies, so the macro expands to nothing there; this is harmless.
///
/// # Errors
///
/// The program does not compile if a name in the list is not a dependency; if the compiler is given no `--extern` at
/// all; or if the macro needs an `rlib` and cannot find or read it.
///
/// # What it expands to
///
/// ```text
/// const _: () = {
///     extern crate ceramics as _;
///     extern crate metals as _;
///     static __PLUGIN_HOST: Host = …;                 // the list, for `why`
/// };
/// ```
#[macro_export]
macro_rules! link_plugins {
    ($($argument:tt)*) => {
        $crate::declare_links! { crate = $crate, $($argument)* }
    };
}

/// Makes a library a drop-in: a file with plugins that a running program finds in a directory, and loads.
///
/// Write it once, in the crate root of a library with `crate-type = ["cdylib"]`. Its plugins are declared with
/// `#[plugin]`, as everywhere else:
///
/// ```toml
/// [lib]
/// crate-type = ["cdylib"]
/// ```
///
/// ```ignore
/// use imatsim::IMaterial;
/// use plugin_core::{IPlugin, plugin};
///
/// plugin_core::dropin!();
///
/// /// Window glass, 4 mm.
/// #[plugin(IPlugin, IMaterial, name = "glass")]
/// static GLASS: Glass = Glass;
/// ```
///
/// A program finds such libraries with the crate [plugin-loader](https://docs.rs/plugin-loader). It reads the
/// library's description from the file, and loads the library only if compiler, flags, and interfaces fit those of the
/// program.
///
/// # One crate, linked or dropped in
///
/// A drop-in offers the plugins of its own crate, and those of the dependencies that it names. A crate of plugins then
/// needs nothing to be either: programs link it, and a second crate makes a drop-in of it.
///
/// ```toml
/// [lib]
/// crate-type = ["cdylib"]
///
/// [dependencies]
/// plugin-core = "0.1"
/// metals = "1.0"
/// ceramics = "2.3"
/// ```
///
/// ```ignore
/// plugin_core::dropin!(metals, ceramics);
/// ```
///
/// Each name is that of a dependency in `Cargo.toml`, with underscores. What is offered are the plugins whose
/// interfaces all have `#[interface(dropin)]`, with their names, ids, and versions; of two versions of one crate, each
/// can be named. A name that is no dependency does not build, and neither does a crate that has no such plugin. The
/// plugins of other dependencies are linked in as well, and are found from within the drop-in, but it does not offer
/// them.
///
/// A drop-in is a `cdylib` and nothing else, since it has an allocator and an exported function, of which a program
/// that links the crate wants neither: with `crate-type = ["cdylib", "rlib"]`, the compiler would put both into the
/// `rlib` too, and would refuse it in each program with an allocator of its own. The macro refuses such a crate, and
/// the message shows the line for the second crate. In the unit tests of a drop-in, which are a program, the macro
/// links the crates that it names.
///
/// A drop-in is a `cdylib` alone, and not an `rlib` as well: it has an allocator and an exported function, which a
/// program that links the crate must not have. Put code that others link, or that integration tests use, into a
/// crate of its own. In the crate's unit tests, which are a program, the macro expands to nothing.
///
/// # Memory
///
/// A drop-in allocates with the program's global allocator, so either side may drop a `String` that the other has
/// made. The crate and its dependencies therefore cannot have a global allocator of their own. They must not
/// allocate before the program asks for the plugins, as constructors that run when a library is loaded would.
///
/// # What has to be the same on both sides
///
/// Rust does not define the layout of data across compilations, but one compiler with one set of flags always lays it
/// out in the same way. A program therefore loads a drop-in only if both were built
///
/// - by the same compiler, for the same target, with the same `panic` strategy; and
/// - with the same flags that change layouts or calls: `-C target-cpu`, `-C target-feature`, `--cfg`, most of `-Z`.
///
/// Profiles, optimization, workspaces, and the versions of crates that no interface reaches may differ.
///
/// A plugin is used for an interface only if both sides have the same form of the interface. The form consists of the
/// version of the interface's package; the signatures of the members, in their order; the supertraits; and the
/// [shape](trait@Shape) of each type that these reach. Docs and the bodies of members are not part of it. If the
/// forms differ, the refusal names the type that is different.
///
/// Not checked: whether a type with the same fields means something else, in a package of the same version; and what is
/// behind `*const ()` or `dyn Any`.
///
/// # Its panics are the program's
///
/// If a plugin's member panics, the panic is caught in the library and raised again in the program. There,
/// `catch_unwind`, `join`, and the poisoning of locks behave as if the panic had begun in the program. The program's
/// panic hook is called once, with a message that names the plugin, its crate, its library, and the place. The payload
/// of [`panic_any`](std::panic::panic_any) arrives unchanged.
///
/// This also holds for the methods and the destructors of what a member returns:
///
/// - objects of interfaces and of `#[shape]` traits, in boxes, `Arc`s, `Rc`s, and references;
/// - boxed closures, iterators, `Read`, `Write`, and pinned futures;
/// - all of these in an `Option`, a `Result`, a `Vec`, the values of a map, a tuple, an array, or a type that derives
///   [`Shape`](trait@Shape).
///
/// In the other direction, the program may pass the same kinds of objects to a member, and they may panic while the
/// plugin calls them. In the library, that is a panic of the library's, which the plugin may catch. If it leaves the
/// plugin, it is the program's own panic again.
///
/// A panic ends the process if it leaves one of these:
///
/// - a function behind a `fn` pointer;
/// - a `dyn Error`, a `dyn Any`, or a `Waker`;
/// - an object behind a reference to something else, such as `&mut Vec<Box<dyn IPart>>`;
/// - a closure in an `Option`, if the closure takes references;
/// - a method of an interface with `lazy = false`, which only its own blanket impl implements.
///
/// With `panic = "abort"`, every panic ends the process.
///
/// # What it costs
///
/// A call of a drop-in's plugin takes about three nanoseconds more than a call of a plugin that is linked in. A call that
/// the plugin makes to an object of the program also takes a few more. A reference to an object that a member returns is
/// looked up in a table. Plugins that are linked in, and interfaces without `dropin`, pay nothing.
///
/// # What it does not protect from
///
/// A drop-in runs as a part of the program. It can abort, exit, hang, overflow its stack, panic while it panics, and use
/// up the memory; wrong `unsafe` code in it can do anything.
///
/// It has its own copy of every static and thread-local variable of every crate, so it does not see the
/// program's asynchronous runtime. [`PluginInfo::downcast_ref`] returns `None` for its
/// plugins. It stays loaded until the process ends.
///
/// # Its logs are the program's
///
/// With the features `log` and `tracing`, in the drop-in for plugin-core and in the program for plugin-loader, what the
/// drop-in logs reaches the program's logger, and its events and spans the program's subscriber. No call is
/// needed on either side, and the two may have other versions of these crates:
///
/// ```toml
/// # the drop-in
/// plugin-core = { version = "0.1", features = ["log", "tracing"] }
/// # the program
/// plugin-loader = { version = "0.1", features = ["log", "tracing"] }
/// ```
///
/// - The program's level and filters count, whenever they change; nothing is formatted for a record that is not
///   wanted. Asking costs some nanoseconds, where a program's own record that is off costs one.
/// - A record keeps its target, module, file, line, and key-values. A value that is not a number, a `bool`, or a text
///   is the text that it prints: an error's sources and the structure of a value are not kept.
/// - A span of the drop-in is within the span of the program that the thread is in. `Span::current()` in the drop-in knows
///   the drop-in's own spans only. A span or an event keeps 32 fields.
/// - A panic of the program's logger or subscriber is reported by the program's panic hook, and ends there.
/// - A drop-in that sets a logger or a subscriber of its own when it is asked for a plugin finds that there is one.
///
/// Without the features, its records are lost, as they are without a logger.
///
/// # What it prints
///
/// `print!` in a drop-in has a buffer of its own, which is written at each newline, and when the process exits by the end of
/// `main` or by `std::process::exit`. Before that, what one side has printed without a newline may come after what the
/// other has. In a thread that the drop-in has not started, `std::thread::current().name()` is `None`: the standard library gives no
/// way to tell it the name. The program's logger knows it.
///
/// # What it expands to
///
/// ```text
/// const _: () = {
///     static __PLUGIN_HEADER: [u8; …] = …;            // the compiler and its flags, in the file
///     #[global_allocator]
///     static __PLUGIN_ALLOCATOR: Allocator = …;       // the program's
///     extern "C" fn __plugin_entry(…) { … }           // gives the program the plugins
/// };
/// ```
///
/// In such a library, each `#[plugin]` adds its name, docs, tags, and interfaces to what the file says, and so does
/// the macro for each plugin of a crate that it names. In other crates, a plugin of an interface for drop-ins has a
/// type by which such a macro finds it, and nothing that reaches the program.
#[macro_export]
macro_rules! dropin {
    ($($argument:tt)*) => {
        $crate::declare_dropin! { crate = $crate, $($argument)* }
    };
}

/// Derives [`Shape`](trait@Shape), so that interfaces that drop-ins provide can mention the type.
///
/// ```
/// use plugin_core::Shape;
///
/// #[derive(Shape)]
/// pub enum Order {
///     Keep,
///     Move { to: String, before: Option<Box<Order>> },
/// }
/// ```
///
/// It works for structs, enums, and unions. Each field needs a type with a shape, and so does each type argument where
/// the type is used.
///
/// | `#[shape(…)]` | meaning | default |
/// |---|---|---|
/// | `foreign(bytes::Bytes)` | types from crates that do not derive `Shape` | |
/// | `crate = path` | the path of `plugin_core`, if another crate re-exports it | `::plugin_core` |
pub use plugin_macros::Shape;

/// Gives a plain trait a [`Shape`](trait@Shape), so that interfaces that drop-ins provide can mention `dyn Trait`, or
/// extend the trait.
///
/// ```
/// use plugin_core::{interface, shape};
///
/// #[shape]
/// pub trait Log {
///     fn info(&self, text: &str);
///     fn error(&self, text: &str);
/// }
///
/// #[interface(dropin)]
/// pub trait ITool {
///     fn run(&self, log: &dyn Log);
/// }
///
/// fn main() {}
/// ```
///
/// The shape consists of the names, the order, and the signatures of the methods, and of the supertraits. The arguments
/// are those of [`#[derive(Shape)]`](derive@Shape).
pub use plugin_macros::shape;

/// Marks a getter of an interface: what its objects have, as opposed to what they do.
///
/// ```
/// use plugin_core::{MemberKind, interface, slot};
///
/// #[interface]
/// pub trait IMaterial {
///     /// The density (kg/m³).
///     #[attribute]
///     fn density(&self) -> f64;
/// }
///
/// fn main() {
///     let members = slot::<dyn IMaterial>().info().members();
///     assert_eq!(members[0].kind(), MemberKind::Attribute);
/// }
/// ```
///
/// [`#[interface]`](macro@interface) reads it, so it needs no import. The getter has the form `fn name(&self) -> Type`.
/// The method itself does not change.
pub use plugin_macros::attribute;

/// Attaches a text to an interface, a member, or a plugin: `#[tag(key = "value")]`.
///
/// ```
/// use plugin_core::{interface, slot};
///
/// #[interface]
/// #[tag(domain = "physics")]
/// pub trait IMaterial {
///     #[tag(unit = "kg/m³")]
///     fn density(&self) -> f64;
/// }
///
/// fn main() {
///     let info = slot::<dyn IMaterial>().info();
///     assert_eq!(info.tag("domain"), Some("physics"));
///     assert_eq!(info.members()[0].tag("unit"), Some("kg/m³"));
/// }
/// ```
///
/// [`#[interface]`](macro@interface) and [`#[plugin]`](macro@plugin) read it, so it needs no import. Programs read it as
/// a [`Tag`].
pub use plugin_macros::tag;
