use plugin_core::{interface, plugin};

#[interface]
pub trait ICommand {
    fn run(&self, count: u32);
}

impl ICommand for fn(u32) {
    fn run(&self, count: u32) {
        self(count);
    }
}

#[plugin(ICommand)]
fn edit(_count: u64) {}

fn main() {}
