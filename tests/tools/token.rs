//! Prints what a program and a drop-in compare of an interface.

use plugin_core::{Interface, interface};

#[cfg(not(wide))]
pub struct Steel(pub u8);
#[cfg(wide)]
pub struct Steel(pub u64);

#[interface]
pub trait IMaterial {
    fn all(&self) -> Vec<Steel>;
}

fn main() {
    println!("{}", <dyn IMaterial>::TOKEN);
}
