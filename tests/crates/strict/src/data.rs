//! An interface that is a struct, and one whose plugins are functions.

use plugin_core::{interface, plugin};

/// An interface that is a struct.
#[interface]
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// A field.
    pub path: &'static str,
}

/// A plugin of it.
#[plugin(Route)]
pub static INDEX: Route = Route { path: "/" };

/// An interface whose plugins are functions.
#[interface(one, noun = "command")]
pub trait ICommand {
    /// A method.
    fn run(&self, count: &mut u32) -> Option<u32>;
}

impl ICommand for fn(&mut u32) -> Option<u32> {
    fn run(&self, count: &mut u32) -> Option<u32> {
        self(count)
    }
}

/// A plugin of it.
#[plugin(ICommand)]
fn edit(count: &mut u32) -> Option<u32> {
    Some(*count)
}
