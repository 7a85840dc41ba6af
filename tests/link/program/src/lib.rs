//! A library with a plugin, which the package's other targets do not name.
//!
//! ```
//! plugin_core::link_plugins!();
//! fn main() {
//!     // Rustdoc links a crate whose name is in the example.
//!     let own = concat!(env!("CARGO_PKG_NAME"), "::OWN");
//!     plugin_core::assert_linked(&[own, "plain", "development"]);
//! }
//! ```

use plugin_core::{IPlugin, plugin};

#[plugin(IPlugin)]
static OWN: () = ();

#[cfg(test)]
mod tests {
    plugin_core::link_plugins!();

    include!("../../print.rs");

    #[test]
    fn prints() {
        print("unit test of the library");
    }
}
