//! Prints what each copy of plugin-core sees.

use plugin_core::{IPlugin, interface, plugin};

/// A square.
#[interface]
pub trait ISquare {}

impl ISquare for u8 {}

#[plugin(IPlugin, ISquare, name = "square")]
static SQUARE: u8 = 2;

/// The same for each copy.
macro_rules! print_all {
    ($copy:ident of $interface:path) => {{
        use $copy::{IPlugin, catalog, slot};

        println!("{} plugins", slot::<dyn IPlugin>().plugins().len());
        println!("{}\n", slot::<dyn $interface>().find("sphere of glass").unwrap_err());
        for finding in catalog().of_interface("nothing").findings() {
            println!("{finding}\n");
        }
    }};
}

fn main() {
    use cubes::plugin_core as other;

    assert!(plugin_core::slot::<dyn ISquare>().find("square").is_ok());
    assert!(other::slot::<dyn cubes::ICube>().find("cube").is_ok());
    print_all!(plugin_core of ISquare);
    print_all!(other of cubes::ICube);
    println!("{}", plugin_core::why("square"));
    println!("{}", plugin_core::why("cube"));
    plugin_core::assert_linked(&["square"]);
}
