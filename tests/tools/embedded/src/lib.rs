//! A library for a program in C.

plugin_core::link_plugins!();

// SAFETY: no other function has the name.
#[unsafe(no_mangle)]
pub extern "C" fn print_shapes() {
    println!("{}", shape::shapes());
}
