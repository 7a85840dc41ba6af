//! Prints what a program and a drop-in compare of an interface.

use plugin_core::{Shape, interface};

#[derive(Shape)]
#[cfg(not(wide))]
pub struct Steel(pub u8);
#[derive(Shape)]
#[cfg(wide)]
pub struct Steel(pub u64);

#[interface(dropin)]
pub trait IMaterial {
    fn all(&self) -> Vec<Steel>;
}

fn main() {
    println!("{}", plugin_core::__private::crossed::<dyn IMaterial>().token);
}
