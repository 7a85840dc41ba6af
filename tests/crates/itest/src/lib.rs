//! The interfaces of the tests of drop-ins, which are those of Twisted's own tests.

use plugin_core::interface;

/// A plugin that is tested.
#[interface(dropin)]
pub trait ITestPlugin {
    /// Its answer.
    fn test1(&self) -> String;
}

/// Another plugin that is tested.
#[interface(dropin)]
pub trait ITestPlugin2 {
    /// Its answer.
    fn test(&self) -> String;
}
