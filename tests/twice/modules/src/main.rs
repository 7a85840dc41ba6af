//! A program with the same module.

mod steps;

use modules as _;

fn main() {
    let step = plugin_core::slot::<dyn steps::IStep>().find("SUB");
    println!("{}", step.unwrap_err());
    for finding in plugin_core::catalog().findings() {
        println!("{finding}");
    }
}
