//! Functions that are plugins.

use plugin_core::{interface, plugin, plugins, slot};

#[derive(Default)]
pub(crate) struct Context {
    said: Vec<String>,
}

#[interface]
pub(crate) trait ICommand {
    fn run(&self, context: &mut Context) -> Result<(), String>;
}

impl ICommand for fn(&mut Context) -> Result<(), String> {
    fn run(&self, context: &mut Context) -> Result<(), String> {
        self(context)
    }
}

/// Edits a file.
#[plugin(ICommand, name = "edit", priority = 1)]
#[tag(key = "e")]
fn edit(context: &mut Context) -> Result<(), String> {
    context.said.push("edits".into());
    Ok(())
}

#[plugin(ICommand)]
pub(crate) const fn refuse(_: &mut Context) -> Result<(), String> {
    Err(String::new())
}

#[test]
fn they_are_called_by_way_of_the_interface() {
    let mut context = Context::default();
    let command = slot::<dyn ICommand>().find("edit").unwrap();
    command.run(&mut context).unwrap();
    assert_eq!(context.said, ["edits"]);
    assert_eq!(command.info.docs(), "Edits a file.");
    assert_eq!(command.info.tags()[0].value(), "e");
    assert!(command.info.id().ends_with("functions::edit"));
    let refuse = slot::<dyn ICommand>().find("refuse").unwrap();
    assert!(refuse.run(&mut context).is_err());
    assert_eq!(plugins::<dyn ICommand>().len(), 2);
}

#[test]
fn the_object_is_a_pointer_to_the_function() {
    type Command = fn(&mut Context) -> Result<(), String>;
    let info = slot::<dyn ICommand>().find("edit").unwrap().info;
    let command: &Command = info.downcast_ref().unwrap();
    assert!(command(&mut Context::default()).is_ok());
}

/// All that a function's type may say.
#[interface]
pub(crate) trait ICalled {
    fn call(&self) -> u32;
}

impl ICalled for fn() -> u32 {
    fn call(&self) -> u32 {
        self()
    }
}

impl ICalled for unsafe fn(*const u32) -> u32 {
    fn call(&self) -> u32 {
        // SAFETY: it is the address of a number.
        unsafe { self(&1) }
    }
}

impl ICalled for extern "C" fn(u32) -> u32 {
    fn call(&self) -> u32 {
        self(2)
    }
}

impl ICalled for unsafe extern "C" fn(u32, u32) -> u32 {
    fn call(&self) -> u32 {
        // SAFETY: it only adds.
        unsafe { self(1, 2) }
    }
}

impl ICalled for for<'a, 'b> fn(&'a str, &'b str) -> &'a str {
    fn call(&self) -> u32 {
        self("4", "5").parse().unwrap()
    }
}

impl ICalled for fn(&'static [u32; 2], Option<&mut dyn FnMut(u32)>) -> u32 {
    fn call(&self) -> u32 {
        self(&[5, 6], None)
    }
}

#[plugin(ICalled)]
fn plain() -> u32 {
    0
}

#[plugin(ICalled)]
unsafe fn unsafe_one(number: *const u32) -> u32 {
    // SAFETY: the caller gives the address of a number.
    unsafe { *number }
}

#[plugin(ICalled)]
extern "C" fn foreign(number: u32) -> u32 {
    number
}

#[plugin(ICalled)]
unsafe extern "C" fn both(left: u32, right: u32) -> u32 {
    left + right
}

#[expect(clippy::needless_lifetimes, reason = "the lifetimes are the matter")]
#[plugin(ICalled)]
fn first<'a, 'b>(left: &'a str, _right: &'b str) -> &'a str {
    left
}

#[plugin(ICalled)]
fn pattern(
    &[first, _]: &'static [u32; 2],
    #[cfg(test)] mut _call: Option<&mut dyn FnMut(u32)>,
    #[cfg(any())] none: u8,
) -> u32 {
    first
}

#[test]
fn unsafe_extern_const_and_lifetimes_are_parts_of_the_type() {
    let mut numbers: Vec<_> = plugins::<dyn ICalled>()
        .iter()
        .map(|it| it.call())
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [0, 1, 2, 3, 4, 5]);
}
