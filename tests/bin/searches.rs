//! A program that searches for a plugin, by its name and by its priority.

use plugin_core::{interface, plugin, slot};

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
    let slot = slot::<dyn IGreeter>();
    let name = std::env::args().nth(1).unwrap_or_default();
    match slot.find(&name) {
        Ok(greeter) => println!("{}", greeter.greet()),
        Err(error) => println!("{error}"),
    }
    println!("{}", slot.sorted()[0].greet());
}
