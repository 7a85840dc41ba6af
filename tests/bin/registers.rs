//! A program that is its own interface crate, third party, and host.

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

mod nested {
    #[plugin_core::plugin(super::IGreeter)]
    static RUDE: &str = "oi";
}

fn main() {
    for greeter in plugins::<dyn IGreeter>() {
        println!("{}: {}", greeter.info.id(), greeter.greet());
    }
}
