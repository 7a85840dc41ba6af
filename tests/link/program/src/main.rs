//! A program that names none of its plugins.

#[cfg(feature = "link")]
plugin_core::link_plugins!();
#[cfg(feature = "link-one")]
plugin_core::link_plugins!(plain);
#[cfg(feature = "link-nowhere")]
plugin_core::link_plugins!(nowhere);

include!("../../print.rs");

fn main() {
    match std::env::args().nth(1) {
        Some(name) => print!("{}", plugin_core::why(&name)),
        None => print("binary"),
    }
}

#[test]
fn prints() {
    print("unit test of the binary");
}
