//! An interface, and unit tests that need a plugin of another crate.

/// A step.
#[plugin_core::interface]
pub trait IStep {}

/// A step that is called something.
#[plugin_core::interface(noun = "command")]
pub trait ICommand {}

/// An interface without plugins.
#[plugin_core::interface]
pub trait IUnused {}

impl IStep for u8 {}
impl ICommand for u8 {}

#[cfg(test)]
mod tests {
    use adders as _;
    use plugin_core::slot;

    use super::{ICommand, IStep};

    #[test]
    fn prints() {
        println!("{}\n", slot::<dyn IStep>().find("ADD").unwrap_err());
        println!("{}\n", slot::<dyn IStep>().only().unwrap_err());
        println!("{}\n", slot::<dyn ICommand>().find("ADD").unwrap_err());
        println!("{}", plugin_core::why("ADD"));
        for finding in plugin_core::catalog().findings() {
            println!("{finding}\n");
        }
    }

    #[test]
    #[should_panic = "note: `engine::IStep` is in this program 2 times"]
    fn asserts() {
        plugin_core::assert_linked(&["ADD"]);
    }

    #[test]
    fn asserts_of_what_is_here_once() {
        plugin_core::assert_linked(&["plugin-core"]);
    }
}
