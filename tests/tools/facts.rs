//! Prints what the macros know of the compiler.

fn main() {
    println!("{}", plugin_macros::build!().join("\n"));
}
