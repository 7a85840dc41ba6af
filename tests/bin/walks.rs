//! A program that walks its plugins, and no more.

use plugin_core::{interface, plugin, plugins};

#[interface]
trait IGreeter {
    fn greet(&self) -> &'static str;
}

impl IGreeter for &'static str {
    fn greet(&self) -> &'static str {
        self
    }
}

#[plugin(IGreeter, name = "polite")]
static POLITE: &str = "good morning";

#[plugin(IGreeter, name = "rude")]
static RUDE: &str = "oi";

fn main() {
    for greeter in plugins::<dyn IGreeter>() {
        println!("{}", greeter.greet());
    }
}
