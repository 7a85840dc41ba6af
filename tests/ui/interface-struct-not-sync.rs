use std::cell::Cell;

use plugin_core::interface;

#[interface]
pub struct Counter {
    pub count: Cell<u32>,
}

fn main() {}
