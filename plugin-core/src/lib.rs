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

#[cfg(feature = "std")]
mod across;
mod backend;
mod bases;
#[cfg(feature = "std")]
mod catalog;
#[cfg(feature = "config")]
mod configured;
mod cores;
#[cfg(feature = "std")]
mod dropin;
#[cfg(feature = "std")]
mod find;
mod hosts;
mod info;
#[cfg(feature = "std")]
mod installed;
mod interface;
mod interfaces;
mod kind;
#[cfg(feature = "std")]
mod order;
mod origin;
mod plugin;
mod private;
#[cfg(feature = "std")]
mod reference;
mod shape;
mod slot;
mod text;

#[cfg(feature = "std")]
pub use self::catalog::{Catalog, Finding, Why, assert_linked, catalog, why};
#[cfg(all(feature = "config", feature = "clap"))]
pub use self::configured::ConfiguredParser;
#[cfg(feature = "config")]
#[doc(hidden)]
pub use self::configured::{Boxed, Type};
#[cfg(feature = "config")]
pub use self::configured::{Configurable, Configured, Maker, configurables};
#[cfg(feature = "std")]
pub use self::find::{Ambiguous, FindError, NotFound, OnlyError, Tie};
pub use self::info::PluginInfo;
pub use self::interface::{
    Interface, InterfaceInfo, InterfaceKind, Member, MemberKind, Parameter, Tag,
};
pub use self::plugin::Plugin;
#[doc(hidden)]
pub use self::private::__private;
#[cfg(feature = "clap")]
pub use self::reference::PluginParser;
#[cfg(feature = "std")]
pub use self::reference::PluginRef;
pub use self::shape::Shape;
pub use self::slot::{Slot, plugins, slot};
#[doc(hidden)]
pub use plugin_macros::{dropin as declare_dropin, link_plugins as declare_links};

/// The root interface: every `Send + Sync + 'static` type provides it.
///
/// A plugin that lists it is found by `plugins::<dyn IPlugin>()` with all the others, whatever
/// else they provide. Nothing requires a plugin to list it.
///
/// ```
/// use plugin_core::{IPlugin, plugin};
///
/// #[plugin(IPlugin)]
/// static ANYTHING: u32 = 42;
///
/// let mut plugins = plugin_core::plugins::<dyn IPlugin>().iter();
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

/// Declares an interface: what a host asks for, and what plugins provide.
///
/// ```
/// # mod imatsim {
/// use plugin_core::interface;
///
/// /// An object with specific physical properties.
/// #[interface]
/// pub trait IMaterial {
///     /// The pressure (Pa) that this material supports at `temperature` (K).
///     fn yield_stress(&self, temperature: f64) -> f64;
///
///     /// The relative permittivity.
///     #[attribute]
///     fn dielectric_constant(&self) -> f64;
/// }
/// # }
/// # fn main() {
/// # use imatsim::IMaterial;
/// let info = plugin_core::slot::<dyn IMaterial>().info();
/// assert_eq!(info.docs(), "An object with specific physical properties.");
/// assert_eq!(info.members()[1].name(), "dielectric_constant");
/// # }
/// ```
///
/// | argument | meaning | default |
/// |---|---|---|
/// | `dropin` | drop-ins may provide it: see [drop-ins](#drop-ins) | they may not |
/// | `foreign(bytes::Bytes)` | beside `dropin`: types of crates that know nothing of [shapes](trait@Shape) | |
/// | `one` | exactly one provider is wanted | any number is |
/// | `configured` | types with fields are plugins, too: see [configuration](#configuration) | statics, functions, and unit structs are |
/// | `noun = "material"` | what users of a program call such a plugin, for the messages that they see | the trait's name |
/// | `slot = "MATERIALS"` | names the slot's linker section, for linker scripts; upper-case letters, digits, `_` | a name that is unique |
/// | `lazy = false` | no impl for `LazyLock<T>`, nor for what crosses to drop-ins: needed beside a blanket impl of your own | there is one, where the members allow it |
/// | `crate = path` | where `plugin_core` is, when another crate re-exports it | `::plugin_core` |
///
/// Inside the trait, `#[attribute]` marks a getter: what an object has, as opposed to what it does.
/// `#[tag(key = "value")]`, on the trait or on a member, is kept for [`InterfaceInfo::tags`] and
/// [`Member::tags`].
///
/// The trait gets the supertraits `Send + Sync`. It has no type parameters, can be made into an
/// object, and is declared in a module, not in a function body.
///
/// # Data
///
/// A struct with named fields is an interface, too. Its plugins are the data themselves, and the struct
/// stands where a trait has its `dyn Trait`:
///
/// ```
/// # mod site {
/// use plugin_core::{interface, plugin};
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
/// # }
/// # use site::Route;
/// # fn main() {
/// for route in plugin_core::plugins::<Route>() {
///     println!("{}: {}", route.path, (route.handler)());
/// }
/// # }
/// ```
///
/// It has names, docs, priorities, `find`, and all that plugins of a trait have; and `LazyLock`, in a
/// field. The struct is `Send` and `Sync`, has no type parameters, and no bases. A record takes three words,
/// one of which refers to the data; a walk loads that address for each element.
///
/// # Configuration
///
/// With the feature `config`, the plugins of `#[interface(configured)]` may have parameters. A type with
/// `#[plugin]` is then registered as what makes its objects, and a host's configuration has a
/// `Configured<dyn IFilter>`, which reads `{ use = "blur", radius = 3 }`, or the name alone. In a map, the
/// name has the key `use`, or another: `configured(tag = "type")`.
///
/// # What implements it
///
/// `LazyLock<T>` implements the trait where `T` does, and so would a blanket impl of your own: the compiler
/// then finds two impls for `LazyLock<_>` (E0119). `lazy = false` leaves ours out:
///
/// ```
/// # mod demo {
/// #[plugin_core::interface(lazy = false)]
/// pub trait IText {
///     fn text(&self) -> String;
/// }
///
/// impl<T: std::fmt::Display + Send + Sync> IText for T {
///     fn text(&self) -> String {
///         self.to_string()
///     }
/// }
/// # }
/// # fn main() {}
/// ```
///
/// What implements it is `Send` and `Sync`. A type with a marker is so for any `T`, if the marker is
/// `PhantomData<fn() -> T>`, which owns no `T`; `PhantomData<T>` is so only where `T` is.
///
/// # Drop-ins
///
/// `#[interface(dropin)]` says that the interface may be provided by libraries that are loaded, which
/// [`dropin!`] makes. Each type that its members mention then has a [`Shape`](trait@Shape), as the types of
/// the standard library have: so a host refuses a library for which one of them is another, and names it.
///
/// # One name
///
/// `IMaterial` is a trait, and a macro of the same name. One `use` imports both, also under another name. So an
/// interface cannot have the name of a macro of its module.
///
/// # An interface may extend others
///
/// Supertraits that are interfaces need no mark. A plugin lists the bases of its interfaces as
/// well, and does not build before it does; so a provider of an interface is always found under
/// the interface's bases.
///
/// # Plugins that a constant cannot build
///
/// Where each member takes `&self`, the interface is also implemented for `LazyLock<T>`, for every
/// `T` that implements it: `static X: LazyLock<T>` is then a plugin. It is initialised by the first
/// call of a member, not by being listed.
///
/// # What it expands to
///
/// ```text
/// pub trait IMaterial: Send + Sync { … }              // as written
///
/// pub static __PLUGIN_SLOT_…: … = …;                  // the linker section
/// pub use __PLUGIN_SLOT_… as IMaterial;
///
/// const _: () = {
///     static __PLUGIN_INTERFACE: InterfaceInfo = …;   // names, docs, signatures
///     impl Interface for dyn IMaterial { … }          // the way to both
///     impl<T: IMaterial> IMaterial for LazyLock<T> { … }
/// };
/// ```
#[doc(alias = "collect")]
#[doc(alias = "distributed_slice")]
pub use plugin_macros::interface;

/// Declares a plugin: a static, or a function, that is found under each interface that it lists.
///
/// ```
/// # mod imatsim {
/// #     #[plugin_core::interface]
/// #     pub trait IMaterial { fn yield_stress(&self, temperature: f64) -> f64; }
/// # }
/// # struct SimpleMaterial(f64);
/// # impl IMaterial for SimpleMaterial {
/// #     fn yield_stress(&self, temperature: f64) -> f64 { self.0 * temperature }
/// # }
/// use imatsim::IMaterial;
/// use plugin_core::{IPlugin, plugin};
///
/// /// Structural steel, 6 mm.
/// #[plugin(IPlugin, IMaterial, name = "steel-plate", priority = 10)]
/// #[tag(standard = "EN 10025")]
/// static STEEL_PLATE: SimpleMaterial = SimpleMaterial(2.068_427_19e11);
///
/// # fn main() {
/// let steel = &plugin_core::plugins::<dyn IMaterial>()[0];
/// assert_eq!(steel.info.name(), "steel-plate");
/// assert_eq!(steel.info.docs(), "Structural steel, 6 mm.");
/// # }
/// ```
///
/// | argument | meaning | default |
/// |---|---|---|
/// | paths | the interfaces, one or more, before everything else | |
/// | `name = "…"` | what people call the plugin | the item's identifier |
/// | `id = "…"` | a name that no other plugin has | the item's path |
/// | `priority = n` | higher ones come first in an order; an `i32` | 0 |
/// | `crate = path` | accepted for older code: the interface knows where `plugin_core` is | |
///
/// The three values may be any constant of their type: `name = PREFIX`, `name = concat!(…)`,
/// `name = stringify!($metric)`, `priority = HIGH`. A name or an id is not empty, does not begin or end with
/// white space, and has no control characters: anything else does not build.
///
/// `#[tag(key = "value")]`, any number of times, is kept for [`PluginInfo::tags`].
///
/// The static may have any type that a constant can build, and any visibility; it may be in a
/// module, a function, or a `const _` block. On a unit struct, the struct itself is the plugin.
/// The object that a host gets is the static itself, not a copy.
///
/// # Functions
///
/// The author of an interface implements it for a type of functions. Each function of that type can then
/// be a plugin, with its docs:
///
/// ```
/// # mod program {
/// use plugin_core::{interface, plugin};
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
/// # }
/// # use program::ICommand;
/// # fn main() {
/// let echo = plugin_core::slot::<dyn ICommand>().find("echo").unwrap();
/// assert_eq!(echo.info.docs(), "Prints its arguments.");
/// assert!(echo.run(&["Hello.".to_owned()]).is_ok());
/// # }
/// ```
///
/// The object is a pointer to the function. `const`, `unsafe`, and `extern "C"` functions are accepted,
/// the latter two as a type of their own. Functions without such a type are refused: generic ones, `async`
/// ones, and those with an `impl Trait`. A call through the slot is two calls: of the interface's method,
/// and of the function.
///
/// # Types
///
/// On a struct with fields or an enum, `#[plugin]` registers what makes objects of the type, from a
/// configuration. The interfaces that it lists are declared with `#[interface(configured)]`, and the type
/// implements serde's `Deserialize`; see `Configured`, with the feature `config`. A unit struct is registered in
/// the same way for configured interfaces, without `Deserialize`. A type cannot have type parameters.
///
/// # A wrong declaration does not build
///
/// ```compile_fail
/// # mod imatsim {
/// #     #[plugin_core::interface]
/// #     pub trait IMaterial { fn yield_stress(&self, temperature: f64) -> f64; }
/// # }
/// # use imatsim::IMaterial;
/// # use plugin_core::plugin;
/// #[plugin(IMaterial)]
/// static NUMBER: u32 = 42;
/// # fn main() {}
/// ```
///
/// ```text
/// error[E0277]: the trait bound `u32: IMaterial` is not satisfied
///  --> src/lib.rs:5:10
///   |
/// 5 | #[plugin(IMaterial)]
///   |          ^^^^^^^^^ the trait `IMaterial` is not implemented for `u32`
/// ```
///
/// # What it expands to
///
/// ```text
/// static STEEL_PLATE: SimpleMaterial = …;             // as written
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

/// Links in every dependency of the package, so that its plugins are found.
///
/// Rust leaves out a crate that nothing names, and its plugins with it. With this line in the
/// crate root of a host, adding a crate to `Cargo.toml` is all that it takes.
///
/// ```
/// plugin_core::link_plugins!();
/// # fn main() {}
/// ```
///
/// `link_plugins!(metals, ceramics)` links in those two; a name that is no dependency is an error.
/// A *dependency* is what Cargo gives to the compiler for the crate at hand: under the name that
/// `Cargo.toml` gives it, with the features and for the target of the build; the package's own
/// library in its binaries, examples, and tests; and in tests the `[dev-dependencies]` too. A
/// plugin crate may use the macro itself, to bundle others.
///
/// The macro may be used in any place, also in a function, and more than once: the dependencies are linked
/// in whether or not the function is called.
///
/// Crates of procedural macros are passed over. A dependency that is a Rust `dylib` is linked in with
/// the feature `dylib`; without it, one with plugins is an error, since they would not be found. An
/// editor, which does not say what the dependencies are, sees nothing linked.
///
/// On WebAssembly, and in a `staticlib`, the linker leaves out what nothing uses, even of a crate that
/// is named. There, the macro also holds the plugins of the dependencies, and of theirs. It reads their
/// `rlib`s, where the compiler finds them; one that it cannot find or read is an error.
///
/// Without Cargo, name each dependency to the compiler with `--extern`: crates that it finds by itself in
/// `-L` directories are not known to the macro, and where it is given no `--extern`, that is an error.
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

/// Makes a library a drop-in: one that a running program finds in a directory, and loads.
///
/// Once, in the crate root of a library with `crate-type = ["cdylib"]`, whose plugins carry
/// `#[plugin]` as they would anywhere else:
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
/// A program that looks into directories does so with the crate `plugin-loader`, which reads from
/// the library's file what it offers, and loads it only where compiler, flags, and interfaces are
/// those of the program.
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
/// # It allocates with the program that loads it
///
/// A `String` that one side has made, the other may drop, whichever global allocator the program
/// has. So the crate, and what it depends on, cannot have a global allocator of its own, and
/// nothing in it may allocate before it is asked for its plugins, as functions that run when a
/// library is loaded would.
///
/// # It fits the program, or is refused
///
/// Rust promises nothing of how data lie in memory, other than within one compilation. But one
/// compiler with one set of flags does it in one way; so a program uses a drop-in that was built by
/// the very compiler that has built the program, for its target, with its `panic` strategy, and with
/// those of its flags that matter (`-C target-cpu`, `-C target-feature`, `--cfg`, most of `-Z`).
/// The profile and its optimizations may differ, and so may the workspace, and the versions of crates that no
/// interface reaches.
///
/// And it uses what is offered for an interface where both sides have the interface in one form. A
/// number tells forms apart. It is made of the version of the interface's package; of the signatures of the
/// members, in their order; of the supertraits; and of the [shape](trait@Shape) of each type that these reach. Docs
/// and the bodies of members do not count. If the number is another one, the refusal names the type that
/// differs. It does not see that a type means something else by the same fields, in a package whose version has
/// not changed, nor what is behind `*const ()` or `dyn Any`.
///
/// Only interfaces that are declared with `#[interface(dropin)]` can be provided by a drop-in.
///
/// # Its panics are the program's
///
/// A panic that leaves a plugin's member is caught in the library, and raised again in the program: `catch_unwind`, `join`,
/// and the poison of locks behave as if it had begun there. The program's panic hook is told once, and the message
/// names the plugin, its crate, its library, and the place. [`panic_any`](std::panic::panic_any) gives what it was given.
///
/// The same holds for what a member returns: objects of interfaces and of `#[shape]` traits, in boxes, `Arc`s, `Rc`s, and
/// references; boxed closures, iterators, `Read`, `Write`, and pinned futures; and all of these in an `Option`, a `Result`, a
/// `Vec`, the values of a map, a tuple, an array, or a type that derives [`Shape`](trait@Shape). It holds for their
/// destructors, too. And what the program gives to a member in these ways may panic while the plugin calls it: the panic is one
/// of the library's there, which the plugin may catch, and the program's own again where it comes out.
///
/// What is not carried in this way ends the process if it panics: functions behind `fn` pointers; `dyn Error`, `dyn Any`, and a
/// `Waker`; objects behind a reference to something else, such as `&mut Vec<Box<dyn IPart>>`; a closure in an `Option`
/// that takes references; and the methods of an interface with `lazy = false`, whose blanket impl is the only one.
/// With `panic = "abort"`, every panic ends the process.
///
/// A call of a drop-in's plugin takes about three nanoseconds more than one of a plugin that is linked in, and one that the
/// plugin makes of the program's object some more; a reference to an object that a member returns is looked up in a table. Plugins
/// that are linked in have nothing of it, and interfaces without `dropin` neither.
///
/// # What no drop-in can be kept from
///
/// A drop-in is code of the program. It can abort, exit, hang, overflow its stack, panic while it panics, and run out of
/// memory, and with wrong `unsafe` code it can do anything. It has its own copy of each static of each crate, so that
/// an asynchronous runtime of the program is not known to it, and of each thread-local variable.
/// [`PluginInfo::downcast_ref`] finds nothing of it. It stays until the process ends.
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
///     extern "C" fn __plugin_entry(…) { … }           // the plugins, for who has loaded them
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

/// Derives [`Shape`](trait@Shape): the type may be mentioned by an interface that drop-ins provide.
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
/// For structs, enums, and unions. Each field has a type with a shape, and so has each type parameter where
/// the type is used.
///
/// | `#[shape(…)]` | meaning | default |
/// |---|---|---|
/// | `foreign(bytes::Bytes)` | types of crates that know nothing of shapes | |
/// | `crate = path` | where `plugin_core` is, when another crate re-exports it | `::plugin_core` |
pub use plugin_macros::Shape;

/// Gives a plain trait a [`Shape`](trait@Shape): an interface that drop-ins provide may mention `dyn Trait`,
/// or extend it.
///
/// ```
/// # mod log {
/// #[plugin_core::shape]
/// pub trait Log {
///     fn info(&self, text: &str);
///     fn error(&self, text: &str);
/// }
///
/// #[plugin_core::interface(dropin)]
/// pub trait ITool {
///     fn run(&self, log: &dyn Log);
/// }
/// # }
/// # fn main() {}
/// ```
///
/// Names, order, and signatures of the methods count, and the supertraits. The arguments are those of
/// [`#[derive(Shape)]`](derive@Shape).
pub use plugin_macros::shape;

/// Marks a getter of an interface: what its objects have, as opposed to what they do.
///
/// Read by [`#[interface]`](macro@interface), and needs no import there. The member has the form
/// `fn name(&self) -> Type`, and becomes a [`MemberKind::Attribute`].
pub use plugin_macros::attribute;

/// Says something of an interface, a member, or a plugin: `#[tag(key = "value")]`.
///
/// Read by [`#[interface]`](macro@interface) and [`#[plugin]`](macro@plugin), and needs no import
/// there. Kept as a [`Tag`].
pub use plugin_macros::tag;
